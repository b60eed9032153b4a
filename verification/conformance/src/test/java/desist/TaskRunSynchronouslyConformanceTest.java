// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.TaskSteps.look;
import static desist.tasks.TaskCreationOptions.LONG_RUNNING;

import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import desist.tasks.TaskScheduler;
import java.util.concurrent.atomic.AtomicReference;

/** {@code runSynchronously}: tasks/runsynchronously. */
final class TaskRunSynchronouslyConformanceTest extends Conformance {
  @Probe("tasks/runsynchronously/not-for-these")
  void notForThese(Out o) throws Exception {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    o.attempt("promise", () -> source.task().runSynchronously());
    o.attempt("continuation", () -> source.task().continueWithAction(t -> {}).runSynchronously());
    o.attempt(
        "canceled", () -> Task.ofAction(() -> {}, CancellationToken.canceled()).runSynchronously());
    o.attempt("null scheduler", () -> Task.ofAction(() -> {}).runSynchronously(null));
    Task<Void> done = Task.ofAction(() -> {});
    done.runSynchronously();
    o.attempt("twice", done::runSynchronously);
  }

  @Probe("tasks/runsynchronously/scheduler")
  void scheduler(Out o) throws Exception {
    ManualScheduler scheduler = new ManualScheduler().inlining();
    Task<Void> task = Task.ofAction(() -> o.say("current", TaskScheduler.current() == scheduler));
    task.runSynchronously(scheduler);
    o.say("calls", scheduler.calls);
  }

  @Probe("tasks/runsynchronously/scheduler-throws")
  void schedulerThrows(Out o) {
    ManualScheduler scheduler = new ManualScheduler().throwingOnInline(new Boom("inline"));
    Task<Void> task = Task.ofAction(() -> {});
    o.attempt("run", () -> task.runSynchronously(scheduler));
    o.say(look(task));
  }

  @Probe("tasks/runsynchronously/canceled-inside-a-linked-body")
  void canceledInsideALinkedBody(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Void> task = Task.ofAction(source::cancel, source.token());
    task.runSynchronously();
    o.say("body returned", task.status());
  }

  @Probe("tasks/runsynchronously/queue-throws")
  void queueThrows(Out o) {
    ManualScheduler scheduler = new ManualScheduler().throwingOnQueue(new Boom("queue"));
    Task<Void> task = Task.ofAction(() -> {});
    o.attempt("run", () -> task.runSynchronously(scheduler));
    o.say("calls", scheduler.calls);
    o.say(look(task));
  }

  @Probe("tasks/runsynchronously/long-running-too")
  void longRunningToo(Out o) throws Exception {
    AtomicReference<Thread> thread = new AtomicReference<>();
    Task.ofAction(() -> thread.set(Thread.currentThread()), LONG_RUNNING).runSynchronously();
    o.say("same thread", thread.get() == Thread.currentThread());
  }
}
