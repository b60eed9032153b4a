// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The time that a token has left, lent to a statement as its time-out. */
final class QueryTimeout {
  /** How far a driver's clock may be ahead of the token's. */
  private static final Duration SLACK = Duration.ofMillis(100);

  /** The most that is lent. Drivers count in milliseconds, and some of them in an int. */
  private static final long MOST_SECONDS = Integer.MAX_VALUE / 1000;

  private final Statement statement;
  private final CancellationToken token;
  private final int former;

  private QueryTimeout(Statement statement, CancellationToken token, int former) {
    this.statement = statement;
    this.token = token;
    this.former = former;
  }

  /**
   * Sets the statement's time-out to the time left, rounded up to seconds, so that the token comes
   * first.
   *
   * @return null if nothing was set: the token has no deadline, the statement a shorter time-out
   *     already, or the driver none
   */
  static @Nullable QueryTimeout lend(Statement statement, CancellationToken token) {
    Optional<Duration> left = token.remaining();
    if (left.isEmpty() || left.get().toSeconds() >= MOST_SECONDS) {
      return null;
    }
    int seconds = Math.toIntExact(left.get().plusSeconds(1).minusNanos(1).toSeconds());
    try {
      int former = statement.getQueryTimeout();
      if (seconds == 0 || (former != 0 && former <= seconds)) {
        return null;
      }
      statement.setQueryTimeout(seconds);
      return new QueryTimeout(statement, token, former);
    } catch (SQLException e) {
      return null; // the token stops it all the same
    }
  }

  /** Sets the time-out to what it was. */
  void giveBack() {
    try {
      statement.setQueryTimeout(former);
    } catch (SQLException e) {
      // The statement is closed, or its connection is.
    }
  }

  /**
   * Whether the statement has ended because the time that was lent is over. The driver's clock may
   * be a little ahead, so the token is waited for where its time is as good as over. If that was
   * canceled for another reason, it was some other time-out, such as that of a lock.
   */
  boolean isCauseOf(Throwable thrown) {
    return (thrown instanceof SQLTimeoutException || SqlCancellation.isToldBy(thrown))
        && token.remaining().filter(left -> left.compareTo(SLACK) <= 0).isPresent()
        && isCanceledSoon()
        && token.reason() instanceof TimeoutException;
  }

  private boolean isCanceledSoon() {
    try {
      return token.awaitCancellation(SLACK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return token.isCancellationRequested();
    }
  }
}
