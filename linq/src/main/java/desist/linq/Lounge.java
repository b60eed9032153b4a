// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where workers wait that have nothing to read, while others may yet release leaves. */
final class Lounge {
  /*
   * Overview
   *
   * A worker that finds neither a leaf to read nor one that was released comes here. It goes back when
   * something is released, and ends when all workers are here: then nobody is left who could release
   * anything ("isOver"), or when the phase is stopped.
   *
   *   1. No release is missed: it is counted after the leaf can be taken, and a worker brings the count
   *      that it has read before it looked for one.
   *   2. A worker that has missed one does not rest, so it does not end the others' rest either. Those
   *      that are still to be woken have nothing, and may be counted as resting.
   *
   * They wait as Condition does: not interruptibly, and made up for in a ForkJoinPool.
   */

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** How often something was released; written under the lock. */
  private volatile long releases;

  // Guarded by the lock.
  private int workers;
  private int resting;
  private boolean isOver;

  long releases() {
    return releases;
  }

  /** Is told that a worker begins. */
  void enter() {
    lock.lock();
    try {
      workers++;
    } finally {
      lock.unlock();
    }
  }

  /** Is told that a worker ends, whatever the reason. */
  void leave() {
    lock.lock();
    try {
      workers--;
      endIfAllRest();
    } finally {
      lock.unlock();
    }
  }

  /** Is told that something was released. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
  void released() {
    lock.lock();
    try {
      releases++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the waits. */
  void close() {
    lock.lock();
    try {
      isOver = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until something is released.
   *
   * @param seen how often that had happened before the worker last looked
   * @return false if nothing will be
   */
  boolean await(long seen) {
    lock.lock();
    try {
      if (releases == seen) {
        rest(seen);
      }
      return releases != seen;
    } finally {
      lock.unlock();
    }
  }

  private void rest(long seen) {
    resting++;
    endIfAllRest();
    while (releases == seen && !isOver) {
      changed.awaitUninterruptibly();
    }
    resting--;
  }

  private void endIfAllRest() {
    if (resting == workers) {
      isOver = true;
      changed.signalAll();
    }
  }
}
