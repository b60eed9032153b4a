// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.ManualResetEvent;
import desist.ObjectDisposedException;
import desist.WaitHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An event that is set when it was signaled a number of times, and whose waits a token can end.
 *
 * <p>The count goes down with each signal, and may be raised while it is above zero. At zero the
 * event is set: all waits are let through until it is reset. Once a wait has returned the event may
 * be reset, used again or closed.
 *
 * <p>All methods are safe to call from any thread.
 *
 * <p>Memory consistency effects: actions in a thread before it signals the event
 * <i>happen-before</i> actions in another that follow a wait which that signal helped to let
 * through.
 *
 * {@snippet lang = java:
 * CountdownEvent done = new CountdownEvent(parts.size());
 * for (Part part : parts) {
 *   executor.execute(() -> downloadAndSignal(part, done));
 * }
 * done.await(token);
 * }
 *
 * @dotnet CountdownEvent
 * @since 1.0
 */
public final class CountdownEvent implements AutoCloseable {
  /*
   * Overview
   *
   * The state is the count, and in the sign's place a bit:
   *
   *     CLOSED   the event was closed, for good
   *
   * Invariants:
   *
   *   1. The count comes to zero, and is reset, under the queue's lock. Between numbers above zero
   *      it is changed by one CAS without the lock; so who holds the lock needs a CAS as well.
   *   2. A waiter enters the queue under the lock, where the count is above zero and the event open.
   *      So who brings the count to zero finds all who wait, and no waiter waits for a zero that
   *      has passed.
   *   3. The handle is made, set, reset and closed under the lock: while that is free the handle is
   *      set where the count is zero. A wait that finds zero goes on when it is.
   *
   * The initial count changes together with the count, for those who read both: it is read under the
   * lock, which whoever has changed the count holds until both are new.
   *
   * Not done: to bring the count to zero without the lock where nobody waits. It happens once in a
   * countdown, and to know that nobody waits would cost each signal a look at two more bits.
   */

  private static final int CLOSED = 1 << 31;

  private static final VarHandle STATE =
      fieldVarHandle(
          MethodHandles.lookup(), "state", VarHandle.class, CountdownEvent.class, int.class);

  private volatile int state;

  private final WaitQueue queue = new WaitQueue();

  // Guarded by the queue's lock.
  private int initialCount;
  private @Nullable ManualResetEvent handle;

  /**
   * Makes an event.
   *
   * @param initialCount how many signals set it; with zero it is set from the start
   * @throws IllegalArgumentException if {@code initialCount} is negative
   * @dotnet new CountdownEvent(int)
   * @since 1.0
   */
  public CountdownEvent(int initialCount) {
    Counts.requireNotNegative(initialCount, "initialCount");
    this.initialCount = initialCount;
    state = initialCount;
  }

  /**
   * Returns how many signals are missing until the event is set; may be asked of a closed one.
   *
   * @return the count
   * @dotnet CountdownEvent.CurrentCount
   * @since 1.0
   */
  public int currentCount() {
    return state & ~CLOSED;
  }

  /**
   * Returns the count with which the event began, when it was made or last reset; may be asked of a
   * closed one.
   *
   * @return the count to which {@link #reset()} goes back
   * @dotnet CountdownEvent.InitialCount
   * @since 1.0
   */
  public int initialCount() {
    queue.lock();
    try {
      return initialCount;
    } finally {
      queue.isLocked = false;
    }
  }

  /**
   * Returns whether the count is zero; may be asked of a closed event.
   *
   * @return whether the event is set
   * @dotnet CountdownEvent.IsSet
   * @since 1.0
   */
  public boolean isSet() {
    return currentCount() == 0;
  }

  /**
   * Takes one from the count. The signal that brings it to zero lets through all who wait.
   *
   * @return whether this signal has set the event
   * @throws IllegalStateException if the event is set
   * @throws ObjectDisposedException if this is closed
   * @dotnet CountdownEvent.Signal()
   * @since 1.0
   */
  public boolean signal() {
    return signalMany(1);
  }

