// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import io.grpc.Context;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import kotlinx.coroutines.CompletableJob;
import kotlinx.coroutines.JobKt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * What does it cost to make a source, register callbacks and cancel it, so that they run?
 *
 * <p>Each operation checks that all of them ran. The token is given away before, so that no
 * compiler can do without the object.
 */
@State(Scope.Thread)
public class CancelBenchmark extends Measured {
  private static final Executor HERE = Runnable::run;

  @Param({"0", "1", "10", "1000"})
  public int callbacks;

  private final int[] runs = new int[1];
  private final Callback callback = new Callback(runs);

  private void checkRuns(int before) {
    check(runs[0] - before == callbacks, "callbacks that did not run");
  }

  @Benchmark
  public void floor(Blackhole hole) {
    int before = runs[0];
    FloorSource<FloorToken> source = new FloorSource<>(new FloorToken());
    FloorToken token = source.token;
    hole.consume(source);
    for (int i = 0; i < callbacks; i++) {
      token.add(callback);
    }
    source.token.cancel();
    checkRuns(before);
  }

  @Benchmark
  public void desist(Blackhole hole) {
    int before = runs[0];
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    hole.consume(source);
    for (int i = 0; i < callbacks; i++) {
      token.register(callback);
    }
    source.cancel();
    checkRuns(before);
  }

  @Benchmark
  public void kotlinJob(Blackhole hole) {
    int before = runs[0];
    CompletableJob job = JobKt.Job(null);
    hole.consume(job);
    for (int i = 0; i < callbacks; i++) {
      job.invokeOnCompletion(callback);
    }
    job.cancel(null);
    checkRuns(before);
  }

  @Benchmark
  public void grpcContext(Blackhole hole) {
    int before = runs[0];
    Context.CancellableContext context = Context.ROOT.withCancellation();
    hole.consume(context);
    for (int i = 0; i < callbacks; i++) {
      context.addListener(callback, HERE);
    }
    context.cancel(null);
    checkRuns(before);
  }

  @Benchmark
  public void reactor(Blackhole hole) {
    int before = runs[0];
    Disposable.Composite composite = Disposables.composite();
    hole.consume(composite);
    for (int i = 0; i < callbacks; i++) {
      composite.add(callback);
    }
    composite.dispose();
    checkRuns(before);
  }

  /** Its set needs a callback of its own for each registration. */
  @Benchmark
  public void rxjava(Blackhole hole) {
    int before = runs[0];
    CompositeDisposable composite = new CompositeDisposable();
    hole.consume(composite);
    for (int i = 0; i < callbacks; i++) {
      composite.add(new Callback(runs));
    }
    composite.dispose();
    checkRuns(before);
  }

  @Benchmark
  public void bolts(Blackhole hole) {
    int before = runs[0];
    bolts.CancellationTokenSource source = new bolts.CancellationTokenSource();
    bolts.CancellationToken token = source.getToken();
    hole.consume(source);
    for (int i = 0; i < callbacks; i++) {
      token.register(callback);
    }
    source.cancel();
    checkRuns(before);
  }

  @Benchmark
  public void completableFuture(Blackhole hole) {
    int before = runs[0];
    CompletableFuture<Void> future = new CompletableFuture<>();
    hole.consume(future);
    for (int i = 0; i < callbacks; i++) {
      CompletableFuture<Void> unused = future.thenRun(callback);
    }
    future.complete(null);
    checkRuns(before);
  }

  @Benchmark
  public void copyOnWrite(Blackhole hole) {
    cancel(HandWritten.copyOnWrite(), hole);
  }

  @Benchmark
  public void concurrentDeque(Blackhole hole) {
    cancel(HandWritten.deque(), hole);
  }

  private void cancel(HandWritten token, Blackhole hole) {
    int before = runs[0];
    hole.consume(token);
    for (int i = 0; i < callbacks; i++) {
      token.add(callback);
    }
    token.cancel();
    checkRuns(before);
  }
}
