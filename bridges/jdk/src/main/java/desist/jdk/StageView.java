// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.OperationCanceledException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Completes as a stage does, unless a token is canceled before. */
final class StageView<T extends @Nullable Object> extends ReadOnlyStage<T> {
  /*
   * Overview
   *
   * The stage, the token and a reader who gives up race for "isOver", by CAS. The winner takes the
   * view off the other's list, the relay's or the token's, then completes it.
   *
   * Nothing is left on the token: watch() writes "registration", then reads "isOver"; whoever wins
   * writes "isOver", then reads "registration". Nothing is left on the stage: the view is in the
   * relay before the token can end it.
   */

  private static final VarHandle IS_OVER =
      fieldVarHandle(
          MethodHandles.lookup(), "isOver", VarHandle.class, StageView.class, boolean.class);

  private final Relay relay;
  private final CancellationToken token;
  private final Executor executor;

  private volatile CancellationTokenRegistration registration =
      CancellationTokenRegistration.none();
  private volatile boolean isOver;

  /**
   * Makes a view that the stage alone completes, as yet.
   *
   * @param executor where the token completes it
   */
  private StageView(CompletionStage<T> stage, CancellationToken token, Executor executor) {
    this.token = token;
    this.executor = executor;
    relay = Relay.of(stage);
    relay.enter(this);
  }

  /** Returns the view for dependents, which do not run where the token is canceled. */
  static <T extends @Nullable Object> CompletionStage<T> of(
      CompletionStage<T> stage, CancellationToken token) {
    StageView<T> view = new StageView<>(stage, token, Stages::completeLater);
    view.watch();
    return view;
  }

  /** Waits as {@code CompletableFuture.get()} does. */
  static <T extends @Nullable Object> T get(CompletionStage<T> stage, CancellationToken token)
      throws InterruptedException, ExecutionException {
    StageView<T> view = forThisThread(stage, token);
    try {
      view.beginWait();
      view.awaitInPool(Long.MAX_VALUE);
      return view.get();
    } finally {
      view.leave();
    }
  }

  /** Waits as {@code CompletableFuture.get(timeout)} does. */
  static <T extends @Nullable Object> T get(
      CompletionStage<T> stage, long nanos, CancellationToken token)
      throws InterruptedException, ExecutionException, TimeoutException {
    StageView<T> view = forThisThread(stage, token);
    try {
      view.beginWait();
      return view.get(view.awaitInPool(nanos), TimeUnit.NANOSECONDS);
    } finally {
      view.leave();
    }
  }

  /** Waits as {@code CompletableFuture.join()} does, whatever interrupts come. */
  static <T extends @Nullable Object> T join(CompletionStage<T> stage, CancellationToken token) {
    StageView<T> view = forThisThread(stage, token);
    view.watch();
    Uninterruptibly.await(() -> view.awaitInPool(Long.MAX_VALUE));
    return view.join(); // the wait ends because the view does
  }

  private static <T extends @Nullable Object> StageView<T> forThisThread(
      CompletionStage<T> stage, CancellationToken token) {
    return new StageView<>(stage, token, Runnable::run);
  }

  private void beginWait() throws InterruptedException {
    if (!isOver) {
      Interruption.throwIfInterrupted();
    }
    watch();
  }

  /**
   * Waits, if this thread is a worker of a ForkJoinPool, until the view is complete or the time is
   * over; returns how much of that is left. CompletableFuture itself would run others' steps here,
   * and end this wait when they have ended.
   */
  private long awaitInPool(long nanos) throws InterruptedException {
    if (isDone() || !ForkJoinTask.inForkJoinPool()) {
      return nanos;
    }
    long start = System.nanoTime();
    CountDownLatch end = new CountDownLatch(1);
    whenComplete((result, failure) -> end.countDown());
    ManagedWaits.block(
        new ForkJoinPool.ManagedBlocker() {
          @Override
          public boolean block() throws InterruptedException {
            end.await(nanos, TimeUnit.NANOSECONDS);
            return true;
          }

          @Override
          public boolean isReleasable() {
            return isDone();
          }
        });
    return nanos - (System.nanoTime() - start);
  }

  /** Lets the token complete the view as well. */
  private void watch() {
    if (!isOver) {
      registration = token.registerWith(this, StageView::cancelByToken);
      if (isOver) {
        registration.unregister();
      }
    }
  }

  /** Completes the view as the stage was completed. */
  void end(T result, @Nullable Throwable failure) {
    if (tryEnd()) {
      registration.unregister();
      if (failure == null) {
        finish(result);
      } else {
        fail(failure);
      }
    }
  }

  private void cancelByToken() {
    if (tryEnd()) {
      relay.leave(this);
      executor.execute(() -> fail(new OperationCanceledException(token)));
    }
  }

  private void leave() {
    if (tryEnd()) {
      registration.unregister();
      relay.leave(this);
    }
  }

  private boolean tryEnd() {
    return !isOver && IS_OVER.compareAndSet(this, false, true);
  }
}