  /**
   * Takes several from the count at once. The signal that brings it to zero lets through all who
   * wait.
   *
   * @param signalCount how many
   * @return whether this signal has set the event
   * @throws IllegalArgumentException if {@code signalCount} is not positive
   * @throws IllegalStateException if there are not so many missing; then the count stays as it is
   * @throws ObjectDisposedException if this is closed
   * @dotnet CountdownEvent.Signal(int)
   * @since 1.0
   */
  public boolean signalMany(int signalCount) {
    Counts.requirePositive(signalCount, "signalCount");
    int s;
    do {
      s = state;
      if (left(s, signalCount) == 0) {
        return signalLocked(signalCount);
      }
    } while (!STATE.compareAndSet(this, s, s - signalCount));
    return false;
  }

  /**
   * Adds one to the count.
   *
   * @throws IllegalStateException if the event is set, or the count as high as it can be
   * @throws ObjectDisposedException if this is closed
   * @dotnet CountdownEvent.AddCount()
   * @since 1.0
   */
  public void addCount() {
    addCount(1);
  }

  /**
   * Adds to the count.
   *
   * @param signalCount how much
   * @throws IllegalArgumentException if {@code signalCount} is not positive
   * @throws IllegalStateException if the event is set, or the count would be above {@link
   *     Integer#MAX_VALUE}
   * @throws ObjectDisposedException if this is closed
   * @dotnet CountdownEvent.AddCount(int)
   * @since 1.0
   */
  public void addCount(int signalCount) {
    if (!tryAddCount(signalCount)) {
      throw new IllegalStateException("The event is set: its count cannot be raised.");
    }
  }

  /**
   * Adds one to the count, unless the event is set.
   *
   * @return whether that was done; false if the event is set
   * @throws IllegalStateException if the count is as high as it can be
   * @throws ObjectDisposedException if this is closed
   * @dotnet CountdownEvent.TryAddCount()
   * @since 1.0
   */
  public boolean tryAddCount() {
    return tryAddCount(1);
  }

  /**
   * Adds to the count, unless the event is set.
   *
   * @param signalCount how much
   * @return whether that was done; false if the event is set
   * @throws IllegalArgumentException if {@code signalCount} is not positive
   * @throws IllegalStateException if the count would be above {@link Integer#MAX_VALUE}
   * @throws ObjectDisposedException if this is closed
   * @dotnet CountdownEvent.TryAddCount(int)
   * @since 1.0
   */
  public boolean tryAddCount(int signalCount) {
    Counts.requirePositive(signalCount, "signalCount");
    int s;
    do {
      s = state;
      ensureOpen(s);
      if (s == 0) {
        return false;
      }
      if (s > Integer.MAX_VALUE - signalCount) {
        throw new IllegalStateException("The count is too high to add " + signalCount + ": " + s);
      }
    } while (!STATE.compareAndSet(this, s, s + signalCount));
    return true;
  }

  /**
   * Sets the count back to the initial one. Who waits goes on waiting, unless that is zero.
   *
   * @throws ObjectDisposedException if this is closed
   * @dotnet CountdownEvent.Reset()
   * @since 1.0
   */
  public void reset() {
    Ended ended = new Ended();
    queue.lock();
    try {
      restart(initialCount, ended);
    } finally {
      queue.isLocked = false;
      ended.wake();
    }
  }

  /**
   * Gives the event another count, which becomes the initial one. Who waits goes on waiting, unless
   * that is zero.
   *
   * @param count how many signals set the event; zero sets it at once
   * @throws IllegalArgumentException if {@code count} is negative
   * @throws ObjectDisposedException if this is closed, which is looked at first
   * @dotnet CountdownEvent.Reset(int)
   * @since 1.0
   */
  public void reset(int count) {
    ensureOpen(state);
    Counts.requireNotNegative(count, "count");
    Ended ended = new Ended();
    queue.lock();
    try {
      restart(count, ended);
    } finally {
      queue.isLocked = false;
      ended.wake();
    }
  }

  /**
   * Waits until the event is set.
   *
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet CountdownEvent.Wait()
   * @since 1.0
   */
  public void await() throws InterruptedException {
    await(Durations.FOREVER, CancellationToken.none());
  }

  /**
   * Waits until the event is set or the token canceled.
   *
   * @param token what ends the wait
   * @throws desist.OperationCanceledException if the token is canceled, before or while the thread
   *     waits; the count stays as it is
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code token} is null
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet CountdownEvent.Wait(CancellationToken)
   * @since 1.0
   */
  public void await(CancellationToken token) throws InterruptedException {
    await(Durations.FOREVER, token);
  }

