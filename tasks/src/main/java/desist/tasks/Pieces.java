// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** A range of indexes, handed out to the workers of a loop in small ranges. */
final class Pieces {
  /*
   * Overview
   *
   * The range is cut into as many pieces as there will be workers, as far as can be foreseen. A
   * worker begins with a piece of its own, takes range after range off its beginning, and then goes
   * on with what is left of the other pieces. What is taken is nobody else's any more, so a piece is
   * one number: where the rest begins.
   *
   * How much a worker takes at once follows the clock: it begins with one index, doubles while a
   * range takes less than SHORT, and comes down to as many as fit into TARGET when it took more than
   * LONG. So taking costs little however cheap the bodies are, a worker comes back to look whether
   * the loop is to end, and where bodies get a hundred times as expensive it does not sit on many of
   * them. It takes no more than a quarter of what is left of a piece, so that workers end together.
   *
   * Lengths are unsigned: a range may have more indexes than Long.MAX_VALUE.
   */

  private static final long SHORT = 25_000; // nanoseconds
  private static final long TARGET = 50_000;
  private static final long LONG = 100_000;

  /** Bounds what a worker takes when bodies that cost nothing are followed by others. */
  private static final long MOST = 1 << 16;

  private static final int STRIDE = 16; // longs, so that pieces do not share a cache line

  private final LoopFlags flags;
  private final int count;
  private final AtomicLongArray next;
  private final long[] ends;
  private final AtomicInteger walks = new AtomicInteger();

  /** The range, which is not empty, for so many workers at the most. */
  Pieces(long from, long to, int limit, LoopFlags flags) {
    this.flags = flags;
    this.count = limit == 1 ? 1 : pieces(to - from, limit);
    this.next = new AtomicLongArray(count * STRIDE);
    this.ends = new long[count];
    long size = Long.divideUnsigned(to - from, count);
    for (int i = 0; i < count; i++) {
      next.setPlain(i * STRIDE, from + i * size);
      ends[i] = i == count - 1 ? to : from + (i + 1) * size;
    }
  }

  private static int pieces(long length, int limit) {
    int foreseen = Math.max(2, Math.min(limit, Runtime.getRuntime().availableProcessors()));
    return Long.compareUnsigned(length, foreseen) < 0 ? (int) length : foreseen;
  }

  boolean isAnyLeft() {
    for (int i = 0; i < count; i++) {
      if (next.get(i * STRIDE) < ends[i]) {
        return true;
      }
    }
    return false;
  }

  /** Returns the way of one more worker. */
  Walk walk() {
    return new Walk(Integer.remainderUnsigned(walks.getAndIncrement(), count));
  }

  /** A worker's way through the pieces; for one thread. */
  final class Walk {
    private int piece;
    private int piecesLeft = count;
    private long from;
    private long to;

    /** How many to take; how many were wanted when the last were taken, and when that was. */
    private long size = 1;

    private boolean isFull;
    private long begin;

    private Walk(int piece) {
      this.piece = piece;
    }

    long from() {
      return from;
    }

    long to() {
      return to;
    }

    /** Takes the next range; false if there is none, or those left need not begin. */
    boolean next() {
      long now = System.nanoTime();
      if (isFull) {
        adapt(now - begin);
      }
      begin = now;
      while (piecesLeft > 0) {
        if (tryTake()) {
          return true;
        }
        piece = piece + 1 == count ? 0 : piece + 1;
        piecesLeft--;
      }
      return false;
    }

    private boolean tryTake() {
      long end = ends[piece];
      for (; ; ) {
        long first = next.get(piece * STRIDE);
        if (first >= end || flags.mustExit(first)) {
          return false;
        }
        long most = Math.max(1, (end - first) >>> 2);
        long length = Math.min(size, most);
        if (next.compareAndSet(piece * STRIDE, first, first + length)) {
          from = first;
          to = first + length;
          isFull = length == size;
          return true;
        }
      }
    }

    private void adapt(long elapsed) {
      if (elapsed < SHORT) {
        size = Math.min(2 * size, MOST);
      } else if (elapsed > LONG) {
        size = Math.max(1, size * TARGET / elapsed);
      }
    }
  }
}
