// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import io.grpc.Context;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.util.concurrent.Executor;
import kotlinx.coroutines.CompletableJob;
import kotlinx.coroutines.JobKt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * What does it cost to register a callback on a live token and take it off again, whatever else is
 * registered? Missing is CompletableFuture, from which nothing can be taken off.
 */
public class RegisterBenchmark extends Measured {

  /** How many others there are, and what they would count. */
  @State(Scope.Benchmark)
  public abstract static class Others {
    @Param({"0", "1000", "100000"})
    public int others;

    final int[] runs = new int[1];
    final Callback callback = new Callback(runs);

    abstract void addOther(Callback other);

    abstract void cancel();

    @Setup
    public void setup() {
      for (int i = 0; i < others; i++) {
        addOther(new Callback(runs));
      }
    }

    /** Those that were taken off do not run; the others do, and what a ring still holds. */
    @TearDown
    public void tearDown() {
      check(runs[0] == 0, "callbacks ran before the end");
      cancel();
      int more = runs[0] - others;
      check(more >= 0 && more <= 2 * Ring.SIZE, runs[0] + " callbacks of " + others);
    }
  }

  public static class FloorState extends Others {
    final FloorToken token = new FloorToken();

    @Override
    void addOther(Callback other) {
      token.add(other);
    }

    @Override
    void cancel() {
      token.cancel();
    }
  }

  public static class DesistState extends Others {
    final CancellationTokenSource source = new CancellationTokenSource();
    final CancellationToken token = source.token();

    @Override
    void addOther(Callback other) {
      token.register(other);
    }

    @Override
    void cancel() {
      source.cancel();
    }
  }

  public static class JobState extends Others {
    final CompletableJob job = JobKt.Job(null);

    @Override
    void addOther(Callback other) {
      job.invokeOnCompletion(other);
    }

    @Override
    void cancel() {
      job.cancel(null);
    }
  }

  public static class ContextState extends Others {
    static final Executor HERE = Runnable::run;
    final Context.CancellableContext context = Context.ROOT.withCancellation();

    @Override
    void addOther(Callback other) {
      context.addListener(other, HERE);
    }

    @Override
    void cancel() {
      context.cancel(null);
    }
  }

  public static class ReactorState extends Others {
    final Disposable.Composite composite = Disposables.composite();

    @Override
    void addOther(Callback other) {
      composite.add(other);
    }

    @Override
    void cancel() {
      composite.dispose();
    }
  }

  public static class RxjavaState extends Others {
    final CompositeDisposable composite = new CompositeDisposable();

    @Override
    void addOther(Callback other) {
      composite.add(other);
    }

    @Override
    void cancel() {
      composite.dispose();
    }
  }

  public static class BoltsState extends Others {
    final bolts.CancellationTokenSource source = new bolts.CancellationTokenSource();
    final bolts.CancellationToken token = source.getToken();

    @Override
    void addOther(Callback other) {
      token.register(other);
    }

    @Override
    void cancel() {
      source.cancel();
    }
  }

  public static class CopyOnWriteState extends Others {
    final HandWritten token = HandWritten.copyOnWrite();

    @Override
    void addOther(Callback other) {
      token.add(other);
    }

    @Override
    void cancel() {
      token.cancel();
    }
  }

  public static class DequeState extends Others {
    final HandWritten token = HandWritten.deque();

    @Override
    void addOther(Callback other) {
      token.add(other);
    }

    @Override
    void cancel() {
      token.cancel();
    }
  }

  public static class SetState extends Others {
    final HandWritten token = HandWritten.set();

    @Override
    void addOther(Callback other) {
      token.add(other);
    }

    @Override
    void cancel() {
      token.cancel();
    }
  }

  @Benchmark
  public void floor(FloorState s) {
    s.token.remove(s.token.add(s.callback));
  }

  /** As .NET's figure, which disposes of the registration. */
  @Benchmark
  public void desist(DesistState s) {
    s.token.register(s.callback).close();
  }

  @Benchmark
  public boolean desistUnregister(DesistState s) {
    return s.token.register(s.callback).unregister();
  }

  @Benchmark
  public void kotlinJob(JobState s) {
    s.job.invokeOnCompletion(s.callback).dispose();
  }

  @Benchmark
  public void grpcContext(ContextState s) {
    Callback own = new Callback(s.runs);
    s.context.addListener(own, ContextState.HERE);
    s.context.removeListener(own);
  }

  @Benchmark
  public boolean reactor(ReactorState s) {
    Callback own = new Callback(s.runs);
    s.composite.add(own);
    return s.composite.remove(own);
  }

  @Benchmark
  public boolean rxjava(RxjavaState s) {
    Callback own = new Callback(s.runs);
    s.composite.add(own);
    return s.composite.delete(own);
  }

  @Benchmark
  public void bolts(BoltsState s) {
    s.token.register(s.callback).close();
  }

  @Benchmark
  public boolean copyOnWrite(CopyOnWriteState s) {
    Callback own = new Callback(s.runs);
    s.token.add(own);
    return s.token.remove(own);
  }

  @Benchmark
  public boolean concurrentDeque(DequeState s) {
    Callback own = new Callback(s.runs);
    s.token.add(own);
    return s.token.remove(own);
  }

  @Benchmark
  public boolean concurrentSet(SetState s) {
    Callback own = new Callback(s.runs);
    s.token.add(own);
    return s.token.remove(own);
  }
}
