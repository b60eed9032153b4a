// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.WaitHandle.WAIT_TIMEOUT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One thread's wait for any or all of some handles. */
final class HandleWait implements Wakeable, ForkJoinPool.ManagedBlocker {
  /*
   * Overview
   *
   * A wait first locks the states of all its handles, in the order of their ids, and looks whether
   * it can go on. If not it puts a place into each one's queue before it unlocks them, and parks.
   * Whoever then changes a handle decides, under its lock, who in its queue can go on: the outcome
   * of a wait is set once, by a CAS.
   *
   *     WAITING --> an index     let through, by the handle with this index; 0 if by all
   *             --> CLOSED       a handle was closed
   *             --> GIVEN_UP     by the thread itself: time-out, interrupt, closed token
   *
   * Invariants:
   *
   *   1. A handle is taken (an auto-reset event reset) under its lock, by the same step that sets the
   *      outcome of the wait it lets through; so a signal goes to one wait, and to one that takes it.
   *   2. A wait for all is let through only by a thread that holds the locks of all its handles.
   *   3. A handle that is signaled has nobody in its queue whom it could let through alone.
   *
   * Why no signal is lost: a wait enters the queues under the same locks under which it found the
   * handles not signaled. A wait that gives up, but finds its outcome set, has been let through and
   * says so.
   *
   * Why nothing deadlocks: locks are taken in the order of ids. A thread that signals a handle on
   * which somebody waits for all gives its lock back first, and looks again when it has them all.
   *
   * A token's handle has no state: it is polled where the others are looked at, and a TokenWatch
   * wakes the wait to poll again. Once signaled it stays so, which is why the lowest index can be
   * found by looking at the tokens before it once more.
   *
   * User code never runs here.
   */

  private static final int WAITING = -2;
  private static final int CLOSED = -3;
  private static final int GIVEN_UP = -4;

  private final WaitHandle[] handles;
  private final boolean forAll;
  private final HandleState[] states; // distinct, in the order of ids
  private final Thread thread = Thread.currentThread();
  private final AtomicInteger outcome = new AtomicInteger(WAITING);
  private volatile boolean awake;
  private long parkNanos;

  HandleWait(boolean forAll, WaitHandle... handles) {
    this.forAll = forAll;
    this.handles = handles;
    this.states = statesOf(handles);
  }

