// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A callback that runs on an executor, from the handing over to its end. */
final class Handover implements Runnable {
  /*
   * Overview
   *
   *     kept --handOver--> handed over --run--> running --> ended
   *                             \------refused------------/
   *
   * "work" is emptied once, by the executor's thread that runs it or by the thread whose attempt to
   * hand it over was refused, so that an executor which runs it twice, or runs it and then throws,
   * runs it once. "runner" is written by the thread that runs it; others compare it with
   * themselves alone. "ended" is completed once, without dependents of the user's.
   */

  private final Executor executor;
  private final AtomicReference<@Nullable Runnable> work;
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private volatile @Nullable Thread runner;

  Handover(Runnable callback, Executor executor) {
    this.work = new AtomicReference<>(callback);
    this.executor = executor;
  }

  /** Gives the callback to the executor; what the executor throws is thrown here. */
  void handOver() {
    try {
      executor.execute(this);
    } catch (Throwable e) {
      if (work.getAndSet(null) != null) {
        ended.complete(null);
      }
      throw e;
    }
  }

  /** Runs the callback, on the executor's thread. */
  @Override
  public void run() {
    Runnable callback = work.getAndSet(null);
    if (callback == null) {
      return;
    }
    runner = Thread.currentThread();
    try {
      callback.run();
    } finally {
      runner = null;
      ended.complete(null);
    }
  }

  /** Waits until the callback has run, unless this is the thread that runs it. */
  void awaitEnd() {
    if (runner != Thread.currentThread()) {
      ended.join();
    }
  }

  /** Returns a stage that completes when the callback has run. */
  CompletionStage<@Nullable Void> whenEnded() {
    if (ended.isDone() || runner == Thread.currentThread()) {
      return ReadOnlyStage.completed(null);
    }
    ReadOnlyStage<@Nullable Void> stage = new ReadOnlyStage<>();
    ended.thenRun(() -> stage.finishAsync(null));
    return stage;
  }
}
