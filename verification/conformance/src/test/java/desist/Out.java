// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Takes down the lines of a probe, in the format of the expected ones.
 *
 * <p>Exceptions are printed under .NET's names. Where several types of .NET's are one here, all of
 * them count as one: see {@link Expected#fold}.
 */
final class Out {
  private static final Map<Class<?>, String> DOTNET_NAMES =
      Map.of(
          NullPointerException.class, "ArgumentNullException",
          IllegalArgumentException.class, "ArgumentException",
          IllegalStateException.class, "InvalidOperationException",
          InterruptedException.class, "ThreadInterruptedException",
          IllegalMonitorStateException.class, "SynchronizationLockException",
          UnsupportedOperationException.class, "NotSupportedException",
          ArithmeticException.class, "OverflowException",
          ClassCastException.class, "InvalidCastException");

  private final List<String> lines = new ArrayList<>();

  /** Prints a line. */
  synchronized void say(String line) {
    lines.add(line);
  }

  /** Prints {@code name=value}. */
  void say(String name, Object value) {
    say(name + "=" + show(value));
  }

  /** Runs the body and prints {@code name: ok}, or how it threw. */
  void attempt(String name, Body body) {
    try {
      body.run();
      say(name + ": ok");
    } catch (Throwable e) {
      say(name + ": " + describe(e));
    }
  }

  /** Runs the body and prints {@code name=value}, or {@code name: } and how it threw. */
  void attemptValue(String name, Callable<?> body) {
    try {
      say(name, body.call());
    } catch (Throwable e) {
      say(name + ": " + describe(e));
    }
  }

  /** The lines so far. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** An exception's type, its inner exceptions in brackets, never its message. */
  static String describe(Throwable e) {
    if (e instanceof AggregateException) {
      return ((AggregateException) e)
          .innerExceptions().stream()
              .map(Out::describe)
              .collect(Collectors.joining(", ", "AggregateException[", "]"));
    }
    String name = nameOf(e);
    return e.getCause() == null ? name : name + "(" + describe(e.getCause()) + ")";
  }

  /** .NET's name of an exception's type. */
  static String nameOf(Throwable e) {
    return DOTNET_NAMES.getOrDefault(e.getClass(), e.getClass().getSimpleName());
  }

  /** .NET's name of a constant: RanToCompletion for RAN_TO_COMPLETION. */
  static String nameOf(Enum<?> constant) {
    return Stream.of(constant.name().split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  private static String show(Object value) {
    if (value instanceof Iterable<?>) {
      return StreamSupport.stream(((Iterable<?>) value).spliterator(), false)
          .map(Out::show)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Object[]) {
      return show(Arrays.asList((Object[]) value));
    }
    if (value instanceof Enum<?>) {
      return nameOf((Enum<?>) value);
    }
    if (value instanceof Double) {
      return String.valueOf(value).replaceFirst("\\.0$", "");
    }
    return String.valueOf(value);
  }
}
