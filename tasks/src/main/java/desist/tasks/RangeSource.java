// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Cuts numbers into ranges of one length, of which the last may be shorter.
 *
 * @param from the first number
 * @param to the one after the last, above {@code from}
 * @param size how many numbers a range has
 */
record RangeSource(long from, long to, long size) implements Iterable<LongRange> {
  private static final int PER_PROCESSOR = 3;

  /** Returns such a source with a few ranges for each processor. */
  static RangeSource of(long from, long to) {
    long count = (long) Runtime.getRuntime().availableProcessors() * PER_PROCESSOR;
    long size = from < to ? Math.max(1, Long.divideUnsigned(to - from, count)) : 1;
    return new RangeSource(from, to, size);
  }

  RangeSource {
    if (from >= to) {
      throw new IllegalArgumentException("to must be above from: " + to + ", " + from);
    }
    if (size < 1) {
      throw new IllegalArgumentException("rangeSize must be positive: " + size);
    }
  }

  @Override
  public Iterator<LongRange> iterator() {
    return new Iterator<>() {
      private long next = from;

      @Override
      public boolean hasNext() {
        return next < to;
      }

      @Override
      public LongRange next() {
        if (next >= to) {
          throw new NoSuchElementException();
        }
        long start = next;
        next = Long.compareUnsigned(to - start, size) > 0 ? start + size : to;
        return new LongRange(start, next);
      }
    };
  }

  /** Returns the same ranges of numbers that are ints. */
  Iterable<IntRange> asInts() {
    return () -> {
      Iterator<LongRange> ranges = iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return ranges.hasNext();
        }

        @Override
        public IntRange next() {
          LongRange next = ranges.next();
          return new IntRange((int) next.from(), (int) next.to());
        }
      };
    };
  }
}
