// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.QueuedWaitHandle.CLOSED;
import static desist.QueuedWaitHandle.LOCKED;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A wait for several handles together. */
final class AllWaiter extends Waiter {
  /*
   * Overview
   *
   * Whether all are signaled can be said, and all can be taken, only by a thread that holds the
   * locks of all. One thread at a time has the right to hold more than one handle's lock: the one
   * that has LOCK. It may lock handles in any order, since nobody else waits for anything while he
   * holds one; so there is no cycle.
   *
   * LOCK is taken by those who wait for all, by those who signal a handle for which somebody waits
   * together with others (bit ENTANGLED), and by those who request a token that is among them. Waits
   * for one or any of the handles never take it, but to signal a mutex whose owner has ended; nor do
   * reset and close.
   *
   * The handles held are chained by "nextHeld"; the last one points to itself. They stay locked until
   * the signal that was the cause is in its handle's state: nobody sees one without the other.
   *
   * Not done: locking the handles in the order of an id. That needs no LOCK, but the one who signals
   * would have to find out under his handle's lock which others he needs, give it back, sort, lock
   * all, and look whether that is still what he needs.
   */

  static final ReentrantLock LOCK = new ReentrantLock();

  // Guarded by LOCK.
  private static @Nullable QueuedWaitHandle held;

  AllWaiter(WaitHandle... handles) {
    super(handles);
  }

  @Override
  void enter(boolean stay) {
    for (int i = 0; stay && i < handles.length; i++) {
      if (handles[i] instanceof QueuedWaitHandle handle) {
        places = new Place(this, handle, i, places);
      }
    }
    for (WaitHandle handle : handles) {
      if (handle instanceof Mutex mutex) {
        mutex.releaseIfAbandoned();
      }
    }
    LOCK.lock();
    try {
      for (int i = 0; i < handles.length; i++) {
        if (handles[i] instanceof QueuedWaitHandle handle) {
          hold(handle);
          if ((handle.state & CLOSED) != 0) {
            end(closed(i));
          }
        }
      }
      if (outcome == WAITING && !takeAll(null)) {
        for (Place place = places; place != null; place = place.following) {
          place.handle.add(place);
        }
      }
    } finally {
      releaseHeld();
      LOCK.unlock();
    }
  }

  /** Called with {@link #LOCK}, since the handle is entangled. */
  @Override
  boolean offer(Place place) {
    return outcome == WAITING && takeAll(place.handle);
  }

  @Override
  void look() {
    boolean areRequested = false;
    for (int i = 0; i < handles.length; i++) {
      if (handles[i] instanceof TokenWaitHandle handle) {
        if (handle.isClosed()) {
          end(closed(i));
          return;
        }
        areRequested = handle.tryTake();
        if (!areRequested) {
          return;
        }
      }
    }
    if (areRequested) {
      LOCK.lock();
      try {
        takeAll(null);
      } finally {
        releaseHeld();
        LOCK.unlock();
      }
    }
  }

  /**
   * Takes all handles, if all are signaled and the outcome is not set yet. Leaves them locked.
   *
   * @param signaled one that is locked and being signaled, and is taken by the caller
   */
  private boolean takeAll(@Nullable QueuedWaitHandle signaled) {
    for (WaitHandle each : handles) {
      if (each == signaled) {
        continue;
      }
      if (each instanceof QueuedWaitHandle handle) {
        if (!handle.isSignaledFor(thread, handle.state)) {
          return false; // and nobody can signal it without LOCK, if this waits in its queue
        }
        hold(handle);
        if (!handle.isSignaledFor(thread, handle.state)) {
          return false;
        }
      } else if (!each.tryTake()) {
        return false;
      }
    }
    if (!end(0)) {
      return false;
    }
    for (WaitHandle each : handles) {
      if (each != signaled && each instanceof QueuedWaitHandle handle) {
        handle.state = take(handle, handle.state);
      }
    }
    return true;
  }

  private static void hold(QueuedWaitHandle handle) {
    if (handle.nextHeld == null) {
      handle.lock();
      handle.nextHeld = held == null ? handle : held;
      held = handle;
    }
  }

  /** Unlocks all that are held. Called with {@link #LOCK}. */
  static void releaseHeld() {
    for (QueuedWaitHandle handle; (handle = held) != null; ) {
      QueuedWaitHandle next = handle.nextHeld;
      held = next == handle ? null : next;
      handle.nextHeld = null;
      handle.unlock(handle.state & ~LOCKED);
    }
  }
}
