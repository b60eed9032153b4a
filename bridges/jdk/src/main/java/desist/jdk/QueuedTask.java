// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.OperationCanceledException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A body on its way through an executor; its token takes it off the queue again. */
sealed class QueuedTask<T extends @Nullable Object> extends FutureTask<T>
    permits CancelableFuture.Work,
        Invocations.Contender,
        QueuedCommand,
        ScheduledTask,
        UnqueuedTask {
  /*
   * Overview
   *
   * States (field "state"), beside those of FutureTask, which tells the outcome:
   *
   *     QUEUED --CAS--> BEGUN      by the thread that runs the body
   *     QUEUED --CAS--> CANCELED   by whoever notices that the token is canceled
   *     BEGUN --set--> QUEUED      by the thread that has run the body of a PeriodicTask
   *
   * The token cancels what is queued by the registration that start() makes. A body that has begun
   * is on its own: it obeys the token (class Interruption) or was given it, and the task ends when
   * the body does. Future.cancel is FutureTask's: it ends the task at once, begun or not.
   *
   * Invariants:
   *
   *   1. No body begins once its token is canceled: run() looks at the token, then makes the state
   *      BEGUN. A cancellation that comes after this look meets a body that has begun.
   *   2. A task that was canceled before it began is not in the queue, where the executor lets it be
   *      taken off. Whoever cancels takes it off; start() looks again after it has put it in, and
   *      rearm() after it has made the state QUEUED.
   *   3. A task that has ended has no registration, nor has one that has begun and runs once.
   *
   * To take one task off a queue is a walk along the queue. So that a token with a hundred thousand
   * queued tasks is canceled in one walk and not in as many, the first callback claims them all,
   * those of other canceled tokens too; the callbacks that follow find their task done. Under the
   * queue's lock nothing is done but claiming.
   */

  private static final int QUEUED = 0;
  private static final int BEGUN = 1;
  private static final int CANCELED = 2;

  private static final VarHandle STATE =
      fieldVarHandle(MethodHandles.lookup(), "state", VarHandle.class, QueuedTask.class, int.class);

  final CancellationToken token;

  private volatile int state;

  // Written before the task is handed over, and the registration again by run().
  private @Nullable Executor executor;
  private CancellationTokenRegistration registration = CancellationTokenRegistration.none();

  /** What has been handed over, if it is not the task itself. Written by start(). */
  private volatile @Nullable Future<?> handle;

  /** What the body has thrown to say that it was canceled. Written before the task ends. */
  private volatile @Nullable OperationCanceledException acknowledgement;

  /** Whether a caller of cancel() may have interrupted the thread that runs the body. */
  private volatile boolean isInterrupted;

  QueuedTask(Callable<T> body, CancellationToken token) {
    super(body);
    this.token = token;
  }

  /** Returns a task whose body the token interrupts. */
  static <T extends @Nullable Object> QueuedTask<T> interruptible(
      Callable<T> body, CancellationToken token) {
    return new QueuedTask<>(stoppable(body, token), token);
  }

  /** Returns the body, made to be interrupted by the token. */
  static <T extends @Nullable Object> Callable<T> stoppable(
      Callable<T> body, CancellationToken token) {
    InterruptibleCallable<T, Exception> call = requireNonNull(body, "task")::call;
    return () -> Interruption.callAnyway(call, token);
  }

  /**
   * Hands the task to the executor, unless the token is canceled. Throws what the executor does.
   */
  final void start(Executor executor) {
    this.executor = executor;
    registration = token.registerWith(this, QueuedTask::cancelQueued);
    if (state == CANCELED) {
      return;
    }
    try {
      Future<?> inPlace = handOver(executor);
      if (inPlace != null) {
        handle = inPlace;
      }
    } catch (Throwable e) {
      registration.unregister();
      throw e;
    }
    if (state == CANCELED || (isDone() && !hasBegun())) { // the former comes first
      leaveQueue();
    }
  }

  /** Puts the task in the executor's queue; returns what is there in its place, if anything is. */
  @Nullable Future<?> handOver(Executor executor) {
    if (executor instanceof ScheduledThreadPoolExecutor scheduled) {
      return scheduled.schedule(this, 0, NANOSECONDS); // which is what its execute() does
    }
    executor.execute(this);
    return null;
  }

  /** What stands for the task in the executor's queue; null if it is the task itself. */
  final @Nullable Future<?> handle() {
    return handle;
  }

  @Override
  public void run() {
    registration.unregister();
    registration = CancellationTokenRegistration.none();
    if (begin()) {
      super.run();
      dropInterrupt();
    }
  }

  /** Whether the body is this thread's to run; if the token is canceled it is nobody's. */
  final boolean begin() {
    if (token.isCancellationRequested()) {
      cancelQueued();
    }
    return STATE.compareAndSet(this, QUEUED, BEGUN);
  }

  /** Whether the body has begun; one that runs again and again is queued between two runs. */
  final boolean hasBegun() {
    return state == BEGUN;
  }

  /** Makes a task that was run ready for the next time, unless it has been ended meanwhile. */
  final void rearm() {
    state = QUEUED;
    if (token.isCancellationRequested()) {
      cancelQueued();
    }
    if (isDone()) {
      leaveQueue();
    }
  }

  /** An interrupt by cancel() must not reach what this thread does next. */
  final void dropInterrupt() {
    if (isInterrupted && isCancelled()) {
      Thread.interrupted();
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (isDone()) {
      return false;
    }
    if (mayInterruptIfRunning) {
      isInterrupted = true;
    }
    boolean isMine = super.cancel(mayInterruptIfRunning);
    if (isMine && !hasBegun()) {
      leaveQueue();
    }
    return isMine;
  }

  /** Cancels the task, unless it has begun; its token is canceled. */
  final void cancelQueued() {
    if (tryClaim()) {
      List<QueuedTask<?>> claimed = new ArrayList<>(List.of(this));
      try {
        if (executor instanceof ThreadPoolExecutor pool && handle == null) {
          pool.getQueue()
              .removeIf(
                  queued ->
                      queued instanceof QueuedTask<?> task
                          && task.token.isCancellationRequested()
                          && task.tryClaim()
                          && claimed.add(task));
        }
        leaveQueue();
      } finally {
        claimed.forEach(QueuedTask::endCanceled);
      }
    } else if (state == CANCELED) {
      endCanceled(); // claimed by another, who may not have come to it yet
    }
  }

  private boolean tryClaim() {
    return STATE.compareAndSet(this, QUEUED, CANCELED);
  }

  /** Ends the task as canceled, unless it has ended. */
  final void endCanceled() {
    super.cancel(false);
  }

  /** Takes off the queue what can be taken off; elsewhere it lies there and does nothing. */
  private void leaveQueue() {
    Future<?> inPlace = handle;
    if (inPlace != null) {
      inPlace.cancel(false);
    }
    if (executor instanceof ThreadPoolExecutor pool) {
      pool.remove(inPlace instanceof Runnable queued ? queued : this);
    }
  }

  @Override
  protected void setException(Throwable e) {
    if (e instanceof OperationCanceledException canceled
        && canceled.token() == token
        && token.isCancellationRequested()) {
      acknowledgement = canceled;
      endCanceled();
    } else {
      super.setException(e);
    }
  }

  @Override
  protected void done() {
    registration.unregister();
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    try {
      timeLeftAtEnd(Long.MAX_VALUE);
      return super.get();
    } catch (CancellationException e) {
      throw told(e);
    }
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return super.get(timeLeftAtEnd(unit.toNanos(timeout)), NANOSECONDS);
    } catch (CancellationException e) {
      throw told(e);
    }
  }

  /** Waits until the task has ended or the time is over; returns how much of that is left. */
  private long timeLeftAtEnd(long nanos) throws InterruptedException {
    if (isDone()) {
      return nanos;
    }
    long start = System.nanoTime();
    ManagedWaits.block(new Blocker(nanos));
    return nanos - (System.nanoTime() - start);
  }

  /** Waits until the task has ended; what comes out of it otherwise makes no difference. */
  void awaitEnd(long nanos) throws InterruptedException, ExecutionException, TimeoutException {
    super.get(nanos, NANOSECONDS);
  }

  private CancellationException told(CancellationException e) {
    OperationCanceledException canceled = cancellation();
    return canceled == null ? e : canceled;
  }

  /** Returns what tells that the token has ended the task; null if it has not. */
  final @Nullable OperationCanceledException cancellation() {
    OperationCanceledException thrown = acknowledgement;
    if (thrown != null) {
      return thrown;
    }
    return state == CANCELED ? new OperationCanceledException(token) : null;
  }

  private final class Blocker implements ForkJoinPool.ManagedBlocker {
    private final long nanos;

    Blocker(long nanos) {
      this.nanos = nanos;
    }

    @Override
    public boolean block() throws InterruptedException {
      try {
        awaitEnd(nanos);
      } catch (ExecutionException | CancellationException | TimeoutException e) {
        // only the end matters here
      }
      return true;
    }

    @Override
    public boolean isReleasable() {
      return isDone();
    }
  }
}
