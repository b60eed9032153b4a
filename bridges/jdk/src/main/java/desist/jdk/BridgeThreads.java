// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.TimeProvider;
import desist.Timeout;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The daemon threads on which operations are stopped where that may block. */
final class BridgeThreads {
  /*
   * Overview
   *
   * A ThreadPoolExecutor with an unbounded queue and at most USUAL threads, so that a thousand
   * operations that are stopped at once do not start a thousand threads. For each that hangs there may
   * be one more, but there are never more than MOST. When that many hang, whatever is left to do waits
   * until one is free or until it is pointless, since its operation has ended.
   *
   * If no thread can be started, work is not lost: it is tried again until one can, or one is free.
   * As the pool may have queued it all the same, work runs only once.
   *
   * Threads inherit nothing from whoever happened to need them first. Idle ones end.
   */

  /** How many threads there are at most as long as none hangs. */
  static final int USUAL = 16;

  /** How many there are at most. */
  static final int MOST = 64;

  private static final Duration RETRY = Duration.ofMillis(100);

  private static final ClassLoader LOADER = ClassLoader.getSystemClassLoader();
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final ThreadPoolExecutor POOL =
      new ThreadPoolExecutor(
          USUAL, USUAL, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), BridgeThreads::thread);
  private static final ReentrantLock LOCK = new ReentrantLock();

  // Guarded by LOCK, as is the size of the pool.
  private static int stuck;

  static {
    POOL.allowCoreThreadTimeOut(true);
  }

  private BridgeThreads() {}

  /** Has the work, which throws nothing, run on a thread of ours. */
  static void execute(Runnable work) {
    execute(new Work(work), POOL);
  }

  /** Has the work run in the pool, and tries again where that cannot start a thread. */
  static void execute(Work work, Executor pool) {
    try {
      pool.execute(work);
    } catch (Throwable e) { // most of all an OutOfMemoryError
      TimeProvider.system().createTimer(() -> execute(work, pool), RETRY, Timeout.INFINITE);
    }
  }

  /** Tells that one of the threads hangs. */
  static void stuck() {
    resize(1);
  }

  /** Tells that one of those that hung is free again. */
  static void freed() {
    resize(-1);
  }

  private static void resize(int more) {
    LOCK.lock();
    try {
      stuck += more;
      int threads = Math.min(MOST, USUAL + stuck);
      if (more > 0) {
        POOL.setMaximumPoolSize(threads);
        POOL.setCorePoolSize(threads);
      } else {
        POOL.setCorePoolSize(threads);
        POOL.setMaximumPoolSize(threads);
      }
    } finally {
      LOCK.unlock();
    }
  }

  /** Makes a daemon thread that inherits nothing from this one. */
  static Thread thread(Runnable work) {
    ThreadGroup top = Thread.currentThread().getThreadGroup();
    for (ThreadGroup next = top; next != null; next = next.getParent()) {
      top = next;
    }
    Thread thread = new Thread(top, work, "desist-bridge-" + NUMBER.incrementAndGet(), 0, false);
    thread.setDaemon(true);
    thread.setPriority(Thread.NORM_PRIORITY);
    thread.setContextClassLoader(LOADER);
    return thread;
  }

  /** Work that has not begun; empty once it has. */
  static final class Work extends AtomicReference<@Nullable Runnable> implements Runnable {
    private static final long serialVersionUID = 1L;

    Work(Runnable work) {
      super(work);
    }

    @Override
    public void run() {
      Runnable work = getAndSet(null);
      if (work == null) {
        return;
      }
      try {
        work.run();
      } finally {
        Thread.currentThread().setContextClassLoader(LOADER);
      }
    }
  }
}
