// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import desist.SynchronizationContext;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of workers. */
final class QueryThreads {
  /*
   * Overview
   *
   * The workers of a query run at the same time: their delegates may wait for each other. A pool of a
   * bounded size could not promise that, since queries whose delegates wait would hold all of its
   * threads. So there is a thread for each worker, one that rests or a new one; those that have rested
   * for KEEP_ALIVE end.
   *
   * Nothing is inherited from the thread that runs a query, neither thread locals nor class loader nor
   * priority. What delegates leave behind is undone when a worker ends: an interrupt, a context, a
   * class loader, a priority. Not so thread locals that they set, of which nobody else can know; these
   * stay with the thread, as with that of any pool, until it ends.
   */

  private static final int KEEP_ALIVE = 10; // seconds
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final ClassLoader LOADER = ClassLoader.getSystemClassLoader();

  private static final ThreadPoolExecutor POOL =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          KEEP_ALIVE,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          QueryThreads::newThread);

  private QueryThreads() {}

  /**
   * Has the work, which throws nothing, run on a thread of its own.
   *
   * @return false if there can be no more threads
   */
  static boolean tryStart(Runnable work) {
    try {
      POOL.execute(
          () -> {
            work.run();
            clear(Thread.currentThread());
          });
      return true;
    } catch (OutOfMemoryError | RejectedExecutionException e) { // of threads, most often
      return false;
    }
  }

  /** Undoes what delegates have done to a thread. */
  private static void clear(Thread thread) {
    Thread.interrupted();
    if (SynchronizationContext.current() != null) {
      SynchronizationContext.setSynchronizationContext(null);
    }
    restore(thread);
  }

  private static void restore(Thread thread) {
    if (thread.getPriority() != Thread.NORM_PRIORITY) {
      thread.setPriority(Thread.NORM_PRIORITY);
    }
    thread.setContextClassLoader(LOADER);
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(null, work, "desist-query-" + NUMBER.incrementAndGet(), 0, false);
    thread.setDaemon(true);
    restore(thread);
    return thread;
  }
}
