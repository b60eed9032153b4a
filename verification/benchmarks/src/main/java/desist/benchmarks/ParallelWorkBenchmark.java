// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationTokenSource;
import desist.tasks.Parallel;
import desist.tasks.ParallelOptions;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * How long does a loop take whose items cost about a microsecond each, or a hundred times more in
 * the last tenth? All processors should be busy to the end.
 */
@State(Scope.Benchmark)
public class ParallelWorkBenchmark extends Measured {
  private static final int LEAF = 64;
  private static final int WORK = 400; // about a microsecond

  @Param({"even", "skewed"})
  private String load = "";

  @Param("100000")
  private int size;

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final ParallelOptions options =
      new ParallelOptions().withCancellationToken(source.token());

  @Benchmark
  public void desist() {
    Parallel.forRange(0, size, options, this::work);
  }

  @Benchmark
  public void parallelStream() {
    IntStream.range(0, size).parallel().forEach(this::work);
  }

  @Benchmark
  public void handWritten() {
    ForkJoinPool.commonPool().invoke(new Part(this, 0, size));
  }

  private void work(int i) {
    boolean isHeavy = load.equals("skewed") && i >= size - size / 10;
    Blackhole.consumeCPU(isHeavy ? 100 * WORK : WORK);
  }

  @TearDown
  public void tearDown() {
    check(source.registrationCount() == 0, "something is registered still");
  }

  /** The work of a range, halved until it is small. */
  private static final class Part extends RecursiveAction {
    private static final long serialVersionUID = 1L;

    private final transient ParallelWorkBenchmark benchmark;
    private final int from;
    private final int to;

    Part(ParallelWorkBenchmark benchmark, int from, int to) {
      this.benchmark = benchmark;
      this.from = from;
      this.to = to;
    }

    @Override
    protected void compute() {
      if (to - from <= LEAF) {
        for (int i = from; i < to; i++) {
          benchmark.work(i);
        }
        return;
      }
      int middle = (from + to) >>> 1;
      invokeAll(new Part(benchmark, from, middle), new Part(benchmark, middle, to));
    }
  }
}
