// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.TimeProvider;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** A call to a database, which is stopped by canceling its statement, else by its connection. */
final class StatementOperation extends LadderOperation {
  /*
   * Overview
   *
   * A cancel, by Statement.cancel() or what the driver has instead (DriverCancel), reaches what the
   * database is doing at that moment. One that overtakes its statement is lost, and most drivers do
   * not say so; in a batch it may end one statement out of many. So it is repeated while the call
   * lasts. When that has not helped for a while the connection is aborted, which frees the thread
   * though the database may not notice; so the statement is canceled then as well, and both again,
   * since some drivers do not abort.
   *
   * Invariants:
   *
   *   1. When settle() has returned no cancel is on its way, or the connection is aborted. end() waits
   *      for one as long as its limit allows, and what it may have left with the driver is taken
   *      back. One that takes longer may arrive whatever the connection is used for then.
   *   2. A failure counts as a cancellation only if something was done to stop the call, and the
   *      failure says so. Others cancel as well: administrators, time-outs, other threads.
   */

  /** How long a cancel is waited for at most. */
  static final Duration CANCEL_LIMIT = Duration.ofSeconds(2);

  /** How long after a cancel the next one is sent. */
  static final Duration CANCEL_INTERVAL = Duration.ofMillis(100);

  /** How long after an abort that has not helped the next one is tried. */
  static final Duration ABORT_INTERVAL = Duration.ofSeconds(1);

  private final StatementCalls calls;
  private final Duration grace;

  // Written by the thread that does so.
  private volatile boolean isCanceling;
  private volatile boolean isAborted;

  /**
   * Makes an operation.
   *
   * @param calls whose statement is canceled, if there is one, and whose connection is aborted
   * @param grace how long it may go on after a request before it is canceled
   */
  StatementOperation(StatementCalls calls, Duration grace) {
    this.calls = calls;
    this.grace = grace;
  }

  /** Ends the operation, and sees to it that no cancel reaches the connection any more. */
  void settle() {
    end();
    DriverCancel driver = calls.driver();
    if (driver != null && isStopped()) {
      driver.forget();
    }
    if (isCanceling && !isAborted) {
      try {
        abort();
      } catch (SQLException | RuntimeException | AbstractMethodError e) {
        // Whoever uses the connection next is told.
      }
    }
  }

  /** Whether what was thrown is due to what has been done to stop the operation. */
  boolean isCauseOf(Throwable thrown) {
    return isStopped()
        && (SqlCancellation.isToldBy(thrown)
            || (isAborted
                && thrown instanceof Exception
                && SqlCancellation.isOfLostConnection(thrown, calls.connection())));
  }

  @Override
  TimeProvider timeProvider() {
    return options().timeProvider();
  }

  private JdbcOptions options() {
    return calls.binding().options();
  }

  @Override
  List<Step> steps() {
    Step abort = Step.of(this::giveUp).after(options().abortGrace()).every(ABORT_INTERVAL);
    if (calls.statement() == null && calls.driver() == null) {
      return List.of(abort);
    }
    Step first = Step.of(this::cancel).after(grace).every(CANCEL_INTERVAL).within(cancelLimit());
    return List.of(first, abort);
  }

  /** An abort that comes earlier makes it pointless to wait for a cancel. */
  private Duration cancelLimit() {
    Duration grace = options().abortGrace();
    return grace.compareTo(CANCEL_LIMIT) < 0 ? grace : CANCEL_LIMIT;
  }

  private void cancel() throws Exception {
    DriverCancel driver = calls.driver();
    Statement statement = calls.statement();
    isCanceling = true;
    try {
      if (driver != null) {
        driver.run();
      } else if (statement != null) {
        statement.cancel();
      }
    } finally {
      isCanceling = false;
    }
  }

  private void giveUp() throws Exception {
    abort();
    if (!isCanceling) {
      cancel();
    }
  }

  private void abort() throws SQLException {
    isAborted = true;
    calls.connection().abort(Runnable::run);
  }
}
