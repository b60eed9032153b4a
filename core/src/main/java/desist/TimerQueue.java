// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The system's timers, on one daemon thread that is started when first needed. */
final class TimerQueue {
  /*
   * Overview
   *
   * The timers are spread over a few wheels, by the thread that schedules them, so that threads
   * seldom meet. One thread looks at all wheels, fires what is due, and sleeps until the first tick
   * at which it has to look again. Times are ticks since "origin", so that it does not matter where
   * the clock's readings wrap round.
   *
   * States of the thread (field "wakeTick"):
   *
   *     AWAKE   it will look at all wheels before it sleeps; nobody need wake it
   *     a tick  it sleeps, and has promised to be awake at that tick; NEVER if there is no need
   *
   * Who schedules an entry for an earlier tick moves the promise there by CAS, and unparks. Only the
   * thread itself moves it to a later one.
   *
   * Invariants:
   *
   *   1. No timer is overslept. The thread writes its promise and then looks at all wheels once more,
   *      under their locks. Who schedules an entry adds it, under a lock, and then reads the promise.
   *      If the thread's last look misses the entry, it had that wheel's lock first, so the read
   *      comes after the write, and whoever reads a promise that is too late moves it and unparks.
   *   2. A promise is kept even if the entry it was made for is taken off. So a million delays of
   *      30 s that are closed at once wake the thread once, not a million times; the price is at most
   *      one idle waking for each promise.
   *   3. The thread outlives whatever fire() throws, and runs no user code. If it cannot be started,
   *      who needed it gets the error, its entry is taken off, and the next to come tries again.
   */

  private static final long AWAKE = Long.MIN_VALUE;
  private static final long NEVER = Long.MAX_VALUE;
  private static final int WHEELS = 8;

  /** How many are fired from one wheel before the others have their turn. */
  private static final int MOST_FIRED = 64;

  private static final VarHandle WAKE_TICK =
      fieldVarHandle(
          MethodHandles.lookup(), "wakeTick", VarHandle.class, TimerQueue.class, long.class);
  private static final VarHandle THREAD =
      fieldVarHandle(
          MethodHandles.lookup(), "thread", VarHandle.class, TimerQueue.class, Thread.class);

  private static final TimerQueue SYSTEM = new TimerQueue(System::nanoTime);

  private final LongSupplier clock;
  private final long origin;
  private final TimerWheel[] wheels = new TimerWheel[WHEELS];

  private volatile long wakeTick = NEVER;
  private volatile @Nullable Thread thread;

  /** Makes a queue that goes by a clock of nanoseconds. */
  TimerQueue(LongSupplier clock) {
    this.clock = clock;
    this.origin = clock.getAsLong();
    for (int i = 0; i < WHEELS; i++) {
      wheels[i] = new TimerWheel();
    }
  }

  /** Schedules an entry, which is not scheduled, for a time of {@link System#nanoTime()}. */
  static void schedule(TimerEntry entry, long deadline) {
    SYSTEM.add(entry, deadline);
  }

  /** Takes an entry off; returns whether it was scheduled, and so will not fire. */
  static boolean cancel(TimerEntry entry) {
    TimerWheel wheel = entry.wheel;
    return wheel != null && wheel.remove(entry);
  }

  static boolean isTimerThread() {
    return Thread.currentThread() == SYSTEM.thread;
  }

  /** Schedules an entry, which is not scheduled, for a time of the queue's clock. */
  void add(TimerEntry entry, long deadline) {
    long nanos = Math.max(0, deadline - origin);
    long tick = (nanos >> TimerWheel.TICK_SHIFT) + 1; // has begun only after the deadline
    TimerWheel wheel = wheels[(int) Thread.currentThread().getId() & (WHEELS - 1)];
    long lookTick = wheel.add(entry, tick);
    if (lookTick < wakeTick) {
      wakeFor(entry, lookTick);
    }
  }

  private void wakeFor(TimerEntry entry, long lookTick) {
    for (long promised; lookTick < (promised = wakeTick); ) {
      if (WAKE_TICK.compareAndSet(this, promised, lookTick)) {
        Thread started = thread;
        if (started == null) {
          start(entry);
        } else {
          LockSupport.unpark(started);
        }
        return;
      }
    }
  }

  private void start(TimerEntry entry) {
    try {
      Thread made = CallbackThreads.newThread(this::loop, "desist-timer");
      if (THREAD.compareAndSet(this, null, made)) {
        made.start();
      }
    } catch (Throwable e) {
      cancel(entry);
      thread = null;
      wakeTick = NEVER;
      throw e;
    }
  }

  @SuppressWarnings("InfiniteLoopStatement") // a daemon
  private void loop() {
    long promised = (long) WAKE_TICK.getAndSet(this, AWAKE);
    for (; ; ) {
      fireDue();
      long now = now();
      long next = Math.min(nextTick(), promised > now ? promised : NEVER);
      if (next > now) {
        wakeTick = next;
        if (nextTick() >= next) {
          sleepUntil(next);
        }
        promised = (long) WAKE_TICK.getAndSet(this, AWAKE);
      }
    }
  }

  /** Fires some of what is due; {@link #nextTick} tells whether that was all. */
  void fireDue() {
    long now = now();
    for (TimerWheel wheel : wheels) {
      for (int i = 0; i < MOST_FIRED; i++) {
        TimerEntry due = wheel.poll(now);
        if (due == null) {
          break;
        }
        try {
          due.fire();
        } catch (Throwable e) {
          report(e);
        }
      }
    }
  }

  /** The tick at which the wheels are to be looked at next. */
  long nextTick() {
    long next = NEVER;
    for (TimerWheel wheel : wheels) {
      next = Math.min(next, wheel.nextTick());
    }
    return next;
  }

  /** The present tick. */
  long now() {
    return (clock.getAsLong() - origin) >> TimerWheel.TICK_SHIFT;
  }

  private void sleepUntil(long tick) {
    if (tick == NEVER) {
      LockSupport.park(this);
    } else {
      LockSupport.parkNanos(this, (tick << TimerWheel.TICK_SHIFT) - (clock.getAsLong() - origin));
    }
    Thread.interrupted(); // nobody has a reason to interrupt this thread
  }

  private static void report(Throwable thrown) {
    try {
      CallbackThreads.execute(
          () -> {
            throw Cancellation.<RuntimeException>sneak(thrown);
          });
    } catch (Throwable e) {
      // There is no memory even to tell; the other timers go on.
    }
  }
}
