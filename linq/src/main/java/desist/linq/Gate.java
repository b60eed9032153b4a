// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Lets workers in until it is closed, and waits for those inside. */
final class Gate {
  /*
   * Overview
   *
   * "inside" counts those that are in, plus CLOSED once nobody else is let in. The one who closes it
   * waits for exactly CLOSED, to which the last one in brings it; so whoever comes later than that
   * does nothing, and need not be waited for.
   *
   * No signal is lost: the one who waits is known before the gate is closed, and looks at the count
   * before each time it parks; the last one out unparks it after the count has fallen.
   *
   * Nothing ends the wait early: an interrupt is kept for later, and a ForkJoinPool that can have no
   * thread more to make up for this one goes without.
   */

  private static final int CLOSED = 1 << 30;

  private final AtomicInteger inside = new AtomicInteger();
  private final Thread owner = Thread.currentThread();

  boolean tryEnter() {
    for (; ; ) {
      int count = inside.get();
      if (count >= CLOSED) {
        return false;
      }
      if (inside.compareAndSet(count, count + 1)) {
        return true;
      }
    }
  }

  void leave() {
    if (inside.decrementAndGet() == CLOSED) {
      LockSupport.unpark(owner);
    }
  }

  /** Lets nobody else in, and waits until all are out; by the thread that has made the gate. */
  void close() {
    if (inside.addAndGet(CLOSED) != CLOSED) {
      await();
    }
  }

  private void await() {
    boolean[] isInterrupted = new boolean[1];
    ForkJoinPool.ManagedBlocker blocker =
        new ForkJoinPool.ManagedBlocker() {
          @Override
          public boolean block() {
            LockSupport.park(Gate.this);
            isInterrupted[0] |= Thread.interrupted();
            return isReleasable();
          }

          @Override
          public boolean isReleasable() {
            return inside.get() == CLOSED;
          }
        };
    while (!blocker.isReleasable()) {
      try {
        ForkJoinPool.managedBlock(blocker);
      } catch (RejectedExecutionException | OutOfMemoryError e) {
        LockSupport.park(this); // the pool has as many threads as it may
        isInterrupted[0] |= Thread.interrupted();
      } catch (InterruptedException e) {
        isInterrupted[0] = true;
      }
    }
    if (isInterrupted[0]) {
      Thread.currentThread().interrupt();
    }
  }
}
