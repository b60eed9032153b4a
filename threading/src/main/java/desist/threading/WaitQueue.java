// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** Those who wait for one thing, threads and stages alike, and the lock that guards it. */
final class WaitQueue {
  /*
   * Overview
   *
   * What is waited for is handed over. Whoever releases, sets or signals takes waiters off the
   * queue, the longest waiting first, and sets their outcome; only what nobody took becomes the
   * primitive's state. So nobody who comes later can take what a waiter was woken for, and a waiter
   * that was let through need not look at the primitive again.
   *
   * The lock is the primitive's as well: what it guards there changes together with the queue.
   *
   * Invariants:
   *
   *   1. Places enter and leave under the lock. A place leaves once: taken off by who serves it, or
   *      by its waiter.
   *   2. A waiter that is taken off and has ended otherwise is passed over, and used nothing up.
   *   3. Under the lock nothing waits, no user code runs and no token's callbacks run. A token's
   *      callback may take it, which is why it is held for a few assignments only.
   *   4. Threads are woken, and stages completed, by who holds no lock: class Ended.
   *   5. Those who are let through return after the lock is free (Place.leave); so do those who find
   *      that they need not wait, where something of the primitive changes after what they look at.
   *      So they find it as it is after the signal, and may do with it what they like.
   *
   * Why no signal is lost: a waiter enters the queue under the lock, where it has seen that it has to
   * wait. Whoever changes that sees the queue, under the lock. A waiter that gives up sets its own
   * outcome first; if it comes too late it has been served, and returns normally.
   *
   * Why nothing deadlocks: who holds this lock takes no other, but for those of a core handle that
   * follows the primitive, which take none.
   *
   * The lock is taken by a CAS and given back by a store: neither needs memory, and the second needs
   * none of the stack. If the stack is exhausted where a primitive is changed, the error tells that
   * what was not done then stays undone: a release may have served some and not others. Those whose
   * outcome was set are woken as far as there is room to call what does that; who is not looks for
   * itself when its time is over, or it is interrupted.
   *
   * Not done: a ReentrantLock, which an overflow may leave taken, and which is as large as the rest of
   * a primitive. A condition, or an AQS synchronizer: a waiter may wait in several queues,
   * may be a stage without a thread, and takes what is handed to it rather than looking again.
   */

  private static final VarHandle IS_LOCKED =
      fieldVarHandle(
          MethodHandles.lookup(), "isLocked", VarHandle.class, WaitQueue.class, boolean.class);

  /** Set by {@link #lock()}. Who has the lock gives it back by a store, which cannot fail. */
  volatile boolean isLocked;

  // Guarded by the lock.
  private @Nullable Place oldest;
  private @Nullable Place newest;

  /** Takes the lock, which the thread must not have. */
  void lock() {
    for (int attempt = 0; isLocked || !IS_LOCKED.compareAndSet(this, false, true); attempt++) {
      Backoff.pause(attempt, this);
    }
  }

  /** Waits until whoever holds the lock has given it back. */
  void awaitUnlocked() {
    for (int attempt = 0; isLocked; attempt++) {
      Backoff.pause(attempt, this);
    }
  }

  boolean isEmpty() {
    return oldest == null;
  }

  /** Enters the waiter, which ends with this index when it is served here. */
  void add(Waiter waiter, int index) {
    Place place = waiter.newPlace(this, index);
    Place before = newest;
    place.older = before;
    if (before == null) {
      oldest = place;
    } else {
      before.newer = place;
    }
    newest = place;
    place.isQueued = true;
  }

  /** Takes the place out, if it is there still. */
  void remove(Place place) {
    if (!place.isQueued) {
      return;
    }
    Place older = place.older;
    Place newer = place.newer;
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
    place.older = null;
    place.newer = null;
    place.isQueued = false;
  }

  /**
   * Serves those who have waited longest, at most so many.
   *
   * @return how many were served
   */
  int serve(int most, Ended ended) {
    int served = 0;
    for (Waiter waiter; served < most && (waiter = serveOne()) != null; ) {
      ended.add(waiter);
      served++;
    }
    return served;
  }

  /** Serves who has waited longest, and returns whom; null if nobody waits. */
  @Nullable Waiter serveOne() {
    for (Place place; (place = oldest) != null; ) {
      boolean isServed = place.waiter.end(place.index);
      remove(place);
      if (isServed) {
        return place.waiter;
      }
    }
    return null;
  }

  /** Ends all waits, with this outcome. */
  void endAll(int outcome, Ended ended) {
    for (Place place; (place = oldest) != null; ) {
      if (place.waiter.end(outcome)) {
        ended.add(place.waiter);
      }
      remove(place);
    }
  }
}
