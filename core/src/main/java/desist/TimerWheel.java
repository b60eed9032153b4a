// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** A share of the timers that are scheduled, ordered by when they are due. */
final class TimerWheel {
  /*
   * Overview
   *
   * A hierarchical timing wheel. Time is a count of ticks; a tick number is read as digits in base
   * 64. The wheel's "tick" is where it stands. An entry lies at the level of the highest digit in
   * which its tick differs from the wheel's, in the slot of that digit. So everything at a level is
   * due before everything at the levels above, and the first slot of the lowest level that has any
   * is the next that matters. When the wheel comes to a slot of level 0 its entries are due; when it
   * comes to one of a higher level they are moved, and fall to lower levels.
   *
   * Invariants (all under the lock):
   *
   *   1. Each scheduled entry is in the list of its slot, and a slot's bit in "occupied" is set
   *      exactly if its list is not empty.
   *   2. No entry outside the current slots, due or falling, has a slot that begins before "tick".
   *   3. An entry's tick is its deadline rounded up, and it is due only when that tick has begun: it
   *      never fires early, and late by less than a tick, to which the thread's own delay comes.
   *
   * Schedule and cancel take constant time. A slot of many entries ("falling") is moved a few at a
   * time, with the lock given back in between, and due ones are fired first. Meanwhile no entry is
   * added to it, as the wheel stands in it.
   *
   * The lock is a bit, for the reasons given in CancellationToken. It guards assignments alone. On a
   * full stack it is given back, and nothing is half done: what is called under it and changes
   * anything (link, unlink) calls nothing itself, so it runs whole or not at all. The unlocking
   * itself is a store in place; it goes without the fence where every nanosecond counts.
   */

  /** A tick is half a millisecond, about. */
  static final int TICK_SHIFT = 19;

  private static final int BITS = 6;
  private static final int SLOTS = 1 << BITS;
  private static final int LEVELS = (63 - TICK_SHIFT + BITS - 1) / BITS;
  private static final int MOST_MOVED = 64;

  private static final VarHandle LOCKED =
      fieldVarHandle(
          MethodHandles.lookup(), "locked", VarHandle.class, TimerWheel.class, int.class);

  @SuppressWarnings("unused") // by its handle
  private volatile int locked;

  // Guarded by the lock.
  private final @Nullable TimerEntry[] heads = new @Nullable TimerEntry[LEVELS * SLOTS];
  private final long[] occupied = new long[LEVELS];
  private int falling = -1;
  private long tick;

  /**
   * Schedules an entry that is not scheduled.
   *
   * @return the tick at which the wheel has to be looked at for it, or before
   */
  long add(TimerEntry entry, long deadlineTick) {
    lock();
    try {
      entry.deadlineTick = Math.max(deadlineTick, tick);
      int slot = slotOf(entry.deadlineTick);
      long begin = beginOf(slot);
      link(entry, slot);
      return begin;
    } finally {
      try {
        LOCKED.setRelease(this, 0);
      } catch (StackOverflowError e) {
        locked = 0;
      }
    }
  }

  /** Takes the entry off, if it is scheduled here. */
  boolean remove(TimerEntry entry) {
    lock();
    try {
      if (entry.wheel != this) {
        return false;
      }
      unlink(entry);
      return true;
    } finally {
      try {
        LOCKED.setRelease(this, 0);
      } catch (StackOverflowError e) {
        locked = 0;
      }
    }
  }

  /**
   * Takes off an entry that is due, and moves a few that are not as near as they seemed.
   *
   * @param now the present tick
   * @return the entry; null if none is due, or none is known yet to be: see {@link #nextTick}
   */
  @Nullable TimerEntry poll(long now) {
    lock();
    try {
      for (int moves = MOST_MOVED; moves > 0; moves--) {
        int slot = firstSlot();
        boolean reached = slot >= 0 && beginOf(slot) <= now;
        if (reached && slot < SLOTS) {
          tick = Math.max(tick, beginOf(slot));
          TimerEntry due = heads[slot];
          if (due != null) {
            unlink(due);
          }
          return due;
        }
        TimerEntry fallen = falling < 0 ? null : heads[falling];
        if (fallen != null) {
          unlink(fallen);
          fallen.deadlineTick = Math.max(fallen.deadlineTick, tick);
          link(fallen, slotOf(fallen.deadlineTick));
        } else if (reached) {
          tick = Math.max(tick, beginOf(slot));
          falling = slot;
        } else {
          falling = -1;
          tick = Math.max(tick, now);
          return null;
        }
      }
      return null;
    } finally {
      locked = 0;
    }
  }

  /** Returns the tick at which the wheel is to be looked at next; the greatest long if never. */
  long nextTick() {
    lock();
    try {
      if (falling >= 0 && heads[falling] != null) {
        return tick;
      }
      int slot = firstSlot();
      return slot < 0 ? Long.MAX_VALUE : beginOf(slot);
    } finally {
      locked = 0;
    }
  }

  private int slotOf(long deadlineTick) {
    int level = (63 - Long.numberOfLeadingZeros((deadlineTick ^ tick) | (SLOTS - 1))) / BITS;
    return level * SLOTS + ((int) (deadlineTick >>> (level * BITS)) & (SLOTS - 1));
  }

  /** The first tick of a slot that the wheel has not passed. */
  private long beginOf(int slot) {
    int shift = slot / SLOTS * BITS;
    long base = tick >>> shift >>> BITS << BITS << shift;
    return base | (long) (slot & (SLOTS - 1)) << shift;
  }

  private int firstSlot() {
    for (int level = 0; level < LEVELS; level++) {
      if (occupied[level] != 0) {
        return level * SLOTS + Long.numberOfTrailingZeros(occupied[level]);
      }
    }
    return -1;
  }

  private void link(TimerEntry entry, int slot) {
    TimerEntry head = heads[slot];
    if (head == null) {
      occupied[slot / SLOTS] |= 1L << slot;
    } else {
      head.previous = entry;
    }
    entry.wheel = this;
    entry.slot = slot;
    entry.next = head;
    heads[slot] = entry;
  }

  private void unlink(TimerEntry entry) {
    TimerEntry previous = entry.previous;
    TimerEntry next = entry.next;
    int slot = entry.slot;
    if (previous == null) {
      heads[slot] = next;
      if (next == null) {
        occupied[slot / SLOTS] &= ~(1L << slot);
      }
    } else {
      previous.next = next;
      entry.previous = null;
    }
    if (next != null) {
      next.previous = previous;
      entry.next = null;
    }
    entry.wheel = null;
  }

  private void lock() {
    if (!LOCKED.compareAndSet(this, 0, 1)) {
      lockContended();
    }
  }

  private void lockContended() {
    for (int attempt = 0; !LOCKED.compareAndSet(this, 0, 1); attempt++) {
      Backoff.pause(attempt, this);
    }
  }
}
