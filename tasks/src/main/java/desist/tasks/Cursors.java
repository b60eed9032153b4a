// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A source that workers share, each by a cursor of its own.
 *
 * @param <T> the elements
 */
interface Cursors<T extends @Nullable Object> extends AutoCloseable {
  /** Opens a cursor; it reads no more once the flags say that the loop is to end. */
  Cursor<T> open(LoopFlags flags);

  /** Closes the source. */
  @Override
  void close();

  /** Opens the partitioner, which supports dynamic partitions. */
  static <T extends @Nullable Object> Cursors<T> of(Partitioner<T> partitioner) {
    if (partitioner instanceof SourcePartitioner<T> ours) {
      return ours.open();
    } else if (partitioner instanceof OrderablePartitioner<T> keyed) {
      return new OfKeyed<>(checked(keyed.getOrderableDynamicPartitions()));
    }
    return new OfPlain<>(checked(partitioner.getDynamicPartitions()));
  }

  private static <I> I checked(@Nullable I partitions) {
    if (partitions == null) {
      throw new IllegalStateException("The partitioner gave null for its partitions.");
    }
    return partitions;
  }

  /**
   * The partitions of a user's partitioner, with keys.
   *
   * @param <T> the elements
   */
  record OfKeyed<T extends @Nullable Object>(Iterable<KeyedElement<T>> partitions)
      implements Cursors<T> {
    @Override
    public Cursor<T> open(LoopFlags flags) {
      Iterator<KeyedElement<T>> partition = checked(partitions.iterator());
      return new Cursor<>() {
        @Override
        boolean moveNext() {
          if (!partition.hasNext()) {
            return false;
          }
          KeyedElement<T> next = partition.next();
          key = next.key();
          element = next.element();
          return true;
        }

        @Override
        public void close() {
          Closing.close(partition);
        }
      };
    }

    @Override
    public void close() {
      Closing.close(partitions);
    }
  }

  /**
   * The partitions of a user's partitioner, without keys.
   *
   * @param <T> the elements
   */
  record OfPlain<T extends @Nullable Object>(Iterable<T> partitions) implements Cursors<T> {
    @Override
    public Cursor<T> open(LoopFlags flags) {
      Iterator<T> partition = checked(partitions.iterator());
      return new Cursor<>() {
        @Override
        boolean moveNext() {
          if (!partition.hasNext()) {
            return false;
          }
          element = partition.next();
          return true;
        }

        @Override
        public void close() {
          Closing.close(partition);
        }
      };
    }

    @Override
    public void close() {
      Closing.close(partitions);
    }
  }
}
