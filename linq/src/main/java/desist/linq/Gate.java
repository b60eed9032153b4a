// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import desist.threading.ManualResetEventSlim;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets workers in until it is closed, and waits for those inside. */
final class Gate {
  /*
   * Overview
   *
   * "inside" counts those that are in, plus CLOSED once nobody else is let in. The one who closes it
   * waits for exactly CLOSED, to which the last one in brings it; so whoever comes later than that
   * does nothing, and need not be waited for.
   *
   * The last one out sets the event that the closing one waits for. Nothing ends that wait early: an
   * interrupt is kept for later.
   */

  private static final int CLOSED = 1 << 30;

  private final AtomicInteger inside = new AtomicInteger();
  private final ManualResetEventSlim isEmpty = new ManualResetEventSlim(false);

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
      isEmpty.set();
    }
  }

  /** Lets nobody else in, and waits until all are out; by the thread that has made the gate. */
  void close() {
    if (inside.addAndGet(CLOSED) != CLOSED) {
      await();
    }
  }

  private void await() {
    boolean isInterrupted = false;
    while (!isEmpty.isSet()) {
      try {
        isEmpty.await();
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
