// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.QueuedWaitHandle.ABANDONED;
import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One thread's wait for handles: for any of them, or for all. */
abstract sealed class Waiter implements Wakeable, ForkJoinPool.ManagedBlocker
    permits AnyWaiter, AllWaiter {
  /*
   * Overview
   *
   * The outcome is set once, by a CAS:
   *
   *     WAITING --> an index        let through: by the handle with this index, or 0 by all
   *             --> GIVEN_UP        by the thread itself: the time is over, or it was interrupted
   *             --> closed(index)   the handle with this index was closed
   *
   * A wait goes this way: enter the queues, unless it is let through at once; look at the tokens;
   * watch them, and look again; park until the outcome is set; leave the queues and the watches.
   * Tokens have no queue: a watch runs look() on the thread that requests the cancellation. That the
   * owner of a mutex has ended, its OwnerWatch finds out; before a wait enters a queue it looks
   * itself.
   *
   * Whoever sets the outcome of another thread's wait unparks that thread once it holds no lock.
   *
   * Before it parks a thread does not spin: that pays only if the signal comes within the spin, and
   * takes a processor from whoever is to give the signal where there are few.
   */

  static final int WAITING = -2;
  private static final int GIVEN_UP = WaitHandle.WAIT_TIMEOUT;
  private static final int CLOSED = -3;

  private static final long FOREVER = Durations.toNanos(Timeout.INFINITE);

  private static final VarHandle OUTCOME =
      fieldVarHandle(MethodHandles.lookup(), "outcome", VarHandle.class, Waiter.class, int.class);

  final WaitHandle[] handles;
  final Thread thread = Thread.currentThread();

  volatile int outcome = WAITING;

  /** Set when a watch is used up, by the thread that the watch was waiting for. */
  private volatile boolean mustWatch;

  /** In a list of waiters whose outcome has been set, of the thread that has set it. */
  @Nullable Waiter nextEnded;

  /**
   * Whether a mutex was taken that was abandoned. Set under its lock; the waiting thread reads it
   * when it has left all queues, and so after whoever held that lock.
   */
  boolean tookAbandoned;

  // Of the waiting thread alone.
  @Nullable Place places;
  private @Nullable Watch watches;
  private long nanos;
  private long start;
  private boolean isInterrupted;

  Waiter(WaitHandle... handles) {
    this.handles = handles;
  }

  /**
   * Waits.
   *
   * @return the index of the handle that let the thread through, or 0 if it waits for all; {@link
   *     WaitHandle#WAIT_TIMEOUT} if none did in time
   */
  final int await(long nanos) throws InterruptedException {
    this.nanos = nanos;
    try {
      enter(nanos > 0);
      if (outcome == WAITING) {
        look();
      }
      if (outcome == WAITING && nanos > 0) {
        watch();
        blockManaged();
      }
      end(GIVEN_UP);
    } catch (Throwable e) {
      if (end(GIVEN_UP)) {
        throw e;
      } // else it is too late to fail: what was taken would be lost
    } finally {
      leave();
    }
    return result();
  }

  /**
   * Sets the outcome to an index if the handles allow it at once, and otherwise enters the queues,
   * if it is to stay.
   */
  abstract void enter(boolean stay);

  /** Sets the outcome if the tokens allow it, or if one of them is closed. */
  abstract void look();

  /**
   * Offers the signal of the handle in whose queue the place is, under the handle's lock.
   *
   * @return whether it was taken, and is the outcome
   */
  abstract boolean offer(Place place);

  /**
   * Takes a handle that is the outcome, or a part of it, under its lock; returns its state then.
   */
  final int take(QueuedWaitHandle handle, int s) {
    if ((s & ABANDONED) != 0) {
      tookAbandoned = true;
    }
    return handle.taken(s, thread);
  }

  /** Sets the outcome; returns false if it was set before. */
  final boolean end(int outcome) {
    return OUTCOME.compareAndSet(this, WAITING, outcome);
  }

  static int closed(int index) {
    return CLOSED - index;
  }

  /** Unparks the threads whose waits have ended, in the order of the list. */
  static void unparkAll(@Nullable Waiter first) {
    for (Waiter waiter = first; waiter != null; ) {
      Waiter next = waiter.nextEnded;
      waiter.nextEnded = null;
      LockSupport.unpark(waiter.thread);
      waiter = next;
    }
  }

  /** Called when a token that is watched was requested or closed. */
  @Override
  public final void wake() {
    mustWatch = true;
    try {
      look();
    } finally {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public final boolean isReleasable() {
    return outcome != WAITING;
  }

  @Override
  public final boolean block() {
    while (outcome == WAITING) {
      if (mustWatch) {
        watch();
      } else if (nanos == FOREVER) {
        LockSupport.park(handles[0]);
      } else {
        long left = nanos - (System.nanoTime() - start);
        if (left <= 0) {
          end(GIVEN_UP);
        } else {
          LockSupport.parkNanos(handles[0], left);
        }
      }
      if (Thread.interrupted()) {
        isInterrupted = true;
        end(GIVEN_UP);
      }
    }
    return true;
  }

  /** Blocks; a worker of a ForkJoinPool has the pool make up for it. */
  private void blockManaged() throws InterruptedException {
    start = System.nanoTime();
    if (thread instanceof ForkJoinWorkerThread) {
      try {
        ForkJoinPool.managedBlock(this);
      } catch (RejectedExecutionException | OutOfMemoryError e) {
        block(); // the pool has as many threads as it may
      }
    } else {
      block();
    }
  }

  /** Watches the tokens, anew if they were watched before, and looks at them; watches owners. */
  private void watch() {
    mustWatch = false;
    closeWatches();
    for (WaitHandle handle : handles) {
      if (handle instanceof TokenWaitHandle ofToken) {
        watches = new Watch(TokenWatch.on(ofToken.token, this), watches);
      } else if (handle instanceof Mutex mutex) {
        mutex.watchOwner();
      }
    }
    if (watches != null) {
      look();
    }
  }

  private void closeWatches() {
    for (Watch watch = watches; watch != null; watch = watch.following) {
      watch.watch.close();
    }
    watches = null;
  }

  private void leave() {
    closeWatches();
    for (Place place = places; place != null; place = place.following) {
      place.leave();
    }
  }

  private int result() throws InterruptedException {
    int result = outcome;
    if (isInterrupted) {
      if (result == GIVEN_UP) {
        throw new InterruptedException();
      }
      thread.interrupt(); // the wait ended otherwise, and the interrupt is for the next one
    }
    if (result <= CLOSED) {
      handles[CLOSED - result].ensureOpen();
    }
    return result;
  }

  private record Watch(TokenWatch watch, @Nullable Watch following) {}
}
