// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.ManualResetEvent;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import desist.SemaphoreFullException;
import desist.WaitHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A number of permits, of which each wait takes one; a token can end the waits, those of threads
 * and those of stages alike.
 *
 * <p>A free permit goes to whoever asks first. If there is none, threads and stages wait in one
 * queue, and what is released is handed to them in the order in which they came: once a permit was
 * handed over, it is the waiter's whatever happens to its token. A wait that ends otherwise has
 * taken nothing, so nothing is to be released after it. There are no owners: any thread may
 * release.
 *
 * <p>All methods are safe to call from any thread.
 *
 * <p>Memory consistency effects: actions in a thread before it releases permits
 * <i>happen-before</i> actions in another that follow a wait which took one of them.
 *
 * {@snippet lang = java:
 * connections.await(token); // takes nothing if it throws
 * try {
 *   query(token);
 * } finally {
 *   connections.release();
 * }
 * }
 *
 * @dotnet SemaphoreSlim
 * @since 1.0
 */
public final class SemaphoreSlim implements AutoCloseable {
  /*
   * Overview
   *
   * The state is the number of free permits, and above it bits:
   *
   *     QUEUED    there may be waiters in the queue
   *     FOLLOWED  there is a wait handle that follows the count
   *     CLOSED    the semaphore was closed, for good
   *
   * Invariants:
   *
   *   1. With any bit set the state is changed under the queue's lock alone; without, by one CAS,
   *      also by who holds the lock.
   *   2. A waiter enters the queue under the lock, together with QUEUED, where no permit is free and
   *      the semaphore not closed.
   *   3. With QUEUED no permit is free: what is released goes to waiters first, and QUEUED goes when
   *      the queue is empty. A waiter that gives up leaves it standing; the next release() finds
   *      nobody, and drops it.
   *   4. The handle is made, set, reset and closed under the lock, where the count leaves zero or
   *      comes to it; so it follows each such change, in order.
   *
   * Why no permit is lost or doubled: it is free, or was handed to the waiter whose outcome the
   * releasing thread set from WAITING (class Waiter). A waiter whose outcome was set otherwise is
   * passed over, and the permit goes to the next, or becomes free.
   *
   * The maximum is held against the free permits as they were before waiters are served, as in .NET.
   *
   * Not done: letting a newcomer take what is being released, before a waiter that has to be woken.
   * It saves switches between threads under contention, but a waiter could then be woken for nothing,
   * and would have to look again: docs/decisions/0020.
   */

  private static final long COUNT = Integer.MAX_VALUE;
  private static final long QUEUED = 1L << 32;
  private static final long FOLLOWED = 1L << 33;
  private static final long CLOSED = 1L << 34;

  private static final VarHandle STATE =
      fieldVarHandle(
          MethodHandles.lookup(), "state", VarHandle.class, SemaphoreSlim.class, long.class);

  private volatile long state;

  private final int maxCount;
  private final WaitQueue queue = new WaitQueue();

  // Guarded by the queue's lock.
  private @Nullable ManualResetEvent handle;

  /**
   * Makes a semaphore whose free permits may become as many as an {@code int} can count.
   *
   * @param initialCount how many permits are free at first
   * @throws IllegalArgumentException if {@code initialCount} is less than zero
   * @dotnet new SemaphoreSlim(int)
   * @since 1.0
   */
  public SemaphoreSlim(int initialCount) {
    this(initialCount, Integer.MAX_VALUE);
  }

  /**
   * Makes a semaphore.
   *
   * @param initialCount how many permits are free at first
   * @param maxCount how many may be free at once
   * @throws IllegalArgumentException if {@code initialCount} is less than zero or greater than
   *     {@code maxCount}, or {@code maxCount} is less than one
   * @dotnet new SemaphoreSlim(int, int)
   * @since 1.0
   */
  public SemaphoreSlim(int initialCount, int maxCount) {
    if (maxCount < 1) {
      throw new IllegalArgumentException("maxCount is less than 1: " + maxCount);
    }
    if (initialCount < 0 || initialCount > maxCount) {
      throw new IllegalArgumentException(
          "initialCount is not between 0 and " + maxCount + ": " + initialCount);
    }
    this.maxCount = maxCount;
    state = initialCount;
  }

