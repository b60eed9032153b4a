// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.TaskSteps.options;
import static desist.tasks.TaskCreationOptions.ATTACHED_TO_PARENT;
import static desist.tasks.TaskCreationOptions.LONG_RUNNING;
import static desist.tasks.TaskCreationOptions.PREFER_FAIRNESS;
import static desist.tasks.TaskCreationOptions.RUN_CONTINUATIONS_ASYNCHRONOUSLY;

import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import desist.tasks.TaskContinuationOptions;
import desist.tasks.TaskCreationOptions;
import desist.tasks.TaskScheduler;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Creation options: tasks/options. */
final class TaskOptionsConformanceTest extends Conformance {
  private static final String OPTIONS = "0029-options-are-enums.md";
  private static final CancellationToken NONE = CancellationToken.none();

  /** Options are constants, so none is unknown. */
  @Probe("tasks/options/valid")
  @Differs(
      record = OPTIONS,
      dotnet = {"0x20: ArgumentOutOfRangeException", "0x80: ArgumentOutOfRangeException"},
      ours = {})
  void valid(Out o) {
    o.attemptValue(
        "all",
        () -> options(Task.ofAction(() -> {}, TaskCreationOptions.values()).creationOptions()));
    o.attemptValue("null action", () -> Task.ofAction(null));
    o.attemptValue("null function", () -> new Task<Integer>((Callable<Integer>) null));
  }

  @Probe("tasks/options/deny-child-attach-is-seen")
  void denyChildAttachIsSeen(Out o) throws Exception {
    AtomicReference<Task<Void>> child = new AtomicReference<>();
    ManualResetEvent gate = new ManualResetEvent(false);
    Task<Void> parent =
        Task.runAction(
            () ->
                child.set(Task.factory().startNewAction(() -> gate.waitOne(), ATTACHED_TO_PARENT)));
    o.attempt("parent does not wait", parent::join);
    o.say("child done", child.get().isCompleted());
    o.say("child options", options(child.get().creationOptions()));
    gate.set();
    child.get().join();
  }

  @Probe("tasks/options/deny-child-attach-and-sources")
  void denyChildAttachAndSources(Out o) throws Exception {
    AtomicReference<Task<Integer>> source = new AtomicReference<>();
    AtomicReference<Task<Void>> next = new AtomicReference<>();
    Task<Void> parent =
        Task.runAction(
            () -> {
              source.set(new TaskCompletionSource<Integer>(ATTACHED_TO_PARENT).task());
              next.set(
                  source
                      .get()
                      .continueWithAction(t -> {}, TaskContinuationOptions.ATTACHED_TO_PARENT));
            });
    o.say("wait", parent.join(Steps.LONG));
    o.say("parent", parent.status());
    o.say(
        "options "
            + options(source.get().creationOptions())
            + " "
            + options(next.get().creationOptions()));
  }

  @Probe("tasks/options/long-running-on-another-scheduler")
  void longRunningOnAnotherScheduler(Out o) {
    ManualScheduler scheduler = new ManualScheduler();
    AtomicReference<Thread> thread = new AtomicReference<>();
    Task.factory()
        .startNewAction(
            () -> thread.set(Thread.currentThread()),
            NONE,
            scheduler,
            LONG_RUNNING,
            PREFER_FAIRNESS);
    o.say("calls", scheduler.calls);
    o.say("the scheduler sees", options(scheduler.queue.get(0).creationOptions()));
    scheduler.runAll();
    o.say("in the scheduler's thread", thread.get() == Thread.currentThread());
  }

  /** It is about continuations that wait when the task ends: others run, and end, in place. */
  @Probe("tasks/options/run-continuations-asynchronously-limits")
  void runContinuationsAsynchronouslyLimits(Out o) {
    TaskCompletionSource<Integer> source =
        new TaskCompletionSource<>(RUN_CONTINUATIONS_ASYNCHRONOUSLY);
    Task<Void> mismatch =
        source.task().continueWithAction(t -> {}, TaskContinuationOptions.ONLY_ON_FAULTED);
    source.setResult(1);
    o.say("mismatch when set returns", mismatch.status());
    Thread here = Thread.currentThread();
    AtomicBoolean same = new AtomicBoolean();
    source
        .task()
        .continueWithAction(
            t -> same.set(Thread.currentThread() == here),
            TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);
    o.say("added later, in the call", same);
  }

  @Probe("tasks/options/long-running-thread")
  @Differs(
      record = "0009-threads-and-timer-failures.md",
      dotnet = "name=.NET Long Running Task",
      ours = "name=desist-long-running")
  void longRunningThread(Out o) throws Exception {
    AtomicReference<String> name = new AtomicReference<>();
    Task.factory()
        .startNewAction(
            () -> name.set(Thread.currentThread().getName()),
            NONE,
            TaskScheduler.defaultScheduler(),
            LONG_RUNNING)
        .join();
    o.say("name", name);
    Thread from = Thread.currentThread();
    Task<Thread> task =
        Task.factory()
            .startNew(Thread::currentThread, NONE, TaskScheduler.defaultScheduler(), LONG_RUNNING);
    o.say("inlined by a wait", task.result() == from);
  }
}
