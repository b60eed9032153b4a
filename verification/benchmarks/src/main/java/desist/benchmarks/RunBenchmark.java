// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.tasks.Task;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long does it take to have something trivial done by a pool, and to wait for its result, for a
 * thread that is not in the pool? The floor is to wake a thread, and to be woken by it.
 *
 * <p>Whoever has a token gives a live one, which the body polls. A bare ForkJoinTask has neither
 * token nor continuations; one in the common pool is run by the thread that waits for it.
 */
@State(Scope.Benchmark)
public class RunBenchmark extends Measured {
  private static final Integer RESULT = 42;

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();
  private final bolts.CancellationToken boltsToken = new bolts.CancellationTokenSource().getToken();

  // Of one thread after the other, each of which the next has waited for.
  private int started;
  private int run;

  private final Callable<Integer> body =
      () -> {
        run++;
        return RESULT;
      };
  private final Callable<Integer> bodyWithToken =
      () -> {
        token.throwIfCancellationRequested();
        return body.call();
      };
  private final Callable<Integer> bodyWithBoltsToken =
      () -> {
        boltsToken.throwIfCancellationRequested();
        return body.call();
      };

  @Benchmark
  public void floor(WakeBenchmark.ParkPlayers players) throws InterruptedException {
    players.play();
  }

  @Benchmark
  public Integer desist() throws InterruptedException {
    started++;
    return Task.run(bodyWithToken, token).result();
  }

  @Benchmark
  public Integer desistWithoutToken() throws InterruptedException {
    started++;
    return Task.run(body).result();
  }

  @Benchmark
  public Integer bareForkJoinTask() {
    started++;
    return Pools.FORK_JOIN.submit(body).join();
  }

  @Benchmark
  public Integer bareForkJoinCommonPool() {
    started++;
    return ForkJoinPool.commonPool().submit(body).join();
  }

  @Benchmark
  public Integer completableFuture() {
    started++;
    return CompletableFuture.supplyAsync(this::result).join();
  }

  @Benchmark
  public Integer completableFutureOwnPool() {
    started++;
    return CompletableFuture.supplyAsync(this::result, Pools.FORK_JOIN).join();
  }

  @Benchmark
  public Integer kotlinDeferred() throws InterruptedException {
    started++;
    return Coroutines.join(Coroutines.async(body));
  }

  @Benchmark
  public Integer bolts() throws InterruptedException {
    started++;
    bolts.Task<Integer> task = bolts.Task.callInBackground(bodyWithBoltsToken, boltsToken);
    task.waitForCompletion();
    return task.getResult();
  }

  @Benchmark
  public Integer virtualThread() throws InterruptedException, ExecutionException {
    started++;
    return Pools.Virtual.THREADS.submit(body).get();
  }

  private Integer result() {
    run++;
    return RESULT;
  }

  @TearDown
  public void tearDown() {
    check(run == started, started + " started, " + run + " run");
    check(source.registrationCount() == 0, "something is registered still");
  }
}
