// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationTokenSource;
import io.grpc.Context;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.util.concurrent.Executor;
import kotlinx.coroutines.CompletableJob;
import kotlinx.coroutines.JobKt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * What does it cost to cancel the first of a chain of a hundred linked sources, with a callback on
 * each and without?
 *
 * <p>The chains are made before each operation, outside the time, some at once to make up for the
 * clock's. Without callbacks the operation is the cancel and then a poll of the last of the chain.
 */
@OperationsPerInvocation(CancelChainBenchmark.CHAINS)
public class CancelChainBenchmark extends Measured {
  static final int CHAINS = 16;

  /** How long the chains are, and whether each member has a callback. */
  @State(Scope.Thread)
  public abstract static class Chains {
    @Param("100")
    public int depth;

    @Param({"false", "true"})
    public boolean callback;

    final int[] runs = new int[1];
    final Callback onCancel = new Callback(runs);

    /** How many of the last were found canceled by a poll. */
    int told;

    abstract void make(int chain);

    @Setup(Level.Invocation)
    public void setup() {
      runs[0] = 0;
      told = 0;
      for (int i = 0; i < CHAINS; i++) {
        make(i);
      }
    }

    @TearDown(Level.Invocation)
    public void tearDown() {
      check(runs[0] == (callback ? CHAINS * depth : 0), runs[0] + " callbacks");
      check(told == (callback ? 0 : CHAINS), told + " told");
    }
  }

  public static class FloorState extends Chains {
    final FloorToken[] roots = new FloorToken[CHAINS];
    final FloorToken[] last = new FloorToken[CHAINS];

    @Override
    void make(int chain) {
      roots[chain] = new FloorToken();
      FloorToken end = roots[chain];
      for (int i = 0; i < depth; i++) {
        FloorChild child = new FloorChild(end);
        if (callback) {
          child.addFirst(onCancel);
        }
        end = child;
      }
      last[chain] = end;
    }
  }

  public static class DesistState extends Chains {
    final CancellationTokenSource[] roots = new CancellationTokenSource[CHAINS];
    final CancellationTokenSource[] last = new CancellationTokenSource[CHAINS];

    @Override
    void make(int chain) {
      roots[chain] = new CancellationTokenSource();
      CancellationTokenSource end = roots[chain];
      for (int i = 0; i < depth; i++) {
        end = CancellationTokenSource.createLinkedTokenSource(end.token());
        if (callback) {
          end.token().register(onCancel);
        }
      }
      last[chain] = end;
    }
  }

  public static class JobState extends Chains {
    final CompletableJob[] roots = new CompletableJob[CHAINS];
    final CompletableJob[] last = new CompletableJob[CHAINS];

    @Override
    void make(int chain) {
      roots[chain] = JobKt.Job(null);
      CompletableJob end = roots[chain];
      for (int i = 0; i < depth; i++) {
        end = JobKt.Job(end);
        if (callback) {
          end.invokeOnCompletion(onCancel);
        }
      }
      last[chain] = end;
    }
  }

  public static class ContextState extends Chains {
    private static final Executor HERE = Runnable::run;
    final Context.CancellableContext[] roots = new Context.CancellableContext[CHAINS];
    final Context.CancellableContext[] last = new Context.CancellableContext[CHAINS];

    @Override
    void make(int chain) {
      roots[chain] = Context.ROOT.withCancellation();
      Context.CancellableContext end = roots[chain];
      for (int i = 0; i < depth; i++) {
        end = end.withCancellation();
        if (callback) {
          end.addListener(onCancel, HERE);
        }
      }
      last[chain] = end;
    }
  }

  public static class ReactorState extends Chains {
    final Disposable.Composite[] roots = new Disposable.Composite[CHAINS];
    final Disposable.Composite[] last = new Disposable.Composite[CHAINS];

    @Override
    void make(int chain) {
      roots[chain] = Disposables.composite();
      Disposable.Composite end = roots[chain];
      for (int i = 0; i < depth; i++) {
        Disposable.Composite child = Disposables.composite();
        end.add(child);
        if (callback) {
          child.add(onCancel);
        }
        end = child;
      }
      last[chain] = end;
    }
  }

  public static class RxjavaState extends Chains {
    final CompositeDisposable[] roots = new CompositeDisposable[CHAINS];
    final CompositeDisposable[] last = new CompositeDisposable[CHAINS];

    @Override
    void make(int chain) {
      roots[chain] = new CompositeDisposable();
      CompositeDisposable end = roots[chain];
      for (int i = 0; i < depth; i++) {
        CompositeDisposable child = new CompositeDisposable();
        end.add(child);
        if (callback) {
          child.add(onCancel);
        }
        end = child;
      }
      last[chain] = end;
    }
  }

  @Benchmark
  public void floor(FloorState s) {
    for (int i = 0; i < CHAINS; i++) {
      s.roots[i].cancel();
      if (!s.callback && s.last[i].isRequested()) {
        s.told++;
      }
    }
  }

  @Benchmark
  public void desist(DesistState s) {
    for (int i = 0; i < CHAINS; i++) {
      s.roots[i].cancel();
      if (!s.callback && s.last[i].isCancellationRequested()) {
        s.told++;
      }
    }
  }

  @Benchmark
  public void kotlinJob(JobState s) {
    for (int i = 0; i < CHAINS; i++) {
      s.roots[i].cancel(null);
      if (!s.callback && s.last[i].isCancelled()) {
        s.told++;
      }
    }
  }

  @Benchmark
  public void grpcContext(ContextState s) {
    for (int i = 0; i < CHAINS; i++) {
      s.roots[i].cancel(null);
      if (!s.callback && s.last[i].isCancelled()) {
        s.told++;
      }
    }
  }

  @Benchmark
  public void reactor(ReactorState s) {
    for (int i = 0; i < CHAINS; i++) {
      s.roots[i].dispose();
      if (!s.callback && s.last[i].isDisposed()) {
        s.told++;
      }
    }
  }

  @Benchmark
  public void rxjava(RxjavaState s) {
    for (int i = 0; i < CHAINS; i++) {
      s.roots[i].dispose();
      if (!s.callback && s.last[i].isDisposed()) {
        s.told++;
      }
    }
  }
}
