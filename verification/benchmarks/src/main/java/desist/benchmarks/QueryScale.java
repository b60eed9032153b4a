// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static desist.benchmarks.Measured.check;
import static desist.linq.ParallelEnumerable.asParallel;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.linq.IntParallelQuery;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How does the cost of a query grow with the number of items?
 *
 * <p>A program, since the largest take a heap of their own: prints for ten thousand items, a
 * hundred thousand and so on up to a limit what each item takes, in nanoseconds, as the median of
 * some runs. Ours with a live token, and parallel streams beside it.
 */
final class QueryScale {
  private static final int LEAST = 10_000;
  private static final int WARMUP = 100_000;
  private static final int LEAST_RUNS = 5;
  private static final int MOST_RUNS = 1_000;
  private static final long ENOUGH_NANOS = 1_000_000_000;

  private final CancellationToken token = new CancellationTokenSource().token();

  /** A query over numbers; returns something that tells whether it has done its work. */
  private interface Query {
    long of(int[] numbers);
  }

  private IntParallelQuery taken(int[] numbers) {
    return asParallel(numbers).withCancellation(token).where(Work::isTaken);
  }

  private static IntStream takenOfStream(int[] numbers) {
    return Arrays.stream(numbers).parallel().filter(Work::isTaken);
  }

  private void run(String query, int most) {
    switch (query) {
      case "sum" -> {
        run(query, "desist", most, numbers -> taken(numbers).selectToLong(Work::scaled).sum());
        run(
            query,
            "parallelStream",
            most,
            numbers -> takenOfStream(numbers).mapToLong(Work::scaled).sum());
      }
      case "group" -> {
        run(
            query,
            "desist",
            most,
            numbers -> taken(numbers).boxed().groupBy(Work::group).sumLong(g -> g.count()));
        run(
            query,
            "parallelStream",
            most,
            numbers ->
                takenOfStream(numbers)
                    .boxed()
                    .collect(Collectors.groupingBy(Work::group))
                    .values()
                    .stream()
                    .mapToLong(list -> list.size())
                    .sum());
      }
      case "sort" -> {
        run(
            query,
            "desist",
            most,
            numbers -> middle(taken(numbers).selectToLong(Work::scaled).order().toArray()));
        run(
            query,
            "parallelStream",
            most,
            numbers -> middle(takenOfStream(numbers).mapToLong(Work::scaled).sorted().toArray()));
      }
      default -> throw new IllegalArgumentException("query: " + query);
    }
  }

  private static long middle(long[] sorted) {
    return sorted[sorted.length / 2];
  }

  private void run(String query, String variant, int most, Query of) {
    for (int i = 0; i < 2; i++) {
      nanos(of, Work.numbers(Math.min(WARMUP, most))); // to have it compiled
    }
    for (int size = LEAST; size <= most; size *= 10) {
      double[] nanos = nanos(of, Work.numbers(size));
      Figures.print(
          "QueryScale",
          "query=" + query + ",size=" + size,
          variant,
          nanos[nanos.length / 2] / size,
          nanos[0] / size,
          nanos[nanos.length - 1] / size);
    }
  }

  /** Returns what some runs took, the shortest first. */
  private static double[] nanos(Query of, int[] numbers) {
    long result = of.of(numbers);
    double[] nanos = new double[MOST_RUNS];
    int runs = 0;
    for (long begin = System.nanoTime();
        runs < LEAST_RUNS || runs < MOST_RUNS && System.nanoTime() - begin < ENOUGH_NANOS;
        runs++) {
      long start = System.nanoTime();
      long again = of.of(numbers);
      nanos[runs] = System.nanoTime() - start;
      check(again == result, "once " + result + ", once " + again);
    }
    double[] sorted = Arrays.copyOf(nanos, runs);
    Arrays.sort(sorted);
    return sorted;
  }

  public static void main(String[] args) {
    new QueryScale().run(args[0], Integer.parseInt(args[1]));
  }
}