  /**
   * Returns how many permits are free; may be asked of a closed semaphore.
   *
   * @return how many waits could go on at once
   * @dotnet SemaphoreSlim.CurrentCount
   * @since 1.0
   */
  public int currentCount() {
    return count(state);
  }

  /**
   * Takes a permit, and waits for it if none is free.
   *
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet SemaphoreSlim.Wait()
   * @since 1.0
   */
  public void await() throws InterruptedException {
    await(Durations.FOREVER, CancellationToken.none());
  }

  /**
   * Takes a permit, and waits for it if none is free, until the token is canceled.
   *
   * @param token what ends the wait
   * @throws desist.OperationCanceledException if the token is canceled, before or while the thread
   *     waits, unless it was handed a permit before; nothing is taken
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code token} is null
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet SemaphoreSlim.Wait(CancellationToken)
   * @since 1.0
   */
  public void await(CancellationToken token) throws InterruptedException {
    await(Durations.FOREVER, token);
  }

  /**
   * Takes a permit, and waits for it if none is free, but no longer than the time-out.
   *
   * @param timeout how long to wait; zero or less means not at all
   * @return whether a permit was taken
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code timeout} is null
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet SemaphoreSlim.Wait(TimeSpan), Wait(int)
   * @since 1.0
   */
  public boolean await(Duration timeout) throws InterruptedException {
    return await(Durations.toNanos(timeout), CancellationToken.none());
  }

  /**
   * Takes a permit, and waits for it if none is free, until the token is canceled, but no longer
   * than the time-out.
   *
   * @param timeout how long to wait; zero or less means not at all
   * @param token what ends the wait
   * @return whether a permit was taken
   * @throws desist.OperationCanceledException if the token is canceled, before or while the thread
   *     waits, unless it was handed a permit before; nothing is taken
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code timeout} or {@code token} is null
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet SemaphoreSlim.Wait(TimeSpan, CancellationToken), Wait(int, CancellationToken)
   * @since 1.0
   */
  public boolean await(Duration timeout, CancellationToken token) throws InterruptedException {
    return await(Durations.toNanos(timeout), token);
  }

  /**
   * Takes a permit, without holding a thread if none is free.
   *
   * <p>If a permit is free the stage is complete when it is returned. Otherwise it completes when a
   * permit was handed over, a moment after the release, and fails with an {@link
   * ObjectDisposedException} if this is closed before. Its dependents run on no thread that
   * releases.
   *
   * @return a stage that completes when the permit was taken
   * @throws ObjectDisposedException if this is closed
   * @dotnet SemaphoreSlim.WaitAsync()
   * @since 1.0
   */
  public CompletionStage<@Nullable Void> awaitAsync() {
    return awaitAsync(CancellationToken.none());
  }

  /**
   * Takes a permit, without holding a thread if none is free, until the token is canceled.
   *
   * <p>As {@link #awaitAsync()}; the stage fails with an {@link desist.OperationCanceledException}
   * that carries the token if that is canceled, before or during the wait, unless a permit was
   * handed over before. Then nothing was taken. Its dependents run on no thread that cancels.
   *
   * @param token what ends the wait
   * @return a stage that completes when the permit was taken
   * @throws NullPointerException if {@code token} is null
   * @throws ObjectDisposedException if this is closed
   * @dotnet SemaphoreSlim.WaitAsync(CancellationToken)
   * @since 1.0
   */
  public CompletionStage<@Nullable Void> awaitAsync(CancellationToken token) {
    return this.<@Nullable Void>awaitAsync(Durations.FOREVER, token, null, null);
  }

