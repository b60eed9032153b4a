// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** Deals each worker one contiguous piece, of which others may steal. */
final class Ranges extends Dealer {
  /*
   * Overview
   *
   * Each worker begins with one of "workers" contiguous pieces whose sizes differ by at most one, the
   * larger first. Its owner claims indexes from the front of its piece, a stride at a time. A worker
   * whose piece is used up takes the back half of what is left of another's, the longest. So all
   * workers are busy to the end, whatever an element costs, and a piece whose worker has not begun yet
   * is not waited for.
   *
   * A piece is one long, [from, to) in units, each half unsigned; claims and thefts are a CAS on it. A
   * unit is one index, or more where there are too many for 32 bits. Only indexes that nobody has
   * claimed can be stolen, and none is claimed twice.
   *
   * What is being stolen is for a moment in no slot. "begun" counts thefts before that, "ended" after
   * it: a worker that finds all slots empty ends only if no theft was under way while it looked, and
   * else looks again. That is no wait for code of the user's.
   */

  /** Longs between two pieces, so that they share no cache line. */
  private static final int SPREAD = 16;

  private static final long MOST_UNITS = 0xffff_ffffL;

  private final long size;
  private final long unit;
  private final int pieces;
  private final AtomicLongArray slots;
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  Ranges(long size, int pieces) {
    this.size = size;
    this.pieces = pieces;
    unit = 1 + (size - 1) / MOST_UNITS;
    slots = new AtomicLongArray(pieces * SPREAD);
    long units = size / unit + (size % unit == 0 ? 0 : 1);
    long from = 0;
    for (int i = 0; i < pieces; i++) {
      long to = from + units / pieces + (i < units % pieces ? 1 : 0);
      slots.set(i * SPREAD, pack(from, to));
      from = to;
    }
  }

  @Override
  boolean claim(int worker, long most, RangeReader<?> reader) {
    int slot = worker * SPREAD;
    for (; ; ) {
      long piece = slots.get(slot);
      long from = from(piece);
      long to = to(piece);
      if (from == to) {
        return false;
      }
      long next = Math.min(to, from + Math.max(1, most / unit));
      if (slots.compareAndSet(slot, piece, pack(next, to))) {
        reader.setClaim(from * unit, next > size / unit ? size : next * unit);
        return true;
      }
    }
  }

  /** Moves the back half of the longest piece to a worker whose own is used up. */
  @Override
  boolean steal(int worker) {
    for (; ; ) {
      int endedBefore = ended.get();
      int victim = longest();
      if (victim >= 0) {
        if (tryMove(victim, worker)) {
          return true;
        }
      } else if (begun.get() == endedBefore) {
        return false;
      } else {
        Thread.onSpinWait();
      }
    }
  }

  /** Returns the number of the longest piece; -1 if all are empty. */
  private int longest() {
    int longest = -1;
    long most = 0;
    for (int i = 0; i < pieces; i++) {
      long piece = slots.get(i * SPREAD);
      long left = to(piece) - from(piece);
      if (left > most) {
        most = left;
        longest = i;
      }
    }
    return longest;
  }

  private boolean tryMove(int victim, int worker) {
    long piece = slots.get(victim * SPREAD);
    long from = from(piece);
    long to = to(piece);
    long middle = from + (to - from) / 2;
    boolean isMoved = false;
    begun.getAndIncrement();
    if (middle < to && slots.compareAndSet(victim * SPREAD, piece, pack(from, middle))) {
      slots.set(worker * SPREAD, pack(middle, to));
      isMoved = true;
    }
    ended.getAndIncrement();
    return isMoved;
  }

  private static long pack(long from, long to) {
    return from << 32 | to;
  }

  private static long from(long piece) {
    return piece >>> 32;
  }

  private static long to(long piece) {
    return piece & MOST_UNITS;
  }
}
