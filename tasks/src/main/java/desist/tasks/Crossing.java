// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.AggregateException;
import desist.CancellationToken;
import desist.OperationCanceledException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The ways between tasks and the JDK's stages. */
final class Crossing {
  private Crossing() {}

  /** Returns a future that completes as the task ends. */
  static <T extends @Nullable Object> CompletableFuture<T> toFuture(Task<T> task) {
    StackRoom.ensure();
    CompletableFuture<T> future = new CompletableFuture<>();
    Copying<T> hook = new Copying<>(task, future);
    if (task.addHook(hook)) {
      // Whoever completes the copy earlier leaves nothing behind on the task.
      future.whenComplete((result, failure) -> StackRoom.call(() -> task.removeHook(hook)));
    } else {
      hook.complete();
    }
    return future;
  }

  /** Returns a task that ends as the stage completes. */
  static <T extends @Nullable Object> Task<T> from(CompletionStage<? extends T> stage) {
    Task<T> task = Task.promise(0);
    stage.whenComplete((result, failure) -> StackRoom.call(() -> end(task, result, failure)));
    return task;
  }

  private static <T extends @Nullable Object> void end(
      Task<T> task, T result, @Nullable Throwable failure) {
    if (failure == null) {
      task.trySetResult(result);
    } else {
      fail(task, bare(failure));
    }
  }

  private static void fail(Task<?> task, Throwable failure) {
    if (failure instanceof OperationCanceledException canceled) {
      task.trySetCanceled(CancellationToken.none(), canceled);
    } else if (failure instanceof CancellationException) {
      task.trySetCanceled(CancellationToken.none(), new TaskCanceledException(null, failure));
    } else {
      task.trySetFaults(List.of(failure));
    }
  }

  /**
   * Returns what a future has wrapped: dependents of a stage fail with a CompletionException, and
   * on newer JDKs {@code join} and {@code get} throw a CancellationException round another.
   */
  private static Throwable bare(Throwable failure) {
    Throwable bare = failure;
    while (bare instanceof CompletionException && bare.getCause() != null) {
      bare = bare.getCause();
    }
    return bare.getClass() == CancellationException.class
            && bare.getCause() instanceof OperationCanceledException canceled
        ? canceled
        : bare;
  }

  /** Returns the one exception that tells how a task has failed; nothing of it is lost. */
  static Throwable failureOf(Task<?> task) {
    if (task.isCanceled()) {
      OperationCanceledException thrown = task.acknowledgement();
      return thrown == null ? new TaskCanceledException(task) : thrown;
    }
    List<Throwable> faults = task.faults();
    return faults.size() == 1 ? faults.get(0) : new AggregateException(faults);
  }

  /** Completes a future in the pool, where its dependents hold nobody up. */
  private static final class Copying<T extends @Nullable Object> extends Hook {
    private final Task<T> task;
    private final CompletableFuture<T> future;

    Copying(Task<T> task, CompletableFuture<T> future) {
      super(task);
      this.task = task;
      this.future = future;
    }

    @Override
    Turn turn() {
      return Turn.QUEUE;
    }

    @Override
    public void run() {
      ThreadPool.execute(this::complete);
    }

    @Override
    void run(boolean mayInline) {
      run();
    }

    void complete() {
      if (task.isCompletedSuccessfully()) {
        future.complete(task.storedResult());
      } else {
        future.completeExceptionally(failureOf(task));
      }
    }
  }
}
