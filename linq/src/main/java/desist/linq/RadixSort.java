// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sorts numbers by their digits, stably, with all workers of a run. */
final class RadixSort {
  /*
   * Overview
   *
   * Digit by digit, from the lowest: the workers count the digits of a part each, and then move the
   * numbers of their part to where the counts say, so that equal digits keep their order. The digits are
   * those of the distance from the smallest number, so that numbers that lie together take few passes.
   * Elements go along by their indexes, if they are asked for.
   *
   * Unlike a sort that compares, this can be left after any few numbers: a worker that is stopped
   * returns, and what is in the arrays then is of no use to anybody.
   */

  private static final int BITS = 11;
  private static final int DIGITS = 1 << BITS;
  private static final int POLL = 1 << 12; // numbers, some microseconds
  private static final int LEAST_PART = 1 << 13;

  private final QueryRun run;
  private final int size;
  private final int parts;

  private long[] numbers;
  private long[] otherNumbers;
  private long least;
  private long range;
  private int @Nullable [] indexes;
  private int @Nullable [] otherIndexes;

  private RadixSort(QueryRun run, long[] numbers, boolean withIndexes) {
    this.run = run;
    this.numbers = numbers;
    size = numbers.length;
    parts = Math.max(1, Math.min(run.workers(), size / LEAST_PART));
    otherNumbers = new long[size];
    if (withIndexes) {
      indexes = new int[size];
      otherIndexes = new int[size];
    }
  }

  /** Returns the indexes of the numbers, in their order; the array is used up. */
  static int[] order(QueryRun run, long[] numbers) {
    RadixSort sort = new RadixSort(run, numbers, true);
    int[] first = sort.indexes;
    if (first == null) {
      throw new AssertionError();
    }
    for (int i = 0; i < first.length; i++) {
      first[i] = i;
    }
    sort.sort();
    int[] order = sort.indexes;
    return order == null ? first : order;
  }

  /** Returns the numbers in their order; the array is used up. */
  static long[] sorted(QueryRun run, long[] numbers) {
    RadixSort sort = new RadixSort(run, numbers, false);
    sort.sort();
    return sort.numbers;
  }

  private void sort() {
    if (size > 1) {
      findBounds();
      for (int shift = 0; shift < Long.SIZE && range >>> shift != 0; shift += BITS) {
        pass(shift);
      }
    }
  }

  /** Finds the smallest number, and how far the largest is from it, unsigned. */
  private void findBounds() {
    long[] smallest = new long[parts];
    long[] largest = new long[parts];
    run.inParallel(
        parts,
        (part, worker) -> {
          long min = Long.MAX_VALUE;
          long max = Long.MIN_VALUE;
          for (int i = start(part); i < start(part + 1) && !worker.isStopped(); ) {
            for (int end = Math.min(start(part + 1), i + POLL); i < end; i++) {
              min = Math.min(min, numbers[i]);
              max = Math.max(max, numbers[i]);
            }
          }
          smallest[part] = min;
          largest[part] = max;
        });
    least = Arrays.stream(smallest).min().orElseThrow();
    range = Arrays.stream(largest).max().orElseThrow() - least;
  }

  /** Sorts by the digit that begins at that bit. */
  private void pass(int shift) {
    int[][] counts = new int[parts][];
    run.inParallel(parts, (part, worker) -> counts[part] = count(part, shift, worker));
    int place = 0;
    for (int digit = 0; digit < DIGITS; digit++) {
      for (int[] ofPart : counts) {
        int count = ofPart[digit];
        ofPart[digit] = place;
        place += count;
      }
    }
    run.inParallel(parts, (part, worker) -> move(part, shift, counts[part], worker));
    long[] sorted = otherNumbers;
    otherNumbers = numbers;
    numbers = sorted;
    int[] sortedIndexes = otherIndexes;
    otherIndexes = indexes;
    indexes = sortedIndexes;
  }

  private int[] count(int part, int shift, Worker worker) {
    int[] counts = new int[DIGITS];
    long[] from = numbers;
    for (int i = start(part); i < start(part + 1) && !worker.isStopped(); ) {
      for (int end = Math.min(start(part + 1), i + POLL); i < end; i++) {
        counts[digit(from[i], shift)]++;
      }
    }
    return counts;
  }

  private void move(int part, int shift, int[] places, Worker worker) {
    long[] from = numbers;
    long[] to = otherNumbers;
    int[] indexesFrom = indexes;
    int[] indexesTo = otherIndexes;
    for (int i = start(part); i < start(part + 1) && !worker.isStopped(); ) {
      int end = Math.min(start(part + 1), i + POLL);
      if (indexesFrom == null || indexesTo == null) {
        for (; i < end; i++) {
          to[places[digit(from[i], shift)]++] = from[i];
        }
      } else {
        for (; i < end; i++) {
          int place = places[digit(from[i], shift)]++;
          to[place] = from[i];
          indexesTo[place] = indexesFrom[i];
        }
      }
    }
  }

  private int digit(long number, int shift) {
    return (int) ((number - least) >>> shift) & (DIGITS - 1);
  }

  private int start(int part) {
    return (int) ((long) size * part / parts);
  }
}
