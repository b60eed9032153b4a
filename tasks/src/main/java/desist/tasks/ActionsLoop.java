// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.CancellationToken;
import desist.OperationCanceledException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Runs actions, each once, by the workers of a loop. */
final class ActionsLoop extends Loop<@Nullable Void> {
  /*
   * Overview
   *
   * The first worker takes the first action; then each takes the next, until there is none. Few
   * actions that may all run at once are tasks with the token: what has not begun when that is
   * canceled is canceled. Of others ("limited") a worker takes none once the token is canceled.
   * Nothing is registered with the token, and a failure keeps no action from running.
   *
   * Not done: to leave all actions but the first to other threads, as .NET does where they are tasks.
   * The caller goes on with those that nobody has begun, so it needs no other thread to end.
   */

  private static final int FEW = 10;

  private final CancellationToken token;
  private final ThrowingRunnable[] actions;

  /** The actions as tasks of which nobody else knows; null if limited. */
  private final Task<?> @Nullable [] tasks;

  private final AtomicReferenceArray<@Nullable Throwable> failures;

  /** The next to take; the first is the first worker's. */
  private final AtomicInteger next = new AtomicInteger(1);

  private ActionsLoop(ParallelOptions options, ThrowingRunnable[] actions) {
    super(options, LoopLocals.NONE, (Object[]) actions);
    this.token = options.cancellationToken();
    this.actions = actions;
    this.failures = new AtomicReferenceArray<>(actions.length);
    int degree = options.maxDegreeOfParallelism();
    boolean isLimited = actions.length > FEW || (degree != -1 && degree < actions.length);
    this.tasks = isLimited ? null : toTasks(options.schedulerNow());
  }

  /** Runs the actions, which are the caller's no more. */
  static void run(ParallelOptions options, ThrowingRunnable[] actions) {
    options.cancellationToken().throwIfCancellationRequested();
    for (int i = 0; i < actions.length; i++) {
      if (actions[i] == null) {
        throw new NullPointerException("actions[" + i + "]");
      }
    }
    if (actions.length > 0) {
      StackRoom.ensure();
      ActionsLoop loop = new ActionsLoop(options, actions);
      loop.runWorkers();
      loop.throwIfAnyFailed();
    }
  }

  private Task<?>[] toTasks(TaskScheduler scheduler) {
    Task<?>[] made = new Task<?>[actions.length];
    for (int i = 0; i < made.length; i++) {
      Job job = new Job.OfAction(actions[i], token);
      made[i] = Task.ready(job, Options.DENY_CHILD_ATTACH, scheduler);
    }
    return made;
  }

  @Override
  void work(LoopWorker<@Nullable Void> worker) {
    int taken = isFirst(worker) ? 0 : next.getAndIncrement();
    while (taken < actions.length && (tasks != null || !token.isCancellationRequested())) {
      if (next.get() < actions.length) {
        callForHelp();
      }
      run(taken);
      taken = next.getAndIncrement();
    }
  }

  private void run(int index) {
    Job job = tasks == null ? null : tasks[index].job();
    if (job != null) {
      job.executeInRoom();
      return;
    }
    try {
      actions[index].run();
    } catch (Throwable e) {
      failures.set(index, e);
    }
  }

  private void throwIfAnyFailed() {
    List<Throwable> all = tasks == null ? failures() : failures(tasks);
    all.addAll(failuresOfWorkers()); // then there may be actions that nobody has run
    if (!all.isEmpty()) {
      LoopFailures.throwAll(all, token);
    }
  }

  /**
   * Returns what the actions have thrown that are no tasks, in their order, and the cancellation.
   */
  private List<Throwable> failures() {
    List<Throwable> all = new ArrayList<>();
    for (int i = 0; i < actions.length; i++) {
      Throwable failure = failures.get(i);
      if (failure != null) {
        all.add(failure);
      }
    }
    if (token.isCancellationRequested()) {
      all.add(new OperationCanceledException(token));
    }
    return all;
  }

  private static List<Throwable> failures(Task<?>[] tasks) {
    List<Throwable> all = new ArrayList<>();
    for (Task<?> task : tasks) {
      task.addFailures(all);
    }
    return all;
  }
}
