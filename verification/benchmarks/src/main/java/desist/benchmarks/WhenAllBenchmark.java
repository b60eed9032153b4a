// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.tasks.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.AwaitKt;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.Deferred;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * How long does it take to start a thousand trivial bodies, and to wait for them as for one?
 * Whoever has a token gives a live one, which the bodies poll. The floor runs the bodies in place,
 * and keeps their results.
 */
@State(Scope.Benchmark)
public class WhenAllBenchmark extends Measured {
  private static final int TASKS = 1000;

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();
  private final bolts.CancellationToken boltsToken = new bolts.CancellationTokenSource().getToken();

  private static long sum(List<? extends Integer> results) {
    long sum = 0;
    for (Integer result : results) {
      sum += result;
    }
    check(sum == TASKS * (TASKS - 1L) / 2, "results that sum up to " + sum);
    return sum;
  }

  private Callable<Integer> body(int i) {
    return () -> {
      token.throwIfCancellationRequested();
      return i;
    };
  }

  /** An object that knows its body, then its result. */
  private static final class Least {
    private volatile Object value;

    Least(Callable<Integer> body) {
      value = body;
    }

    @SuppressWarnings("unchecked")
    Integer run() throws Exception {
      Integer result = ((Callable<Integer>) value).call();
      value = result;
      return result;
    }
  }

  @Benchmark
  public long floor() throws Exception {
    List<Integer> results = new ArrayList<>(TASKS);
    for (int i = 0; i < TASKS; i++) {
      results.add(new Least(body(i)).run());
    }
    return sum(results);
  }

  @Benchmark
  public long desist() throws InterruptedException {
    List<Task<Integer>> tasks = new ArrayList<>(TASKS);
    for (int i = 0; i < TASKS; i++) {
      tasks.add(Task.run(body(i), token));
    }
    return sum(Task.whenAll(tasks).result());
  }

  @Benchmark
  public long bareForkJoinTask() {
    return forkJoin(Pools.FORK_JOIN);
  }

  @Benchmark
  public long bareForkJoinCommonPool() {
    return forkJoin(ForkJoinPool.commonPool());
  }

  private long forkJoin(ForkJoinPool pool) {
    List<ForkJoinTask<Integer>> tasks = new ArrayList<>(TASKS);
    for (int i = 0; i < TASKS; i++) {
      tasks.add(pool.submit(body(i)));
    }
    List<Integer> results = new ArrayList<>(TASKS);
    for (ForkJoinTask<Integer> task : tasks) {
      results.add(task.join());
    }
    return sum(results);
  }

  @Benchmark
  public long completableFuture() {
    List<CompletableFuture<Integer>> tasks = new ArrayList<>(TASKS);
    for (int i = 0; i < TASKS; i++) {
      int own = i;
      tasks.add(CompletableFuture.supplyAsync(() -> own, Pools.FORK_JOIN));
    }
    CompletableFuture.allOf(tasks.toArray(new CompletableFuture<?>[0])).join();
    List<Integer> results = new ArrayList<>(TASKS);
    for (CompletableFuture<Integer> task : tasks) {
      results.add(task.join());
    }
    return sum(results);
  }

  @Benchmark
  public long kotlinDeferred() throws InterruptedException {
    List<Deferred<Integer>> tasks = new ArrayList<>(TASKS);
    for (int i = 0; i < TASKS; i++) {
      int own = i;
      tasks.add(Coroutines.async(() -> own));
    }
    List<? extends Integer> results =
        BuildersKt.<List<? extends Integer>>runBlocking(
            EmptyCoroutineContext.INSTANCE, (scope, end) -> AwaitKt.awaitAll(tasks, end));
    return sum(results);
  }

  @Benchmark
  public long bolts() throws InterruptedException {
    List<bolts.Task<Integer>> tasks = new ArrayList<>(TASKS);
    for (int i = 0; i < TASKS; i++) {
      int own = i;
      tasks.add(
          bolts.Task.callInBackground(
              () -> {
                boltsToken.throwIfCancellationRequested();
                return own;
              },
              boltsToken));
    }
    bolts.Task<List<Integer>> all = bolts.Task.whenAllResult(tasks);
    all.waitForCompletion();
    return sum(all.getResult());
  }

  @Benchmark
  public long virtualThread() throws InterruptedException, ExecutionException {
    List<Future<Integer>> tasks = new ArrayList<>(TASKS);
    for (int i = 0; i < TASKS; i++) {
      int own = i;
      tasks.add(Pools.Virtual.THREADS.submit(() -> own));
    }
    List<Integer> results = new ArrayList<>(TASKS);
    for (Future<Integer> task : tasks) {
      results.add(task.get());
    }
    return sum(results);
  }
}
