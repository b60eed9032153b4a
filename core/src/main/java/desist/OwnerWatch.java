// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.util.concurrent.TimeUnit;

/**
 * Looks now and then whether the owner of a mutex has ended, while somebody waits for the mutex.
 */
final class OwnerWatch extends TimerEntry {
  /*
   * Overview
   *
   * A thread that ends tells nobody, and those who wait for its mutex are parked. So whoever has
   * entered the queue of a mutex and is about to park makes sure that the mutex is WATCHED: that a
   * watch is scheduled, or is about to be, or fires. A watch that finds the queue empty ends, and
   * says so under the mutex's lock; who enters the queue later finds that, and starts another.
   *
   * The timer thread lets through whom it finds, as any thread does that releases a mutex. For that
   * it may wait for AllWaiter.LOCK, which is held for a few assignments.
   *
   * Not done: parking for a short time only, and looking then. Of a hundred thousand waiting threads
   * each would wake so often; and if only the first did, each release would have to wake the second
   * too, to take over.
   */

  private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(50);

  private final Mutex mutex;

  private OwnerWatch(Mutex mutex) {
    this.mutex = mutex;
  }

  /** Starts the watch of a mutex that is WATCHED, and has none yet. */
  static void start(Mutex mutex) {
    try {
      new OwnerWatch(mutex).schedule();
    } catch (Throwable e) { // no memory, or no thread: who waits gets to know
      mutex.endWatch();
      throw e;
    }
  }

  private void schedule() {
    TimerQueue.schedule(this, System.nanoTime() + INTERVAL);
  }

  @Override
  void fire() {
    try {
      mutex.releaseIfAbandoned();
    } finally {
      if (mutex.isWatchNeeded()) {
        goOn();
      }
    }
  }

  /** Schedules the watch again; if that fails, whoever waits next starts another. */
  private void goOn() {
    try {
      schedule();
    } catch (Throwable e) {
      mutex.endWatch();
      throw e;
    }
  }
}
