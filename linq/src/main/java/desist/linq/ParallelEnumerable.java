// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import desist.tasks.OrderablePartitioner;
import desist.tasks.Partitioner;
import java.util.Arrays;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes parallel queries.
 *
 * @dotnet ParallelEnumerable
 * @since 1.0
 */
public final class ParallelEnumerable {
  private static final ParallelQuery<?> EMPTY =
      new ParallelQuery<@Nullable Object>(
          Plan.<@Nullable Object>of(
              false, run -> new FeedStage<>(new ArrayFeed<>(new @Nullable Object[0], 0))),
          QuerySettings.NONE);

  private ParallelEnumerable() {}

  /**
   * Makes a query of the elements of an Iterable, which is opened anew whenever the query runs.
   *
   * <p>A list with random access is read by several threads at once, by index. Anything else is
   * read by one thread at a time, through one iterator, in growing chunks; an iterator that is
   * {@link AutoCloseable} is closed at the end. What a {@link desist.threading.BlockingCollection}
   * hands out is taken one by one. A query is an Iterable too: its settings stay its own.
   *
   * @param <T> the element
   * @param source the elements
   * @return a query without settings
   * @throws NullPointerException if {@code source} is null
   * @dotnet ParallelEnumerable.AsParallel&lt;TSource&gt;(IEnumerable&lt;TSource&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelQuery<T> asParallel(
      Iterable<? extends T> source) {
    requireNonNull(source, "source");
    Iterable<T> elements = widened(source);
    return query(run -> Sources.open(run, source), elements);
  }

  /**
   * Makes a query of the elements of an array, which is read when the query runs.
   *
   * @param <T> the element
   * @param source the elements
   * @return a query without settings
   * @throws NullPointerException if {@code source} is null
   * @dotnet ParallelEnumerable.AsParallel&lt;TSource&gt;(IEnumerable&lt;TSource&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelQuery<T> asParallel(T[] source) {
    requireNonNull(source, "source");
    return query(
        run -> new FeedStage<>(new ArrayFeed<T>(source, source.length)), Arrays.asList(source));
  }

  /**
   * Makes a query of the elements of a Spliterator, which can be run once.
   *
   * <p>One worker at a time reads it, in growing chunks.
   *
   * @param <T> the element
   * @param source the elements
   * @return a query without settings
   * @throws NullPointerException if {@code source} is null
   * @dotnet none
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelQuery<T> asParallel(
      Spliterator<? extends T> source) {
    requireNonNull(source, "source");
    AtomicBoolean isRead = new AtomicBoolean();
    Iterable<T> elements =
        () -> {
          if (isRead.getAndSet(true)) {
            throw new IllegalStateException("The spliterator has been read already.");
          }
          return Spliterators.iterator(source);
        };
    return query(run -> Sources.open(run, elements.iterator(), false), elements);
  }

  /**
   * Makes a query of the elements of a stream, which can be run once and closes the stream.
   *
   * @param <T> the element
   * @param source the elements
   * @return a query without settings
   * @throws NullPointerException if {@code source} is null
   * @dotnet none
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelQuery<T> asParallel(
      Stream<? extends T> source) {
    requireNonNull(source, "source");
    Iterable<T> elements = () -> new StreamIterator<>(source);
    return query(run -> Sources.open(run, elements.iterator(), false), elements);
  }

  /**
   * Makes a query of the elements of a partitioner, which is asked for as many partitions as there
   * are workers whenever the query runs.
   *
   * <p>Each partition is read by one worker, element by element. {@link ParallelQuery#asOrdered()}
   * needs an {@link OrderablePartitioner}; unless its keys are normalized, all of it is read before
   * the first delegate is called. A partition that is {@link AutoCloseable} is closed at the end.
   *
   * @param <T> the element
   * @param source the elements
   * @return a query without settings, which throws {@link IllegalStateException} when it runs if
   *     the partitioner gives another number of partitions, or null; in sums, averages, counts and
   *     extremes as the inner one of an {@link desist.AggregateException}
   * @throws NullPointerException if {@code source} is null
   * @dotnet ParallelEnumerable.AsParallel&lt;TSource&gt;(Partitioner&lt;TSource&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelQuery<T> asParallel(Partitioner<T> source) {
    requireNonNull(source, "source");
    return new ParallelQuery<>(new PartitionerPlan<>(source), QuerySettings.NONE);
  }

  /**
   * Makes a query of the numbers of an array, which is read when the query runs.
   *
   * @param source the numbers
   * @return a query without settings
   * @throws NullPointerException if {@code source} is null
   * @dotnet ParallelEnumerable.AsParallel&lt;TSource&gt;(IEnumerable&lt;TSource&gt;)
   * @since 1.0
   */
  public static IntParallelQuery asParallel(int[] source) {
    requireNonNull(source, "source");
    return new IntParallelQuery(
        SourcePlan.of(
            run -> new FeedStage<>(new IntArrayFeed(source)),
            () -> Arrays.stream(source).iterator()),
        QuerySettings.NONE);
  }

