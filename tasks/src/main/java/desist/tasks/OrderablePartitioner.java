// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a source into parts, in which each element has a key that tells its place in the source.
 *
 * @param <T> the elements
 * @dotnet OrderablePartitioner&lt;TSource&gt;
 * @since 1.0
 */
public abstract class OrderablePartitioner<T extends @Nullable Object> extends Partitioner<T> {
  private final boolean keysOrderedInEachPartition;
  private final boolean keysOrderedAcrossPartitions;
  private final boolean keysNormalized;

  /**
   * Makes a partitioner.
   *
   * @param keysOrderedInEachPartition whether the keys of each partition ascend
   * @param keysOrderedAcrossPartitions whether all keys of a partition are below those of the next
   * @param keysNormalized whether the keys are 0, 1, 2 and so on
   * @dotnet new OrderablePartitioner&lt;TSource&gt;(bool, bool, bool)
   * @since 1.0
   */
  protected OrderablePartitioner(
      boolean keysOrderedInEachPartition,
      boolean keysOrderedAcrossPartitions,
      boolean keysNormalized) {
    this.keysOrderedInEachPartition = keysOrderedInEachPartition;
    this.keysOrderedAcrossPartitions = keysOrderedAcrossPartitions;
    this.keysNormalized = keysNormalized;
  }

  /**
   * Returns whether the keys of each partition ascend.
   *
   * @return whether they do
   * @dotnet OrderablePartitioner&lt;TSource&gt;.KeysOrderedInEachPartition
   * @since 1.0
   */
  public final boolean keysOrderedInEachPartition() {
    return keysOrderedInEachPartition;
  }

  /**
   * Returns whether all keys of a partition are below those of the next.
   *
   * @return whether they are
   * @dotnet OrderablePartitioner&lt;TSource&gt;.KeysOrderedAcrossPartitions
   * @since 1.0
   */
  public final boolean keysOrderedAcrossPartitions() {
    return keysOrderedAcrossPartitions;
  }

  /**
   * Returns whether the keys are 0, 1, 2 and so on.
   *
   * @return whether they are
   * @dotnet OrderablePartitioner&lt;TSource&gt;.KeysNormalized
   * @since 1.0
   */
  public final boolean keysNormalized() {
    return keysNormalized;
  }

  /**
   * Returns the source in so many parts, each for one reader, with keys.
   *
   * @param partitionCount how many
   * @return as many iterators, which together give each element once
   * @throws IllegalArgumentException if {@code partitionCount} is not positive
   * @dotnet OrderablePartitioner&lt;TSource&gt;.GetOrderablePartitions(int)
   * @since 1.0
   */
  public abstract List<? extends Iterator<KeyedElement<T>>> getOrderablePartitions(
      int partitionCount);

  /**
   * Returns what gives any number of partitions with keys, which together give each element once.
   *
   * @return gives a partition for each call of {@code iterator()}, from any thread
   * @throws UnsupportedOperationException if this does not {@linkplain #supportsDynamicPartitions()
   *     support} that, as this class does not
   * @dotnet OrderablePartitioner&lt;TSource&gt;.GetOrderableDynamicPartitions()
   * @since 1.0
   */
  public Iterable<KeyedElement<T>> getOrderableDynamicPartitions() {
    throw new UnsupportedOperationException("The partitioner has no dynamic partitions.");
  }

  /**
   * Returns the partitions of {@link #getOrderablePartitions(int)}, without keys.
   *
   * @throws IllegalStateException if these are not as many as were asked for
   * @dotnet OrderablePartitioner&lt;TSource&gt;.GetPartitions(int)
   * @since 1.0
   */
  @Override
  public List<? extends Iterator<T>> getPartitions(int partitionCount) {
    List<? extends Iterator<KeyedElement<T>>> keyed = getOrderablePartitions(partitionCount);
    if (keyed.size() != partitionCount) {
      throw new IllegalStateException(
          "The partitioner gave " + keyed.size() + " partitions, not " + partitionCount);
    }
    List<Iterator<T>> partitions = new ArrayList<>(partitionCount);
    keyed.forEach(partition -> partitions.add(new WithoutKeys<>(partition)));
    return partitions;
  }

  /**
   * Returns the partitions of {@link #getOrderableDynamicPartitions()}, without keys.
   *
   * @dotnet OrderablePartitioner&lt;TSource&gt;.GetDynamicPartitions()
   * @since 1.0
   */
  @Override
  public Iterable<T> getDynamicPartitions() {
    return new DynamicWithoutKeys<>(getOrderableDynamicPartitions());
  }

  /**
   * Partitions without keys.
   *
   * @param <T> the elements
   */
  private record DynamicWithoutKeys<T extends @Nullable Object>(Iterable<KeyedElement<T>> keyed)
      implements Iterable<T>, AutoCloseable {
    @Override
    public Iterator<T> iterator() {
      return new WithoutKeys<>(keyed.iterator());
    }

    @Override
    public void close() {
      Closing.close(keyed);
    }
  }

  /**
   * A partition without keys.
   *
   * @param <T> the elements
   */
  private record WithoutKeys<T extends @Nullable Object>(Iterator<KeyedElement<T>> keyed)
      implements Iterator<T>, AutoCloseable {
    @Override
    public boolean hasNext() {
      return keyed.hasNext();
    }

    @Override
    public T next() {
      return keyed.next().element();
    }

    @Override
    public void close() {
      Closing.close(keyed);
    }
  }
}
