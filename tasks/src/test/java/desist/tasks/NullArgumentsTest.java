// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.TimeProvider;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.lang.reflect.TypeVariable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Null where it is not allowed is a NullPointerException that names the argument. */
class NullArgumentsTest {
  private static final Task<Integer> DONE = Task.fromResult(1);

  /**
   * How an argument of each type may be called; functions may be called as in {@link #FUNCTION}.
   */
  private static final Map<Class<?>, List<String>> NAMES =
      Map.ofEntries(
          Map.entry(CancellationToken.class, List.of("token")),
          Map.entry(CancellationTokenSource.class, List.of("source")),
          Map.entry(Executor.class, List.of("scheduler")),
          Map.entry(Duration.class, List.of("timeout", "duration", "period")),
          Map.entry(TimeProvider.class, List.of("timeProvider")),
          Map.entry(Throwable.class, List.of("exception", "cause")),
          Map.entry(CompletionStage.class, List.of("stage")),
          Map.entry(Task.class, List.of("task", "ended")),
          Map.entry(
              Collection.class,
              List.of("tasks", "creationOptions", "continuationOptions", "exceptions")),
          Map.entry(ParallelOptions.class, List.of("options")),
          Map.entry(List.class, List.of("list")),
          Map.entry(Iterable.class, List.of("source")),
          Map.entry(Spliterator.class, List.of("source")),
          Map.entry(Partitioner.class, List.of("source")),
          Map.entry(OrderablePartitioner.class, List.of("source")));

  private static final List<String> FUNCTION =
      List.of("body", "callback", "handler", "command", "localInit", "localFinally");

  static Stream<Arguments> arguments() {
    List<Arguments> all = new ArrayList<>();
    for (Class<?> type :
        List.of(
            Task.class,
            TaskCompletionSource.class,
            TaskFactory.class,
            TaskScheduler.class,
            TaskEnumerable.class,
            TaskCanceledException.class,
            ConcurrentExclusiveSchedulerPair.class,
            PeriodicTimer.class,
            ThreadPool.class,
            Parallel.class,
            ParallelOptions.class,
            Partitioner.class)) {
      Stream.concat(Stream.of(type.getConstructors()), Stream.of(type.getDeclaredMethods()))
          .filter(member -> Modifier.isPublic(member.getModifiers()) && !member.isSynthetic())
          .forEach(
              member -> {
                for (int i = 0; i < member.getParameterCount(); i++) {
                  if (mustNotBeNull(member.getParameters()[i])) {
                    all.add(Arguments.of(member, i));
                  }
                }
              });
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("arguments")
  void nullIsNamed(Executable member, int index) throws Exception {
    Parameter[] parameters = member.getParameters();
    @Nullable Object[] arguments = new @Nullable Object[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      arguments[i] = i == index ? null : valid(parameters[i]);
    }

    Throwable thrown = catchThrowable(() -> call(member, arguments));

    assertThat(thrown).isInstanceOf(NullPointerException.class);
    assertThat(namedBy(thrown)).isIn(namesOf(parameters[index].getType()));
  }

  @Test
  void nullOptionIsNamed() {
    TaskCreationOptions none = null;
    TaskContinuationOptions nothing = null;
    assertThatThrownBy(() -> new Task<>(() -> 1, new TaskCreationOptions[] {none}))
        .isInstanceOf(NullPointerException.class)
        .hasMessageStartingWith("options");
    assertThatThrownBy(() -> DONE.continueWith(t -> 1, new TaskContinuationOptions[] {nothing}))
        .isInstanceOf(NullPointerException.class)
        .hasMessageStartingWith("options");
  }

  @Test
  void nullTaskIsNamed() {
    Task<?>[] tasks = {DONE, null};
    assertThatThrownBy(() -> Task.waitAll(tasks))
        .isInstanceOf(NullPointerException.class)
        .hasMessageStartingWith("tasks");
    assertThatThrownBy(() -> Task.whenAll(tasks))
        .isInstanceOf(NullPointerException.class)
        .hasMessageStartingWith("tasks");
  }

  /** Returns the name in the message, which the virtual machine may have made. */
  private static String namedBy(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    return message.replaceFirst("(?s).* because \"(\\w+)\" is null.*", "$1");
  }

  private static List<String> namesOf(Class<?> type) {
    if (type.isArray()) {
      return List.of("options", "tasks", "source", "array", "actions");
    }
    return NAMES.getOrDefault(type, FUNCTION);
  }

  private static boolean mustNotBeNull(Parameter parameter) {
    return !parameter.getType().isPrimitive()
        && !(parameter.getParameterizedType() instanceof TypeVariable)
        && !parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static @Nullable Object call(Executable member, @Nullable Object[] arguments)
      throws Throwable {
    try {
      return member instanceof Constructor<?> constructor
          ? constructor.newInstance(arguments)
          : ((Method) member).invoke(receiver((Method) member), arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static @Nullable Object receiver(Method method) {
    Class<?> type = method.getDeclaringClass();
    if (Modifier.isStatic(method.getModifiers())) {
      return null;
    } else if (type == Task.class) {
      return List.of("start", "runSynchronously").contains(method.getName())
          ? new Task<>(() -> 1)
          : DONE;
    } else if (type == TaskCompletionSource.class) {
      return new TaskCompletionSource<>();
    } else if (type == TaskScheduler.class) {
      return TaskScheduler.defaultScheduler();
    } else if (type == TaskEnumerable.class) {
      return Task.whenEach(DONE);
    } else if (type == ParallelOptions.class) {
      return ParallelOptions.DEFAULT;
    } else if (type == PeriodicTimer.class) {
      return new PeriodicTimer(Duration.ofDays(1));
    }
    return Task.factory();
  }

  private static @Nullable Object valid(Parameter parameter) {
    Class<?> type = parameter.getType();
    if (type == int.class) {
      return 1;
    } else if (type == long.class) {
      return 1L;
    } else if (type == boolean.class) {
      return true;
    } else if (type == ParallelOptions.class) {
      return ParallelOptions.DEFAULT;
    } else if (type == List.class || type == Iterable.class) {
      return List.of(1);
    } else if (type == Spliterator.class) {
      return List.of(1).spliterator();
    } else if (type == Partitioner.class || type == OrderablePartitioner.class) {
      return Partitioner.create(List.of(1), true);
    } else if (type == Task[].class) {
      return new Task<?>[] {DONE};
    } else if (type.isArray()) {
      return Array.newInstance(type.getComponentType(), 0);
    } else if (type == CancellationToken.class) {
      return CancellationToken.none();
    } else if (type == CancellationTokenSource.class) {
      return new CancellationTokenSource();
    } else if (type == Executor.class) {
      return TaskScheduler.defaultScheduler();
    } else if (type == Duration.class) {
      return Duration.ofDays(1);
    } else if (type == TimeProvider.class) {
      return TimeProvider.system();
    } else if (type == CompletionStage.class) {
      return CompletableFuture.completedFuture(1);
    } else if (type == Task.class) {
      return DONE;
    } else if (type == Collection.class) {
      return parameter.getParameterizedType().getTypeName().contains("Task<")
          ? List.of(DONE)
          : List.of();
    } else if (type.isInterface()) {
      return Proxy.newProxyInstance(
          type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
    }
    return null; // a state, or what may be null
  }
}
