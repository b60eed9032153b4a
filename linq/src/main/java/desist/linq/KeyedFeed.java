// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import desist.tasks.KeyedElement;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The elements of partitions whose keys are their indexes, each of them a leaf. */
final class KeyedFeed<S extends @Nullable Object> extends Feed<S> {
  /*
   * Overview
   *
   * As in a PartitionedFeed, a partition is read by the worker that has taken it. "size" is written by
   * the worker that reads the last of them to its end; by then all others are counted.
   *
   * What is waiting for a key that never comes would be lost. So that worker throws if the keys are no
   * indexes, as it sees by their number, their sum and their end.
   */

  private final List<Iterator<KeyedElement<S>>> partitions;
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger unread;
  private final AtomicLong elements = new AtomicLong();
  private final AtomicLong sum = new AtomicLong();
  private final AtomicLong end = new AtomicLong();

  private volatile long size = UNKNOWN;

  KeyedFeed(List<Iterator<KeyedElement<S>>> partitions) {
    this.partitions = partitions;
    unread = new AtomicInteger(partitions.size());
  }

  @Override
  long size() {
    return size;
  }

  @Override
  Reader<S> reader(Worker worker, int number, Sink<S> sink) {
    return new KeyedReader(number, sink);
  }

  private void wasRead(long count, long keySum, long keyEnd) {
    elements.addAndGet(count);
    sum.addAndGet(keySum);
    end.accumulateAndGet(keyEnd, Math::max);
    if (unread.decrementAndGet() == 0) {
      long total = elements.get();
      if (end.get() != total || sum.get() != total * (total - 1) / 2) {
        throw new IllegalStateException(
            "The partitioner's keys are said to be normalized, but are not 0, 1, 2 and so on.");
      }
      size = total;
    }
  }

  /** Reads partitions one element at a time. */
  private final class KeyedReader extends Reader<S> {

    /** What is being read; null between two partitions. */
    private @Nullable Iterator<KeyedElement<S>> partition;

    /** How many elements of it have been read, the sum of their keys, and what is above them. */
    private long count;

    private long sum;
    private long end;

    private @Nullable KeyedElement<S> element;
    private @Nullable Leaf leaf;

    KeyedReader(int feed, Sink<S> sink) {
      super(feed, sink);
    }

    @Override
    boolean nextLeaf() {
      KeyedElement<S> next = nextElement();
      if (next == null) {
        return false;
      }
      element = next;
      leaf = new Leaf(feed, next.key(), next.key());
      sink.begin(leaf);
      return true;
    }

    private @Nullable KeyedElement<S> nextElement() {
      for (; ; ) {
        Iterator<KeyedElement<S>> current = partition;
        if (current == null) {
          int number = taken.getAndIncrement();
          if (number >= partitions.size()) {
            return null;
          }
          partition = current = partitions.get(number);
          count = 0;
          sum = 0;
          end = 0;
        }
        if (current.hasNext()) {
          KeyedElement<S> next = current.next();
          count++;
          sum += next.key();
          end = Math.max(end, next.key() + 1);
          return next;
        }
        partition = null;
        wasRead(count, sum, end);
      }
    }

    @Override
    int push(int most) {
      KeyedElement<S> pushed = element;
      if (pushed == null) {
        return 0;
      }
      element = null;
      sink.accept(pushed.element());
      return 1;
    }

    @Override
    void endLeaf() {
      Leaf ended = requireNonNull(leaf);
      ended.nextFrom = ended.from + 1;
      leaf = null;
      sink.end(ended);
    }
  }
}
