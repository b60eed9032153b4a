// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a source into parts, which several workers read at once.
 *
 * <p>{@link Parallel} asks for a dynamic partition for each of its workers. An iterator that is a
 * partition, and what gives such iterators, is closed by its reader if it is an {@link
 * AutoCloseable}.
 *
 * @param <T> the elements
 * @dotnet Partitioner, Partitioner&lt;TSource&gt;
 * @since 1.0
 */
public abstract class Partitioner<T extends @Nullable Object> {
  /**
   * Makes a partitioner.
   *
   * @dotnet new Partitioner&lt;TSource&gt;()
   * @since 1.0
   */
  protected Partitioner() {}

  /**
   * Returns a partitioner over a list.
   *
   * @param <T> the elements
   * @param list the source, read by index up to the size it has when it is asked for partitions
   * @param loadBalance whether a partition is given elements as it asks for them, so that it
   *     supports dynamic partitions; if not, each is given the elements of one part of the list
   * @return the partitioner
   * @throws NullPointerException if {@code list} is null
   * @dotnet Partitioner.Create&lt;TSource&gt;(IList&lt;TSource&gt;, bool)
   * @since 1.0
   */
  public static <T extends @Nullable Object> OrderablePartitioner<T> create(
      List<? extends T> list, boolean loadBalance) {
    requireNonNull(list, "list");
    return loadBalance
        ? new SourcePartitioner<>(() -> ListPartitioner.<T>byIndex(list), true)
        : new ListPartitioner<>(list);
  }

  /**
   * Returns a partitioner over an array.
   *
   * @param <T> the elements
   * @param array the source
   * @param loadBalance whether a partition is given elements as it asks for them, so that it
   *     supports dynamic partitions; if not, each is given the elements of one part of the array
   * @return the partitioner
   * @throws NullPointerException if {@code array} is null
   * @dotnet Partitioner.Create&lt;TSource&gt;(TSource[], bool)
   * @since 1.0
   */
  public static <T extends @Nullable Object> OrderablePartitioner<T> create(
      T[] array, boolean loadBalance) {
    return create(Arrays.asList(requireNonNull(array, "array")), loadBalance);
  }

  /**
   * Returns a partitioner over anything that can be iterated.
   *
   * <p>One iterator is shared by all partitions, which use it one at a time. Without an option a
   * partition takes several elements at once, up to 64, so it holds elements that it has not
   * returned while the source makes it wait for others.
   *
   * @param <T> the elements
   * @param source the source; its iterator is closed if it is an {@link AutoCloseable}
   * @param options how it is read
   * @return the partitioner, which supports dynamic partitions
   * @throws NullPointerException if an argument or an option is null
   * @dotnet Partitioner.Create&lt;TSource&gt;(IEnumerable&lt;TSource&gt;,
   *     EnumerablePartitionerOptions)
   * @since 1.0
   */
  public static <T extends @Nullable Object> OrderablePartitioner<T> create(
      Iterable<? extends T> source, EnumerablePartitionerOptions... options) {
    requireNonNull(source, "source");
    boolean isBuffered = true;
    for (EnumerablePartitionerOptions option : requireNonNull(options, "options")) {
      isBuffered &= requireNonNull(option, "options") != EnumerablePartitionerOptions.NO_BUFFERING;
    }
    return new SourcePartitioner<>(source, isBuffered);
  }

  /**
   * Returns a partitioner over what is left of a spliterator, which is never split.
   *
   * <p>Elements are read one at a time, unless their number is known: then as those of an Iterable.
   *
   * @param <T> the elements
   * @param source the source; to be read once
   * @return the partitioner, which supports dynamic partitions
   * @throws NullPointerException if {@code source} is null
   * @dotnet none
   * @since 1.0
   */
  public static <T extends @Nullable Object> OrderablePartitioner<T> create(
      Spliterator<? extends T> source) {
    requireNonNull(source, "source");
    return new SourcePartitioner<>(
        () -> Spliterators.iterator(source), source.hasCharacteristics(Spliterator.SIZED));
  }

