// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.AggregateException;
import desist.CancellationToken;
import desist.Timeout;
import desist.threading.CountdownEvent;
import desist.threading.ManualResetEventSlim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Waits of threads for tasks. */
final class Waits {
  /*
   * Overview
   *
   * A wait adds a hook to each task, which sets an event of desist.threading, and waits for that: so
   * it spins and parks, heeds token, time-out and interrupt, and has a ForkJoinPool make up for the
   * thread, as every wait there does. However it ends it removes its hooks.
   *
   * A wait for as long as it takes, without a token, first offers each task that is queued to its
   * scheduler, to run it in the waiting thread.
   */

  private Waits() {}

  /** Waits for a task; returns whether it has ended in time. */
  static boolean one(Task<?> task, Duration timeout, CancellationToken token)
      throws InterruptedException {
    if (task.hasEnded()) {
      return true;
    }
    throwIfInterrupted();
    if (mayInline(timeout, token) && runsInline(task)) {
      return true;
    }
    StackRoom.ensure();
    return block(task, timeout, token);
  }

  /** Waits for a task that is not to be run in this thread. */
  static boolean block(Task<?> task, Duration timeout, CancellationToken token)
      throws InterruptedException {
    ManualResetEventSlim ended = new ManualResetEventSlim(false);
    Hook hook = new Wakeup(task, ended::set);
    if (!task.addHook(hook)) {
      return true;
    }
    try {
      return ended.await(timeout, token);
    } finally {
      task.removeHook(hook);
    }
  }

  /**
   * Waits for all tasks, and throws what they have thrown.
   *
   * @return whether they have ended in time; if not, nothing is thrown
   */
  static boolean all(Task<?>[] tasks, Duration timeout, CancellationToken token)
      throws InterruptedException {
    Tasks.check(tasks);
    boolean haveEnded = haveEnded(tasks);
    if (!haveEnded) {
      throwIfInterrupted();
    }
    token.throwIfCancellationRequested();
    if (!haveEnded && !allEnd(tasks, timeout, token)) {
      return false;
    }
    List<Throwable> failures = new ArrayList<>();
    boolean isFaulted = false;
    for (Task<?> task : tasks) {
      isFaulted |= task.has(TaskState.FAULTED);
      task.addFailures(failures);
    }
    if (!isFaulted && !failures.isEmpty()) {
      token.throwIfCancellationRequested();
    }
    if (!failures.isEmpty()) {
      throw new AggregateException(failures);
    }
    return true;
  }

  private static boolean allEnd(Task<?>[] tasks, Duration timeout, CancellationToken token)
      throws InterruptedException {
    List<Task<?>> open = new ArrayList<>();
    for (int i = tasks.length - 1; i >= 0; i--) {
      if (!tasks[i].hasEnded() && (!mayInline(timeout, token) || !runsInline(tasks[i]))) {
        open.add(tasks[i]);
      }
    }
    if (open.isEmpty()) {
      return true;
    }
    StackRoom.ensure();
    CountdownEvent left = new CountdownEvent(open.size());
    List<Hook> hooks = new ArrayList<>(open.size());
    try {
      for (Task<?> task : open) {
        Hook hook = new Wakeup(task, left::signal);
        if (task.addHook(hook)) {
          hooks.add(hook);
        } else {
          left.signal();
        }
      }
      return left.await(timeout, token);
    } finally {
      hooks.forEach(hook -> hook.antecedent.removeHook(hook));
    }
  }

  /** Waits for one of the tasks; returns its index, or -1 if none has ended in time. */
  static int any(Task<?>[] tasks, Duration timeout, CancellationToken token)
      throws InterruptedException {
    Tasks.check(tasks);
    int ended = firstEnded(tasks);
    if (ended < 0 && tasks.length > 0) {
      throwIfInterrupted();
    }
    token.throwIfCancellationRequested();
    return ended >= 0 || tasks.length == 0 ? ended : firstToEnd(tasks, timeout, token);
  }

  private static int firstToEnd(Task<?>[] tasks, Duration timeout, CancellationToken token)
      throws InterruptedException {
    StackRoom.ensure();
    AtomicInteger first = new AtomicInteger(-1);
    ManualResetEventSlim ended = new ManualResetEventSlim(false);
    List<Hook> hooks = new ArrayList<>(tasks.length);
    try {
      for (int i = 0; i < tasks.length && first.get() < 0; i++) {
        int index = i;
        Runnable win =
            () -> {
              if (first.compareAndSet(-1, index)) {
                ended.set();
              }
            };
        Hook hook = new Wakeup(tasks[i], win);
        if (tasks[i].addHook(hook)) {
          hooks.add(hook);
        } else {
          win.run();
        }
      }
      ended.await(timeout, token);
      return first.get();
    } finally {
      hooks.forEach(hook -> hook.antecedent.removeHook(hook));
    }
  }

  private static boolean haveEnded(Task<?>[] tasks) {
    for (Task<?> task : tasks) {
      if (!task.hasEnded()) {
        return false;
      }
    }
    return true;
  }

  private static int firstEnded(Task<?>[] tasks) {
    for (int i = 0; i < tasks.length; i++) {
      if (tasks[i].hasEnded()) {
        return i;
      }
    }
    return -1;
  }

  private static boolean mayInline(Duration timeout, CancellationToken token) {
    return timeout.equals(Timeout.INFINITE) && !token.canBeCanceled();
  }

  /** Offers the task to its scheduler; returns whether it has ended. */
  private static boolean runsInline(Task<?> task) {
    Job job = task.job();
    TaskScheduler scheduler = job == null ? null : job.scheduler;
    if (scheduler != null && task.has(TaskState.STARTED)) {
      try {
        scheduler.runInline(task, true);
      } catch (Throwable e) {
        throw new TaskSchedulerException(e);
      }
    }
    return task.hasEnded();
  }

  /** Throws if an interrupt is pending, as every wait does that is not over. */
  static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** A thread that waits. */
  private static final class Wakeup extends Hook {
    private final Runnable signal;

    Wakeup(Task<?> antecedent, Runnable signal) {
      super(antecedent);
      this.signal = signal;
    }

    @Override
    Turn turn() {
      return Turn.WAKE;
    }

    @Override
    public void run() {
      signal.run();
    }

    @Override
    void run(boolean mayInline) {
      signal.run();
    }
  }
}
