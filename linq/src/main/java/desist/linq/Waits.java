// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.Condition;

/** How threads of users wait for workers: not interruptibly, and made up for in a ForkJoinPool. */
final class Waits {
  private Waits() {}

  /** Waits for a signal, with the lock; whoever calls this looks again. */
  @SuppressWarnings("WaitNotInLoop") // who calls it does
  static void await(Condition condition) {
    boolean[] isSignaled = new boolean[1];
    ForkJoinPool.ManagedBlocker blocker =
        new ForkJoinPool.ManagedBlocker() {
          @Override
          public boolean block() {
            condition.awaitUninterruptibly();
            return isSignaled[0] = true;
          }

          @Override
          public boolean isReleasable() {
            return isSignaled[0];
          }
        };
    try {
      ForkJoinPool.managedBlock(blocker);
    } catch (InterruptedException e) {
      throw new AssertionError(e); // block() throws none
    }
  }
}
