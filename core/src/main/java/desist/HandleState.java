// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a wait handle of ours consists of: whether it is signaled, and who waits for it. */
abstract class HandleState {
  private static final AtomicLong IDS = new AtomicLong();

  /** Where several are locked, they are locked in this order. */
  final long id = IDS.incrementAndGet();

  final ReentrantLock lock = new ReentrantLock();

  /** Written under the lock, once. */
  volatile boolean isClosed;

  // The queue of those who wait. Guarded by the lock.
  private HandleWait.@Nullable Place first;
  private HandleWait.@Nullable Place last;

  /** Whether a wait could be let through now; called under the lock. */
  abstract boolean isSignaled();

  /** Lets a wait through; called under the lock, where it is signaled. */
  abstract void take();

  final void ensureOpen() {
    if (isClosed) {
      throw new ObjectDisposedException("", "Safe handle has been closed.");
    }
  }

  final HandleWait.@Nullable Place first() {
    return first;
  }

  final void add(HandleWait.Place place) {
    place.previous = last;
    if (last == null) {
      first = place;
    } else {
      last.next = place;
    }
    last = place;
    place.isQueued = true;
  }

  final void remove(HandleWait.Place place) {
    if (!place.isQueued) {
      return;
    }
    HandleWait.Place previous = place.previous;
    HandleWait.Place next = place.next;
    if (previous == null) {
      first = next;
    } else {
      previous.next = next;
    }
    if (next == null) {
      last = previous;
    } else {
      next.previous = previous;
    }
    place.previous = null;
    place.next = null;
    place.isQueued = false;
  }
}
