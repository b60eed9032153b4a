// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A partitioner that gives each partition its share of a list, which stands where it stood.
 *
 * @param <T> the elements
 */
final class ListPartitioner<T extends @Nullable Object> extends OrderablePartitioner<T> {
  private final List<? extends T> list;

  ListPartitioner(List<? extends T> list) {
    super(true, true, true);
    this.list = list;
  }

  /** Iterates over a list by index, up to the size it has at the start. */
  static <T extends @Nullable Object> Iterator<T> byIndex(List<? extends T> list) {
    int size = list.size();
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size;
      }

      @Override
      public T next() {
        if (next >= size) {
          throw new NoSuchElementException();
        }
        return list.get(next++);
      }
    };
  }

  @Override
  public List<Iterator<KeyedElement<T>>> getOrderablePartitions(int partitionCount) {
    checkCount(partitionCount);
    int size = list.size();
    int length = size / partitionCount;
    int longer = size % partitionCount; // so many get one more
    List<Iterator<KeyedElement<T>>> partitions = new ArrayList<>(partitionCount);
    int from = 0;
    for (int i = 0; i < partitionCount; i++) {
      int to = from + length + (i < longer ? 1 : 0);
      partitions.add(new Share<>(list, from, to));
      from = to;
    }
    return partitions;
  }

  /**
   * The elements of one partition.
   *
   * @param <T> the elements
   */
  private static final class Share<T extends @Nullable Object>
      implements Iterator<KeyedElement<T>> {
    private final List<? extends T> list;
    private final int to;
    private int next;

    Share(List<? extends T> list, int from, int to) {
      this.list = list;
      this.next = from;
      this.to = to;
    }

    @Override
    public boolean hasNext() {
      return next < to;
    }

    @Override
    public KeyedElement<T> next() {
      if (next >= to) {
        throw new NoSuchElementException();
      }
      return new KeyedElement<>(next, list.get(next++));
    }
  }
}
