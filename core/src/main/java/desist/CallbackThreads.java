// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The daemon threads that run callbacks where there is no thread of the user's to do so. */
final class CallbackThreads {
  /*
   * Overview
   *
   * A ThreadPoolExecutor with an unbounded queue, whose number of threads follows the need. It has
   * as many as there are processors. While work waits and none of it has begun for STALL, all of
   * them must be blocked, and some are added: half as many again, at most MOST_AT_ONCE. While the
   * eldest work has waited for SLOW although other work does begin, one is added every SLOW. So
   * callbacks that block hold up others for a few times STALL, and a hundred thousand short
   * callbacks that become due at once are worked off by a few threads. There are never more than
   * MOST threads: when that many are blocked, the rest waits. Idle threads end.
   *
   * Invariants:
   *
   *   1. While work waits, the watch is scheduled ("WATCHED" is true) or about to be. Whoever finds
   *      work waiting and WATCHED false sets it and schedules the watch, which schedules itself again
   *      until no work waits. It looks once more after it has set WATCHED to false.
   *   2. Work runs once. If no thread could be started for it, it is queued, for those that there are
   *      or for the watch, which tries again; it may then be queued twice, and is taken once.
   *   3. A thread is the same to each callback: what one has set (interrupt, context class loader,
   *      SynchronizationContext) is undone before the next. Nothing is inherited from whoever happened
   *      to need the thread first, neither thread locals nor group nor priority.
   */

  private static final int FEWEST = Math.max(2, Runtime.getRuntime().availableProcessors());
  private static final int MOST = 1024;
  private static final int MOST_AT_ONCE = 16;
  private static final long STALL = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(100);

  private static final ClassLoader LOADER = ClassLoader.getSystemClassLoader();
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final AtomicLong BEGUN = new AtomicLong();
  private static final AtomicBoolean WATCHED = new AtomicBoolean();
  private static final BlockingQueue<Runnable> QUEUE = new LinkedBlockingQueue<>();
  private static final ThreadPoolExecutor POOL =
      new ThreadPoolExecutor(
          FEWEST,
          FEWEST,
          10,
          TimeUnit.SECONDS,
          QUEUE,
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
    Work queued = new Work(work);
    try {
      POOL.execute(queued);
    } catch (Throwable e) { // no thread could be started
      QUEUE.add(queued);
    }
    if (!QUEUE.isEmpty() && !WATCHED.get() && WATCHED.compareAndSet(false, true)) {
      try {
        TimerQueue.schedule(new StallWatch(), System.nanoTime() + STALL);
      } catch (Throwable e) { // nor the timer's; the next to come tries again
        WATCHED.set(false);
      }
    }
  }

  /** Makes a daemon thread that inherits nothing from this one. */
  static Thread newThread(Runnable work, String name) {
    ThreadGroup top = Thread.currentThread().getThreadGroup();
    for (ThreadGroup next = top; next != null; next = next.getParent()) {
      top = next;
    }
    Thread thread = new Thread(top, work, name, 0, false);
    thread.setDaemon(true);
    thread.setPriority(Thread.NORM_PRIORITY);
    thread.setContextClassLoader(LOADER);
    return thread;
  }

  /** Work that waits for a thread, empty once it has one. */
  private static final class Work extends AtomicReference<@Nullable Runnable> implements Runnable {
    private static final long serialVersionUID = 1L;

    private final long since = System.nanoTime();

    Work(Runnable work) {
      super(work);
    }

    @Override
    public void run() {
      Runnable work = getAndSet(null);
      if (work == null) {
        return;
      }
      BEGUN.incrementAndGet();
      Thread current = Thread.currentThread();
      try {
        work.run();
      } catch (Throwable e) {
        report(current, e);
      } finally {
        SynchronizationContext.setSynchronizationContext(null);
        current.setContextClassLoader(LOADER);
      }
    }

    private static void report(Thread current, Throwable thrown) {
      try {
        current.getUncaughtExceptionHandler().uncaughtException(current, thrown);
      } catch (Throwable e) {
        // Ignored, as the virtual machine does.
      }
    }
  }

  /** Adds threads while there is work that waits too long; runs on the timer's thread. */
  private static final class StallWatch extends TimerEntry {
    private long begun = BEGUN.get();
    private long lastAdded = System.nanoTime();

    @Override
    void fire() {
      if (QUEUE.isEmpty()) {
        resize(FEWEST);
        WATCHED.set(false);
        if (QUEUE.isEmpty() || !WATCHED.compareAndSet(false, true)) {
          return;
        }
      }
      long now = System.nanoTime();
      long begunNow = BEGUN.get();
      if (begunNow == begun) {
        add(Math.min(MOST_AT_ONCE, Math.max(1, POOL.getPoolSize() / 2)));
      } else if (now - lastAdded >= SLOW && waitingSince(now) >= SLOW) {
        add(1);
        lastAdded = now;
      }
      begun = begunNow;
      TimerQueue.schedule(this, now + STALL);
    }

    private static long waitingSince(long now) {
      return QUEUE.peek() instanceof Work eldest ? now - eldest.since : 0;
    }

    private static void add(int more) {
      int threads = Math.min(MOST, POOL.getPoolSize() + more);
      try {
        if (threads > POOL.getCorePoolSize()) {
          resize(threads);
        } else {
          POOL.prestartCoreThread();
        }
      } catch (Throwable e) {
        // No thread can be started now; the watch tries again.
      }
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