  /**
   * Takes a permit, without holding a thread if none is free, but waits no longer than the
   * time-out.
   *
   * <p>As {@link #awaitAsync()}; the stage completes with false if the time is over before a permit
   * was handed over. Then nothing was taken.
   *
   * @param timeout how long to wait; zero or less means not at all
   * @return a stage that tells whether a permit was taken
   * @throws NullPointerException if {@code timeout} is null
   * @throws ObjectDisposedException if this is closed
   * @dotnet SemaphoreSlim.WaitAsync(TimeSpan), WaitAsync(int)
   * @since 1.0
   */
  public CompletionStage<Boolean> awaitAsync(Duration timeout) {
    return awaitAsync(timeout, CancellationToken.none());
  }

  /**
   * Takes a permit, without holding a thread if none is free, until the token is canceled, but
   * waits no longer than the time-out.
   *
   * <p>As {@link #awaitAsync(CancellationToken)} and {@link #awaitAsync(Duration)} together. Of a
   * release, a cancellation and a time-out that coincide one wins, whole.
   *
   * @param timeout how long to wait; zero or less means not at all
   * @param token what ends the wait
   * @return a stage that tells whether a permit was taken
   * @throws NullPointerException if {@code timeout} or {@code token} is null
   * @throws ObjectDisposedException if this is closed
   * @dotnet SemaphoreSlim.WaitAsync(TimeSpan, CancellationToken), WaitAsync(int, CancellationToken)
   * @since 1.0
   */
  public CompletionStage<Boolean> awaitAsync(Duration timeout, CancellationToken token) {
    return awaitAsync(Durations.toNanos(timeout), token, true, false);
  }

  /**
   * Releases a permit: to whom has waited longest, or else it is free.
   *
   * @return how many permits were free before
   * @throws ObjectDisposedException if this is closed
   * @throws SemaphoreFullException if as many are free as may be; nothing is released
   * @dotnet SemaphoreSlim.Release()
   * @since 1.0
   */
  public int release() {
    return releaseMany(1);
  }

  /**
   * Releases permits: to those who have waited longest, and what they leave is free.
   *
   * @param releaseCount how many
   * @return how many permits were free before
   * @throws IllegalArgumentException if {@code releaseCount} is less than one
   * @throws ObjectDisposedException if this is closed
   * @throws SemaphoreFullException if those that were free before and these together are more than
   *     may be free, whoever waits; nothing is released
   * @dotnet SemaphoreSlim.Release(int)
   * @since 1.0
   */
  public int releaseMany(int releaseCount) {
    long s;
    do {
      s = state;
      ensureReleasable(s, releaseCount);
      if (s > COUNT) {
        return releaseLocked(releaseCount);
      }
    } while (!STATE.compareAndSet(this, s, s + releaseCount));
    return count(s);
  }

  /**
   * Returns a handle that is set while permits are free: for waiting on it together with other
   * handles. Such a wait takes no permit.
   *
   * <p>Made when first asked for, and always the same; closed with the semaphore. To set or reset
   * it does nothing to the semaphore.
   *
   * @return the handle
   * @throws ObjectDisposedException if this is closed
   * @dotnet SemaphoreSlim.AvailableWaitHandle
   * @since 1.0
   */
  public WaitHandle availableWaitHandle() {
    queue.lock();
    try {
      ensureOpen(state);
      ManualResetEvent made = handle;
      if (made == null) {
        long before = (long) STATE.getAndBitwiseOr(this, FOLLOWED);
        made = new ManualResetEvent(count(before) > 0);
        handle = made;
      }
      return made;
    } finally {
      queue.isLocked = false;
    }
  }

  /**
   * Closes the semaphore. Threads that wait on it wake with an {@link ObjectDisposedException}, and
   * stages that wait fail with one. May be called again.
   *
   * @dotnet SemaphoreSlim.Dispose()
   * @since 1.0
   */
  @Override
  public void close() {
    Ended ended = new Ended();
    queue.lock();
    try {
      STATE.getAndBitwiseOr(this, CLOSED);
      queue.endAll(Waiter.ENDED, ended);
      Handles.close(handle);
    } finally {
      queue.isLocked = false;
      ended.wake();
    }
  }

