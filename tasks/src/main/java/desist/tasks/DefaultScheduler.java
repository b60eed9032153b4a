// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The pool that runs what no other scheduler is given. */
final class DefaultScheduler extends TaskScheduler {
  /*
   * Overview
   *
   * A ForkJoinPool in asynchronous mode: what a worker starts it queues in its own queue, first in
   * first out, and others steal from there. It has as many threads as there are processors that are
   * not blocked in one of our waits, and MOST at the most; at that limit waits go on without another
   * thread.
   *
   * So that nobody outside waits for ever where tasks go on starting tasks, a worker now and then
   * takes one in that was queued from outside (Job.takeInFromOutside).
   *
   * A wait runs a task in place only if the waiting worker has it in its own queue (Job.owner), so
   * that code of one body never runs in the midst of another's that knows nothing of it. If it is the
   * one queued last it is taken off; else it stays there, run, until its turn comes.
   */

  static final DefaultScheduler INSTANCE = new DefaultScheduler();

  private static final int MOST = 0x7fff; // as a ForkJoinPool can have
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final ForkJoinPool POOL = newPool();

  private DefaultScheduler() {}

  private static ForkJoinPool newPool() {
    int processors = Math.min(Runtime.getRuntime().availableProcessors(), MOST);
    return new ForkJoinPool(
        processors,
        DefaultScheduler::newWorker,
        null,
        true,
        processors,
        MOST,
        processors,
        saturated -> true,
        60,
        TimeUnit.SECONDS);
  }

  /**
   * Makes a worker in a thread that has no thread locals to inherit; null if there is no room for
   * one more, so that a wait goes on without.
   */
  private static @Nullable ForkJoinWorkerThread newWorker(ForkJoinPool pool) {
    PoolThread[] made = new PoolThread[1];
    Thread maker =
        Threads.daemon(
            () -> made[0] = new PoolThread(pool, NUMBER.incrementAndGet()), "desist-pool-maker");
    try {
      maker.start();
    } catch (OutOfMemoryError e) { // of threads, most often
      return null;
    }
    boolean isInterrupted = false;
    for (; ; ) {
      try {
        maker.join();
        break;
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
    return made[0];
  }

  /** Has work of ours run in the pool, outside any task. */
  static void runInPool(Runnable work) {
    POOL.execute(new Work(work));
  }

  @Override
  boolean isOurs() {
    return true;
  }

  @Override
  boolean letsCallerWork() {
    return true;
  }

  @Override
  boolean mayRunInPlace() {
    return false;
  }

  @Override
  void give(Task<?> task) {
    queueTask(task);
  }

  @Override
  protected void queueTask(Task<?> task) {
    Job job = task.job();
    if (job == null) {
      return; // canceled
    } else if (task.has(Options.LONG_RUNNING)) {
      Threads.daemon(job, "desist-long-running").start();
    } else if (Thread.currentThread() instanceof PoolThread worker) {
      job.owner = worker;
      job.fork();
    } else {
      POOL.execute((ForkJoinTask<?>) job);
    }
  }

  @Override
  boolean runInline(Task<?> task, boolean wasQueued) {
    return Current.mayNest() && tryExecuteTaskInline(task, wasQueued);
  }

  @Override
  protected boolean tryExecuteTaskInline(Task<?> task, boolean taskWasPreviouslyQueued) {
    Job job = task.job();
    if (job == null) {
      return false;
    }
    if (taskWasPreviouslyQueued) {
      if (job.owner != Thread.currentThread()) {
        return false;
      }
      if (!job.tryUnfork()) {
        boolean isRun = job.executeInRoom();
        Job.forgetThoseThatHaveRun();
        return isRun;
      }
    }
    return job.executeInRoom();
  }

  @Override
  protected boolean tryDequeue(Task<?> task) {
    Job job = task.job();
    return job != null && job.owner == Thread.currentThread() && job.tryUnfork();
  }

  /** Returns none: the pool does not tell. */
  @Override
  protected Iterable<Task<?>> getScheduledTasks() {
    return List.of();
  }

  @Override
  public String toString() {
    return "TaskScheduler.defaultScheduler()";
  }

  /** Work that is no task. No lambda, which might be linked on a full stack. */
  record Work(Runnable work) implements Runnable {
    @Override
    public void run() {
      try {
        work.run();
      } finally {
        Job.takeInFromOutside();
      }
    }
  }
}
