// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static desist.benchmarks.Measured.check;

import desist.CancellationTokenSource;
import io.grpc.Context;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import kotlinx.coroutines.CompletableJob;
import kotlinx.coroutines.JobKt;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * How much heap do a million live linked tokens take, each with a callback, and how long does it
 * take to cancel them all?
 *
 * <p>A program and not a JMH benchmark, since the heap is what is measured. Prints one line for the
 * variant that is its argument: bytes for each token, and nanoseconds for each as the median of
 * some rounds. The callback is shared, and not counted; nor is the reference by which each is held.
 */
final class LiveTokens {
  private static final Executor HERE = Runnable::run;
  private static final int ROUNDS = 9;
  private static final int WARMUPS = 4;

  private final int count;
  private final int[] runs = new int[1];
  private final Callback callback = new Callback(runs);

  /** Holds what the user of a linked token holds. */
  private final @Nullable Object[] held;

  private LiveTokens(int count) {
    this.count = count;
    this.held = new @Nullable Object[count];
  }

  /** Makes a parent and its children, and returns how to cancel the parent. */
  private Runnable make(String variant) {
    switch (variant) {
      case "floor" -> {
        FloorLive parent = new FloorLive(callback, null);
        FloorLive newest = null;
        for (int i = 0; i < count; i++) {
          newest = new FloorLive(callback, newest);
          held[i] = newest;
        }
        parent.next = newest;
        return parent::cancel;
      }
      case "desist" -> {
        CancellationTokenSource parent = new CancellationTokenSource();
        for (int i = 0; i < count; i++) {
          CancellationTokenSource child =
              CancellationTokenSource.createLinkedTokenSource(parent.token());
          child.token().register(callback);
          held[i] = child;
        }
        return parent::cancel;
      }
      case "desistTokenAlone" -> {
        CancellationTokenSource parent = new CancellationTokenSource();
        for (int i = 0; i < count; i++) {
          CancellationTokenSource child =
              CancellationTokenSource.createLinkedTokenSource(parent.token());
          child.token().register(callback);
          held[i] = child.token();
        }
        return parent::cancel;
      }
      case "kotlinJob" -> {
        CompletableJob parent = JobKt.Job(null);
        for (int i = 0; i < count; i++) {
          CompletableJob child = JobKt.Job(parent);
          child.invokeOnCompletion(callback);
          held[i] = child;
        }
        return () -> parent.cancel(null);
      }
      case "grpcContext" -> {
        Context.CancellableContext parent = Context.ROOT.withCancellation();
        for (int i = 0; i < count; i++) {
          Context.CancellableContext child = parent.withCancellation();
          child.addListener(callback, HERE);
          held[i] = child;
        }
        return () -> parent.cancel(null);
      }
      case "reactor" -> {
        Disposable.Composite parent = Disposables.composite();
        for (int i = 0; i < count; i++) {
          Disposable.Composite child = Disposables.composite();
          parent.add(child);
          child.add(callback);
          held[i] = child;
        }
        return parent::dispose;
      }
      case "rxjava" -> {
        CompositeDisposable parent = new CompositeDisposable();
        for (int i = 0; i < count; i++) {
          CompositeDisposable child = new CompositeDisposable();
          parent.add(child);
          child.add(callback);
          held[i] = child;
        }
        return parent::dispose;
      }
      case "completableFuture" -> {
        CompletableFuture<@Nullable Void> parent = new CompletableFuture<>();
        for (int i = 0; i < count; i++) {
          CompletableFuture<?> child = parent.thenRun(() -> {});
          CompletableFuture<?> unused = child.thenRun(callback);
          held[i] = child;
        }
        return () -> parent.complete(null);
      }
      case "concurrentSet" -> {
        HandWritten parent = HandWritten.set();
        for (int i = 0; i < count; i++) {
          HandWritten child = HandWritten.deque();
          parent.add(child::cancel);
          child.add(callback);
          held[i] = child;
        }
        return parent::cancel;
      }
      default -> throw new IllegalArgumentException("variant: " + variant);
    }
  }

  /** The least: a child that is the node of its parent's list and knows its callback. */
  private static final class FloorLive {
    final Callback callback;
    @Nullable FloorLive next;
    boolean requested;

    FloorLive(Callback callback, @Nullable FloorLive next) {
      this.callback = callback;
      this.next = next;
    }

    void cancel() {
      requested = true;
      for (FloorLive child = next; child != null; child = child.next) {
        child.requested = true;
        child.callback.run();
      }
    }
  }

  /** What one round found. */
  private record Round(double bytes, double nanos) {}

  private void run(String variant) {
    double[] nanos = new double[ROUNDS - WARMUPS];
    double bytes = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Arrays.fill(held, null);
      Round round = round(variant);
      bytes = round.bytes;
      if (i >= WARMUPS) {
        nanos[i - WARMUPS] = round.nanos;
      }
    }
    Arrays.sort(nanos);
    Figures.print("LiveTokens", "bytes", variant, bytes, bytes, bytes);
    Figures.print(
        "LiveTokens",
        "cancel",
        variant,
        nanos[nanos.length / 2],
        nanos[0],
        nanos[nanos.length - 1]);
  }

  /** A method of its own, so that no frame still holds what the round before made. */
  private Round round(String variant) {
    runs[0] = 0;
    long before = used();
    Runnable cancel = make(variant);
    double bytes = (used() - before) / (double) count;
    check(runs[0] == 0 && bytes > 1, bytes + " bytes each, " + runs[0] + " callbacks too early");
    long start = System.nanoTime();
    cancel.run();
    long took = System.nanoTime() - start;
    check(runs[0] == count, runs[0] + " callbacks of " + count);
    return new Round(bytes, took / (double) count);
  }

  /**
   * What was in use when the collector had just run, without the buffers that threads got since.
   */
  static long used() {
    System.gc();
    System.gc();
    long used = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        used += pool.getCollectionUsage().getUsed();
      }
    }
    return used;
  }

  public static void main(String[] args) {
    new LiveTokens(Integer.parseInt(args[1])).run(args[0]);
  }
}
