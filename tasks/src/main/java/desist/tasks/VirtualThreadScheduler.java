// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Runs each task on a virtual thread of its own. */
final class VirtualThreadScheduler extends TaskScheduler {
  private static final @Nullable TaskScheduler INSTANCE = instance();

  private final ThreadFactory threads;

  private VirtualThreadScheduler(ThreadFactory threads) {
    this.threads = threads;
  }

  private static @Nullable TaskScheduler instance() {
    ThreadFactory threads = Threads.ofVirtual();
    return threads == null ? null : new VirtualThreadScheduler(threads);
  }

  static TaskScheduler get() {
    if (INSTANCE == null) {
      throw new UnsupportedOperationException("Virtual threads need JDK 21 or later.");
    }
    return INSTANCE;
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
    if (job != null) {
      threads.newThread(job).start();
    }
  }

  /** A continuation or a synchronous run needs no other virtual thread than the one it is on. */
  @Override
  protected boolean tryExecuteTaskInline(Task<?> task, boolean taskWasPreviouslyQueued) {
    return !taskWasPreviouslyQueued
        && Threads.isVirtual(Thread.currentThread())
        && tryExecuteTask(task);
  }

  @Override
  protected Iterable<Task<?>> getScheduledTasks() {
    return List.of();
  }

  @Override
  public String toString() {
    return "TaskScheduler.virtualThreads()";
  }
}
