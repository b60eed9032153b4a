// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sorts elements by keys, stably, with all workers of a run. */
final class Sorting {
  private Sorting() {}

  /**
   * Returns the elements of a stage, sorted by the first key, and by the next where that is equal.
   */
  static <T extends @Nullable Object> Stage<T> sort(
      QueryRun run, Stage<T> stage, List<SortKey<T>> keys) {
    @Nullable Object[] elements = Gather.all(run, stage);
    List<SortColumn<T>> columns = new ArrayList<>();
    for (SortKey<T> key : keys) {
      columns.add(key.column(elements.length));
    }
    run.execute(
        new FeedStage<>(new ArrayFeed<T>(elements, elements.length)),
        worker -> new KeySink<>(columns));
    int[] order = order(run, columns, elements.length);
    return new FeedStage<>(new PermutedFeed<>(elements, order));
  }

  private static <T extends @Nullable Object> int[] order(
      QueryRun run, List<SortColumn<T>> columns, int size) {
    long[] numbers = columns.size() == 1 ? columns.get(0).numbers() : null;
    if (numbers != null) {
      return RadixSort.order(run, numbers);
    }
    if (columns.size() == 1 && columns.get(0) instanceof ObjectColumn<T, ?> column) {
      return new MergeSort(run, size, column.keys(), column).order();
    }
    return new MergeSort(run, size, null, comparing(columns)).order();
  }

  private static <T extends @Nullable Object> MergeSort.ItemComparator comparing(
      List<SortColumn<T>> columns) {
    return (a, keyA, b, keyB) -> {
      for (SortColumn<T> column : columns) {
        int result = column.compare(a, b);
        if (result != 0) {
          return result;
        }
      }
      return 0;
    };
  }

  /** Sets the keys of elements. */
  private static final class KeySink<T extends @Nullable Object> extends Sink<T> {
    private final List<SortColumn<T>> columns;
    private int next;

    KeySink(List<SortColumn<T>> columns) {
      this.columns = columns;
    }

    @Override
    void begin(Leaf leaf) {
      next = (int) leaf.index;
    }

    @Override
    void accept(T element) {
      for (SortColumn<T> column : columns) {
        column.set(next, element);
      }
      next++;
    }
  }
}
