// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static desist.linq.ParallelEnumerable.asParallel;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import desist.linq.Grouping;
import desist.linq.ParallelQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * How long does it take to group two million numbers into a thousand keys, and to add up each
 * group, or to have it as a list?
 *
 * <p>Written by hand it is arrays of numbers, by key; where a stream and ours have a table and
 * boxed numbers.
 */
public class QueryGroupBenchmark extends MeasuredInParallel {
  private static final int KEYS = 1000;

  @Param("2000000")
  private int size;

  @Param({"sums", "lists"})
  private String into = "";

  private int[] numbers = {};
  private long expected;

  @Setup
  public void setUp() {
    numbers = Work.numbers(size);
    expected = sums(0, size)[0];
  }

  /** With the collector that the stream has. */
  @Benchmark
  public Object desist() {
    ParallelQuery<Integer> boxed = asParallel(numbers).withCancellation(token).boxed();
    return into.equals("sums")
        ? checkedSums(boxed.collect(groupingBy(Work::group, summingLong(Integer::longValue))))
        : checkedLists(boxed.collect(groupingBy(Work::group)));
  }

  /** With the operator, which makes groups before it adds them up, as .NET's does. */
  @Benchmark
  public Object desistGroupBy() {
    ParallelQuery<Grouping<Integer, Integer>> groups =
        asParallel(numbers).withCancellation(token).boxed().groupBy(Work::group);
    return into.equals("sums")
        ? checkedSums(groups.toDictionary(Grouping::key, QueryGroupBenchmark::sum))
        : checkedLists(groups.toDictionary(Grouping::key, Grouping::toList));
  }

  @Benchmark
  public Object parallelStream() {
    Stream<Integer> boxed = Arrays.stream(numbers).parallel().boxed();
    return into.equals("sums")
        ? checkedSums(boxed.collect(groupingBy(Work::group, summingLong(Integer::longValue))))
        : checkedLists(boxed.collect(groupingBy(Work::group)));
  }

  @Benchmark
  public Object floor() {
    if (into.equals("sums")) {
      long[] sums = HandForked.byProcessor(size, this::sums, QueryGroupBenchmark::addedUp);
      check(sums[0] == expected, "the sum is " + sums[0]);
      return sums;
    }
    int[][] lists = HandForked.byProcessor(size, this::lists, QueryGroupBenchmark::joined);
    check(Arrays.stream(lists[0]).asLongStream().sum() == expected, "another group");
    return lists;
  }

  private static long sum(Grouping<Integer, Integer> group) {
    long sum = 0;
    for (Integer number : group) {
      sum += number;
    }
    return sum;
  }

  private long[] sums(int from, int to) {
    long[] sums = new long[KEYS];
    for (int i = from; i < to; i++) {
      sums[Work.group(numbers[i])] += numbers[i];
    }
    return sums;
  }

  private static long[] addedUp(long[] left, long[] right) {
    for (int i = 0; i < KEYS; i++) {
      left[i] += right[i];
    }
    return left;
  }

  /** Counts, and then puts each number where it belongs. */
  private int[][] lists(int from, int to) {
    int[] counts = new int[KEYS];
    for (int i = from; i < to; i++) {
      counts[Work.group(numbers[i])]++;
    }
    int[][] lists = new int[KEYS][];
    for (int i = 0; i < KEYS; i++) {
      lists[i] = new int[counts[i]];
    }
    Arrays.fill(counts, 0);
    for (int i = from; i < to; i++) {
      int group = Work.group(numbers[i]);
      lists[group][counts[group]++] = numbers[i];
    }
    return lists;
  }

  private static int[][] joined(int[][] left, int[][] right) {
    for (int i = 0; i < KEYS; i++) {
      int[] joined = Arrays.copyOf(left[i], left[i].length + right[i].length);
      System.arraycopy(right[i], 0, joined, left[i].length, right[i].length);
      left[i] = joined;
    }
    return left;
  }

  private Object checkedSums(Map<Integer, Long> sums) {
    check(sums.size() == KEYS && sums.getOrDefault(0, 0L) == expected, sums.size() + " sums");
    return sums;
  }

  private Object checkedLists(Map<Integer, List<Integer>> lists) {
    long sum = lists.getOrDefault(0, List.of()).stream().mapToLong(Integer::longValue).sum();
    check(lists.size() == KEYS && sum == expected, lists.size() + " lists");
    return lists;
  }
}
