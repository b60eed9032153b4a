// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Steps.isSet;
import static desist.TaskSteps.canceled;
import static desist.TaskSteps.faulted;
import static desist.TaskSteps.startOn;
import static desist.TaskSteps.status;
import static desist.tasks.TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY;
import static desist.tasks.TaskCreationOptions.ATTACHED_TO_PARENT;

import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import desist.tasks.TaskStatus;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The states of a task: tasks/status. */
final class TaskStatusConformanceTest extends Conformance {
  private static final String LEFT_OUT = "0031-what-tasks-leave-out.md";

  @Probe("tasks/status/enum")
  void names(Out o) {
    for (TaskStatus status : TaskStatus.values()) {
      o.say(status.ordinal() + " " + Out.nameOf(status));
    }
  }

  @Probe("tasks/status/promises-wait-for-activation")
  void promisesWaitForActivation(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    TaskCompletionSource<Integer> gate = new TaskCompletionSource<>();
    o.say("source", source.task().status());
    o.say("continuation", source.task().continueWithAction(t -> {}).status());
    o.say("delay", Task.delay(Timeout.INFINITE).status());
    o.say("whenAll", Task.whenAll(source.task(), gate.task()).status());
    o.say("whenAny", Task.whenAny(source.task(), gate.task()).status());
    o.say("run of a task", Task.runAsync(gate::task).status());
  }

  @Probe("tasks/status/waiting-for-children")
  void waitingForChildren(Out o) {
    ManualScheduler scheduler = new ManualScheduler();
    Task<Void> parent = Task.ofAction(() -> startOn(scheduler, () -> {}, ATTACHED_TO_PARENT));
    parent.start(scheduler);
    scheduler.run(parent);
    o.say("body over", parent.status());
    o.say("completed", parent.isCompleted());
    scheduler.runAll();
    o.say("child over", parent.status());
  }

  @Probe("tasks/status/flags")
  void flags(Out o) {
    flags(o, "pending", new TaskCompletionSource<Integer>().task());
    flags(o, "created", Task.ofAction(() -> {}));
    flags(o, "ran", Task.fromResult(1));
    flags(o, "canceled", canceled());
    flags(o, "faulted", faulted("x"));
  }

  private static void flags(Out o, String name, Task<?> task) {
    o.say(
        name
            + " completed="
            + task.isCompleted()
            + " canceled="
            + task.isCanceled()
            + " faulted="
            + task.isFaulted()
            + " success="
            + task.isCompletedSuccessfully());
  }

  /** {@code IAsyncResult}, of which the last line is about, has no counterpart. */
  @Probe("tasks/status/wait-handle-set-when-canceled")
  @Differs(
      record = LEFT_OUT,
      dotnet = "completedSynchronously=false",
      ours = {})
  void waitHandleSetWhenCanceled(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Void> task = Task.ofAction(() -> {}, source.token());
    WaitHandle handle = task.asyncWaitHandle();
    o.say("before", isSet(handle));
    source.cancel();
    o.say("after", isSet(handle));
  }

  /** What follows an await is a continuation here. */
  @Probe("tasks/status/async-method")
  void asyncMethod(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    AtomicReference<Task<Void>> task = new AtomicReference<>();
    task.set(
        Task.unwrap(
            source
                .task()
                .continueWith(
                    t -> {
                      o.say("its code runs", task.get().status());
                      return Task.completedTask();
                    },
                    EXECUTE_SYNCHRONOUSLY)));
    o.say("pending", task.get().status());
    o.attempt("start", () -> task.get().start());
    source.setResult(1);
    o.say("end", task.get().status());
  }

  @Probe("tasks/status/wait-handle-made-after-the-end")
  void waitHandleMadeAfterTheEnd(Out o) {
    for (Task<?> task : List.of(Task.fromResult(1), canceled(), faulted("x"))) {
      o.say(status(task), isSet(task.asyncWaitHandle()));
    }
  }

  /** The body is over: only the children decide now. */
  @Probe("tasks/status/token-canceled-while-waiting-for-children")
  void tokenCanceledWhileWaitingForChildren(Out o) {
    ManualScheduler scheduler = new ManualScheduler().dequeuing();
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Void> parent =
        Task.ofAction(() -> startOn(scheduler, () -> {}, ATTACHED_TO_PARENT), source.token());
    parent.start(scheduler);
    scheduler.run(parent);
    source.cancel();
    o.say("canceled token", parent.status());
    o.say("calls", scheduler.calls);
    scheduler.runAll();
    o.say("child over", parent.status());
  }
}
