// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The elements of partitions, one partition after another. */
final class PartitionedFeed<S extends @Nullable Object> extends Feed<S> {
  /*
   * Overview
   *
   * A partition is read by one worker alone, which takes another when it has read it to the end: so
   * none is left if there are fewer workers than partitions. Elements are pushed as they come.
   *
   * Partition p has the places from p << PLACE_BITS on. Its leaves follow each other there; the last
   * one, in which its end is found, is followed by the first of partition p + 1.
   */

  private static final int PLACE_BITS = 48;

  private final List<Iterator<S>> partitions;
  private final AtomicInteger taken = new AtomicInteger();

  PartitionedFeed(List<Iterator<S>> partitions) {
    this.partitions = partitions;
  }

  /** Returns the place after all elements. */
  @Override
  long size() {
    return placeOf(partitions.size());
  }

  @Override
  Reader<S> reader(Worker worker, int number, Sink<S> sink) {
    return new PartitionReader(number, worker.pacer, sink);
  }

  private static long placeOf(int partition) {
    return (long) partition << PLACE_BITS;
  }

  /** Reads partitions in leaves of a stride. */
  private final class PartitionReader extends Reader<S> {
    private final Pacer pacer;

    /** What is being read; null between two partitions. */
    private @Nullable Iterator<S> partition;

    /** The number of that partition, or of the last one. */
    private int partitionNumber;

    private @Nullable Leaf leaf;
    private long position;
    private long leafEnd;

    PartitionReader(int feed, Pacer pacer, Sink<S> sink) {
      super(feed, sink);
      this.pacer = pacer;
    }

    @Override
    boolean nextLeaf() {
      if (partition == null) {
        partitionNumber = taken.getAndIncrement();
        if (partitionNumber >= partitions.size()) {
          return false;
        }
        partition = partitions.get(partitionNumber);
        position = placeOf(partitionNumber);
      }
      leafEnd = position + pacer.stride();
      leaf = new Leaf(feed, position, Leaf.NO_INDEX);
      sink.begin(leaf);
      return true;
    }

    @Override
    int push(int most) {
      Iterator<S> current = partition;
      int count = (int) Math.min(most, leafEnd - position);
      int pushed = 0;
      while (pushed < count && current != null) {
        if (current.hasNext()) {
          sink.accept(current.next());
          pushed++;
        } else {
          partition = current = null;
        }
      }
      position += pushed;
      return pushed;
    }

    @Override
    void endLeaf() {
      Leaf ended = requireNonNull(leaf);
      ended.nextFrom = partition == null ? placeOf(partitionNumber + 1) : position;
      leaf = null;
      sink.end(ended);
    }
  }
}
