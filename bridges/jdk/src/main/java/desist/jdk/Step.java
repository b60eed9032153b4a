// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that is done to stop an operation.
 *
 * @param action what is done; its failure makes no difference but is told
 * @param grace how long after the step before it was due, or the cancellation was requested
 * @param interval how long after its end it is done again, until the next step is due, and twice as
 *     long each time; null means once
 * @param mostInterval how long that becomes at most
 * @param limit how long the end of the operation waits for it; null if it never blocks, and may run
 *     on the thread that cancels
 */
record Step(
    Action action,
    Duration grace,
    @Nullable Duration interval,
    @Nullable Duration mostInterval,
    @Nullable Duration limit) {
  /** How long most of what may block is waited for. */
  static final Duration LIMIT = Duration.ofSeconds(2);

  /** Returns a step that may block, to be done at once, on a thread of ours. */
  static Step of(Action action) {
    return new Step(action, Duration.ZERO, null, null, LIMIT);
  }

  /** Returns a step that never blocks, to be done at once, wherever it is due. */
  static Step quick(Action action) {
    return new Step(action, Duration.ZERO, null, null, null);
  }

  /** Returns the same with a grace before it. */
  Step after(Duration grace) {
    return new Step(action, grace, interval, mostInterval, limit);
  }

  /** Returns the same, done again and again. */
  Step every(Duration interval) {
    return every(interval, interval);
  }

  /** Returns the same, done again and again, soon at first and then less often. */
  Step every(Duration first, Duration most) {
    return new Step(action, grace, first, most, limit);
  }

  /** Returns the same with another limit. */
  Step within(Duration limit) {
    return new Step(action, grace, interval, mostInterval, limit);
  }

  /** Returns the interval after one of this length. */
  Duration longerThan(Duration interval) {
    Duration most = mostInterval == null ? interval : mostInterval;
    return interval.compareTo(most.minus(interval)) < 0 ? interval.plus(interval) : most;
  }

  /** What is done. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }
}
