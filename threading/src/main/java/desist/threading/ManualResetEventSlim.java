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
 * An event that lets all waits through while it is set, and whose waits a token can end.
 *
 * <p>All threads that wait when the event is set are let through, also if it is reset at once. Once
 * a wait has returned the event may be reset, used again or closed. A wait on an event that is set
 * costs little more than reading a field.
 *
 * <p>All methods are safe to call from any thread.
 *
 * <p>Memory consistency effects: actions in a thread before it sets the event <i>happen-before</i>
 * actions in another that follow a wait which that let through.
 *
 * {@snippet lang = java:
 * try {
 *   connected.await(token);
 *   send(message);
 * } catch (OperationCanceledException e) {
 *   giveBack(message);
 * }
 * }
 *
 * @dotnet ManualResetEventSlim
 * @since 1.0
 */
public final class ManualResetEventSlim implements AutoCloseable {
  /*
   * Overview
   *
   * The state is a set of bits:
   *
   *     SET       waits are let through
   *     QUEUED    there may be waiters in the queue
   *     FOLLOWED  there is a wait handle that follows the event
   *     CLOSED    the event was closed, for good
   *
   * Invariants:
   *
   *   1. With QUEUED or FOLLOWED the state is changed under the queue's lock alone; otherwise by one
   *      CAS, also by who holds the lock.
   *   2. A waiter enters the queue under the lock, together with QUEUED, where the event is neither
   *      SET nor CLOSED. QUEUED goes when the event is set, which empties the queue. A waiter that
   *      gives up leaves it standing: then the next set() finds nobody.
   *   3. The handle is made, set, reset and closed under the lock; so it follows each change, in order.
   *      With FOLLOWED a wait that need not block goes on when the lock is free, and so finds the
   *      handle set as well.
   *
   * To set an event that is set still writes the state: who is let through then sees what each
   * thread that set it had done before.
   */

  private static final int SET = 1;
  private static final int QUEUED = 1 << 1;
  private static final int FOLLOWED = 1 << 2;
  private static final int CLOSED = 1 << 3;

  private static final VarHandle STATE =
      fieldVarHandle(
          MethodHandles.lookup(), "state", VarHandle.class, ManualResetEventSlim.class, int.class);

  private volatile int state;

  private final WaitQueue queue = new WaitQueue();

  // Guarded by the queue's lock.
  private @Nullable ManualResetEvent handle;

  /**
   * Makes an event that is not set.
   *
   * @dotnet new ManualResetEventSlim()
   * @since 1.0
   */
  public ManualResetEventSlim() {
    this(false);
  }

  /**
   * Makes an event.
   *
   * @param initialState whether it is set
   * @dotnet new ManualResetEventSlim(bool), new ManualResetEventSlim(bool, int)
   * @since 1.0
   */
  public ManualResetEventSlim(boolean initialState) {
    state = initialState ? SET : 0;
  }

  /**
   * Returns whether the event is set; may be asked of a closed one.
   *
   * @return whether the event is set
   * @dotnet ManualResetEventSlim.IsSet
   * @since 1.0
   */
  public boolean isSet() {
    return (state & SET) != 0;
  }

  /**
   * Sets the event, and lets through all who wait. Does so on a closed event too, on which nobody
   * waits.
   *
   * @dotnet ManualResetEventSlim.Set()
   * @since 1.0
   */
  public void set() {
    int s = state;
    if ((s & (QUEUED | FOLLOWED)) != 0 || !STATE.compareAndSet(this, s, s | SET)) {
      setLocked();
    }
  }

  /**
   * Resets the event, so that waits block.
   *
   * @throws ObjectDisposedException if this is closed
   * @dotnet ManualResetEventSlim.Reset()
   * @since 1.0
   */
  public void reset() {
    int s = state;
    ensureOpen(s);
    if ((s & (QUEUED | FOLLOWED)) != 0 || !STATE.compareAndSet(this, s, s & ~SET)) {
      resetLocked();
    }
  }

  /**
   * Waits until the event is set.
   *
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet ManualResetEventSlim.Wait()
   * @since 1.0
   */
  public void await() throws InterruptedException {
    await(Durations.FOREVER, CancellationToken.none());
  }

  /**
   * Waits until the event is set or the token canceled.
   *
   * @param token what ends the wait
   * @throws desist.OperationCanceledException if the token is canceled on entry, or while the
   *     thread waits and before the event is set
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code token} is null
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet ManualResetEventSlim.Wait(CancellationToken)
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
   * @dotnet ManualResetEventSlim.Wait(TimeSpan), Wait(int)
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
   * @throws desist.OperationCanceledException if the token is canceled on entry, or while the
   *     thread waits and before the event is set
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code timeout} or {@code token} is null
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet ManualResetEventSlim.Wait(TimeSpan, CancellationToken), Wait(int, CancellationToken)
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
   * @dotnet ManualResetEventSlim.WaitHandle
   * @since 1.0
   */
  public WaitHandle waitHandle() {
    queue.lock();
    try {
      ensureOpen(state);
      ManualResetEvent made = handle;
      if (made == null) {
        int before = (int) STATE.getAndBitwiseOr(this, FOLLOWED);
        made = new ManualResetEvent((before & SET) != 0);
        handle = made;
      }
      return made;
    } finally {
      queue.isLocked = false;
    }
  }

  /**
   * Closes the event. Threads that wait on it wake with an {@link ObjectDisposedException}. May be
   * called again.
   *
   * @dotnet ManualResetEventSlim.Dispose()
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
   * Returns the type with the state.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    int s = state;
    return "ManualResetEventSlim["
        + (isSet() ? "set" : "unset")
        + ((s & CLOSED) != 0 ? ", closed]" : "]");
  }

  private boolean await(long nanos, CancellationToken token) throws InterruptedException {
    requireNonNull(token, "token");
    ThreadWaiter.throwIfInterrupted();
    int s = state;
    ensureOpen(s);
    token.throwIfCancellationRequested();
    return isLetThrough(s) || (nanos > 0 && block(nanos, token));
  }

  /** Returns whether waits are let through in this state; if so, the handle has followed it. */
  private boolean isLetThrough(int s) {
    if ((s & SET) == 0) {
      return false;
    }
    if ((s & FOLLOWED) != 0) {
      queue.awaitUnlocked();
    }
    return true;
  }

  private boolean block(long nanos, CancellationToken token) throws InterruptedException {
    ThreadWaiter waiter = new ThreadWaiter(this);
    queue.lock();
    try {
      int s;
      do {
        s = state;
        ensureOpen(s);
        if ((s & SET) != 0) {
          return true;
        }
      } while (!STATE.compareAndSet(this, s, s | QUEUED));
      queue.add(waiter, 0);
    } finally {
      queue.isLocked = false;
    }
    return waiter.awaitServed(token, nanos);
  }

  private void setLocked() {
    Ended ended = new Ended();
    queue.lock();
    try {
      STATE.getAndBitwiseOr(this, SET);
      queue.endAll(0, ended);
      STATE.getAndBitwiseAnd(this, ~QUEUED);
      Handles.follow(handle, true);
    } finally {
      queue.isLocked = false;
      ended.wake();
    }
  }

  private void resetLocked() {
    queue.lock();
    try {
      ensureOpen(state);
      STATE.getAndBitwiseAnd(this, ~SET);
      Handles.follow(handle, false);
    } finally {
      queue.isLocked = false;
    }
  }

  private static void ensureOpen(int state) {
    if ((state & CLOSED) != 0) {
      throw new ObjectDisposedException("ManualResetEventSlim");
    }
  }
}
