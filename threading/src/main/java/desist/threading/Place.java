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
   * Leaves the queue, if that has not been done; afterwards whoever has done it is done with the
   * primitive. Once false "isQueued" stays so, and so may be read without the lock.
   */
  void leave() {
    if (!isQueued) {
      queue.awaitUnlocked();
    } else {
      queue.lock();
      try {
        queue.remove(this);
      } finally {
        queue.isLocked = false;
      }
    }
  }
}
