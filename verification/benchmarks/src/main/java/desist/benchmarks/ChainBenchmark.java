// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static desist.tasks.TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import desist.tasks.TaskContinuationOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RecursiveAction;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import kotlinx.coroutines.Deferred;
import kotlinx.coroutines.Dispatchers;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * How long does a chain of a thousand continuations take, made before its first task ends and then
 * run to its last? Each is run by the thread that ends what it continues, or is queued.
 *
 * <p>The floor is a list of objects that are run one after the other, or a thousand ForkJoinTasks
 * that fork the next.
 */
@State(Scope.Benchmark)
public class ChainBenchmark extends Measured {
  private static final int LINKS = 1000;
  private static final Integer RESULT = 42;
  private static final TaskContinuationOptions[] NONE = {};

  /** Whether each link is run by the thread that ends the one before. */
  @Param({"true", "false"})
  private boolean synchronous;

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();

  // Of one thread after the other.
  private int run;

  private void link() {
    run++;
  }

  private void checkAll() {
    check(run == LINKS, run + " of " + LINKS + " were run");
  }

  private static class Least {
    @Nullable Least next;
    volatile @Nullable Integer result;
  }

  private final class LeastStep extends RecursiveAction {
    private static final long serialVersionUID = 1;

    private transient @Nullable LeastStep next;

    @Override
    protected void compute() {
      link();
      if (next != null) {
        next.fork();
      }
    }
  }

  @Benchmark
  public Object floor() {
    run = 0;
    Object end = synchronous ? floorInPlace() : floorForked();
    checkAll();
    return end;
  }

  private Least floorInPlace() {
    Least first = new Least();
    Least last = first;
    for (int i = 0; i < LINKS; i++) {
      last.next = new Least();
      last = last.next;
    }
    first.result = RESULT;
    for (Least at = first; at.next != null; at = at.next) {
      link();
      at.next.result = at.result;
    }
    return last;
  }

  private LeastStep floorForked() {
    LeastStep first = new LeastStep();
    LeastStep last = first;
    for (int i = 1; i < LINKS; i++) {
      last.next = new LeastStep();
      last = last.next;
    }
    Pools.FORK_JOIN.execute(first);
    last.join();
    return last;
  }

  @Benchmark
  public Object desist() throws InterruptedException {
    return desist(CancellationToken.none());
  }

  @Benchmark
  public Object desistLiveToken() throws InterruptedException {
    Object end = desist(token);
    check(source.registrationCount() == 0, "something is registered still");
    return end;
  }

  private Object desist(CancellationToken token) throws InterruptedException {
    run = 0;
    TaskContinuationOptions[] options =
        synchronous ? new TaskContinuationOptions[] {EXECUTE_SYNCHRONOUSLY} : NONE;
    TaskCompletionSource<Integer> first = new TaskCompletionSource<>();
    Task<Integer> last = first.task();
    for (int i = 0; i < LINKS; i++) {
      last =
          last.continueWith(
              before -> {
                link();
                return before.resultNow();
              },
              token,
              options);
    }
    first.setResult(RESULT);
    last.join();
    checkAll();
    return last;
  }

  @Benchmark
  public Object completableFuture() {
    run = 0;
    CompletableFuture<Integer> first = new CompletableFuture<>();
    CompletableFuture<Integer> last = first;
    for (int i = 0; i < LINKS; i++) {
      last =
          synchronous
              ? last.thenApply(this::passOn)
              : last.thenApplyAsync(this::passOn, Pools.FORK_JOIN);
    }
    first.complete(RESULT);
    last.join();
    checkAll();
    return last;
  }

  private Integer passOn(Integer before) {
    link();
    return before;
  }

  @Benchmark
  public Object kotlinDeferred() throws InterruptedException {
    run = 0;
    CoroutineContext context = synchronous ? Dispatchers.getUnconfined() : Dispatchers.getDefault();
    CompletableDeferred<Integer> first = CompletableDeferredKt.CompletableDeferred(null);
    Deferred<Integer> last = first;
    for (int i = 0; i < LINKS; i++) {
      last = Coroutines.next(last, context, this::link);
    }
    first.complete(RESULT);
    Coroutines.join(last);
    checkAll();
    return last;
  }

  @Benchmark
  public Object bolts() throws InterruptedException {
    run = 0;
    bolts.TaskCompletionSource<Integer> first = new bolts.TaskCompletionSource<>();
    bolts.Task<Integer> last = first.getTask();
    for (int i = 0; i < LINKS; i++) {
      bolts.Continuation<Integer, Integer> next =
          before -> {
            link();
            return before.getResult();
          };
      last =
          synchronous
              ? last.continueWith(next)
              : last.continueWith(next, bolts.Task.BACKGROUND_EXECUTOR);
    }
    first.setResult(RESULT);
    last.waitForCompletion();
    checkAll();
    return last;
  }
}
