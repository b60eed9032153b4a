// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** A wait handle with a state of its own, and with a queue of those who wait for it. */
abstract sealed class QueuedWaitHandle extends WaitHandle
    permits EventWaitHandle, Semaphore, Mutex {
  /*
   * Overview
   *
   * What threads wait for is handed to them. A thread that cannot go on puts a place into the queue
   * of each handle that it waits for, and parks (class Waiter). Whoever signals a handle walks its
   * queue, the longest waiting first, and offers the signal to one after another until it is used
   * up; only what is left becomes the handle's state. So a signal lets through those who were
   * blocked when it came, whatever is done to the handle next.
   *
   * The state is a set of bits:
   *
   *     LOCKED     a thread is changing the handle
   *     CLOSED     the handle was closed, for good
   *     QUEUED     there are places in the queue
   *     ENTANGLED  there is one among them of a thread that waits for several handles together
   *     SIGNALED   there is something to take: an event is set, a semaphore has a count, a mutex is
   *                free. How much there is, the handle's class keeps, and guards by the lock
   *     TAKEN_OFF  of an event: a wait that takes the signal takes it away. Never changes
   *     ABANDONED  of a mutex that is free: its owner ended without releasing it
   *     WATCHED    of a mutex: an OwnerWatch is scheduled
   *
   * Invariants:
   *
   *   1. Places enter and leave a queue under the lock. Between setting LOCKED and its removal a
   *      thread allocates nothing, runs no user code and waits for nothing; it may poll a token,
   *      which at most locks that token. With ENTANGLED it may lock others (class AllWaiter).
   *   2. Without the lock SIGNALED is set only where QUEUED is not, and taken only where LOCKED is
   *      not, each by one CAS, and only that of an event. So who holds the lock knows what there is.
   *   3. A handle that is SIGNALED and not LOCKED has nobody in its queue whom that satisfies.
   *   4. A waiter's outcome is set once. A signal is used up exactly where the waiter whom it was
   *      offered took it as its outcome; both happens under the lock. What is left is offered to the
   *      next: a semaphore lets through as many as it was released for.
   *   5. Those who are let through return after the lock is free (Place.leave). So they find the
   *      handle as it is after the signal, and may do with it what they like.
   *
   * Why no signal is lost: a place enters the queue under the lock, where its handle is not
   * SIGNALED. A later signal finds QUEUED set, and so walks the queue. A waiter that gives up sets
   * its own outcome; if it comes too late for that it has the signal, and returns normally.
   *
   * Why nothing deadlocks: who holds this lock waits for no other, but for tokens' locks, under
   * which no other lock is taken. Who holds several (AllWaiter) has the right to do so, and there is
   * one such thread.
   *
   * A signal that changes nothing still writes the state: who takes the signal then sees what each
   * thread that gave it had done before.
   *
   * Not done: a lock-free queue, which cannot let through "all who are there now" in one step; a
   * lock object in each handle, which would double its size and what set and wait cost.
   */

  static final int LOCKED = 1;
  static final int CLOSED = 1 << 1;
  static final int QUEUED = 1 << 2;
  static final int ENTANGLED = 1 << 3;
  static final int SIGNALED = 1 << 4;
  static final int TAKEN_OFF = 1 << 5;
  static final int ABANDONED = 1 << 6;
  static final int WATCHED = 1 << 7;

  private static final VarHandle STATE =
      fieldVarHandle(
          MethodHandles.lookup(), "state", VarHandle.class, QueuedWaitHandle.class, int.class);

  volatile int state;

  // Guarded by the lock.
  private @Nullable Place oldest;
  private @Nullable Place newest;
  private int entangled;

  /** The next of the handles held by {@link AllWaiter}, and guarded by its lock. */
  @Nullable QueuedWaitHandle nextHeld;

  QueuedWaitHandle(int state) {
    this.state = state;
  }

  @Override
  final void ensureOpen() {
    ensureOpen(state);
  }

  @Override
  final boolean isAbandoned() {
    return (state & ABANDONED) != 0;
  }

  /** Takes what a wait takes, if that can be done and is not to be told more about. */
  @Override
  boolean tryTake() {
    Thread thread = Thread.currentThread();
    int s = state;
    if (!isSignaledFor(thread, s)) {
      ensureOpen(s);
      return false;
    }
    boolean takes = false;
    s = lock();
    try {
      takes = isSignaledFor(thread, s) && (s & ABANDONED) == 0;
      if (takes) {
        s = taken(s, thread);
      }
    } finally {
      unlock(s);
    }
    return takes;
  }

  /** Signals this, as the first half of {@link WaitHandle#signalAndWait}. */
  abstract void signal();

  /** Whether a wait of the thread can take this, in this state. */
  boolean isSignaledFor(Thread thread, int s) {
    return isSignaled(s);
  }

  /** The state after a wait of the thread has taken this. Called under the lock. */
  abstract int taken(int s, Thread thread);

  /** Closes, and wakes all who wait. */
  final void closeQueue() {
    Waiter ended = null;
    int s = lock();
    try {
      for (Place place; (place = newest) != null; ) {
        Waiter waiter = place.waiter;
        remove(place);
        if (waiter.end(Waiter.closed(place.index))) {
          waiter.nextEnded = ended;
          ended = waiter;
        }
      }
    } finally {
      unlock((s | CLOSED) & ~(SIGNALED | ABANDONED));
      Waiter.unparkAll(ended);
    }
  }

  /**
   * Locks the handle, and what else is needed to signal it, and returns its state, as {@link
   * #lock()} does. {@link #letThrough} is to follow.
   */
  final int lockToSignal() {
    int s = lock();
    if ((s & ENTANGLED) == 0) {
      return s;
    }
    unlock(s);
    AllWaiter.LOCK.lock();
    try {
      return lock();
    } catch (Throwable e) {
      AllWaiter.LOCK.unlock();
      throw e;
    }
  }

  /**
   * Lets through those whom a signal satisfies, and unlocks what {@link #lockToSignal} has locked.
   *
   * @param before the state that was found
   * @param after the state, if nobody waits; {@link #SIGNALED} if there was a signal
   */
  final void letThrough(int before, int after) {
    Waiter ended = null;
    Waiter last = null;
    int s = after;
    try {
      Place place = (before & SIGNALED) == 0 ? oldest : null;
      while (place != null && (s & SIGNALED) != 0) {
        Place next = place.newer;
        Waiter waiter = place.waiter;
        if (waiter.offer(place)) {
          s = waiter.take(this, s);
          if (last == null) {
            ended = waiter;
          } else {
            last.nextEnded = waiter;
          }
          last = waiter;
        }
        if (waiter.outcome != Waiter.WAITING) {
          remove(place);
        }
        place = next;
      }
    } finally {
      unlock(s);
      if (AllWaiter.LOCK.isHeldByCurrentThread()) {
        AllWaiter.releaseHeld();
        AllWaiter.LOCK.unlock();
      }
      Waiter.unparkAll(ended);
    }
  }

  /** Whether there is something to take, in this state. */
  static boolean isSignaled(int s) {
    return (s & (CLOSED | SIGNALED)) == SIGNALED;
  }

  final boolean compareAndSetState(int expected, int next) {
    return STATE.compareAndSet(this, expected, next);
  }

  final void ensureOpen(int s) {
    if ((s & CLOSED) != 0) {
      throw new ObjectDisposedException(getClass().getSimpleName());
    }
  }

  /** Puts a place at the end of the queue. Called under the lock. */
  final void add(Place place) {
    Place before = newest;
    place.older = before;
    if (before == null) {
      oldest = place;
    } else {
      before.newer = place;
    }
    newest = place;
    place.isQueued = true;
    if (place.waiter instanceof AllWaiter) {
      entangled++;
    }
  }

  /** Takes a place that is in the queue out of it. Called under the lock. */
  final void remove(Place place) {
    Place newer = place.newer;
    Place older = place.older;
    if (older == null) {
      oldest = newer;
    } else {
      older.newer = newer;
    }
    if (newer == null) {
      newest = older;
    } else {
      newer.older = older;
    }
    place.newer = null;
    place.older = null;
    place.isQueued = false;
    if (place.waiter instanceof AllWaiter) {
      entangled--;
    }
  }

  /** Locks the handle and returns its state, without {@link #LOCKED}. */
  final int lock() {
    for (int attempt = 0; ; attempt++) {
      int s = state;
      if ((s & LOCKED) == 0) {
        if (STATE.compareAndSet(this, s, s | LOCKED)) {
          return s;
        }
      } else {
        Backoff.pause(attempt, this);
      }
    }
  }

  /** Unlocks the handle; what the queue's bits say is added to the state. */
  final void unlock(int s) {
    state =
        (s & ~(LOCKED | QUEUED | ENTANGLED))
            | (oldest == null ? 0 : QUEUED)
            | (entangled == 0 ? 0 : ENTANGLED);
  }

  /** Waits until whoever holds the lock has given it back. */
  final void awaitUnlocked() {
    unlock(lock());
  }
}
