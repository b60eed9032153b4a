// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationTokenSource;
import io.grpc.Context;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import kotlinx.coroutines.CompletableJob;
import kotlinx.coroutines.JobKt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** What does it cost to ask a token that nobody has canceled? The floor is a volatile read. */
@State(Scope.Benchmark)
public class PollBenchmark extends Measured {
  private volatile boolean flag;
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final desist.CancellationToken token = source.token();
  private final CompletableJob job = JobKt.Job(null);
  private final Context.CancellableContext context = Context.ROOT.withCancellation();
  private final Disposable.Composite reactor = Disposables.composite();
  private final CompositeDisposable rxjava = new CompositeDisposable();
  private final bolts.CancellationTokenSource boltsSource = new bolts.CancellationTokenSource();
  private final bolts.CancellationToken boltsToken = boltsSource.getToken();
  private final CompletableFuture<Void> future = new CompletableFuture<>();
  private final AtomicBoolean atomic = new AtomicBoolean();

  @Benchmark
  public boolean floor() {
    return flag;
  }

  @Benchmark
  public boolean desist() {
    return token.isCancellationRequested();
  }

  @Benchmark
  public boolean kotlinJob() {
    return job.isCancelled();
  }

  @Benchmark
  public boolean grpcContext() {
    return context.isCancelled();
  }

  @Benchmark
  public boolean reactor() {
    return reactor.isDisposed();
  }

  @Benchmark
  public boolean rxjava() {
    return rxjava.isDisposed();
  }

  @Benchmark
  public boolean bolts() {
    return boltsToken.isCancellationRequested();
  }

  @Benchmark
  public boolean completableFuture() {
    return future.isDone();
  }

  @Benchmark
  public boolean atomicBoolean() {
    return atomic.get();
  }

  @Benchmark
  public boolean interrupt() {
    return Thread.currentThread().isInterrupted();
  }

  /** The answer was no all the time, and is yes as soon as somebody cancels. */
  @TearDown
  public void cancel() {
    check(!token.isCancellationRequested(), "canceled before the end");
    source.cancel();
    job.cancel(null);
    context.cancel(null);
    reactor.dispose();
    rxjava.dispose();
    boltsSource.cancel();
    future.complete(null);
    flag = true;
    atomic.set(true);
    check(
        desist()
            && kotlinJob()
            && grpcContext()
            && reactor()
            && rxjava()
            && bolts()
            && completableFuture()
            && floor()
            && atomicBoolean(),
        "a poll that does not see the request");
  }
}
