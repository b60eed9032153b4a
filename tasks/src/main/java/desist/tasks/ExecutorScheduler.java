// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.List;
import java.util.concurrent.Executor;

/** An executor as a scheduler: it runs everything, and nothing is run in place for it. */
final class ExecutorScheduler extends TaskScheduler {
  private final Executor executor;

  ExecutorScheduler(Executor executor) {
    this.executor = executor;
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
  protected void queueTask(Task<?> task) {
    Job job = task.job();
    if (job != null) {
      executor.execute(new Run(job, task));
    }
  }

  @Override
  boolean runInline(Task<?> task, boolean wasQueued) {
    return false;
  }

  @Override
  protected boolean tryExecuteTaskInline(Task<?> task, boolean taskWasPreviouslyQueued) {
    return false;
  }

  /** Returns none: an executor does not tell. */
  @Override
  protected Iterable<Task<?>> getScheduledTasks() {
    return List.of();
  }

  @Override
  public String toString() {
    return "TaskScheduler[" + executor + "]";
  }

  /** What the executor is given: no Job, which is a Future that nobody completes. */
  private record Run(Job job, Task<?> task) implements Runnable {
    @Override
    public void run() {
      job.run();
    }

    /** Names the task, for the message of an executor that refuses it. */
    @Override
    public String toString() {
      return task.toString();
    }
  }
}
