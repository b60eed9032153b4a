// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import desist.TimeProvider;
import desist.Timeout;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a {@link ShutdownScope} ends: how long it waits, by which clock, and who is told of work that
 * does not stop.
 *
 * <p>Immutable.
 *
 * {@snippet lang = java:
 * ShutdownOptions options =
 *     new ShutdownOptions().withDrainGrace(ofSeconds(5)).withStopGrace(ofSeconds(2));
 * }
 *
 * @dotnet none
 * @since 1.0
 */
public final class ShutdownOptions {
  private static final Duration DRAIN_GRACE = Duration.ofSeconds(20);
  private static final Duration STOP_GRACE = Duration.ofSeconds(5);

  private final Duration drainGrace;
  private final Duration stopGrace;
  private final TimeProvider timeProvider;
  private final Consumer<? super List<UnfinishedWork>> report;

  /**
   * Makes options with 20 seconds to drain and 5 to stop, which together are less than the 30 that
   * Kubernetes gives a container; the system's clock; and a report on the standard error stream,
   * with the stack of each thread.
   *
   * @dotnet none
   * @since 1.0
   */
  public ShutdownOptions() {
    this(DRAIN_GRACE, STOP_GRACE, TimeProvider.system(), UnfinishedReport::print);
  }

  private ShutdownOptions(
      Duration drainGrace,
      Duration stopGrace,
      TimeProvider timeProvider,
      Consumer<? super List<UnfinishedWork>> report) {
    this.drainGrace = drainGrace;
    this.stopGrace = stopGrace;
    this.timeProvider = timeProvider;
    this.report = report;
  }

  /**
   * Returns these options with another grace for work to be finished.
   *
   * @param grace how long after the request work is told to stop; zero or less means at once
   * @return new options
   * @throws NullPointerException if {@code grace} is null
   * @dotnet none
   * @since 1.0
   */
  public ShutdownOptions withDrainGrace(Duration grace) {
    return new ShutdownOptions(requireNonNull(grace, "grace"), stopGrace, timeProvider, report);
  }

  /**
   * Returns these options with another grace for work to stop.
   *
   * @param grace how long after work was told to stop it is waited for; zero or less means not at
   *     all
   * @return new options
   * @throws NullPointerException if {@code grace} is null
   * @dotnet none
   * @since 1.0
   */
  public ShutdownOptions withStopGrace(Duration grace) {
    return new ShutdownOptions(drainGrace, requireNonNull(grace, "grace"), timeProvider, report);
  }

  /**
   * Returns these options with another clock.
   *
   * @param timeProvider the clock by which the graces count
   * @return new options
   * @throws NullPointerException if {@code timeProvider} is null
   * @dotnet none
   * @since 1.0
   */
  public ShutdownOptions withTimeProvider(TimeProvider timeProvider) {
    return new ShutdownOptions(
        drainGrace, stopGrace, requireNonNull(timeProvider, "timeProvider"), report);
  }

  /**
   * Returns these options with another report.
   *
   * <p>It is made once, on a daemon thread of this library's, if work is left when both graces have
   * passed; and waited for, but no longer than five seconds. Loggers may be closed by then: those
   * of {@code java.util.logging} and others close themselves when the JVM shuts down.
   *
   * @param report is given what has not stopped, in the order in which it began
   * @return new options
   * @throws NullPointerException if {@code report} is null
   * @dotnet none
   * @since 1.0
   */
  public ShutdownOptions withReport(Consumer<? super List<UnfinishedWork>> report) {
    return new ShutdownOptions(
        drainGrace, stopGrace, timeProvider, requireNonNull(report, "report"));
  }

  Duration drainGrace() {
    return drainGrace;
  }

  /** Returns both graces together. */
  Duration wholeGrace() {
    try {
      return notNegative(drainGrace).plus(notNegative(stopGrace));
    } catch (ArithmeticException tooLong) {
      return Timeout.INFINITE;
    }
  }

  private static Duration notNegative(Duration grace) {
    return grace.isNegative() ? Duration.ZERO : grace;
  }

  TimeProvider timeProvider() {
    return timeProvider;
  }

  Consumer<? super List<UnfinishedWork>> report() {
    return report;
  }

  /**
   * Returns the type with both graces.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    return "ShutdownOptions[drainGrace=" + drainGrace + ", stopGrace=" + stopGrace + "]";
  }
}
