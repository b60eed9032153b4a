// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** Sorts indexes by a comparator, stably, with all workers of a run. */
final class MergeSort {
  /*
   * Overview
   *
   * The workers sort a part each, and then merge neighbors until one part is left. Each merge is cut
   * into pieces that have about the same size in the result: where a piece begins in either half is
   * found by bisection, so that all workers merge to the end. Of equal elements those of the left half
   * come first, everywhere.
   *
   * A comparator may be wrong, throw, take long, or cancel the query. It is called in one place, which
   * looks before each call whether the worker is stopped. One that is calls it no more and returns,
   * and what is in the arrays then is of no use to anybody. An order that contradicts itself
   * leads to some order: what goes where is decided once for all pieces of a merge, before it begins.
   */

  private static final int SMALL = 8; // what is sorted by insertion
  private static final int LEAST_PART = 1 << 10;

  /** Compares elements by their indexes or by their keys, whichever it knows. */
  @FunctionalInterface
  interface ItemComparator {
    int compare(int indexA, @Nullable Object keyA, int indexB, @Nullable Object keyB);
  }

  private final QueryRun run;
  private final ItemComparator comparator;
  private final int size;
  private final int parts;

  private SortItems items;
  private SortItems other;

  /**
   * Makes a sort.
   *
   * @param keys the keys, if the comparator wants them; they are not changed
   */
  MergeSort(QueryRun run, int size, @Nullable Object @Nullable [] keys, ItemComparator comparator) {
    this.run = run;
    this.comparator = comparator;
    this.size = size;
    int most = Math.min(2 * run.workers(), size / LEAST_PART);
    parts = Math.max(1, Integer.highestOneBit(most));
    int[] indexes = new int[size];
    for (int i = 0; i < size; i++) {
      indexes[i] = i;
    }
    items = new SortItems(indexes, keys == null ? null : keys.clone());
    other = items.sameSize();
  }

  /** Returns the indexes of the elements, in their order. */
  int[] order() {
    run.inParallel(
        parts, (part, worker) -> new Sequential(worker).sort(start(part), start(part + 1)));
    for (int width = 1; width < parts; width *= 2) {
      mergeNeighbors(width);
      SortItems merged = other;
      other = items;
      items = merged;
    }
    return items.indexes();
  }

  private void mergeNeighbors(int width) {
    int merges = parts / (2 * width);
    int pieces = Math.max(1, parts / merges);
    int[][] cuts = new int[merges][];
    run.inParallel(
        merges, (merge, worker) -> cuts[merge] = new Sequential(worker).cuts(merge, width, pieces));
    run.inParallel(
        merges * pieces,
        (number, worker) -> {
          int merge = number / pieces;
          new Sequential(worker).mergePiece(merge, width, pieces, number % pieces, cuts[merge]);
        });
  }

  private int start(int part) {
    return (int) ((long) size * part / parts);
  }

  /** What one worker does of it. */
  private final class Sequential {
    private final Worker worker;

    Sequential(Worker worker) {
      this.worker = worker;
    }

    /** Whether the item at one place comes after that at another; false if this is stopped. */
    private boolean isAfter(SortItems all, int a, int b) {
      return isAfter(all, a, all.index(b), all.key(b));
    }

    private boolean isAfter(SortItems all, int a, int index, @Nullable Object key) {
      return !worker.isStopped() && comparator.compare(all.index(a), all.key(a), index, key) > 0;
    }

    /** Sorts a part in place. */
    void sort(int from, int to) {
      items.copyTo(other, from, from, to - from);
      sort(other, items, from, to);
    }

    /** Sorts what both have in [from, to), into the target; in halves, so that few are in use. */
    private void sort(SortItems source, SortItems target, int from, int to) {
      if (to - from <= SMALL) {
        insert(target, from, to);
      } else if (!worker.isStopped()) {
        int middle = (from + to) >>> 1;
        sort(target, source, from, middle);
        sort(target, source, middle, to);
        if (isAfter(source, middle - 1, middle)) {
          merge(source, from, middle, middle, to, target, from);
        } else {
          source.copyTo(target, from, from, to - from);
        }
      }
    }

    private void insert(SortItems all, int from, int to) {
      for (int i = from + 1; i < to; i++) {
        int index = all.index(i);
        Object key = all.key(i);
        int place = i;
        while (place > from && isAfter(all, place - 1, index, key)) {
          all.set(place, all.index(place - 1), all.key(place - 1));
          place--;
        }
        all.set(place, index, key);
      }
    }

    /** Returns how many elements of the left half come before each piece, and all. */
    int[] cuts(int merge, int width, int pieces) {
      int from = start(merge * 2 * width);
      int middle = start(merge * 2 * width + width);
      int to = start((merge + 1) * 2 * width);
      int[] cuts = new int[pieces + 1];
      for (int piece = 1; piece < pieces; piece++) {
        int before = begin(from, to, piece - 1, pieces);
        int count = begin(from, to, piece, pieces);
        // A contradictory order must not make pieces overlap.
        int least = Math.max(cuts[piece - 1], count - (to - middle));
        int most = Math.min(cuts[piece - 1] + count - before, middle - from);
        cuts[piece] = Math.max(least, Math.min(most, leftOf(from, middle, to, count)));
      }
      cuts[pieces] = middle - from;
      return cuts;
    }

    private int begin(int from, int to, int piece, int pieces) {
      return (int) ((long) (to - from) * piece / pieces);
    }

    /** Returns how many of the first elements of the result come from the left half. */
    private int leftOf(int from, int middle, int to, int count) {
      int low = Math.max(0, count - (to - middle));
      int high = Math.min(count, middle - from);
      while (low < high) {
        int left = (low + high) >>> 1;
        if (isAfter(items, from + left, middle + count - left - 1)) {
          high = left;
        } else {
          low = left + 1;
        }
      }
      return low;
    }

    /** Merges a piece of two neighbors. */
    void mergePiece(int merge, int width, int pieces, int piece, int[] cuts) {
      int from = start(merge * 2 * width);
      int middle = start(merge * 2 * width + width);
      int to = start((merge + 1) * 2 * width);
      int begin = begin(from, to, piece, pieces);
      int end = begin(from, to, piece + 1, pieces);
      merge(
          items,
          from + cuts[piece],
          from + cuts[piece + 1],
          middle + begin - cuts[piece],
          middle + end - cuts[piece + 1],
          other,
          from + begin);
    }

    private void merge(
        SortItems source,
        int left,
        int leftEnd,
        int right,
        int rightEnd,
        SortItems target,
        int place) {
      int l = left;
      int r = right;
      int p = place;
      while (l < leftEnd && r < rightEnd && !worker.isStopped()) {
        int next = isAfter(source, l, r) ? r++ : l++;
        target.set(p++, source.index(next), source.key(next));
      }
      source.copyTo(target, l, p, leftEnd - l);
      source.copyTo(target, r, p + leftEnd - l, rightEnd - r);
    }
  }
}
