// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import desist.tasks.Task;
import desist.tasks.TaskScheduler;
import java.util.List;
import java.util.function.Consumer;

/** A scheduler that runs a task when it is given it; it tells each task's status first. */
final class DirectScheduler extends TaskScheduler {
  private final Consumer<String> log;

  DirectScheduler(Consumer<String> log) {
    this.log = log;
  }

  @Override
  protected void queueTask(Task<?> task) {
    log.accept("queue, " + TaskSteps.status(task));
    tryExecuteTask(task);
  }

  @Override
  protected boolean tryExecuteTaskInline(Task<?> task, boolean wasQueued) {
    log.accept("inline, " + TaskSteps.status(task));
    return tryExecuteTask(task);
  }

  @Override
  protected Iterable<Task<?>> getScheduledTasks() {
    return List.of();
  }
}
