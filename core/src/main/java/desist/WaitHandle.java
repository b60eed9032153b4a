// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Something that threads wait for: alone, or for any or all of several at once.
 *
 * <p>A wait that is let through takes effect on the handle, as the handle's type says: it resets an
 * {@link AutoResetEvent}, leaves a {@link ManualResetEvent} as it is, takes one from the count of a
 * {@link Semaphore}, makes its thread the owner of a {@link Mutex}. A wait that ends otherwise, by
 * its time-out or an interrupt, takes nothing. Once a wait has returned the handle may be reset,
 * used again or closed at once.
 *
 * <p>An interrupt that is pending on entry is thrown before anything but the arguments is looked
 * at. Waits park their thread; a virtual thread gives up its carrier, and a worker of a
 * ForkJoinPool is compensated for. All methods are safe to call from any thread.
 *
 * <p>To wait with a token, wait for any of the handle and the {@linkplain
 * CancellationToken#waitHandle() token's}:
 *
 * {@snippet lang = java:
 * if (WaitHandle.waitAny(token.waitHandle(), event) == 0) {
 *   token.throwIfCancellationRequested();
 * }
 * }
 *
 * @dotnet WaitHandle
 * @since 1.0
 */
public abstract sealed class WaitHandle implements AutoCloseable
    permits QueuedWaitHandle, TokenWaitHandle {
  /**
   * What {@link #waitAny(WaitHandle[], Duration)} returns when the time is over: no index.
   *
   * @dotnet WaitHandle.WaitTimeout
   * @since 1.0
   */
  public static final int WAIT_TIMEOUT = -1;

  /** So many handles are sooner compared with each other than put into a map. */
  private static final int FEW = 16;

  WaitHandle() {}

  /**
   * Waits until this is signaled.
   *
   * @return true
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws AbandonedMutexException if this is a mutex whose owner has ended; this thread owns it
   *     now
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet WaitHandle.WaitOne()
   * @since 1.0
   */
  public boolean waitOne() throws InterruptedException {
    return waitOne(Timeout.INFINITE);
  }

  /**
   * Waits until this is signaled, but no longer than the timeout.
   *
   * @param timeout how long to wait; zero or less means not at all, {@link Timeout#INFINITE} for
   *     ever
   * @return whether this was signaled in time
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code timeout} is null
   * @throws AbandonedMutexException if this is a mutex whose owner has ended; this thread owns it
   *     now
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet WaitHandle.WaitOne(TimeSpan)
   * @since 1.0
   */
  public boolean waitOne(Duration timeout) throws InterruptedException {
    long nanos = Durations.toNanos(requireNonNull(timeout, "timeout"));
    throwIfInterrupted();
    if (tryTake()) {
      return true;
    }
    if (nanos <= 0 && !isAbandoned()) {
      ensureOpen();
      return false;
    }
    return await(new AnyWaiter(this), nanos);
  }

  /**
   * Waits until any of the handles is signaled.
   *
   * <p>Takes effect on one handle alone, of several that are signaled the first. The same handle
   * may be given twice, and any number of handles.
   *
   * @param handles what to wait for; at least one
   * @return the index of the handle that let the wait through
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code handles} or one of them is null
   * @throws IllegalArgumentException if there are no handles
   * @throws AbandonedMutexException if the wait was let through by a mutex whose owner has ended,
   *     and which this thread owns now; it tells the index
   * @throws ObjectDisposedException if a handle is closed, before or while the thread waits
   * @dotnet WaitHandle.WaitAny(WaitHandle[])
   * @since 1.0
   */
  public static int waitAny(WaitHandle... handles) throws InterruptedException {
    return waitAny(handles, Timeout.INFINITE);
  }

  /**
   * Waits until any of the handles is signaled, but no longer than the timeout.
   *
   * @param handles what to wait for, as for {@link #waitAny(WaitHandle...)}
   * @param timeout how long to wait; zero or less means not at all, {@link Timeout#INFINITE} for
   *     ever
   * @return the index of the handle that let the wait through, or {@link #WAIT_TIMEOUT}
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if an argument or one of the handles is null
   * @throws IllegalArgumentException if there are no handles
   * @throws AbandonedMutexException if the wait was let through by a mutex whose owner has ended,
   *     and which this thread owns now; it tells the index
   * @throws ObjectDisposedException if a handle is closed, before or while the thread waits
   * @dotnet WaitHandle.WaitAny(WaitHandle[], TimeSpan)
   * @since 1.0
   */
  public static int waitAny(WaitHandle[] handles, Duration timeout) throws InterruptedException {
    long nanos = Durations.toNanos(requireNonNull(timeout, "timeout"));
    WaitHandle[] checked = check(handles);
    throwIfInterrupted();
    ensureOpen(checked);
    int index = AnyWaiter.tryTake(checked);
    if (index != WAIT_TIMEOUT) {
      return index;
    }
    AnyWaiter waiter = new AnyWaiter(checked);
    index = waiter.await(nanos);
    if (waiter.tookAbandoned) {
      throw new AbandonedMutexException(index, checked[index]);
    }
    return index;
  }

  /**
   * Waits until all of the handles are signaled at the same time.
   *
   * <p>Takes effect on all of them together; until then on none.
   *
   * @param handles what to wait for; at least one, and none twice
   * @return true
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code handles} or one of them is null
   * @throws IllegalArgumentException if there are no handles, or one is given twice
   * @throws AbandonedMutexException if a mutex is among them whose owner has ended; all have been
   *     taken
   * @throws ObjectDisposedException if a handle is closed, before or while the thread waits
   * @dotnet WaitHandle.WaitAll(WaitHandle[])
   * @since 1.0
   */
  public static boolean waitAll(WaitHandle... handles) throws InterruptedException {
    return waitAll(handles, Timeout.INFINITE);
  }

  /**
   * Waits until all of the handles are signaled at the same time, but no longer than the timeout.
   *
   * @param handles what to wait for, as for {@link #waitAll(WaitHandle...)}
   * @param timeout how long to wait; zero or less means not at all, {@link Timeout#INFINITE} for
   *     ever
   * @return whether the handles were signaled in time
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if an argument or one of the handles is null
   * @throws IllegalArgumentException if there are no handles, or one is given twice
   * @throws AbandonedMutexException if a mutex is among them whose owner has ended; all have been
   *     taken
   * @throws ObjectDisposedException if a handle is closed, before or while the thread waits
   * @dotnet WaitHandle.WaitAll(WaitHandle[], TimeSpan)
   * @since 1.0
   */
  public static boolean waitAll(WaitHandle[] handles, Duration timeout)
      throws InterruptedException {
    long nanos = Durations.toNanos(requireNonNull(timeout, "timeout"));
    WaitHandle[] checked = check(handles);
    checkDistinct(checked);
    throwIfInterrupted();
    ensureOpen(checked);
    return await(new AllWaiter(checked), nanos);
  }

  /**
   * Signals one handle and then waits until another is signaled.
   *
   * <p>Sets an event, releases a semaphore once or a mutex; then waits as {@link #waitOne()} does.
   * These are two steps: others may come between them. However the wait ends, the first handle
   * stays signaled. Both may be the same handle.
   *
   * @param toSignal what to signal
   * @param toWaitOn what to wait for
   * @return true
   * @throws InterruptedException if the thread is interrupted: before, and nothing has been
   *     signaled; or while it waits
   * @throws NullPointerException if an argument is null
   * @throws IllegalStateException if {@code toSignal} is a semaphore whose count is its maximum
   * @throws IllegalMonitorStateException if {@code toSignal} is a mutex that this thread does not
   *     own
   * @throws UnsupportedOperationException if {@code toSignal} is a token's handle
   * @throws AbandonedMutexException if {@code toWaitOn} is a mutex whose owner has ended
   * @throws ObjectDisposedException if a handle is closed, and nothing has been signaled; or if
   *     {@code toWaitOn} is closed while the thread waits
   * @dotnet WaitHandle.SignalAndWait(WaitHandle, WaitHandle)
   * @since 1.0
   */
  public static boolean signalAndWait(WaitHandle toSignal, WaitHandle toWaitOn)
      throws InterruptedException {
    return signalAndWait(toSignal, toWaitOn, Timeout.INFINITE);
  }

  /**
   * Signals one handle and then waits until another is signaled, but no longer than the timeout.
   *
   * @param toSignal what to signal, as for {@link #signalAndWait(WaitHandle, WaitHandle)}
   * @param toWaitOn what to wait for
   * @param timeout how long to wait; zero or less means not at all, {@link Timeout#INFINITE} for
   *     ever
   * @return whether {@code toWaitOn} was signaled in time
   * @throws InterruptedException if the thread is interrupted: before, and nothing has been
   *     signaled; or while it waits
   * @throws NullPointerException if an argument is null
   * @throws IllegalStateException if {@code toSignal} is a semaphore whose count is its maximum
   * @throws IllegalMonitorStateException if {@code toSignal} is a mutex that this thread does not
   *     own
   * @throws UnsupportedOperationException if {@code toSignal} is a token's handle
   * @throws AbandonedMutexException if {@code toWaitOn} is a mutex whose owner has ended
   * @throws ObjectDisposedException if a handle is closed, and nothing has been signaled; or if
   *     {@code toWaitOn} is closed while the thread waits
   * @dotnet WaitHandle.SignalAndWait(WaitHandle, WaitHandle, TimeSpan, bool)
   * @since 1.0
   */
  public static boolean signalAndWait(WaitHandle toSignal, WaitHandle toWaitOn, Duration timeout)
      throws InterruptedException {
    requireNonNull(toSignal, "toSignal");
    requireNonNull(toWaitOn, "toWaitOn");
    requireNonNull(timeout, "timeout");
    if (!(toSignal instanceof QueuedWaitHandle signaled)) {
      throw new UnsupportedOperationException(
          "toSignal belongs to a token; it is signaled by the token's source.");
    }
    throwIfInterrupted();
    toSignal.ensureOpen();
    toWaitOn.ensureOpen();
    signaled.signal();
    return toWaitOn.waitOne(timeout);
  }

  /**
   * Closes this. Threads that wait for it wake with an {@link ObjectDisposedException}, as do later
   * waits. May be called again.
   *
   * @throws UnsupportedOperationException if this is a token's handle
   * @dotnet WaitHandle.Dispose(), Close()
   * @since 1.0
   */
  @Override
  public abstract void close();

  /**
   * Takes what a wait takes, if this is signaled and {@linkplain #isAbandoned() no exception} is
   * due for it; throws if this is known to be closed.
   */
  abstract boolean tryTake();

  /** Whether this is a mutex that was abandoned; only a {@link Waiter} takes it then. */
  boolean isAbandoned() {
    return false;
  }

  /** Throws if this is closed. */
  abstract void ensureOpen();

  /** Returns whether the wait was let through in time; no index is told of an abandoned mutex. */
  private static boolean await(Waiter waiter, long nanos) throws InterruptedException {
    boolean inTime = waiter.await(nanos) != WAIT_TIMEOUT;
    if (waiter.tookAbandoned) {
      throw new AbandonedMutexException();
    }
    return inTime;
  }

  private static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private static void ensureOpen(WaitHandle[] handles) {
    for (WaitHandle handle : handles) {
      handle.ensureOpen();
    }
  }

  private static WaitHandle[] check(WaitHandle[] handles) {
    if (requireNonNull(handles, "handles").length == 0) {
      throw new IllegalArgumentException("handles is empty: []");
    }
    WaitHandle[] checked = handles.clone();
    for (int i = 0; i < checked.length; i++) {
      if (checked[i] == null) {
        throw new NullPointerException("handles[" + i + "]");
      }
    }
    return checked;
  }

  private static void checkDistinct(WaitHandle[] handles) {
    Map<WaitHandle, Integer> seen = handles.length <= FEW ? null : new IdentityHashMap<>();
    for (int i = 0; i < handles.length; i++) {
      int before =
          seen == null ? indexOf(handles[i], handles) : seen.merge(handles[i], i, Math::min);
      if (before != i) {
        throw new IllegalArgumentException(
            "handles[" + before + "] and handles[" + i + "] are the same: " + handles[i]);
      }
    }
  }

  private static int indexOf(WaitHandle handle, WaitHandle[] handles) {
    int index = 0;
    while (handles[index] != handle) {
      index++;
    }
    return index;
  }
}
