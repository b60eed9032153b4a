// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What will request a token's cancellation when some time has passed. */
sealed interface Delay permits SystemDelay, ProviderDelay {
  /** Stops it, for good. May be called again; may throw what a user's timer throws. */
  void stop();

  /** Returns the time left, never negative; null if it is switched off. */
  @Nullable Duration left();

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
