// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.CancellationToken;
import desist.Timeout;

/** Hands tasks to their schedulers. What a scheduler throws becomes the fault of the task. */
final class Starting {
  private Starting() {}

  /**
   * Binds a task that its user starts to the scheduler.
   *
   * @throws IllegalStateException if it is bound already, or cannot be started
   */
  static void bind(Task<?> task, TaskScheduler scheduler) {
    StackRoom.ensure();
    Job job = task.job();
    checkNotEnded(task);
    if (task.has(TaskState.CONTINUATION)) {
      throw new IllegalStateException("A continuation starts when its antecedent has ended.");
    } else if (job == null) {
      throw new IllegalStateException("The task has no body: its source ends it.");
    }
    if (!task.trySet(TaskState.BOUND, TaskState.BOUND | TaskState.ENDED)) {
      checkNotEnded(task);
      throw new IllegalStateException("The task was started before.");
    }
    job.scheduler = scheduler;
  }

  static void checkNotEnded(Task<?> task) {
    if (task.hasEnded()) {
      throw new IllegalStateException("The task has ended.");
    }
  }

  /** Starts a task that was bound; throws what its scheduler threw, in a TaskSchedulerException. */
  static void start(Task<?> task) {
    if (task.tryStart()) {
      give(task);
    }
  }

  /** Gives a task, which is STARTED and bound, to its scheduler, for one who hears of a failure. */
  static void give(Task<?> task) {
    Job job = task.job();
    if (job == null || job.scheduler == null) {
      return;
    }
    try {
      job.scheduler.give(task);
    } catch (Throwable e) {
      TaskSchedulerException failure = new TaskSchedulerException(e);
      refuse(task, failure, true);
      throw failure;
    }
  }

  /** Runs the task on this thread, or has it run and waits until it has ended. */
  static void runSynchronously(Task<?> task) throws InterruptedException {
    Job job = task.job();
    if (job == null || job.scheduler == null || !task.tryStart()) {
      throw new IllegalStateException("The task has ended.");
    }
    try {
      if (!job.scheduler.runInline(task, false)) {
        job.scheduler.give(task);
      }
    } catch (Throwable e) {
      TaskSchedulerException failure = new TaskSchedulerException(e);
      refuse(task, failure, true);
      throw failure;
    }
    if (!task.hasEnded()) {
      Waits.block(task, Timeout.INFINITE, CancellationToken.none());
    }
  }

  /** Queues a continuation whose antecedents have ended. */
  static void queue(Task<?> task) {
    Job job = task.job();
    TaskScheduler scheduler = job == null ? null : job.scheduler;
    if (scheduler == null) {
      return; // canceled meanwhile
    }
    if (scheduler.mayRunInPlace() && !Current.mayNest()) {
      DefaultScheduler.runInPool(new Queueing(task));
    } else if (task.tryStart()) {
      try {
        scheduler.give(task);
      } catch (Throwable e) {
        refuse(task, new TaskSchedulerException(e), false);
      }
    }
  }

  /** Runs a continuation whose antecedents have ended here, if its scheduler does so. */
  static void inline(Task<?> task) {
    Job job = task.job();
    TaskScheduler scheduler = job == null ? null : job.scheduler;
    if (job == null || scheduler == null) {
      return; // canceled meanwhile
    }
    if (scheduler == DefaultScheduler.INSTANCE) {
      job.startHere();
    } else if (task.tryStart()) {
      try {
        if (!scheduler.runInline(task, false)) {
          scheduler.give(task);
        }
      } catch (Throwable e) {
        refuse(task, new TaskSchedulerException(e), false);
      }
    }
  }

  private static void refuse(Task<?> task, TaskSchedulerException failure, boolean isTold) {
    if (task.tryReserve(TaskState.INVOKED)) {
      Fault fault = new Fault(failure);
      if (isTold) {
        fault.observe();
      }
      task.end(TaskState.FAULTED, fault);
    }
  }

  /**
   * A task that is queued from another thread. No lambda, which might be linked on a full stack.
   */
  record Queueing(Task<?> task) implements Runnable {
    @Override
    public void run() {
      queue(task);
    }
  }
}
