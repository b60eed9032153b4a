// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import desist.CancellationToken;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A task that begins after a delay. */
sealed class ScheduledTask<T extends @Nullable Object> extends QueuedTask<T>
    implements ScheduledFuture<T> permits PeriodicTask {
  /*
   * Overview
   *
   * A scheduler that is shut down drops tasks: it cancels what stands for them in its queue, the
   * handle, and tells nobody. So whoever asks for a task looks at its handle as well, and whoever
   * waits waits for the handle, which ends when the run does, or is canceled with the task.
   */

  final long delayNanos;

  ScheduledTask(Callable<T> body, Duration delay, CancellationToken token) {
    super(stoppable(body, token), token);
    delayNanos = NANOSECONDS.convert(delay);
  }

  @Override
  Future<?> handOver(Executor executor) {
    return ((ScheduledExecutorService) executor).schedule(this, delayNanos, NANOSECONDS);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean isMine = super.cancel(mayInterruptIfRunning);
    Future<?> inPlace = handle();
    if (isMine && inPlace != null) {
      inPlace.cancel(false); // though the body may run on
    }
    return isMine;
  }

  @Override
  public boolean isDone() {
    Future<?> inPlace = handle();
    if (inPlace != null && inPlace.isCancelled()) {
      endCanceled();
    }
    return super.isDone();
  }

  @Override
  public boolean isCancelled() {
    return isDone() && super.isCancelled();
  }

  @Override
  void awaitEnd(long nanos) throws InterruptedException, ExecutionException, TimeoutException {
    Future<?> inPlace = handle();
    if (inPlace == null) {
      super.awaitEnd(nanos);
    } else {
      try {
        inPlace.get(nanos, NANOSECONDS);
      } catch (CancellationException e) {
        endCanceled();
      }
    }
  }

  @Override
  public long getDelay(TimeUnit unit) {
    return handle() instanceof Delayed inQueue ? inQueue.getDelay(unit) : 0;
  }

  @Override
  public int compareTo(Delayed other) {
    if (other == this) {
      return 0;
    }
    return other instanceof ScheduledTask<?> task
            && task.handle() instanceof Delayed its
            && handle() instanceof Delayed mine
        ? mine.compareTo(its) // exact, as two delays asked for one after the other are not
        : Long.compare(getDelay(NANOSECONDS), other.getDelay(NANOSECONDS));
  }
}
