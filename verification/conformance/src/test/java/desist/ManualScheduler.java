// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import desist.tasks.Task;
import desist.tasks.TaskScheduler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A scheduler that runs nothing until it is told to; it notes what it was asked. */
final class ManualScheduler extends TaskScheduler {
  final List<Task<?>> queue = new CopyOnWriteArrayList<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  private boolean inlines;
  private boolean dequeues;
  private boolean claimsToInline;
  private boolean claimsToDequeue;
  private @Nullable RuntimeException onQueue;
  private @Nullable RuntimeException onInline;
  private @Nullable RuntimeException onDequeue;

  /** Runs a task when asked to inline it. */
  ManualScheduler inlining() {
    inlines = true;
    return this;
  }

  /** Takes a queued task back when asked to. */
  ManualScheduler dequeuing() {
    dequeues = true;
    return this;
  }

  /** Says that it has run a task inline, and does not. */
  ManualScheduler claimingToInline() {
    claimsToInline = true;
    return this;
  }

  /** Says that it has taken a task back, and does not. */
  ManualScheduler claimingToDequeue() {
    claimsToDequeue = true;
    return this;
  }

  /** Throws this when it is given a task. */
  ManualScheduler throwingOnQueue(RuntimeException e) {
    onQueue = e;
    return this;
  }

  /** Throws this when asked to inline a task. */
  ManualScheduler throwingOnInline(RuntimeException e) {
    onInline = e;
    return this;
  }

  /** Throws this when asked to take a task back. */
  ManualScheduler throwingOnDequeue(RuntimeException e) {
    onDequeue = e;
    return this;
  }

  /** Runs a task: whether it could be run. */
  boolean run(Task<?> task) {
    queue.remove(task);
    return tryExecuteTask(task);
  }

  /** Runs all that is queued, and what is queued by that. */
  void runAll() {
    while (!queue.isEmpty()) {
      run(queue.get(0));
    }
  }

  @Override
  protected void queueTask(Task<?> task) {
    calls.add("queue");
    throwIfSet(onQueue);
    queue.add(task);
  }

  @Override
  protected boolean tryExecuteTaskInline(Task<?> task, boolean wasQueued) {
    calls.add(wasQueued ? "inline queued" : "inline");
    throwIfSet(onInline);
    return claimsToInline || (inlines && run(task));
  }

  @Override
  protected boolean tryDequeue(Task<?> task) {
    calls.add("dequeue");
    throwIfSet(onDequeue);
    return claimsToDequeue || (dequeues && queue.remove(task));
  }

  @Override
  protected Iterable<Task<?>> getScheduledTasks() {
    return queue;
  }

  private static void throwIfSet(@Nullable RuntimeException e) {
    if (e != null) {
      throw e;
    }
  }
}
