// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;

import desist.CancellationToken;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** The slots of a collection, of which each item needs one, and those who wait for one. */
abstract sealed class Slots<T> permits ListSlots, StoreSlots {
  /*
   * Overview
   *
   * A collection has as many slots as it may have items. Each is free, full, or held by a thread:
   *
   *     free --tryHoldFree, or handed to an adder--> held --fill--> full
   *     full --tryHoldFull, or handed to a taker--> held --vacate--> free
   *
   * Who holds a slot adds an item or takes one out, which the classes that extend this do. A store
   * of the user's is called under no lock: the slot alone sees to it that there is room for the one,
   * and an item for the other. If that fails, the slot becomes again what it was, by the other step:
   * vacate after an item that was not added, fill after one that was not taken.
   *
   * The state is one word: how many slots are used, which is held or full; how many of these are
   * held; and the bits
   *
   *     LOCKED     a thread changes the list of the items, where that is ours, or reads it
   *     TAKERS     there may be takers in their queue
   *     ADDERS     there may be adders in their queue
   *     COMPLETED  adding was completed, for good
   *     CLOSED     the collection was closed, for good
   *
   * Invariants:
   *
   *   1. 0 <= held <= used <= capacity. There is an item for each slot that is full.
   *   2. With TAKERS no slot is full, with ADDERS none is free. A bit is set by a CAS that says so,
   *      under its queue's lock, by who then enters; and it goes under that lock with the last of
   *      the queue. So a slot goes to who has waited longest, and nobody overtakes him.
   *   3. A slot that is handed over stays held, and the word as it is.
   *   4. With COMPLETED or CLOSED no free slot becomes held. Both are set under the lock of the
   *      adders' queue, which is emptied there.
   *   5. The end is COMPLETED with no slot used, and by 4 it is final. So it comes only when no add
   *      is under way any more. Who brings it about, by completing or by vacating the last slot,
   *      ends the waits of the takers.
   *   6. With LOCKED the word is changed by who has set it alone; otherwise by one CAS.
   *
   * Why no wait is forgotten: a waiter enters where it has seen, by that CAS, that there is nothing
   * for it. Each later step that makes something for it changes the same word, sees the bit there,
   * and then takes the queue's lock.
   *
   * A wait for any of several collections enters the queues of all, and is served once. If it finds
   * a slot while it enters, it ends itself and looks again, rather than to hold a slot of one while
   * another may serve it: to give one back would have let a third thread see none.
   *
   * Why nothing deadlocks: no thread has the locks of both queues, nor of two collections, at once.
   * With LOCKED a thread takes no lock; who waits for that bit may have a queue's.
   *
   * Not done: a count for items and one for room. With both in one word the end is a question to
   * one field, and an item is never counted twice or not at all.
   */

  static final long USED = 1;
  private static final long HELD = 1L << 32;
  private static final long LOCKED = 1L << 59;
  private static final long HELD_MASK = LOCKED - HELD;
  static final long TAKERS = 1L << 60;
  static final long ADDERS = 1L << 61;
  private static final long COMPLETED = 1L << 62;
  private static final long CLOSED = 1L << 63;

  private static final VarHandle STATE =
      fieldVarHandle(MethodHandles.lookup(), "state", VarHandle.class, Slots.class, long.class);

  private volatile long state;

  private final int capacity;
  private final WaitQueue takers = new WaitQueue();
  private final WaitQueue adders = new WaitQueue();

  Slots(int capacity, int full) {
    if (capacity < 1) {
      throw new IllegalArgumentException("boundedCapacity is less than 1: " + capacity);
    }
    if (full > capacity) {
      throw new IllegalArgumentException(
          "boundedCapacity is " + capacity + ", but store has " + full + " items");
    }
    this.capacity = capacity;
    state = full * USED;
  }

  /** Adds the item, if there is a free slot and adding was not completed. */
  abstract boolean tryAdd(T item);

  /** Adds the item, for a thread that holds a free slot. */
  abstract void add(T item);

  /** Takes an item, if there is a full slot. */
  abstract @Nullable T tryTake();

  /** Takes an item, for a thread that holds a full slot. */
  abstract T take();

