// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import desist.TimeProvider;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * How a process is stopped, and how its output is read.
 *
 * <p>Immutable.
 *
 * {@snippet lang = java:
 * ProcessOptions options = new ProcessOptions().withGrace(Duration.ofSeconds(30));
 * }
 *
 * @dotnet none
 * @since 1.0
 */
public final class ProcessOptions {
  private static final Duration GRACE = Duration.ofSeconds(5);

  static final ProcessOptions DEFAULT = new ProcessOptions();

  private final Duration grace;
  private final TimeProvider timeProvider;
  private final Charset charset;
  private final Consumer<? super List<ProcessHandle>> report;

  /**
   * Makes options with a grace of five seconds on the system's clock, the system's native encoding,
   * and a report that is a warning of the {@link System.Logger} {@code desist.jdk}.
   *
   * @dotnet none
   * @since 1.0
   */
  public ProcessOptions() {
    this(GRACE, TimeProvider.system(), nativeCharset(), ProcessOptions::warn);
  }

  private ProcessOptions(
      Duration grace,
      TimeProvider timeProvider,
      Charset charset,
      Consumer<? super List<ProcessHandle>> report) {
    this.grace = grace;
    this.timeProvider = timeProvider;
    this.charset = charset;
    this.report = report;
  }

  /**
   * Returns these options with another grace.
   *
   * @param grace how long after it was told to end a process is killed; zero or less means at once
   * @return new options
   * @throws NullPointerException if {@code grace} is null
   * @dotnet none
   * @since 1.0
   */
  public ProcessOptions withGrace(Duration grace) {
    return new ProcessOptions(requireNonNull(grace, "grace"), timeProvider, charset, report);
  }

  /**
   * Returns these options with another clock.
   *
   * @param timeProvider the clock by which the grace counts
   * @return new options
   * @throws NullPointerException if {@code timeProvider} is null
   * @dotnet none
   * @since 1.0
   */
  public ProcessOptions withTimeProvider(TimeProvider timeProvider) {
    return new ProcessOptions(grace, requireNonNull(timeProvider, "timeProvider"), charset, report);
  }

  /**
   * Returns these options with another encoding.
   *
   * @param charset the encoding of what {@link Processes#run} reads
   * @return new options
   * @throws NullPointerException if {@code charset} is null
   * @dotnet none
   * @since 1.0
   */
  public ProcessOptions withCharset(Charset charset) {
    return new ProcessOptions(grace, timeProvider, requireNonNull(charset, "charset"), report);
  }

  /**
   * Returns these options with another report of processes that live on although they were killed.
   *
   * @param report is given those processes, on a daemon thread of this library's
   * @return new options
   * @throws NullPointerException if {@code report} is null
   * @dotnet none
   * @since 1.0
   */
  public ProcessOptions withReport(Consumer<? super List<ProcessHandle>> report) {
    return new ProcessOptions(grace, timeProvider, charset, requireNonNull(report, "report"));
  }

  Duration grace() {
    return grace;
  }

  TimeProvider timeProvider() {
    return timeProvider;
  }

  Charset charset() {
    return charset;
  }

  Consumer<? super List<ProcessHandle>> report() {
    return report;
  }

  /**
   * Returns the type with grace and encoding.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    return "ProcessOptions[grace=" + grace + ", charset=" + charset + "]";
  }

  /** Says which processes live on. */
  static String describe(List<ProcessHandle> survivors) {
    return survivors.stream()
        .map(survivor -> Long.toString(survivor.pid()))
        .collect(Collectors.joining(", ", "Killed, and still running: ", ""));
  }

  private static void warn(List<ProcessHandle> survivors) {
    System.getLogger("desist.jdk").log(System.Logger.Level.WARNING, describe(survivors));
  }

  private static Charset nativeCharset() {
    String name = System.getProperty("native.encoding"); // as Process.inputReader() does
    return name == null ? Charset.defaultCharset() : Charset.forName(name);
  }
}
