// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A scheduler that keeps tasks until a test runs them, and notes what it is asked. */
final class ManualScheduler extends TaskScheduler {
  final Deque<Task<?>> queue = new ArrayDeque<>();
  final List<String> calls = new ArrayList<>();
  boolean inlines;
  boolean lies;
  boolean letsGo;
  RuntimeException failure;
  RuntimeException inlineFailure;

  @Override
  protected synchronized void queueTask(Task<?> task) {
    calls.add("queue");
    if (failure != null) {
      throw failure;
    }
    queue.add(task);
  }

  @Override
  protected boolean tryExecuteTaskInline(Task<?> task, boolean taskWasPreviouslyQueued) {
    calls.add(taskWasPreviouslyQueued ? "inline queued" : "inline");
    if (inlineFailure != null) {
      throw inlineFailure;
    }
    return lies || (inlines && tryExecuteTask(task));
  }

  @Override
  protected boolean tryDequeue(Task<?> task) {
    calls.add("dequeue");
    if (failure != null) {
      throw failure;
    }
    return letsGo;
  }

  @Override
  protected Iterable<Task<?>> getScheduledTasks() {
    return queue;
  }

  boolean run(Task<?> task) {
    return tryExecuteTask(task);
  }

  void runAll() {
    for (Task<?> task; (task = queue.poll()) != null; ) {
      tryExecuteTask(task);
    }
  }
}