  /** Returns the items that there are now. */
  abstract Object[] toArray();

  int full() {
    return full(state);
  }

  boolean isCompleted() {
    return (state & COMPLETED) != 0;
  }

  /** Returns whether nothing is left and nothing will come. */
  boolean isEnded() {
    return isEnded(state);
  }

  boolean isClosed() {
    return (state & CLOSED) != 0;
  }

  /** Makes a free slot a held one, if there is one and adding was not completed. */
  boolean tryHoldFree() {
    for (long s; hasFree(s = unlocked()); ) {
      if (STATE.compareAndSet(this, s, s + USED + HELD)) {
        return true;
      }
    }
    return false;
  }

  /** Makes a full slot a held one, if there is one. */
  boolean tryHoldFull() {
    for (long s; hasFull(s = unlocked()); ) {
      if (STATE.compareAndSet(this, s, s + HELD)) {
        return true;
      }
    }
    return false;
  }

  /** Makes a held slot a full one: that of an add that has succeeded, or of a take that has not. */
  void fill() {
    for (long s; ; ) {
      s = unlocked();
      if ((s & TAKERS) != 0) {
        if (handOver(takers, TAKERS)) {
          return;
        }
      } else if (STATE.compareAndSet(this, s, s - HELD)) {
        return;
      }
    }
  }

  /** Makes a held slot a free one: that of a take that has succeeded, or of an add that has not. */
  void vacate() {
    for (long s; ; ) {
      s = unlocked();
      if ((s & ADDERS) != 0) {
        if (handOver(adders, ADDERS)) {
          return;
        }
      } else if (STATE.compareAndSet(this, s, s - HELD - USED)) {
        if ((s & TAKERS) != 0 && isEnded(s - HELD - USED)) {
          endAll(takers, TAKERS);
        }
        return;
      }
    }
  }

