// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.QueuedWaitHandle.ABANDONED;
import static desist.QueuedWaitHandle.CLOSED;
import static desist.WaitHandle.WAIT_TIMEOUT;

/** A wait for one handle, or for any of several. */
final class AnyWaiter extends Waiter {
  /*
   * Overview
   *
   * The handles are looked at in their order, each under its own lock alone. One that is not
   * signaled is entered under the same lock, and from then on the outcome is its index as soon as
   * it is signaled. So when a later handle becomes the outcome none of the earlier ones is
   * signaled; the lowest index wins as if all had been looked at in one step, and no lock is held
   * together with another. A mutex whose owner has ended is signaled as soon as that is noticed.
   *
   * A token has no queue to enter. Instead, the tokens before a handle are polled under the lock of
   * the handle when it is signaled: a request is for good, so that the first poll is a moment at
   * which none of them was requested. If one is, the handle keeps its signal, and the wait ends by
   * the token, as soon as the waiting or the requesting thread looks at it.
   */

  AnyWaiter(WaitHandle... handles) {
    super(handles);
  }

  /**
   * Returns the index of a token that is requested, or of the first handle that is none, if it is
   * signaled, and takes it; {@link WaitHandle#WAIT_TIMEOUT} if this is not the way to do it. Makes
   * no object.
   */
  static int tryTake(WaitHandle[] handles) {
    int index = 0;
    while (index < handles.length && handles[index] instanceof TokenWaitHandle handle) {
      if (handle.tryTake()) {
        return index;
      }
      index++;
    }
    if (index == 0) {
      return handles[0].tryTake() ? 0 : WAIT_TIMEOUT;
    }
    Thread thread = Thread.currentThread();
    if (index == handles.length
        || !(handles[index] instanceof QueuedWaitHandle handle)
        || !handle.isSignaledFor(thread, handle.state)) {
      return WAIT_TIMEOUT;
    }
    boolean took = false;
    int s = handle.lock();
    try {
      if (handle.isSignaledFor(thread, s)
          && (s & ABANDONED) == 0
          && !isAnyRequested(handles, index)) {
        s = handle.taken(s, thread);
        took = true;
      }
    } finally {
      handle.unlock(s);
    }
    return took ? index : WAIT_TIMEOUT;
  }

  @Override
  void enter(boolean stay) {
    for (int i = 0; i < handles.length && outcome == WAITING; i++) {
      if (handles[i] instanceof QueuedWaitHandle handle) {
        enter(handle, i);
      } else if (handles[i].tryTake()) {
        return; // for look() to see
      }
    }
  }

  private void enter(QueuedWaitHandle handle, int index) {
    if (handle instanceof Mutex mutex) {
      mutex.releaseIfAbandoned();
    }
    Place place = new Place(this, handle, index, places);
    int s = handle.lock();
    try {
      if ((s & CLOSED) != 0) {
        end(closed(index));
      } else if (!handle.isSignaledFor(thread, s)) {
        handle.add(place);
        places = place;
      } else if (offer(place)) {
        s = take(handle, s);
      }
    } finally {
      handle.unlock(s);
    }
  }

  @Override
  boolean offer(Place place) {
    return !isAnyRequested(handles, place.index) && end(place.index);
  }

  @Override
  void look() {
    for (int i = 0; i < handles.length; i++) {
      if (handles[i] instanceof TokenWaitHandle handle && handle.tryTake()) {
        end(i);
        return;
      }
    }
    for (int i = 0; i < handles.length; i++) {
      if (handles[i] instanceof TokenWaitHandle handle && handle.isClosed()) {
        end(closed(i));
        return;
      }
    }
  }

  /** Whether one of the tokens before the index is requested. */
  private static boolean isAnyRequested(WaitHandle[] handles, int index) {
    for (int i = 0; i < index; i++) {
      if (handles[i] instanceof TokenWaitHandle handle && handle.tryTake()) {
        return true;
      }
    }
    return false;
  }
}
