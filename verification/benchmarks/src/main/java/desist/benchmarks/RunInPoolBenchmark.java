// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.tasks.Task;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long does it take to have something trivial done by a pool, and to wait for its result, for a
 * thread of that pool? As {@link RunBenchmark}, many times in one body. The floor is a ForkJoinTask
 * that is its own body, forked and joined.
 *
 * <p>No CompletableFuture in a ForkJoinPool of two: joined there some have hung.
 */
@State(Scope.Benchmark)
@OperationsPerInvocation(RunInPoolBenchmark.TIMES)
public class RunInPoolBenchmark extends Measured {
  static final int TIMES = 20_000;

  private static final Integer RESULT = 42;

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();
  private final bolts.CancellationToken boltsToken = new bolts.CancellationTokenSource().getToken();

  // Of one thread after the other, each of which the next has waited for.
  private long started;
  private long run;

  private final Callable<Integer> body = this::result;
  private final Callable<Integer> bodyWithToken =
      () -> {
        token.throwIfCancellationRequested();
        return result();
      };
  private final Callable<Integer> bodyWithBoltsToken =
      () -> {
        boltsToken.throwIfCancellationRequested();
        return result();
      };

  /** The least that a pool can run. */
  private final class Least extends RecursiveTask<Integer> {
    private static final long serialVersionUID = 1;

    @Override
    protected Integer compute() {
      return result();
    }
  }

  private interface Loop {
    void run() throws Exception;
  }

  private Integer result() {
    run++;
    return RESULT;
  }

  /** The body that starts bodies. */
  private Callable<Integer> loop(Loop once) {
    started += TIMES;
    return () -> {
      for (int i = 0; i < TIMES; i++) {
        once.run();
      }
      return RESULT;
    };
  }

  @Benchmark
  public Integer floor() {
    return Pools.FORK_JOIN.submit(loop(() -> new Least().fork().join())).join();
  }

  @Benchmark
  public Integer desist() throws InterruptedException {
    return Task.run(loop(() -> Task.run(bodyWithToken, token).result())).result();
  }

  @Benchmark
  public Integer desistWithoutToken() throws InterruptedException {
    return Task.run(loop(() -> Task.run(body).result())).result();
  }

  @Benchmark
  public Integer bareForkJoinTask() {
    return Pools.FORK_JOIN.submit(loop(() -> ForkJoinTask.adapt(body).fork().join())).join();
  }

  @Benchmark
  public Integer completableFuture() throws Exception {
    Callable<Integer> loop = loop(() -> CompletableFuture.supplyAsync(this::result).join());
    return CompletableFuture.supplyAsync(() -> called(loop)).join();
  }

  @Benchmark
  public void kotlinDeferred() throws InterruptedException {
    started += TIMES;
    Coroutines.awaitInTurn(TIMES, body);
  }

  @Benchmark
  public Integer bolts() throws InterruptedException {
    bolts.Task<Integer> task =
        bolts.Task.callInBackground(
            loop(
                () ->
                    bolts.Task.callInBackground(bodyWithBoltsToken, boltsToken)
                        .waitForCompletion()));
    task.waitForCompletion();
    return task.getResult();
  }

  @Benchmark
  public Integer virtualThread() throws InterruptedException, ExecutionException {
    return Pools.Virtual.THREADS.submit(loop(() -> Pools.Virtual.THREADS.submit(body).get())).get();
  }

  private static Integer called(Callable<Integer> loop) {
    try {
      return loop.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @TearDown
  public void tearDown() {
    check(run == started && run > 0, started + " started, " + run + " run");
    check(source.registrationCount() == 0, "something is registered still");
  }
}
