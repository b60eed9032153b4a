// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationTokenSource;
import desist.tasks.Parallel;
import desist.tasks.ParallelOptions;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long does a loop over numbers take that does next to nothing for each? Ours has a live token
 * throughout, and can be stopped; a parallel stream and hand-written fork/join cannot.
 */
@State(Scope.Benchmark)
public class ParallelSumBenchmark extends Measured {
  private static final int LEAF = 1 << 16;

  @Param("10000000")
  private int size;

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final ParallelOptions options =
      new ParallelOptions().withCancellationToken(source.token());

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
          own[0] += term(i);
          return own;
        },
        own -> total.add(own[0]));
    return checked(total.sum());
  }

  @Benchmark
  public long parallelStream() {
    return checked(IntStream.range(0, size).parallel().mapToLong(ParallelSumBenchmark::term).sum());
  }

  @Benchmark
  public long handWritten() {
    return checked(ForkJoinPool.commonPool().invoke(new Sum(0, size)));
  }

  private static long term(int i) {
    return 3L * i + 1;
  }

  private static long sum(int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += term(i);
    }
    return sum;
  }

  private long checked(long sum) {
    check(sum == 3L * size * (size - 1) / 2 + size, "the sum is " + sum);
    return sum;
  }

  @TearDown
  public void tearDown() {
    check(source.registrationCount() == 0, "something is registered still");
  }

  /** The sum of a range, halved until it is small. */
  private static final class Sum extends RecursiveTask<Long> {
    private static final long serialVersionUID = 1L;

    private final int from;
    private final int to;

    Sum(int from, int to) {
      this.from = from;
      this.to = to;
    }

    @Override
    protected Long compute() {
      if (to - from <= LEAF) {
        return sum(from, to);
      }
      int middle = (from + to) >>> 1;
      Sum right = new Sum(middle, to);
      right.fork();
      return new Sum(from, middle).compute() + right.join();
    }
  }
}
