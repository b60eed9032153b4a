// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationTokenSource;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import kotlinx.coroutines.CompletableJob;
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
 * What does it cost to link a source to a long-lived parent and close it without its having been
 * canceled, with a callback on the child and without?
 *
 * <p>The token is given away before, so that no compiler can do without the objects. Where a child
 * enters its parent's list only with its first callback (ours, the floor's), the one with a
 * callback tells what a link costs that is used.
 */
@State(Scope.Benchmark)
public class LinkedBenchmark extends Measured {
  @Param({"false", "true"})
  public boolean callback;

  private final int[] runs = new int[1];
  private final Callback onCancel = new Callback(runs);

  private final FloorToken floorParent = new FloorToken();
  private final CancellationTokenSource parent = new CancellationTokenSource();
  private final CompletableJob parentJob = JobKt.Job(null);
  private final Disposable.Composite parentReactor = Disposables.composite();
  private final CompositeDisposable parentRxjava = new CompositeDisposable();
  private final bolts.CancellationTokenSource parentBolts = new bolts.CancellationTokenSource();
  private final HandWritten parentSet = HandWritten.set();

  @Benchmark
  public void floor(Blackhole hole) {
    FloorSource<FloorChild> child = new FloorSource<>(new FloorChild(floorParent));
    hole.consume(child);
    if (callback) {
      child.token.addFirst(onCancel);
    }
    child.token.detach();
  }

  @Benchmark
  public void desist(Blackhole hole) {
    CancellationTokenSource child = CancellationTokenSource.createLinkedTokenSource(parent.token());
    hole.consume(child);
    if (callback) {
      child.token().register(onCancel);
    }
    child.close();
  }

  /** A Job that completes calls its callbacks with null, which ours ignores. */
  @Benchmark
  public void kotlinJob(Blackhole hole) {
    CompletableJob child = JobKt.Job(parentJob);
    hole.consume(child);
    if (callback) {
      child.invokeOnCompletion(onCancel);
    }
    child.complete();
  }

  @Benchmark
  public void reactor(Blackhole hole) {
    Disposable.Composite child = Disposables.composite();
    parentReactor.add(child);
    hole.consume(child);
    if (callback) {
      child.add(onCancel);
    }
    parentReactor.remove(child);
  }

  @Benchmark
  public void rxjava(Blackhole hole) {
    CompositeDisposable child = new CompositeDisposable();
    parentRxjava.add(child);
    hole.consume(child);
    if (callback) {
      child.add(onCancel);
    }
    parentRxjava.delete(child);
  }

  /** A source of Bolts cannot be closed with a callback on it, so that goes first. */
  @Benchmark
  public void bolts(Blackhole hole) {
    bolts.CancellationTokenSource child = new bolts.CancellationTokenSource();
    bolts.CancellationTokenRegistration link = parentBolts.getToken().register(child::cancel);
    hole.consume(child);
    if (callback) {
      child.getToken().register(onCancel).close();
    }
    link.close();
    child.close();
  }

  @Benchmark
  public void concurrentSet(Blackhole hole) {
    HandWritten child = HandWritten.deque();
    Runnable link = child::cancel;
    parentSet.add(link);
    hole.consume(child);
    if (callback) {
      child.add(onCancel);
    }
    parentSet.remove(link);
  }

  /** Nothing of a closed child is left; an open one is reached. */
  @TearDown
  public void cancel() {
    try (CancellationTokenSource open =
        CancellationTokenSource.createLinkedTokenSource(parent.token())) {
      check(parent.registrationCount() == 0, "closed children still hang on the parent");
      open.token().register(onCancel);
      FloorChild floorChild = new FloorChild(floorParent);
      floorChild.addFirst(onCancel);
      parent.cancel();
      floorParent.cancel();
      parentJob.cancel(null);
      parentReactor.dispose();
      parentRxjava.dispose();
      parentBolts.cancel();
      parentSet.cancel();
      check(runs[0] == 2, runs[0] + " callbacks of 2");
    }
  }
}