  /**
   * Waits until it holds a full slot of one of these, and returns its index; TIMED_OUT; or ENDED if
   * one of them is closed or all are at their end.
   */
  static int awaitFull(Slots<?>[] all, long nanos, CancellationToken token)
      throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      for (int i = 0; i < all.length; i++) {
        if (all[i].tryHoldFull()) {
          return i;
        }
        if (all[i].isClosed()) {
          return Waiter.ENDED;
        }
      }
      long left = left(nanos, start);
      if (left <= 0) {
        return Waiter.TIMED_OUT;
      }
      ThreadWaiter taker = new SlotWaiter(all);
      int ended = 0;
      try {
        for (int i = 0; i < all.length; i++) {
          if (all[i].isEnded()) {
            ended++;
          } else {
            all[i].enterTaker(taker, i);
          }
        }
      } catch (Throwable e) {
        if (taker.failToEnter()) {
          throw e;
        }
      }
      if (ended == all.length) {
        return Waiter.ENDED;
      }
      int outcome = taker.await(token, left);
      if (outcome != Waiter.ENDED) {
        return outcome;
      }
    }
  }

  /**
   * Waits until it holds a free slot of one of these, and returns its index; TIMED_OUT; or ENDED if
   * one of them is closed or adding to it completed.
   */
  static int awaitFree(Slots<?>[] all, long nanos, CancellationToken token)
      throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      for (int i = 0; i < all.length; i++) {
        if (all[i].tryHoldFree()) {
          return i;
        }
        if (!mayAdd(all[i].state)) {
          return Waiter.ENDED;
        }
      }
      long left = left(nanos, start);
      if (left <= 0) {
        return Waiter.TIMED_OUT;
      }
      ThreadWaiter adder = new SlotWaiter(all);
      try {
        for (int i = 0; i < all.length; i++) {
          all[i].enterAdder(adder, i);
        }
      } catch (Throwable e) {
        if (adder.failToEnter()) {
          throw e;
        }
      }
      int outcome = adder.await(token, left);
      if (outcome != Waiter.ENDED) {
        return outcome;
      }
    }
  }

  /** Completes adding: ends the waits of adders, and if nothing is left those of takers. */
  void complete() {
    refuseAdders(COMPLETED);
    if (isEnded()) {
      endAll(takers, TAKERS);
    }
  }

  /** Ends all waits. */
  void close() {
    refuseAdders(CLOSED);
    endAll(takers, TAKERS);
  }

  private void enterTaker(Waiter taker, int index) {
    takers.lock();
    try {
      long s;
      do {
        s = unlocked();
        if (full(s) > 0 || isEnded(s) || (s & CLOSED) != 0) {
          taker.end(Waiter.ENDED);
          return;
        }
      } while (!STATE.compareAndSet(this, s, s | TAKERS));
      takers.add(taker, index);
    } finally {
      takers.isLocked = false;
    }
  }

  private void enterAdder(Waiter adder, int index) {
    adders.lock();
    try {
      long s;
      do {
        s = unlocked();
        if (used(s) < capacity || !mayAdd(s)) {
          adder.end(Waiter.ENDED);
          return;
        }
      } while (!STATE.compareAndSet(this, s, s | ADDERS));
      adders.add(adder, index);
    } finally {
      adders.isLocked = false;
    }
  }

  private void refuseAdders(long reason) {
    Ended ended = new Ended();
    adders.lock();
    try {
      set(reason);
      adders.endAll(Waiter.ENDED, ended);
      clear(ADDERS);
    } finally {
      adders.isLocked = false;
      ended.wake();
    }
  }

  private void endAll(WaitQueue queue, long bit) {
    Ended ended = new Ended();
    queue.lock();
    try {
      queue.endAll(Waiter.ENDED, ended);
      clear(bit);
    } finally {
      queue.isLocked = false;
      ended.wake();
    }
  }

  /** Hands the held slot to who has waited longest in the queue; returns false if nobody waits. */
  private boolean handOver(WaitQueue queue, long bit) {
    Waiter served = null;
    queue.lock();
    try {
      served = queue.serveOne();
      if (queue.isEmpty()) {
        clear(bit);
      }
    } finally {
      queue.isLocked = false;
      if (served != null) {
        served.wake();
      }
    }
    return served != null;
  }

  /** Returns whether there is a free slot, and one may add. */
  final boolean hasFree(long s) {
    return mayAdd(s) && used(s) < capacity;
  }

  /** Returns whether there is a full slot, and one may take. */
  final boolean hasFull(long s) {
    return (s & CLOSED) == 0 && full(s) > 0;
  }

  /** Returns the state when it is not locked. */
  final long unlocked() {
    long s = state;
    for (int attempt = 0; (s & LOCKED) != 0; attempt++) {
      Backoff.pause(attempt, this);
      s = state;
    }
    return s;
  }

  /** Locks, if the state is still this. */
  final boolean tryLock(long s) {
    return STATE.compareAndSet(this, s, s | LOCKED);
  }

  /** Locks, and returns the state as it was. */
  final long lock() {
    long s;
    do {
      s = unlocked();
    } while (!tryLock(s));
    return s;
  }

  /** Unlocks, with this state. */
  final void unlock(long s) {
    STATE.setRelease(this, s);
  }

  private void set(long bits) {
    long s;
    do {
      s = unlocked();
    } while (!STATE.compareAndSet(this, s, s | bits));
  }

  private void clear(long bits) {
    long s;
    do {
      s = unlocked();
    } while (!STATE.compareAndSet(this, s, s & ~bits));
  }

  private static long left(long nanos, long start) {
    return nanos == Durations.FOREVER ? nanos : nanos - (System.nanoTime() - start);
  }

  private static boolean mayAdd(long s) {
    return (s & (COMPLETED | CLOSED)) == 0;
  }

  private static boolean isEnded(long s) {
    return (s & COMPLETED) != 0 && used(s) == 0;
  }

  private static int used(long s) {
    return (int) s;
  }

  private static int full(long s) {
    return used(s) - (int) ((s & HELD_MASK) >>> 32);
  }

  /**
   * Parks at once: until the collection is full or empty again, the others have work to do, for
   * which they may want this thread's processor.
   */
  private static final class SlotWaiter extends ThreadWaiter {
    SlotWaiter(Object blocker) {
      super(blocker);
    }

    @Override
    int spins() {
      return 0;
    }
  }
}