  /**
   * Returns a partitioner whose elements are ranges of numbers, about three for each processor.
   *
   * @param from the first number
   * @param to the one after the last
   * @return the partitioner; the key of a range is its number, from 0
   * @throws IllegalArgumentException if {@code to} is not above {@code from}
   * @dotnet Partitioner.Create(int, int)
   * @since 1.0
   */
  public static OrderablePartitioner<IntRange> create(int from, int to) {
    return new SourcePartitioner<>(RangeSource.of(from, to).asInts(), false);
  }

  /**
   * Returns a partitioner whose elements are ranges of numbers.
   *
   * @param from the first number
   * @param to the one after the last
   * @param rangeSize how many numbers a range has; the last one may have fewer
   * @return the partitioner; the key of a range is its number, from 0
   * @throws IllegalArgumentException if {@code to} is not above {@code from}, or {@code rangeSize}
   *     is not positive
   * @dotnet Partitioner.Create(int, int, int)
   * @since 1.0
   */
  public static OrderablePartitioner<IntRange> create(int from, int to, int rangeSize) {
    return new SourcePartitioner<>(new RangeSource(from, to, rangeSize).asInts(), false);
  }

  /**
   * Returns a partitioner whose elements are ranges of numbers, about three for each processor.
   *
   * @param from the first number
   * @param to the one after the last
   * @return the partitioner; the key of a range is its number, from 0
   * @throws IllegalArgumentException if {@code to} is not above {@code from}
   * @dotnet Partitioner.Create(long, long)
   * @since 1.0
   */
  public static OrderablePartitioner<LongRange> create(long from, long to) {
    return new SourcePartitioner<>(RangeSource.of(from, to), false);
  }

  /**
   * Returns a partitioner whose elements are ranges of numbers.
   *
   * @param from the first number
   * @param to the one after the last
   * @param rangeSize how many numbers a range has; the last one may have fewer
   * @return the partitioner; the key of a range is its number, from 0
   * @throws IllegalArgumentException if {@code to} is not above {@code from}, or {@code rangeSize}
   *     is not positive
   * @dotnet Partitioner.Create(long, long, long)
   * @since 1.0
   */
  public static OrderablePartitioner<LongRange> create(long from, long to, long rangeSize) {
    return new SourcePartitioner<>(new RangeSource(from, to, rangeSize), false);
  }

  /**
   * Returns the source in so many parts, each for one reader.
   *
   * @param partitionCount how many
   * @return as many iterators, which together give each element once
   * @throws IllegalArgumentException if {@code partitionCount} is not positive
   * @dotnet Partitioner&lt;TSource&gt;.GetPartitions(int)
   * @since 1.0
   */
  public abstract List<? extends Iterator<T>> getPartitions(int partitionCount);

  /**
   * Returns whether {@link #getDynamicPartitions()} works.
   *
   * @return whether it does; this class says false
   * @dotnet Partitioner&lt;TSource&gt;.SupportsDynamicPartitions
   * @since 1.0
   */
  public boolean supportsDynamicPartitions() {
    return false;
  }

  /**
   * Returns what gives any number of partitions, which together give each element once.
   *
   * @return gives a partition for each call of {@code iterator()}, from any thread
   * @throws UnsupportedOperationException if this does not {@linkplain #supportsDynamicPartitions()
   *     support} that, as this class does not
   * @dotnet Partitioner&lt;TSource&gt;.GetDynamicPartitions()
   * @since 1.0
   */
  public Iterable<T> getDynamicPartitions() {
    throw new UnsupportedOperationException("The partitioner has no dynamic partitions.");
  }

  /** Returns what is of the user's, and has its code run where elements are read. */
  Object code() {
    return this;
  }

  static void checkCount(int partitionCount) {
    if (partitionCount < 1) {
      throw new IllegalArgumentException("partitionCount must be positive: " + partitionCount);
    }
  }
}
