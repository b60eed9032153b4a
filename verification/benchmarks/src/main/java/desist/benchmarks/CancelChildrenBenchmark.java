// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationTokenSource;
import io.grpc.Context;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import kotlinx.coroutines.CompletableJob;
import kotlinx.coroutines.JobKt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * What does it cost to cancel a parent of many linked sources, with a callback on each child and
 * without?
 *
 * <p>The children are made before each operation, outside the time. Without callbacks the operation
 * is the cancel and then one poll of each child, since there are those that tell a child when they
 * are asked, and those that tell it at once; both have told every child at the end.
 */
public class CancelChildrenBenchmark extends Measured {

  /** How many children, and whether each has a callback. */
  @State(Scope.Thread)
  public abstract static class Family {
    @Param({"1000", "10000"})
    public int children;

    @Param({"false", "true"})
    public boolean callback;

    final int[] runs = new int[1];
    final Callback onCancel = new Callback(runs);

    /** How many children were found canceled by a poll. */
    int told;

    abstract void make();

    @Setup(Level.Invocation)
    public void setup() {
      runs[0] = 0;
      told = 0;
      make();
    }

    @TearDown(Level.Invocation)
    public void tearDown() {
      check(runs[0] == (callback ? children : 0), runs[0] + " callbacks of " + children);
      check(told == (callback ? 0 : children), told + " children told of " + children);
    }
  }

  public static class FloorState extends Family {
    FloorToken parent = new FloorToken();
    FloorChild[] kids = {};

    @Override
    void make() {
      parent = new FloorToken();
      kids = new FloorChild[children];
      for (int i = 0; i < children; i++) {
        kids[i] = new FloorChild(parent);
        if (callback) {
          kids[i].addFirst(onCancel);
        }
      }
    }
  }

  public static class DesistState extends Family {
    CancellationTokenSource parent = new CancellationTokenSource();
    CancellationTokenSource[] kids = {};

    @Override
    void make() {
      parent = new CancellationTokenSource();
      kids = new CancellationTokenSource[children];
      for (int i = 0; i < children; i++) {
        kids[i] = CancellationTokenSource.createLinkedTokenSource(parent.token());
        if (callback) {
          kids[i].token().register(onCancel);
        }
      }
    }
  }

  public static class JobState extends Family {
    CompletableJob parent = JobKt.Job(null);
    CompletableJob[] kids = {};

    @Override
    void make() {
      parent = JobKt.Job(null);
      kids = new CompletableJob[children];
      for (int i = 0; i < children; i++) {
        kids[i] = JobKt.Job(parent);
        if (callback) {
          kids[i].invokeOnCompletion(onCancel);
        }
      }
    }
  }

  public static class ContextState extends Family {
    private static final Executor HERE = Runnable::run;
    Context.CancellableContext parent = Context.ROOT.withCancellation();
    Context.CancellableContext[] kids = {};

    @Override
    void make() {
      parent = Context.ROOT.withCancellation();
      kids = new Context.CancellableContext[children];
      for (int i = 0; i < children; i++) {
        kids[i] = parent.withCancellation();
        if (callback) {
          kids[i].addListener(onCancel, HERE);
        }
      }
    }
  }

  public static class ReactorState extends Family {
    Disposable.Composite parent = Disposables.composite();
    Disposable.Composite[] kids = {};

    @Override
    void make() {
      parent = Disposables.composite();
      kids = new Disposable.Composite[children];
      for (int i = 0; i < children; i++) {
        kids[i] = Disposables.composite();
        parent.add(kids[i]);
        if (callback) {
          kids[i].add(onCancel);
        }
      }
    }
  }

  public static class RxjavaState extends Family {
    CompositeDisposable parent = new CompositeDisposable();
    CompositeDisposable[] kids = {};

    @Override
    void make() {
      parent = new CompositeDisposable();
      kids = new CompositeDisposable[children];
      for (int i = 0; i < children; i++) {
        kids[i] = new CompositeDisposable();
        parent.add(kids[i]);
        if (callback) {
          kids[i].add(onCancel);
        }
      }
    }
  }

  public static class FutureState extends Family {
    CompletableFuture<Void> parent = new CompletableFuture<>();

    @SuppressWarnings("unchecked")
    CompletableFuture<Void>[] kids = (CompletableFuture<Void>[]) new CompletableFuture<?>[0];

    @Override
    @SuppressWarnings("unchecked")
    void make() {
      parent = new CompletableFuture<>();
      kids = (CompletableFuture<Void>[]) new CompletableFuture<?>[children];
      for (int i = 0; i < children; i++) {
        kids[i] = parent.thenRun(() -> {});
        if (callback) {
          CompletableFuture<Void> unused = kids[i].thenRun(onCancel);
        }
      }
    }
  }

  @Benchmark
  public void floor(FloorState s) {
    s.parent.cancel();
    if (!s.callback) {
      for (FloorChild kid : s.kids) {
        if (kid.isRequested()) {
          s.told++;
        }
      }
    }
  }

  @Benchmark
  public void desist(DesistState s) {
    s.parent.cancel();
    if (!s.callback) {
      for (CancellationTokenSource kid : s.kids) {
        if (kid.isCancellationRequested()) {
          s.told++;
        }
      }
    }
  }

  @Benchmark
  public void kotlinJob(JobState s) {
    s.parent.cancel(null);
    if (!s.callback) {
      for (CompletableJob kid : s.kids) {
        if (kid.isCancelled()) {
          s.told++;
        }
      }
    }
  }

  @Benchmark
  public void grpcContext(ContextState s) {
    s.parent.cancel(null);
    if (!s.callback) {
      for (Context.CancellableContext kid : s.kids) {
        if (kid.isCancelled()) {
          s.told++;
        }
      }
    }
  }

  @Benchmark
  public void reactor(ReactorState s) {
    s.parent.dispose();
    if (!s.callback) {
      for (Disposable.Composite kid : s.kids) {
        if (kid.isDisposed()) {
          s.told++;
        }
      }
    }
  }

  @Benchmark
  public void rxjava(RxjavaState s) {
    s.parent.dispose();
    if (!s.callback) {
      for (CompositeDisposable kid : s.kids) {
        if (kid.isDisposed()) {
          s.told++;
        }
      }
    }
  }

  @Benchmark
  public void completableFuture(FutureState s) {
    s.parent.complete(null);
    if (!s.callback) {
      for (CompletableFuture<Void> kid : s.kids) {
        if (kid.isDone()) {
          s.told++;
        }
      }
    }
  }
}
