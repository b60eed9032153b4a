// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A partitioner over what can be iterated once for all partitions.
 *
 * @param <T> the elements
 */
final class SourcePartitioner<T extends @Nullable Object> extends OrderablePartitioner<T> {
  private final Iterable<? extends T> source;
  private final boolean isBuffered;

  SourcePartitioner(Iterable<? extends T> source, boolean isBuffered) {
    super(true, false, true);
    this.source = source;
    this.isBuffered = isBuffered;
  }

  @Override
  Object code() {
    return source;
  }

  Cursors<T> open() {
    return new SharedSource<>(source.iterator(), isBuffered);
  }

  @Override
  public boolean supportsDynamicPartitions() {
    return true;
  }

  @Override
  public List<Iterator<KeyedElement<T>>> getOrderablePartitions(int partitionCount) {
    checkCount(partitionCount);
    Cursors<T> opened = open();
    AtomicInteger open = new AtomicInteger(partitionCount);
    List<Iterator<KeyedElement<T>>> partitions = new ArrayList<>(partitionCount);
    for (int i = 0; i < partitionCount; i++) {
      partitions.add(
          new Partition<>(
              opened,
              () -> {
                if (open.decrementAndGet() == 0) {
                  opened.close();
                }
              }));
    }
    return partitions;
  }

  @Override
  public Iterable<KeyedElement<T>> getOrderableDynamicPartitions() {
    return new DynamicPartitions<>(open());
  }

  /**
   * Any number of partitions, and the source they share.
   *
   * @param <T> the elements
   */
  private record DynamicPartitions<T extends @Nullable Object>(Cursors<T> opened)
      implements Iterable<KeyedElement<T>>, AutoCloseable {
    @Override
    public Iterator<KeyedElement<T>> iterator() {
      return new Partition<>(opened, () -> {});
    }

    @Override
    public void close() {
      opened.close();
    }
  }

  /**
   * A cursor as an iterator.
   *
   * @param <T> the elements
   */
  private static final class Partition<T extends @Nullable Object>
      implements Iterator<KeyedElement<T>>, AutoCloseable {
    private final Cursor<T> cursor;
    private final Runnable onClose;

    /** Whether the current element of the cursor is the next one here. */
    private boolean isNextRead;

    private boolean isClosed;

    Partition(Cursors<T> opened, Runnable onClose) {
      this.cursor = opened.open(new LoopFlags());
      this.onClose = onClose;
    }

    @Override
    public boolean hasNext() {
      isNextRead |= !isNextRead && !isClosed && cursor.moveNext();
      return isNextRead;
    }

    @Override
    public KeyedElement<T> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      isNextRead = false;
      return new KeyedElement<>(cursor.key, cursor.element);
    }

    @Override
    public void close() {
      if (!isClosed) {
        isClosed = true;
        isNextRead = false;
        onClose.run();
      }
    }
  }
}
