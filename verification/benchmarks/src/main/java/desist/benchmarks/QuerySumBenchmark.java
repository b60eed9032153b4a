// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static desist.linq.ParallelEnumerable.asParallel;

import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * How long does it take to filter ten million numbers, to map and to add them up? And when ten
 * other lambdas have gone through the same operators before?
 */
public class QuerySumBenchmark extends MeasuredInParallel {
  private static final int SMALL = 1 << 16;

  @Param("10000000")
  private int size;

  @Param({"0", "10"})
  private int others;

  private int[] numbers = {};
  private long expected;

  @Setup
  public void setUp() {
    numbers = Work.numbers(size);
    expected = sum(0, size);
    if (others > 0) {
      OtherLambdas.run();
    }
  }

  @Benchmark
  public long desist() {
    return checked(
        asParallel(numbers)
            .withCancellation(token)
            .where(Work::isTaken)
            .selectToLong(Work::scaled)
            .sum());
  }

  @Benchmark
  public long parallelStream() {
    return checked(
        Arrays.stream(numbers).parallel().filter(Work::isTaken).mapToLong(Work::scaled).sum());
  }

  @Benchmark
  public long floor() {
    return checked(HandForked.over(size, SMALL, this::sum, Long::sum));
  }

  private long sum(int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      if (Work.isTaken(numbers[i])) {
        sum += Work.scaled(numbers[i]);
      }
    }
    return sum;
  }

  private long checked(long sum) {
    check(sum == expected, "the sum is " + sum);
    return sum;
  }
}
