// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A probe of which there is a counterpart here. */
record PortedProbe(
    String id, Method steps, @Nullable Operator operator, List<Differs> differences) {
  private static final long LIMIT_SECONDS = 20;

  /** The probes of a class. */
  static List<PortedProbe> of(Class<?> group) {
    return Stream.of(group.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Probe.class))
        .flatMap(PortedProbe::ofMethod)
        .sorted(Comparator.comparing(PortedProbe::id))
        .collect(Collectors.toList());
  }

  /** The probe of a method, or its probes: one for each operator. */
  private static Stream<PortedProbe> ofMethod(Method steps) {
    String id = steps.getAnnotation(Probe.class).value();
    Differs[] differences = steps.getAnnotationsByType(Differs.class);
    if (!List.of(steps.getParameterTypes()).contains(Operator.class)) {
      return Stream.of(new PortedProbe(id, steps, null, List.of(differences)));
    }
    return Stream.of(Operator.values())
        .map(
            operator ->
                new PortedProbe(
                    id.replace("*", operator.toString()),
                    steps,
                    operator,
                    Stream.of(differences)
                        .filter(difference -> isOf(difference, operator))
                        .collect(Collectors.toList())));
  }

  private static boolean isOf(Differs difference, Operator operator) {
    List<Operator> operators = List.of(difference.of());
    return operators.isEmpty() || operators.contains(operator);
  }

  /** What .NET printed. */
  List<String> dotnet() {
    return Expected.dotnet(id);
  }

  /** What must be printed here. */
  List<String> here() {
    return Expected.here(dotnet(), differences, id);
  }

  /** Whether it differs from .NET on purpose. */
  boolean decides() {
    return !differences.isEmpty();
  }

  /** Does the steps, on a thread of their own, and checks the lines. */
  void check(Object group) throws InterruptedException {
    List<String> expected = here();
    List<String> actual = run(group);
    assertThat(actual)
        .as("%s in %s.%s", id, steps.getDeclaringClass().getSimpleName(), steps.getName())
        .containsExactlyElementsOf(expected);
  }

  private List<String> run(Object group) throws InterruptedException {
    Out out = new Out();
    List<Throwable> escaped = new ArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                invoke(group, out);
              } catch (InvocationTargetException e) {
                escaped.add(e.getCause());
              } catch (IllegalAccessException e) {
                escaped.add(e);
              }
            },
            id);
    thread.setDaemon(true);
    thread.start();
    thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    if (thread.isAlive()) {
      AssertionError hangs = new AssertionError(id + " hangs after " + out.lines());
      hangs.setStackTrace(thread.getStackTrace());
      throw hangs;
    }
    if (!escaped.isEmpty()) {
      throw new AssertionError(id + " ended early after " + out.lines(), escaped.get(0));
    }
    return out.lines();
  }

  private void invoke(Object group, Out out)
      throws IllegalAccessException, InvocationTargetException {
    if (operator == null) {
      steps.invoke(group, out);
    } else {
      steps.invoke(group, out, operator);
    }
  }
}
