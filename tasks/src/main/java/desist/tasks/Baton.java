// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/** The right to use something that one thread at a time may use. */
final class Baton {
  /*
   * Overview
   *
   * It is taken by whoever comes first, so that one who is at work need not wait until a thread that
   * sleeps has woken up. Who has to wait parks, a virtual thread gives up its carrier, and a pool makes
   * up for a worker. What is used in turns may be the user's, such as an iterator: it is no lock of
   * ours that is held meanwhile but the baton itself, which nobody else waits for who is not after the
   * same iterator.
   *
   * Not done: handing it over in the order of arrival, which costs a wakeup for each element.
   */

  private static final int SPINS = 64; // about as long as a quick iterator's step

  private final Semaphore permit = new Semaphore(1);

  /** Waits for the baton; an interrupt ends no wait, and is kept. */
  void take() {
    for (int i = 0; i < SPINS; i++) {
      if (permit.tryAcquire()) {
        return;
      }
      Thread.onSpinWait();
    }
    boolean isInterrupted = false;
    Blocker blocker = new Blocker();
    while (!blocker.isTaken) {
      try {
        ForkJoinPool.managedBlock(blocker);
      } catch (RejectedExecutionException | OutOfMemoryError e) {
        blocker.block(); // the pool has as many threads as it may
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  void pass() {
    permit.release();
  }

  /** One wait. */
  private final class Blocker implements ForkJoinPool.ManagedBlocker {
    private boolean isTaken;

    @Override
    public boolean block() {
      if (!isTaken) {
        permit.acquireUninterruptibly();
        isTaken = true;
      }
      return true;
    }

    @Override
    public boolean isReleasable() {
      isTaken |= !isTaken && permit.tryAcquire();
      return isTaken;
    }
  }
}
