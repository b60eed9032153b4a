// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What will request a token's cancellation when some time has passed. */
sealed interface Delay extends Wakeable permits SystemDelay, ProviderDelay {
  /*
   * Overview
   *
   * A delay counts while it is the "delay" in the token's Extras. Whoever takes it from there, under
   * the token's lock, stops it.
   *
   * A linked token's delay watches the tokens above, so that it does not stay scheduled when they
   * have made it pointless. A watch wakes once and does not tell what was before. So whoever has
   * begun to watch looks at the tokens once more; and, since the delay may have been taken and
   * stopped before the watch began, at whether the delay still counts.
   */

  /** Stops it, for good. May be called again; may throw what a user's timer throws. */
  void stop();

  /** Returns the time left, never negative; null if it is switched off. */
  @Nullable Duration left();

  /** Returns the token that the delay is for. */
  CancellationToken token();

  /** Keeps the watch, and returns the one before. Called under the token's lock. */
  @Nullable TokenWatch exchangeWatch(TokenWatch begun);

  /**
   * Stops a delay that does not count any more, and its watch.
   *
   * @param taken whether another has taken the delay and stops, or has stopped, what it then found
   */
  void stopPointless(boolean taken);

  /** A token above was canceled or closed. */
  @Override
  default void wake() {
    if (!token().isCancellationRequested() && counts()) {
      watch();
    }
    stopIfPointless();
  }

  /** Begins a watch and ends the one before; several threads may do so at the same time. */
  default void watch() {
    CancellationToken token = token();
    TokenWatch begun = TokenWatch.onAncestors(token, this);
    TokenWatch ended;
    int s = token.lock();
    try {
      ended = exchangeWatch(begun);
    } finally {
      token.state = s;
    }
    if (ended != null) {
      ended.close();
    }
  }

  /** Called when a watch has begun. */
  default void stopIfPointless() {
    CancellationToken token = token();
    boolean requested = token.isCancellationRequested();
    Extras extras = token.extras();
    int s = token.lock();
    boolean taken = extras.delay != this;
    if (requested && !taken) {
      extras.delay = null;
    }
    token.state = s;
    if (requested || taken) {
      stopPointless(taken);
    }
  }

  private boolean counts() {
    CancellationToken token = token();
    Extras extras = token.extras();
    int s = token.lock();
    boolean counts = extras.delay == this;
    token.state = s;
    return counts;
  }

  /** Returns the time left to the nearest deadline of the token and those above it. */
  static Optional<Duration> remaining(CancellationToken token) {
    if (token.isCancellationRequested()) {
      return Optional.of(Duration.ZERO);
    }
    Duration least = left(token);
    for (CancellationToken ancestor : Links.ancestors(token)) {
      Duration left = left(ancestor);
      if (left != null && (least == null || left.compareTo(least) < 0)) {
        least = left;
      }
    }
    return Optional.ofNullable(least);
  }

  /** Returns why cancellation of the token was requested; a delay's exception is made here. */
  static @Nullable Throwable reasonOf(CancellationToken token) {
    if (!(token.ext instanceof Extras extras)) {
      return null;
    }
    Object reason = extras.reason;
    if (reason instanceof Duration passed) {
      Throwable made = new TimeoutException("The delay of " + passed + " has passed.");
      int s = token.lock();
      if (extras.reason == passed) {
        extras.reason = made;
      }
      reason = extras.reason;
      token.state = s;
    }
    return (Throwable) reason;
  }

  private static @Nullable Duration left(CancellationToken token) {
    if (!(token.ext instanceof Extras extras)) {
      return null;
    }
    int s = token.lock();
    Delay delay = extras.delay;
    token.state = s;
    return delay == null ? null : delay.left();
  }
}
