// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.SynchronizationContext;
import java.util.List;

/** Posts each task to a context. */
final class ContextScheduler extends TaskScheduler {
  private final SynchronizationContext context;

  ContextScheduler(SynchronizationContext context) {
    this.context = context;
  }

  @Override
  public int maximumConcurrencyLevel() {
    return 1;
  }

  @Override
  boolean isOurs() {
    return true;
  }

  @Override
  @SuppressWarnings("UnnecessaryMethodReference") // a Job is a Future that nobody completes
  protected void queueTask(Task<?> task) {
    Job job = task.job();
    if (job != null) {
      context.post(job::run);
    }
  }

  @Override
  protected boolean tryExecuteTaskInline(Task<?> task, boolean taskWasPreviouslyQueued) {
    return SynchronizationContext.current() == context && tryExecuteTask(task);
  }

  @Override
  protected Iterable<Task<?>> getScheduledTasks() {
    return List.of();
  }

  @Override
  public String toString() {
    return "TaskScheduler[" + context + "]";
  }
}
