// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static java.lang.invoke.ConstantBootstraps.staticFieldVarHandle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** The runs of callbacks that were left, since there was no stack or no memory to go on with. */
final class Unfinished {
  /*
   * Overview
   *
   * A stack of runs. Each waits there with what it has still to do, until somebody finds the room to
   * give it to a thread of ours: a callback further down the same stack that failed as well, or the
   * next request anywhere.
   *
   * Each run is in the stack at most once: whoever takes runs off takes all, and leaves again those
   * that he finds no room for.
   */

  private static final VarHandle NEWEST =
      staticFieldVarHandle(
          MethodHandles.lookup(), "newest", VarHandle.class, Unfinished.class, Cancellation.class);

  @SuppressWarnings("unused") // by its handle
  private static volatile @Nullable Cancellation newest;

  private Unfinished() {}

  /** Leaves a run. Needs no more of the stack than the request of a cancellation did. */
  static void leave(Cancellation run) {
    do {
      run.leftBefore = newest;
    } while (!NEWEST.compareAndSet(run.leftBefore, run));
  }

  /** Has the work, which finishes the run, done on a thread of ours; or leaves the run. */
  static void finishElsewhere(Cancellation run, Runnable work) {
    try {
      CallbackThreads.execute(work);
    } catch (StackOverflowError | OutOfMemoryError e) {
      leave(run);
      throw e;
    }
  }

  /** Gives the runs that were left to other threads, as far as there is room for that. */
  static void finishAll() {
    if (newest == null) {
      return;
    }
    // All are taken at once: a run may be left again while its like are being taken one by one.
    Cancellation next = (Cancellation) NEWEST.getAndSet((Cancellation) null);
    boolean room = true;
    while (next != null) {
      Cancellation run = next;
      next = run.leftBefore;
      try {
        if (room) {
          CallbackThreads.execute(run);
        } else {
          leave(run);
        }
      } catch (StackOverflowError | OutOfMemoryError e) {
        room = false;
        leave(run);
      }
    }
  }
}
