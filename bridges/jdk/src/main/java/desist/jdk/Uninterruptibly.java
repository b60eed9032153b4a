// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.util.concurrent.CountDownLatch;

/** Waits that an interrupt does not end. */
final class Uninterruptibly {
  private Uninterruptibly() {}

  /** Waits for the latch; an interrupt stays set. */
  static void await(CountDownLatch latch) {
    await(latch::await);
  }

  /** Waits, again after each interrupt, which stays set. */
  static void await(InterruptibleRunnable<RuntimeException> wait) {
    boolean interrupted = false;
    while (true) {
      try {
        wait.run();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
