// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.QueuedWaitHandle.LOCKED;

import org.jspecify.annotations.Nullable;

/** A waiter's place in the queue of one handle. */
final class Place {
  final Waiter waiter;
  final QueuedWaitHandle handle;

  /** The handle's index among those that the waiter waits for. */
  final int index;

  /** The waiter's next place, in another queue. */
  final @Nullable Place following;

  // Guarded by the handle's lock.
  @Nullable Place newer;
  @Nullable Place older;
  boolean isQueued;

  Place(Waiter waiter, QueuedWaitHandle handle, int index, @Nullable Place following) {
    this.waiter = waiter;
    this.handle = handle;
    this.index = index;
    this.following = following;
  }

  /**
   * Leaves the queue, if that has not been done; afterwards whoever has done it is done with the
   * handle. Once false "isQueued" stays so, and so may be read without the lock.
   */
  void leave() {
    if (isQueued || (handle.state & LOCKED) != 0) {
      int s = handle.lock();
      if (isQueued) {
        handle.remove(this);
      }
      handle.unlock(s);
    }
  }
}
