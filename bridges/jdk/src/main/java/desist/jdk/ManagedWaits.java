// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;

/** Waits of threads that may be workers of a ForkJoinPool, which then replaces them meanwhile. */
final class ManagedWaits {
  private ManagedWaits() {}

  /** Waits as the blocker does. */
  static void block(ForkJoinPool.ManagedBlocker blocker) throws InterruptedException {
    try {
      ForkJoinPool.managedBlock(blocker);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      while (!blocker.isReleasable() && !blocker.block()) {
        // at its limit of threads the pool does without
      }
    }
  }
}
