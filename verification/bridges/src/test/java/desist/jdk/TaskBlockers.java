// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Waits for work that other threads do, which wait as well. */
final class TaskBlockers extends BlockerGroup {
  TaskBlockers() {
    add(
        "`ExecutorService.submit`",
        "ExecutorServices.submit",
        threads -> new Submitted(Executors.newCachedThreadPool(threads.factory())));
    add(
        "`ForkJoinPool.submit`",
        "ExecutorServices.submit",
        threads -> new Submitted(new ForkJoinPool(1)));
    add(
        "a task in the queue of an executor",
        "ExecutorServices.submit",
        threads -> new Queued(threads.factory()));
    add(
        "`CompletableFuture.supplyAsync`",
        "CompletionStages.supplyAsync",
        threads -> new SuppliedAsync(Executors.newCachedThreadPool(threads.factory())));
  }

  /** A task of an executor, and a thread that waits for its result. */
  private abstract static class Waiting<E extends ExecutorService> implements Blocker {
    final E executor;
    volatile Future<?> future;

    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean isRunning;

    Waiting(E executor) {
      this.executor = executor;
    }

    /** Gives the plain body to the executor. */
    abstract Future<?> begin();

    /** Gives the executor a body that is to end when the token is canceled. */
    abstract Future<?> begin(CancellationToken token);

    @Override
    public final void plain() throws Exception {
      future = begin();
      future.get();
    }

    @Override
    public final void bridged(CancellationToken token) throws Exception {
      future = begin(token);
      future.get();
    }

    /** A body that knows nothing of tokens. */
    final Void body() throws InterruptedException {
      return run(end::await);
    }

    /** A body that has a token. */
    final Void body(CancellationToken token) throws InterruptedException {
      return run(() -> Waits.await(end, token));
    }

    private Void run(InterruptibleRunnable<RuntimeException> wait) throws InterruptedException {
      isRunning = true;
      try {
        wait.run();
        return null;
      } finally {
        isRunning = false;
      }
    }

    @Override
    public boolean isBlocked(Thread thread) throws Exception {
      return isRunning && future != null && Blocker.super.isBlocked(thread);
    }

    @Override
    public final void cancel(Future<?> call) {
      future.cancel(true);
    }

    @Override
    public boolean goesOn() {
      return isRunning;
    }

    @Override
    public String left() {
      return goesOn() ? "body runs on" : "body ended";
    }

    @Override
    public final void close() {
      end.countDown();
      executor.shutdownNow();
    }
  }

  private static final class Submitted extends Waiting<ExecutorService> {
    Submitted(ExecutorService executor) {
      super(executor);
    }

    @Override
    Future<?> begin() {
      return executor.submit(() -> body());
    }

    @Override
    Future<?> begin(CancellationToken token) {
      return ExecutorServices.submit(executor, () -> body(), token);
    }
  }

  /** One that has not begun, since the only thread is busy. */
  private static final class Queued extends Waiting<ThreadPoolExecutor> {
    Queued(ThreadFactory threads) {
      super(
          new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads));
    }

    @Override
    Future<?> begin() {
      executor.submit(() -> body());
      return executor.submit(() -> body());
    }

    @Override
    Future<?> begin(CancellationToken token) {
      executor.submit(() -> body());
      return ExecutorServices.submit(executor, () -> body(), token);
    }

    @Override
    public boolean goesOn() {
      return !executor.getQueue().isEmpty() && !future.isCancelled();
    }

    @Override
    public String left() {
      return executor.getQueue().isEmpty() ? "queue empty" : "in the queue";
    }
  }

  private static final class SuppliedAsync extends Waiting<ExecutorService> {
    SuppliedAsync(ExecutorService executor) {
      super(executor);
    }

    @Override
    Future<?> begin() {
      return CompletableFuture.supplyAsync(this::bodyUnchecked, executor);
    }

    private Void bodyUnchecked() {
      try {
        return body();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    Future<?> begin(CancellationToken token) {
      return CompletionStages.supplyAsync(this::body, executor, token);
    }
  }
}
