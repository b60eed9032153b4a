// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import java.util.concurrent.locks.LockSupport;

/** How a thread waits for a lock that guards a few assignments: a bounded spin, then parking. */
final class Backoff {
  /** Each spins twice as long as the one before. */
  private static final int SPINNING_ATTEMPTS = 8;

  private Backoff() {}

  /**
   * Waits a while, longer with each attempt.
   *
   * @param attempt how often the thread has waited for the lock already
   * @param lock what it waits for
   */
  static void pause(int attempt, Object lock) {
    if (attempt < SPINNING_ATTEMPTS) {
      for (int spins = 1 << attempt; spins > 0; spins--) {
        Thread.onSpinWait();
      }
    } else {
      Thread.yield();
      LockSupport.parkNanos(lock, 1_000L << Math.min(attempt - SPINNING_ATTEMPTS, 10));
    }
  }
}