  /**
   * Makes a query of the numbers of an array, which is read when the query runs.
   *
   * @param source the numbers
   * @return a query without settings
   * @throws NullPointerException if {@code source} is null
   * @dotnet ParallelEnumerable.AsParallel&lt;TSource&gt;(IEnumerable&lt;TSource&gt;)
   * @since 1.0
   */
  public static LongParallelQuery asParallel(long[] source) {
    requireNonNull(source, "source");
    return new LongParallelQuery(
        SourcePlan.of(
            run -> new FeedStage<>(new LongArrayFeed(source)),
            () -> Arrays.stream(source).iterator()),
        QuerySettings.NONE);
  }

  /**
   * Makes a query of the numbers of an array, which is read when the query runs.
   *
   * @param source the numbers
   * @return a query without settings
   * @throws NullPointerException if {@code source} is null
   * @dotnet ParallelEnumerable.AsParallel&lt;TSource&gt;(IEnumerable&lt;TSource&gt;)
   * @since 1.0
   */
  public static DoubleParallelQuery asParallel(double[] source) {
    requireNonNull(source, "source");
    return new DoubleParallelQuery(
        SourcePlan.of(
            run -> new FeedStage<>(new DoubleArrayFeed(source)),
            () -> Arrays.stream(source).iterator()),
        QuerySettings.NONE);
  }

  /**
   * Makes a query of consecutive numbers.
   *
   * @param start the first
   * @param count how many there are
   * @return a query without settings
   * @throws IllegalArgumentException if {@code count} is negative, or the last number not an {@code
   *     int}
   * @dotnet ParallelEnumerable.Range(int, int)
   * @since 1.0
   */
  public static IntParallelQuery range(int start, int count) {
    requireCount(count);
    if ((long) start + count - 1 > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "There are not so many numbers from " + start + ": " + count);
    }
    return new IntParallelQuery(
        SourcePlan.of(
            run -> new FeedStage<>(new IntRangeFeed(start, count)),
            () -> IntStream.range(0, count).map(i -> start + i).iterator()),
        QuerySettings.NONE);
  }

  /**
   * Makes a query of consecutive numbers.
   *
   * @param start the first
   * @param count how many there are
   * @return a query without settings
   * @throws IllegalArgumentException if {@code count} is negative, or the last number not a {@code
   *     long}
   * @dotnet ParallelEnumerable.Range(int, int)
   * @since 1.0
   */
  public static LongParallelQuery longRange(long start, long count) {
    requireCount(count);
    if (count > 0 && start > Long.MAX_VALUE - (count - 1)) {
      throw new IllegalArgumentException(
          "There are not so many numbers from " + start + ": " + count);
    }
    return new LongParallelQuery(
        SourcePlan.of(
            run -> new FeedStage<>(new LongRangeFeed(start, count)),
            () -> LongStream.range(0, count).map(i -> start + i).iterator()),
        QuerySettings.NONE);
  }

  /**
   * Makes a query of one element that comes again and again.
   *
   * @param <T> the element
   * @param element the element
   * @param count how many times it comes
   * @return a query without settings
   * @throws IllegalArgumentException if {@code count} is negative
   * @dotnet ParallelEnumerable.Repeat&lt;TResult&gt;(TResult, int)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelQuery<T> repeat(T element, long count) {
    requireCount(count);
    return query(
        run -> new FeedStage<>(new RepeatFeed<>(element, count)),
        () -> Stream.generate(() -> element).limit(count).iterator());
  }

  /**
   * Returns the query of nothing.
   *
   * @param <T> the element
   * @return always the same query
   * @dotnet ParallelEnumerable.Empty&lt;TResult&gt;()
   * @since 1.0
   */
  @SuppressWarnings("unchecked") // it has no element
  public static <T extends @Nullable Object> ParallelQuery<T> empty() {
    return (ParallelQuery<T>) EMPTY;
  }

  private static <T extends @Nullable Object> ParallelQuery<T> query(
      Plan.Opening<T> opening, Iterable<T> elements) {
    return new ParallelQuery<>(SourcePlan.of(opening, elements), QuerySettings.NONE);
  }

  @SuppressWarnings("unchecked") // nothing is put into it
  private static <T extends @Nullable Object> Iterable<T> widened(Iterable<? extends T> source) {
    return (Iterable<T>) source;
  }

  private static void requireCount(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("count must not be negative: " + count);
    }
  }
}
