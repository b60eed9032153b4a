// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** A wait that could not go on at once, of a thread or of a stage; as a callback, its end. */
abstract sealed class Waiter implements Runnable permits ThreadWaiter, StageWaiter {
  /*
   * Overview
   *
   * The outcome is set once, by a CAS, by whoever comes first:
   *
   *     WAITING --> an index     served, in the queue where its place has this index
   *             --> CANCELED     by the token's callback
   *             --> TIMED_OUT    by the thread itself, or by the stage's timer
   *             --> INTERRUPTED  by the thread itself
   *             --> ENDED        by who saw to it that what is waited for cannot come: the primitive
   *                              was closed, or a collection completed. Its state tells which
   *
   * A wait enters its queues first, which its primitive does under their locks, and then registers
   * with its token: so a registration is made only where a wait blocks, and under no lock. When the
   * outcome is set the wait takes back its registration and its places, and so leaves nothing behind.
   */

  static final int TIMED_OUT = -1;
  static final int WAITING = -2;
  static final int CANCELED = -3;
  static final int INTERRUPTED = -4;
  static final int ENDED = -5;

  private static final VarHandle OUTCOME =
      fieldVarHandle(MethodHandles.lookup(), "outcome", VarHandle.class, Waiter.class, int.class);

  volatile int outcome = WAITING;

  /** In the list of who has ended this wait. */
  @Nullable Waiter nextEnded;

  /** Written by who begins the wait, before it can be served. */
  private @Nullable Place places;

  /** Called once the outcome is set by another thread, which holds no lock. Runs no user code. */
  abstract void wake();

  /** Sets the outcome; returns false if it was set before. */
  final boolean end(int outcome) {
    return OUTCOME.compareAndSet(this, WAITING, outcome);
  }

  /** Makes a place, for a queue that the waiter is not in yet. */
  final Place newPlace(WaitQueue queue, int index) {
    Place place = new Place(this, queue, index, places);
    places = place;
    return place;
  }

  /** Leaves the one queue that it is in, under its lock. */
  final void leaveLocked() {
    Place place = places;
    if (place != null) {
      place.queue.remove(place);
    }
  }

  /** Leaves all queues. */
  final void leaveQueues() {
    for (Place place = places; place != null; place = place.following) {
      place.leave();
    }
  }
}
