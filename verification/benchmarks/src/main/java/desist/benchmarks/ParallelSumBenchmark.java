// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static desist.linq.ParallelEnumerable.asParallel;

import desist.tasks.Parallel;
import desist.tasks.ParallelOptions;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** How long does a loop over numbers take that does next to nothing for each? */
public class ParallelSumBenchmark extends MeasuredInParallel {
  private static final int SMALL = 1 << 16;

  @Param("10000000")
  private int size;

  private final ParallelOptions options = new ParallelOptions().withCancellationToken(token);

  private int[] numbers = {};
  private long expected;

  @Setup
  public void setUp() {
    numbers = Work.numbers(size);
    expected = sum(0, size);
  }

  @Benchmark
  public long desist() {
    LongAdder total = new LongAdder();
    Parallel.forEachRange(0, size, options, (from, to) -> total.add(sum(from, to)));
    return checked(total.sum());
  }

  @Benchmark
  public long desistByItem() {
    LongAdder total = new LongAdder();
    Parallel.forRangeWithLocal(
        0,
        size,
        options,
        () -> new long[1],
        (i, state, own) -> {
          own[0] += Work.light(numbers[i]);
          return own;
        },
        own -> total.add(own[0]));
    return checked(total.sum());
  }

  @Benchmark
  public long desistQuery() {
    return checked(asParallel(numbers).withCancellation(token).selectToLong(Work::light).sum());
  }

  @Benchmark
  public long parallelStream() {
    return checked(Arrays.stream(numbers).parallel().mapToLong(Work::light).sum());
  }

  @Benchmark
  public long floor() {
    return checked(HandForked.over(size, SMALL, this::sum, Long::sum));
  }

  private long sum(int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += Work.light(numbers[i]);
    }
    return sum;
  }

  private long checked(long sum) {
    check(sum == expected, "the sum is " + sum);
    return sum;
  }
}
