// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import org.jspecify.annotations.Nullable;

/**
 * A lock that one thread owns at a time, and that can be waited for together with other handles.
 *
 * <p>A wait that is let through makes its thread the owner. The owner's own waits are let through
 * at once; it has to {@linkplain #releaseMutex() release} the mutex as often as its waits were.
 * Those who wait are served in the order in which they came. The owner is a thread, platform or
 * virtual, not a task: what a pool's thread has taken it has to release before it goes on to the
 * next task.
 *
 * <p>If the owner ends without releasing it the mutex is <i>abandoned</i>. The next wait, also one
 * that has long been blocked, becomes the owner, and is told so by an {@link
 * AbandonedMutexException}: what the mutex guards may be half done. A blocked thread notices within
 * 100 ms.
 *
 * <p>Memory consistency effects: actions in a thread before it releases a mutex or ends
 * <i>happen-before</i> actions in another that follow a wait which that let through.
 *
 * @dotnet Mutex
 * @since 1.0
 */
public final class Mutex extends QueuedWaitHandle {
  /*
   * Overview
   *
   * Of a mutex SIGNALED means that it has no owner. It is signaled by the release that ends the
   * ownership, and by whoever notices that the owner has ended (releaseIfAbandoned); then ABANDONED
   * goes with it, until somebody takes it.
   *
   * That the owner has ended is looked at by each wait before it takes the mutex or enters its queue,
   * and by an OwnerWatch while there is somebody in the queue.
   *
   * "owner" is written under the lock, and read without it. To "owner == current thread" the answer
   * cannot change meanwhile, as no other thread makes this one the owner unless this one waits for
   * it, nor takes it from this one while it lives. A thread that was seen to have ended stays so, and
   * whether it is still the owner is asked again under the lock.
   */

  private volatile @Nullable Thread owner;

  /** How often the owner has yet to release. Guarded by the lock. */
  private int recursion;

  /**
   * Makes a mutex that nobody owns.
   *
   * @dotnet new Mutex()
   * @since 1.0
   */
  public Mutex() {
    this(false);
  }

  /**
   * Makes a mutex.
   *
   * @param initiallyOwned whether this thread owns it, as if it had waited for it once
   * @dotnet new Mutex(bool)
   * @since 1.0
   */
  public Mutex(boolean initiallyOwned) {
    super(initiallyOwned ? 0 : SIGNALED);
    if (initiallyOwned) {
      owner = Thread.currentThread();
      recursion = 1;
    }
  }

  /**
   * Takes back one wait of this thread, which owns the mutex; with the last of them the ownership
   * ends, and another wait is let through.
   *
   * @throws IllegalMonitorStateException if this thread does not own the mutex
   * @throws ObjectDisposedException if this is closed
   * @dotnet Mutex.ReleaseMutex()
   * @since 1.0
   */
  public void releaseMutex() {
    int before = lockToSignal();
    int after = before;
    boolean isOwner = false;
    try {
      isOwner = owner == Thread.currentThread();
      if (isOwner && (before & CLOSED) == 0 && --recursion == 0) {
        owner = null;
        after |= SIGNALED;
      }
    } finally {
      letThrough(before, after);
    }
    ensureOpen(before);
    if (!isOwner) {
      throw new IllegalMonitorStateException("The thread does not own the mutex.");
    }
  }

  /**
   * Closes the mutex, whoever owns it. Threads that wait on it wake with an {@link
   * ObjectDisposedException}.
   *
   * @dotnet WaitHandle.Dispose(), Close()
   * @since 1.0
   */
  @Override
  public void close() {
    closeQueue();
  }

  @Override
  public String toString() {
    int s = state;
    Thread owning = owner;
    String condition =
        owning != null
            ? "owned by " + owning.getName()
            : (s & ABANDONED) != 0 ? "abandoned" : "free";
    return "Mutex[" + condition + ((s & CLOSED) != 0 ? ", closed]" : "]");
  }

  @Override
  boolean tryTake() {
    releaseIfAbandoned();
    return super.tryTake();
  }

  @Override
  void signal() {
    releaseMutex();
  }

  @Override
  boolean isSignaledFor(Thread thread, int s) {
    return isSignaled(s) || (owner == thread && (s & CLOSED) == 0);
  }

  @Override
  int taken(int s, Thread thread) {
    owner = thread;
    recursion++;
    return s & ~(SIGNALED | ABANDONED);
  }

  /** Signals this if the owner has ended without releasing it. */
  void releaseIfAbandoned() {
    Thread last = owner;
    if (last == null || last.isAlive()) {
      return;
    }
    int before = lockToSignal();
    int after = before;
    try {
      if (owner == last && (before & CLOSED) == 0) {
        owner = null;
        recursion = 0;
        after |= SIGNALED | ABANDONED;
      }
    } finally {
      letThrough(before, after);
    }
  }

  /** Has the owner watched while there is somebody in the queue. */
  void watchOwner() {
    int s = lock();
    unlock(s | WATCHED);
    if ((s & WATCHED) == 0) {
      OwnerWatch.start(this);
    }
  }

  /** Called by the watch: returns whether it is to go on, or else notes that it does not. */
  boolean isWatchNeeded() {
    int s = lock();
    boolean isNeeded = (s & QUEUED) != 0;
    unlock(isNeeded ? s : s & ~WATCHED);
    return isNeeded;
  }

  /** Called if the watch cannot be scheduled. */
  void endWatch() {
    unlock(lock() & ~WATCHED);
  }
}
