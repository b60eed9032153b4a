// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationTokenSource;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import kotlin.Unit;
import kotlinx.coroutines.CompletableJob;
import kotlinx.coroutines.DisposableHandle;
import kotlinx.coroutines.JobKt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * What does it cost to link a source to two long-lived parents and close it without its having been
 * canceled, with a callback on the child and without?
 *
 * <p>A Job has one parent; the second is a callback on it that cancels the child, as people write
 * it. A Context has one and is missing.
 */
@State(Scope.Benchmark)
public class LinkedTwoParentsBenchmark extends Measured {
  @Param({"false", "true"})
  public boolean callback;

  private final int[] runs = new int[1];
  private final Callback onCancel = new Callback(runs);

  private final FloorToken floorFirst = new FloorToken();
  private final FloorToken floorSecond = new FloorToken();
  private final CancellationTokenSource first = new CancellationTokenSource();
  private final CancellationTokenSource second = new CancellationTokenSource();
  private final CompletableJob firstJob = JobKt.Job(null);
  private final CompletableJob secondJob = JobKt.Job(null);
  private final Disposable.Composite firstReactor = Disposables.composite();
  private final Disposable.Composite secondReactor = Disposables.composite();
  private final CompositeDisposable firstRxjava = new CompositeDisposable();
  private final CompositeDisposable secondRxjava = new CompositeDisposable();
  private final HandWritten firstSet = HandWritten.set();
  private final HandWritten secondSet = HandWritten.set();

  @Benchmark
  public void floor(Blackhole hole) {
    FloorSource<FloorChildOfTwo> child =
        new FloorSource<>(new FloorChildOfTwo(floorFirst, floorSecond));
    hole.consume(child);
    if (callback) {
      child.token.addFirst(onCancel);
    }
    child.token.detach();
  }

  @Benchmark
  public void desist(Blackhole hole) {
    CancellationTokenSource child =
        CancellationTokenSource.createLinkedTokenSource(first.token(), second.token());
    hole.consume(child);
    if (callback) {
      child.token().register(onCancel);
    }
    child.close();
  }

  @Benchmark
  public void kotlinJob(Blackhole hole) {
    CompletableJob child = JobKt.Job(firstJob);
    DisposableHandle link =
        secondJob.invokeOnCompletion(
            cause -> {
              child.cancel(null);
              return Unit.INSTANCE;
            });
    hole.consume(child);
    if (callback) {
      child.invokeOnCompletion(onCancel);
    }
    link.dispose();
    child.complete();
  }

  @Benchmark
  public void reactor(Blackhole hole) {
    Disposable.Composite child = Disposables.composite();
    firstReactor.add(child);
    secondReactor.add(child);
    hole.consume(child);
    if (callback) {
      child.add(onCancel);
    }
    firstReactor.remove(child);
    secondReactor.remove(child);
  }

  @Benchmark
  public void rxjava(Blackhole hole) {
    CompositeDisposable child = new CompositeDisposable();
    firstRxjava.add(child);
    secondRxjava.add(child);
    hole.consume(child);
    if (callback) {
      child.add(onCancel);
    }
    firstRxjava.delete(child);
    secondRxjava.delete(child);
  }

  @Benchmark
  public void concurrentSet(Blackhole hole) {
    HandWritten child = HandWritten.deque();
    Runnable link = child::cancel;
    firstSet.add(link);
    secondSet.add(link);
    hole.consume(child);
    if (callback) {
      child.add(onCancel);
    }
    firstSet.remove(link);
    secondSet.remove(link);
  }

  /** Nothing of a closed child is left; an open one is reached through its second parent. */
  @TearDown
  public void cancel() {
    try (CancellationTokenSource open =
        CancellationTokenSource.createLinkedTokenSource(first.token(), second.token())) {
      check(
          first.registrationCount() + second.registrationCount() == 0,
          "closed children still hang on a parent");
      open.token().register(onCancel);
      FloorChildOfTwo floorChild = new FloorChildOfTwo(floorFirst, floorSecond);
      floorChild.addFirst(onCancel);
      second.cancel();
      floorSecond.cancel();
      secondJob.cancel(null);
      secondReactor.dispose();
      secondRxjava.dispose();
      secondSet.cancel();
      check(runs[0] == 2, runs[0] + " callbacks of 2");
    }
  }
}
