// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import desist.CancellationToken;
import desist.OperationCanceledException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Several bodies at once, for a caller who waits.
 *
 * <p>The wait itself needs no token: each task ends by it, and so does the wait.
 */
final class Invocations {
  private Invocations() {}

  /** Runs all; what has not ended in time is canceled. */
  static <T extends @Nullable Object> List<Future<T>> all(
      Executor executor,
      Collection<? extends Callable<T>> bodies,
      Duration timeout,
      CancellationToken token)
      throws InterruptedException {
    Interruption.checkEntry(token);
    Deadline deadline = new Deadline(timeout);
    List<QueuedTask<T>> tasks = new ArrayList<>(bodies.size());
    try {
      for (Callable<T> body : bodies) {
        QueuedTask<T> task = QueuedTask.interruptible(body, token);
        tasks.add(task);
        task.start(executor);
      }
      for (QueuedTask<T> task : tasks) {
        awaitEnd(task, deadline);
      }
    } finally {
      cancelAll(tasks);
    }
    throwIfCanceled(tasks);
    return new ArrayList<>(tasks);
  }

  /**
   * Runs one after the other, side by side, until one succeeds. Like the JDK's it looks for an end
   * before it starts another.
   */
  static <T extends @Nullable Object> T any(
      Executor executor,
      Collection<? extends Callable<T>> bodies,
      Duration timeout,
      CancellationToken token)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (bodies.isEmpty()) {
      throw new IllegalArgumentException("tasks is empty");
    }
    Interruption.checkEntry(token);
    Deadline deadline = new Deadline(timeout);
    BlockingQueue<Contender<T>> ends = new LinkedBlockingQueue<>();
    List<Contender<T>> tasks = new ArrayList<>(bodies.size());
    Iterator<? extends Callable<T>> rest = bodies.iterator();
    ExecutionException failure = null;
    try {
      for (int running = 0; running > 0 || rest.hasNext(); ) {
        Contender<T> ended = ends.poll();
        if (ended == null) {
          if (rest.hasNext()) {
            Contender<T> next = new Contender<>(rest.next(), token, ends);
            tasks.add(next);
            next.start(executor);
            running++;
            continue;
          }
          ended = new NextEnd<>(ends, deadline).await();
          if (ended == null) {
            throw new TimeoutException("None has succeeded within " + timeout + ".");
          }
        }
        running--;
        try {
          return ended.get();
        } catch (ExecutionException e) {
          failure = e;
        } catch (CancellationException e) {
          failure = new ExecutionException(e); // told if it was not the token
        }
      }
    } finally {
      cancelAll(tasks);
    }
    throwIfCanceled(tasks);
    throw requireNonNull(failure); // all have failed, or were canceled by others
  }

  private static void awaitEnd(QueuedTask<?> task, Deadline deadline) throws InterruptedException {
    try {
      task.get(deadline.left(), NANOSECONDS);
    } catch (ExecutionException | CancellationException | TimeoutException e) {
      // the caller finds it in the future
    }
  }

  private static void cancelAll(List<? extends Future<?>> tasks) {
    for (Future<?> task : tasks) {
      task.cancel(true);
    }
  }

  private static void throwIfCanceled(List<? extends QueuedTask<?>> tasks) {
    for (QueuedTask<?> task : tasks) {
      OperationCanceledException canceled = task.cancellation();
      if (canceled != null) {
        throw canceled;
      }
    }
  }

  /** A task that comes in when it has ended. */
  static final class Contender<T extends @Nullable Object> extends QueuedTask<T> {
    private final BlockingQueue<Contender<T>> ends;

    Contender(Callable<T> body, CancellationToken token, BlockingQueue<Contender<T>> ends) {
      super(stoppable(body, token), token);
      this.ends = ends;
    }

    @Override
    protected void done() {
      super.done();
      ends.add(this);
    }
  }

  /** A wait for the next that comes in, on a thread that may be one of a ForkJoinPool's. */
  private static final class NextEnd<T extends @Nullable Object>
      implements ForkJoinPool.ManagedBlocker {
    private final BlockingQueue<Contender<T>> ends;
    private final Deadline deadline;
    private @Nullable Contender<T> next;

    NextEnd(BlockingQueue<Contender<T>> ends, Deadline deadline) {
      this.ends = ends;
      this.deadline = deadline;
    }

    /** Returns who has come in; null if the time was over. */
    @Nullable Contender<T> await() throws InterruptedException {
      ManagedWaits.block(this);
      return next;
    }

    @Override
    public boolean block() throws InterruptedException {
      next = ends.poll(deadline.left(), NANOSECONDS);
      return true;
    }

    @Override
    public boolean isReleasable() {
      if (next == null) {
        next = ends.poll();
      }
      return next != null;
    }
  }

  /** When a wait is over; of one without time-out, in 292 years. */
  private static final class Deadline {
    private final long start = System.nanoTime();
    private final long nanos;

    Deadline(Duration timeout) {
      nanos = Math.max(0, NANOSECONDS.convert(timeout));
    }

    long left() {
      return nanos - (System.nanoTime() - start);
    }
  }
}