  /**
   * Waits until the event is set, but no longer than the time-out.
   *
   * @param timeout how long to wait; zero or less means not at all
   * @return whether the event was set in time
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code timeout} is null
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet CountdownEvent.Wait(TimeSpan), Wait(int)
   * @since 1.0
   */
  public boolean await(Duration timeout) throws InterruptedException {
    return await(Durations.toNanos(timeout), CancellationToken.none());
  }

  /**
   * Waits until the event is set or the token canceled, but no longer than the time-out.
   *
   * @param timeout how long to wait; zero or less means not at all
   * @param token what ends the wait
   * @return whether the event was set in time
   * @throws desist.OperationCanceledException if the token is canceled, before or while the thread
   *     waits; the count stays as it is
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code timeout} or {@code token} is null
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet CountdownEvent.Wait(TimeSpan, CancellationToken), Wait(int, CancellationToken)
   * @since 1.0
   */
  public boolean await(Duration timeout, CancellationToken token) throws InterruptedException {
    return await(Durations.toNanos(timeout), token);
  }

  /**
   * Returns a handle that follows the event: for waiting on it together with other handles.
   *
   * <p>Made when first asked for, and always the same; closed with the event. To set or reset it
   * does nothing to the event.
   *
   * @return the handle
   * @throws ObjectDisposedException if this is closed
   * @dotnet CountdownEvent.WaitHandle
   * @since 1.0
   */
  public WaitHandle waitHandle() {
    queue.lock();
    try {
      ensureOpen(state);
      ManualResetEvent made = handle;
      if (made == null) {
        made = new ManualResetEvent(isSet());
        handle = made;
      }
      return made;
    } finally {
      queue.isLocked = false;
    }
  }

  /**
   * Closes the event. Threads that wait on it wake with an {@link ObjectDisposedException}; the
   * counts can still be read. May be called again.
   *
   * @dotnet CountdownEvent.Dispose()
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
   * Returns the type with the count.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    int s = state;
    return "CountdownEvent[" + (s & ~CLOSED) + (s < 0 ? ", closed]" : "]");
  }

  private boolean await(long nanos, CancellationToken token) throws InterruptedException {
    requireNonNull(token, "token");
    ThreadWaiter.throwIfInterrupted();
    ensureOpen(state);
    token.throwIfCancellationRequested();
    if (isSet()) {
      queue.awaitUnlocked();
      return true;
    }
    return nanos > 0 && block(nanos, token);
  }

  private boolean block(long nanos, CancellationToken token) throws InterruptedException {
    ThreadWaiter waiter = new ThreadWaiter(this);
    queue.lock();
    try {
      ensureOpen(state);
      if (isSet()) {
        return true;
      }
      queue.add(waiter, 0);
    } finally {
      queue.isLocked = false;
    }
    return waiter.awaitServed(token, nanos);
  }

  /** Signals where that might set the event. */
  private boolean signalLocked(int signalCount) {
    Ended ended = new Ended();
    queue.lock();
    try {
      int s;
      int left;
      do {
        s = state;
        left = left(s, signalCount);
      } while (!STATE.compareAndSet(this, s, left));
      if (left > 0) {
        return false; // somebody has added to the count meanwhile
      }
      letThrough(ended);
    } finally {
      queue.isLocked = false;
      ended.wake();
    }
    return true;
  }

  /** Begins again with this count, under the lock. */
  private void restart(int count, Ended ended) {
    int s;
    do {
      s = state;
      ensureOpen(s);
    } while (!STATE.compareAndSet(this, s, count));
    initialCount = count;
    if (count == 0) {
      letThrough(ended);
    } else {
      Handles.follow(handle, false);
    }
  }

  /** Ends all waits of an event whose count is zero, under the lock. */
  private void letThrough(Ended ended) {
    queue.endAll(0, ended);
    Handles.follow(handle, true);
  }

  /** Returns what a signal leaves of the count. */
  private static int left(int state, int signalCount) {
    ensureOpen(state);
    if (state < signalCount) {
      throw new IllegalStateException(
          "The count is " + state + ", too low for " + signalCount + ".");
    }
    return state - signalCount;
  }

  private static void ensureOpen(int state) {
    if ((state & CLOSED) != 0) {
      throw new ObjectDisposedException("CountdownEvent");
    }
  }
}