  /**
   * Returns a text that tells how many permits are free.
   *
   * @return the text
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    long s = state;
    return "SemaphoreSlim[" + count(s) + " free" + ((s & CLOSED) != 0 ? ", closed]" : "]");
  }

  private boolean await(long nanos, CancellationToken token) throws InterruptedException {
    requireNonNull(token, "token");
    ThreadWaiter.throwIfInterrupted();
    long s = state;
    ensureOpen(s);
    token.throwIfCancellationRequested();
    return tryTake(s) || (nanos > 0 ? block(nanos, token) : poll());
  }

  private boolean block(long nanos, CancellationToken token) throws InterruptedException {
    ThreadWaiter waiter = new ThreadWaiter(this);
    if (takeOrEnter(waiter)) {
      return true;
    }
    return waiter.awaitServed(token, nanos);
  }

  private <T extends @Nullable Object> CompletionStage<T> awaitAsync(
      long nanos, CancellationToken token, T whenTaken, T whenTimedOut) {
    requireNonNull(token, "token");
    long s = state;
    ensureOpen(s);
    if (token.isCancellationRequested()) {
      return ReadOnlyStage.failed(new OperationCanceledException(token));
    }
    if (tryTake(s)) {
      return ReadOnlyStage.completed(whenTaken);
    }
    if (nanos <= 0) {
      return ReadOnlyStage.completed(poll() ? whenTaken : whenTimedOut);
    }
    StageWaiter<T> waiter = new StageWaiter<>(token, whenTaken, whenTimedOut, "SemaphoreSlim");
    return takeOrEnter(waiter) ? ReadOnlyStage.completed(whenTaken) : waiter.begin(nanos);
  }

  /** Takes a permit, if one is free and no bit is set. */
  private boolean tryTake(long s) {
    for (; s > 0 && s <= COUNT; s = state) {
      if (STATE.compareAndSet(this, s, s - 1)) {
        return true;
      }
    }
    return false;
  }

  /** Takes a permit, if one is free; asks for no lock to find that none is. */
  private boolean poll() {
    return currentCount() > 0 && takeOrEnter(null);
  }

  /**
   * Takes a permit, or else enters the waiter, if there is one; returns whether it took a permit.
   */
  private boolean takeOrEnter(@Nullable Waiter waiter) {
    queue.lock();
    try {
      while (true) {
        long s = state;
        ensureOpen(s);
        if (count(s) > 0) {
          if (STATE.compareAndSet(this, s, s - 1)) {
            if (count(s) == 1) {
              Handles.follow(handle, false);
            }
            return true;
          }
        } else if (waiter == null) {
          return false;
        } else if (STATE.compareAndSet(this, s, s | QUEUED)) {
          queue.add(waiter, 0);
          return false;
        }
      }
    } finally {
      queue.isLocked = false;
    }
  }

  private int releaseLocked(int releaseCount) {
    Ended ended = new Ended();
    long s;
    queue.lock();
    try {
      long next;
      do {
        s = state;
        ensureReleasable(s, releaseCount);
        int left = releaseCount - queue.serve(releaseCount, ended);
        next = (queue.isEmpty() ? s & ~QUEUED : s) + left;
      } while (!STATE.compareAndSet(this, s, next)); // again only if no bit was set: nobody waited
      if (count(s) == 0 && count(next) > 0) {
        Handles.follow(handle, true);
      }
    } finally {
      queue.isLocked = false;
      ended.wake();
    }
    return count(s);
  }

  private void ensureReleasable(long state, int releaseCount) {
    ensureOpen(state);
    if (releaseCount < 1) {
      throw new IllegalArgumentException("releaseCount is less than 1: " + releaseCount);
    }
    if (releaseCount > maxCount - count(state)) {
      throw new SemaphoreFullException(
          "releaseCount is "
              + releaseCount
              + ", but "
              + count(state)
              + " permits of at most "
              + maxCount
              + " are free already.");
    }
  }

  private static int count(long state) {
    return (int) (state & COUNT);
  }

  private static void ensureOpen(long state) {
    if ((state & CLOSED) != 0) {
      throw new ObjectDisposedException("SemaphoreSlim");
    }
  }
}
