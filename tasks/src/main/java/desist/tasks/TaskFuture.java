// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.Timeout;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A task as a future, with the right to cancel its source. */
final class TaskFuture<T extends @Nullable Object> implements Future<T> {
  private final Task<T> task;
  private final CancellationTokenSource source;

  TaskFuture(Task<T> task, CancellationTokenSource source) {
    this.task = task;
    this.source = source;
  }

  /** Requests cancellation; whether the task follows shows when it has ended. */
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return !task.hasEnded() && (source.tryCancel() || source.isCancellationRequested());
  }

  @Override
  public boolean isCancelled() {
    return task.isCanceled();
  }

  @Override
  public boolean isDone() {
    return task.hasEnded();
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    Waits.one(task, Timeout.INFINITE, CancellationToken.none());
    return outcome();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    Duration atMost = Duration.ofNanos(unit.toNanos(timeout));
    if (!Waits.one(task, atMost, CancellationToken.none())) {
      throw new TimeoutException("The task has not ended: " + task);
    }
    return outcome();
  }

  private T outcome() throws ExecutionException {
    if (task.isCompletedSuccessfully()) {
      return task.storedResult();
    }
    Throwable failure = Crossing.failureOf(task);
    if (task.isCanceled() && failure instanceof OperationCanceledException canceled) {
      throw canceled;
    }
    throw new ExecutionException(failure);
  }

  @Override
  public String toString() {
    return "Future of " + task;
  }
}
