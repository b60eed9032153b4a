// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import desist.TimeProvider;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * How calls to a database are stopped, and where a data source is asked for connections.
 *
 * <p>Immutable.
 *
 * {@snippet lang = java:
 * JdbcOptions options = new JdbcOptions().withAbortGrace(Duration.ofSeconds(30));
 * }
 *
 * @dotnet none
 * @since 1.0
 */
public final class JdbcOptions {
  /** As long as .NET's SqlClient waits. */
  private static final Duration ABORT_GRACE = Duration.ofSeconds(5);

  static final JdbcOptions DEFAULT = new JdbcOptions();

  private final Duration abortGrace;
  private final TimeProvider timeProvider;
  private final Executor executor;

  /**
   * Makes options with an abort after five seconds on the system's clock, and threads of this
   * library on which data sources are asked.
   *
   * @dotnet none
   * @since 1.0
   */
  public JdbcOptions() {
    this(ABORT_GRACE, TimeProvider.system(), ConnectionRequest.ASKERS);
  }

  private JdbcOptions(Duration abortGrace, TimeProvider timeProvider, Executor executor) {
    this.abortGrace = abortGrace;
    this.timeProvider = timeProvider;
    this.executor = executor;
  }

  /**
   * Returns these options with another grace before the connection is aborted.
   *
   * <p>With {@link desist.Timeout#INFINITE} a call is only canceled, however long it goes on. A
   * connection is aborted all the same if a cancel hangs that may still reach it when the call has
   * ended; that one is waited for as long as the grace, and two seconds at most.
   *
   * @param grace how long after the first cancel, or the request if there is nothing to cancel;
   *     zero or less means at once
   * @return new options
   * @throws NullPointerException if {@code grace} is null
   * @dotnet none
   * @since 1.0
   */
  public JdbcOptions withAbortGrace(Duration grace) {
    return new JdbcOptions(requireNonNull(grace, "grace"), timeProvider, executor);
  }

  /**
   * Returns these options with another clock.
   *
   * @param timeProvider the clock by which the grace counts, and all else that is waited for
   * @return new options
   * @throws NullPointerException if {@code timeProvider} is null
   * @dotnet none
   * @since 1.0
   */
  public JdbcOptions withTimeProvider(TimeProvider timeProvider) {
    return new JdbcOptions(abortGrace, requireNonNull(timeProvider, "timeProvider"), executor);
  }

  /**
   * Returns these options with another place where a data source is asked for connections.
   *
   * <p>With {@code Runnable::run} it is asked on the caller's own thread, which then waits for it
   * in any case; a connection that comes when the token has been canceled is closed.
   *
   * @param executor what asks
   * @return new options
   * @throws NullPointerException if {@code executor} is null
   * @dotnet none
   * @since 1.0
   */
  public JdbcOptions withExecutor(Executor executor) {
    return new JdbcOptions(abortGrace, timeProvider, requireNonNull(executor, "executor"));
  }

  Duration abortGrace() {
    return abortGrace;
  }

  TimeProvider timeProvider() {
    return timeProvider;
  }

  Executor executor() {
    return executor;
  }

  /**
   * Returns the type with the grace.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    return "JdbcOptions[abortGrace=" + abortGrace + "]";
  }
}
