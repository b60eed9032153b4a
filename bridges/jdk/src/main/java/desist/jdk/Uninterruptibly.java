// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.util.concurrent.CountDownLatch;

/** Waits that an interrupt does not end. */
final class Uninterruptibly {
  private Uninterruptibly() {}

  /** Waits for the latch; an interrupt stays set. */
  static void await(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
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
