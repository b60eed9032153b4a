// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The system's timers, on one daemon thread that is started when first needed. */
final class TimerQueue {
  /*
   * Overview
   *
   * The timers are spread over a few wheels, by the thread that schedules them, so that threads
   * seldom meet. One thread looks at all wheels, fires what is due, and parks until the first tick
   * at which it has to look again: "wakeTick".
   *
   * Why no timer is overslept: the thread writes wakeTick and then looks at all wheels once more,
   * under their locks. Who schedules an entry adds it, under a lock, and then reads wakeTick. If the
   * thread's second look misses the entry, it took that wheel's lock first, so the scheduler's read
   * comes after the write and it unparks the thread if the entry is due earlier.
   *
   * While the thread is awake wakeTick is less than any tick, and nobody unparks it.
   */

  private static final long ORIGIN = System.nanoTime();
  private static final TimerWheel[] WHEELS = new TimerWheel[8];

  static {
    for (int i = 0; i < WHEELS.length; i++) {
      WHEELS[i] = new TimerWheel();
    }
  }

  /** Written by the timer thread alone. */
  private static volatile long wakeTick = Long.MAX_VALUE;

  private static volatile @Nullable Thread thread;

  private TimerQueue() {}

  /** Schedules an entry, which is not scheduled, for a time of {@link System#nanoTime()}. */
  static void schedule(TimerEntry entry, long deadline) {
    long nanos = Math.max(0, deadline - ORIGIN);
    long tick = (nanos >> TimerWheel.TICK_SHIFT) + 1; // has begun only after the deadline
    TimerWheel wheel = WHEELS[(int) Thread.currentThread().getId() & (WHEELS.length - 1)];
    if (wheel.add(entry, tick) < wakeTick) {
      LockSupport.unpark(Starter.THREAD);
    }
  }

  /** Takes an entry off; returns whether it was scheduled, and so will not fire. */
  static boolean cancel(TimerEntry entry) {
    TimerWheel wheel = entry.wheel;
    return wheel != null && wheel.remove(entry);
  }

  static boolean isTimerThread() {
    return Thread.currentThread() == thread;
  }

  @SuppressWarnings("InfiniteLoopStatement") // a daemon
  private static void loop() {
    for (; ; ) {
      wakeTick = Long.MIN_VALUE;
      fireAllDue();
      long next = nextTick();
      if (next > now()) {
        wakeTick = next;
        if (nextTick() == next) {
          sleepUntil(next);
        }
      }
    }
  }

  private static void fireAllDue() {
    long now = now();
    for (TimerWheel wheel : WHEELS) {
      for (TimerEntry due; (due = wheel.poll(now)) != null; ) {
        try {
          due.fire();
        } catch (Throwable e) {
          CallbackThreads.execute(
              () -> {
                throw Cancellation.<RuntimeException>sneak(e);
              });
        }
      }
    }
  }

  private static long nextTick() {
    long next = Long.MAX_VALUE;
    for (TimerWheel wheel : WHEELS) {
      next = Math.min(next, wheel.nextTick());
    }
    return next;
  }

  private static void sleepUntil(long tick) {
    if (tick == Long.MAX_VALUE) {
      LockSupport.park(TimerQueue.class);
    } else {
      long begin = ORIGIN + (tick << TimerWheel.TICK_SHIFT);
      LockSupport.parkNanos(TimerQueue.class, begin - System.nanoTime());
    }
    Thread.interrupted(); // nobody has a reason to interrupt this thread
  }

  private static long now() {
    return (System.nanoTime() - ORIGIN) >> TimerWheel.TICK_SHIFT;
  }

  /** Starts the thread when it is first asked for. */
  private static final class Starter {
    static final Thread THREAD = CallbackThreads.newThread(TimerQueue::loop, "desist-timer");

    static {
      thread = THREAD;
      THREAD.start();
    }
  }
}
