// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The daemon threads that run callbacks where there is no thread of the user's to do so. */
final class CallbackThreads {
  /*
   * Overview
   *
   * A ThreadPoolExecutor with an unbounded queue, whose number of threads follows the need: as many
   * as there are processors, and more while work waits and none of it has begun for STALL. So
   * callbacks that block hold up others for a few times STALL, while a hundred thousand short
   * callbacks that become due at once are worked off by a few threads. There are never more than
   * MOST threads; idle ones end.
   *
   * The watch over stalls is a timer entry. It is scheduled by whoever finds work waiting ("watched"
   * goes from false to true) and schedules itself again until none waits; it then looks once more
   * after it has set "watched" to false, so that work which came in between is watched too.
   */

  private static final int FEWEST = Math.max(2, Runtime.getRuntime().availableProcessors());
  private static final int MOST = 1024;
  private static final long STALL = TimeUnit.MILLISECONDS.toNanos(10);

  private static final AtomicLong NUMBER = new AtomicLong();
  private static final AtomicLong BEGUN = new AtomicLong();
  private static final AtomicBoolean WATCHED = new AtomicBoolean();
  private static final ThreadPoolExecutor POOL =
      new ThreadPoolExecutor(
          FEWEST,
          FEWEST,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          work -> newThread(work, "desist-callback-" + NUMBER.incrementAndGet()));

  static {
    POOL.allowCoreThreadTimeOut(true);
  }

  private CallbackThreads() {}

  /**
   * Has the work run on a thread of ours. What it throws goes to that thread's handler of uncaught
   * exceptions.
   */
  static void execute(Runnable work) {
    POOL.execute(new Work(work));
    if (!POOL.getQueue().isEmpty() && WATCHED.compareAndSet(false, true)) {
      TimerQueue.schedule(new StallWatch(BEGUN.get()), System.nanoTime() + STALL);
    }
  }

  /** Makes a daemon thread that inherits neither thread locals nor the context class loader. */
  static Thread newThread(Runnable work, String name) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    return thread;
  }

  private record Work(Runnable work) implements Runnable {
    @Override
    public void run() {
      BEGUN.incrementAndGet();
      try {
        work.run();
      } catch (Throwable e) {
        Thread current = Thread.currentThread();
        current.getUncaughtExceptionHandler().uncaughtException(current, e);
      }
    }
  }

  /** Adds threads when none of the work that waits has begun for a while. */
  private static final class StallWatch extends TimerEntry {
    private long begun;

    StallWatch(long begun) {
      this.begun = begun;
    }

    @Override
    void fire() {
      if (POOL.getQueue().isEmpty()) {
        resize(FEWEST);
        WATCHED.set(false);
        if (POOL.getQueue().isEmpty() || !WATCHED.compareAndSet(false, true)) {
          return;
        }
      }
      long now = BEGUN.get();
      if (now == begun) {
        resize(Math.min(MOST, POOL.getCorePoolSize() * 3 / 2));
      }
      begun = now;
      TimerQueue.schedule(this, System.nanoTime() + STALL);
    }

    private static void resize(int threads) {
      if (threads > POOL.getMaximumPoolSize()) {
        POOL.setMaximumPoolSize(threads);
        POOL.setCorePoolSize(threads);
      } else {
        POOL.setCorePoolSize(threads);
        POOL.setMaximumPoolSize(threads);
      }
    }
  }
}