  /**
   * Waits.
   *
   * @return the index of the handle that let the wait through, or 0 if it waits for all; {@link
   *     WaitHandle#WAIT_TIMEOUT} if none did in time
   */
  int await(Duration timeout) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    for (WaitHandle handle : handles) {
      handle.ensureOpen();
    }
    long nanos = Durations.toNanos(timeout);
    List<Place> places = tryTake(nanos > 0);
    if (places == null) {
      return outcome.get();
    }
    if (nanos <= 0) {
      return WAIT_TIMEOUT;
    }
    long start = System.nanoTime();
    try {
      while (outcome.get() == WAITING) {
        List<TokenWatch> watches = watchTokens();
        try {
          awake = false;
          if (tokensLetThrough()) {
            break;
          }
          while (!awake && outcome.get() == WAITING) {
            parkNanos = nanos - (System.nanoTime() - start);
            if (parkNanos <= 0 && giveUp()) {
              return WAIT_TIMEOUT;
            }
            park();
            if (thread.isInterrupted() && giveUp()) {
              Thread.interrupted();
              throw new InterruptedException();
            }
          }
        } finally {
          watches.forEach(TokenWatch::close);
        }
      }
    } finally {
      giveUp(); // if something unforeseen was thrown
      leave(places);
    }
    if (outcome.get() == CLOSED) {
      for (WaitHandle handle : handles) {
        handle.ensureOpen();
      }
    }
    return outcome.get();
  }

  /** Changes a handle's state so that it may be signaled, and lets through whom that allows. */
  static void signal(HandleState state, Runnable change) {
    List<HandleWait> released = new ArrayList<>();
    HandleState[] needed = {state};
    while (needed.length > 0) {
      HandleState[] locked = needed;
      lockAll(locked);
      try {
        state.ensureOpen();
        needed = neededFor(state);
        if (List.of(locked).containsAll(List.of(needed))) {
          change.run();
          release(state, released);
          needed = new HandleState[0];
        }
      } finally {
        unlockAll(locked);
      }
    }
    released.forEach(HandleWait::wake);
  }

  static void close(HandleState state) {
    List<HandleWait> released = new ArrayList<>();
    state.lock.lock();
    try {
      state.isClosed = true;
      for (Place place; (place = state.first()) != null; ) {
        state.remove(place);
        if (place.wait.outcome.compareAndSet(WAITING, CLOSED)) {
          released.add(place.wait);
        }
      }
    } finally {
      state.lock.unlock();
    }
    released.forEach(HandleWait::wake);
  }

  @Override
  public void wake() {
    awake = true;
    LockSupport.unpark(thread);
  }

  @Override
  public boolean block() {
    LockSupport.parkNanos(handles[0], parkNanos);
    return true;
  }

  @Override
  public boolean isReleasable() {
    return awake || outcome.get() != WAITING || thread.isInterrupted();
  }

  /**
   * Goes on at once if that is possible, and else enters the queues.
   *
   * @return null if the outcome is set; else the places in the queues, none if not to enter them
   */
  private @Nullable List<Place> tryTake(boolean enter) {
    List<Place> places = new ArrayList<>(states.length);
    lockAll(states);
    try {
      for (HandleState state : states) {
        state.ensureOpen();
      }
      int index = forAll ? (areAllSignaled() ? 0 : WAIT_TIMEOUT) : firstSignaled();
      if (index != WAIT_TIMEOUT) {
        take(index);
        outcome.set(index);
        return null;
      }
      for (int i = 0; enter && i < states.length; i++) {
        Place place = new Place(this, indexOf(states[i]));
        states[i].add(place);
        places.add(place);
      }
      return places;
    } finally {
      unlockAll(states);
    }
  }

  private void leave(List<Place> places) {
    for (int i = 0; i < places.size(); i++) {
      states[i].lock.lock();
      try {
        states[i].remove(places.get(i));
      } finally {
        states[i].lock.unlock();
      }
    }
  }

  private boolean giveUp() {
    return outcome.compareAndSet(WAITING, GIVEN_UP);
  }

  private List<TokenWatch> watchTokens() {
    List<TokenWatch> watches = new ArrayList<>();
    for (WaitHandle handle : handles) {
      if (handle instanceof TokenWaitHandle ofToken) {
        watches.add(TokenWatch.on(ofToken.token, this));
      }
    }
    return watches;
  }

  /** Looks whether the tokens let the wait through; throws if one of them is closed. */
  private boolean tokensLetThrough() {
    int first = WAIT_TIMEOUT;
    for (int i = 0; i < handles.length; i++) {
      if (handles[i] instanceof TokenWaitHandle ofToken) {
        if (ofToken.token.isCancellationRequested()) {
          first = first == WAIT_TIMEOUT ? i : first;
        } else if (ofToken.token.isClosed() && giveUp()) {
          ofToken.ensureOpen();
        }
      }
    }
    if (first != WAIT_TIMEOUT && !forAll) {
      outcome.compareAndSet(WAITING, firstTokenUpTo(first));
    } else if (first != WAIT_TIMEOUT) {
      lockAll(states);
      try {
        if (outcome.get() == WAITING && areAllSignaled() && outcome.compareAndSet(WAITING, 0)) {
          take(0);
        }
      } finally {
        unlockAll(states);
      }
    }
    return outcome.get() != WAITING;
  }

  /**
   * Lets through those in the queue whom the handle's state allows; called with all locks needed.
   */
  private static void release(HandleState state, List<HandleWait> released) {
    for (Place place = state.first(), next; place != null; place = next) {
      next = place.next;
      HandleWait wait = place.wait;
      if (wait.outcome.get() != WAITING) {
        state.remove(place);
      } else if (!state.isSignaled()) {
        return;
      } else if (!wait.forAll || wait.areAllSignaled()) {
        state.remove(place);
        if (wait.outcome.compareAndSet(WAITING, place.index)) {
          wait.take(place.index);
          released.add(wait);
        }
      }
    }
  }

  /** Takes effect on the handle with the index or, for all, on each. */
  private void take(int index) {
    if (forAll) {
      for (HandleState state : states) {
        state.take();
      }
    } else if (handles[index].state != null) {
      handles[index].state.take();
    }
  }

  private boolean areAllSignaled() {
    for (WaitHandle handle : handles) {
      if (!isSignaled(handle)) {
        return false;
      }
    }
    return true;
  }

  private int firstSignaled() {
    for (int i = 0; i < handles.length; i++) {
      if (isSignaled(handles[i])) {
        return firstTokenUpTo(i);
      }
    }
    return WAIT_TIMEOUT;
  }

  /** Returns the first token's handle before the index that has become signaled, or the index. */
  private int firstTokenUpTo(int index) {
    for (int i = 0; i < index; i++) {
      if (handles[i] instanceof TokenWaitHandle && isSignaled(handles[i])) {
        return i;
      }
    }
    return index;
  }

  private int indexOf(HandleState state) {
    int index = 0;
    while (!forAll && handles[index].state != state) {
      index++;
    }
    return index;
  }

  private void park() {
    try {
      ForkJoinPool.managedBlock(this);
    } catch (InterruptedException e) {
      thread.interrupt(); // block() throws none
    } catch (RejectedExecutionException e) {
      block(); // at its limit of threads the pool does without
    }
  }

  private static boolean isSignaled(WaitHandle handle) {
    return handle.state == null ? handle.isSetForAll() : handle.state.isSignaled();
  }

  /** Returns the states that have to be locked to change this one, in their order. */
  private static HandleState[] neededFor(HandleState state) {
    TreeSet<HandleState> needed = new TreeSet<>(Comparator.comparingLong(each -> each.id));
    needed.add(state);
    for (Place place = state.first(); place != null; place = place.next) {
      if (place.wait.forAll) {
        needed.addAll(List.of(place.wait.states));
      }
    }
    return needed.toArray(new HandleState[0]);
  }

  private static HandleState[] statesOf(WaitHandle[] handles) {
    TreeSet<HandleState> distinct = new TreeSet<>(Comparator.comparingLong(each -> each.id));
    for (WaitHandle handle : handles) {
      if (handle.state != null) {
        distinct.add(handle.state);
      }
    }
    return distinct.toArray(new HandleState[0]);
  }

  private static void lockAll(HandleState[] states) {
    for (HandleState state : states) {
      state.lock.lock();
    }
  }

  private static void unlockAll(HandleState[] states) {
    for (HandleState state : states) {
      state.lock.unlock();
    }
  }

  /** A wait's place in the queue of one handle. */
  static final class Place {
    final HandleWait wait;
    final int index;

    // Guarded by the handle's lock.
    @Nullable Place previous;
    @Nullable Place next;
    boolean isQueued;

    Place(HandleWait wait, int index) {
      this.wait = wait;
      this.index = index;
    }
  }
}
