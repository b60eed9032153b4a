// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import org.jspecify.annotations.Nullable;

/** A waiter's place in one queue. */
final class Place {
  final Waiter waiter;
  final WaitQueue queue;

  /** The waiter's outcome if it is served in this queue. */
  final int index;

  /** The waiter's next place, in another queue. */
  final @Nullable Place following;

  // Guarded by the queue's lock.
  @Nullable Place newer;
  @Nullable Place older;
  boolean isQueued;

  Place(Waiter waiter, WaitQueue queue, int index, @Nullable Place following) {
    this.waiter = waiter;
    this.queue = queue;
    this.index = index;
    this.following = following;
  }

  /**
   * Leaves the queue, unless that has been done. Whoever serves a waiter takes it off first, so the
   * waiter sees "isQueued" false without the lock; once false it stays so.
   */
  void leave() {
    if (isQueued) {
      queue.lock();
      try {
        queue.remove(this);
      } finally {
        queue.unlock();
      }
    }
  }
}
