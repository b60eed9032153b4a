// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.Thread.State;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Threads of tests, seen to block. */
public final class TestThreads {
  private TestThreads() {}

  // snippet: blocked
  /** Returns when the thread waits; fails if it ends instead, or has not come to it in time. */
  public static void awaitBlocked(Thread thread) {
    long start = System.nanoTime();
    while (!Set.of(State.WAITING, State.TIMED_WAITING).contains(thread.getState())) {
      assertTrue(thread.isAlive(), "has ended");
      assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10), "does not wait");
      Thread.onSpinWait();
    }
  }
  // end
}
