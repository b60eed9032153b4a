// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * The least that a queue of timers can be: a hashed wheel, whose slots are doubly linked lists with
 * a lock bit each. It lacks the thread that turns it.
 */
final class FloorWheel {
  private static final int SLOTS = 1 << 12;
  private static final int NANOS_SHIFT = 20;

  private final Slot[] slots = new Slot[SLOTS];

  /** When the thread would wake next; whoever comes earlier would have to wake it. */
  private volatile long nextWake;

  FloorWheel() {
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Slot();
    }
    nextWake = System.nanoTime();
  }

  static final class Slot extends FloorToken {}

  /** A timer: the node in a slot, with its deadline. */
  static final class Timer {
    final FloorToken token;
    final Slot slot;
    final long deadline;
    @Nullable Timer newer;
    @Nullable Timer older;

    Timer(FloorToken token, Slot slot, long deadline) {
      this.token = token;
      this.slot = slot;
      this.deadline = deadline;
    }
  }

  /** The newest timer of each slot, under the slot's lock. */
  private final @Nullable Timer[] heads = new @Nullable Timer[SLOTS];

  Timer schedule(FloorToken token, long delayNanos) {
    long deadline = System.nanoTime() + delayNanos;
    int index = index(deadline);
    Slot slot = slots[index];
    Timer timer = new Timer(token, slot, deadline);
    int s = slot.lock();
    Timer head = heads[index];
    if (head != null) {
      timer.older = head;
      head.newer = timer;
    }
    heads[index] = timer;
    slot.unlock(s);
    if (deadline - nextWake < 0) {
      throw new IllegalStateException("nothing is due before the start");
    }
    return timer;
  }

  void cancel(Timer timer) {
    Slot slot = timer.slot;
    int s = slot.lock();
    Timer newer = timer.newer;
    Timer older = timer.older;
    if (newer == null) {
      heads[index(timer.deadline)] = older;
    } else {
      newer.older = older;
    }
    if (older != null) {
      older.newer = newer;
    }
    slot.unlock(s);
  }

  /** Counts what is scheduled. */
  int size() {
    int size = 0;
    for (Timer head : heads) {
      for (Timer timer = head; timer != null; timer = timer.older) {
        size++;
      }
    }
    return size;
  }

  private static int index(long deadline) {
    return (int) (deadline >>> NANOS_SHIFT) & (SLOTS - 1);
  }
}
