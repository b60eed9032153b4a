// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static desist.linq.ParallelEnumerable.asParallel;

import desist.linq.IntParallelQuery;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * How long does it take to filter a million numbers, to map and to sort them, and to put them into
 * an array: as objects by a key, as boxed numbers, and as numbers?
 */
public class QuerySortBenchmark extends MeasuredInParallel {
  /** What has a key and is no number. */
  record Thing(long key) {}

  private static final Comparator<Thing> BY_KEY = Comparator.comparingLong(Thing::key);

  @Param("1000000")
  private int size;

  @Param({"key", "boxed", "primitive"})
  private String of = "";

  private int[] numbers = {};
  private long[] expected = {};

  @Setup
  public void setUp() {
    numbers = Work.numbers(size);
    expected = sortedNumbers(0, size);
  }

  @Benchmark
  public Object desist() {
    IntParallelQuery taken = asParallel(numbers).withCancellation(token).where(Work::isTaken);
    return switch (of) {
      case "key" ->
          checked(
              taken
                  .selectToObj(x -> new Thing(Work.scaled(x)))
                  .orderByLong(Thing::key)
                  .toArray(Thing[]::new));
      case "boxed" ->
          checked(taken.selectToObj(x -> Work.scaled(x)).orderBy(x -> x).toArray(Long[]::new));
      default -> checked(taken.selectToLong(Work::scaled).order().toArray());
    };
  }

  @Benchmark
  public Object parallelStream() {
    IntStream taken = Arrays.stream(numbers).parallel().filter(Work::isTaken);
    return switch (of) {
      case "key" ->
          checked(
              taken.mapToObj(x -> new Thing(Work.scaled(x))).sorted(BY_KEY).toArray(Thing[]::new));
      case "boxed" -> checked(taken.mapToObj(x -> Work.scaled(x)).sorted().toArray(Long[]::new));
      default -> checked(taken.mapToLong(Work::scaled).sorted().toArray());
    };
  }

  /** Sorts a leaf for each processor, and merges them. */
  @Benchmark
  public Object floor() {
    return switch (of) {
      case "key" -> checked(floor(x -> new Thing(Work.scaled(x)), Thing[]::new, BY_KEY));
      case "boxed" -> checked(floor(Work::scaled, Long[]::new, Comparator.<Long>naturalOrder()));
      default ->
          checked(
              HandForked.byProcessor(size, this::sortedNumbers, QuerySortBenchmark::mergedNumbers));
    };
  }

  private <T> T[] floor(IntFunction<T> map, IntFunction<T[]> array, Comparator<T> order) {
    return HandForked.byProcessor(
        size,
        (from, to) -> sorted(from, to, map, array, order),
        (left, right) -> merged(left, right, array, order));
  }

  private <T> T[] sorted(
      int from, int to, IntFunction<T> map, IntFunction<T[]> array, Comparator<T> order) {
    T[] all = array.apply(to - from);
    int count = 0;
    for (int i = from; i < to; i++) {
      if (Work.isTaken(numbers[i])) {
        all[count++] = map.apply(numbers[i]);
      }
    }
    T[] sorted = Arrays.copyOf(all, count);
    Arrays.sort(sorted, order);
    return sorted;
  }

  private static <T> T[] merged(T[] left, T[] right, IntFunction<T[]> array, Comparator<T> order) {
    T[] merged = array.apply(left.length + right.length);
    int fromLeft = 0;
    int fromRight = 0;
    for (int i = 0; i < merged.length; i++) {
      boolean isLeft =
          fromRight == right.length
              || fromLeft < left.length && order.compare(left[fromLeft], right[fromRight]) <= 0;
      merged[i] = isLeft ? left[fromLeft++] : right[fromRight++];
    }
    return merged;
  }

  private long[] sortedNumbers(int from, int to) {
    long[] all = new long[to - from];
    int count = 0;
    for (int i = from; i < to; i++) {
      if (Work.isTaken(numbers[i])) {
        all[count++] = Work.scaled(numbers[i]);
      }
    }
    long[] sorted = Arrays.copyOf(all, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private static long[] mergedNumbers(long[] left, long[] right) {
    long[] merged = new long[left.length + right.length];
    int fromLeft = 0;
    int fromRight = 0;
    for (int i = 0; i < merged.length; i++) {
      boolean isLeft =
          fromRight == right.length || fromLeft < left.length && left[fromLeft] <= right[fromRight];
      merged[i] = isLeft ? left[fromLeft++] : right[fromRight++];
    }
    return merged;
  }

  private Thing[] checked(Thing[] sorted) {
    checkAll(sorted.length, i -> sorted[i].key());
    return sorted;
  }

  private Long[] checked(Long[] sorted) {
    checkAll(sorted.length, i -> sorted[i]);
    return sorted;
  }

  private long[] checked(long[] sorted) {
    checkAll(sorted.length, i -> sorted[i]);
    return sorted;
  }

  /** Looks at a thousand of them, which takes no time to speak of. */
  private void checkAll(int length, IntToLongFunction sorted) {
    check(length == expected.length, length + " numbers");
    for (int i = 0; i < length; i += length / 1000) {
      check(sorted.applyAsLong(i) == expected[i], "another number at " + i);
    }
  }
}
