// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Steps.throwing;
import static desist.TaskSteps.awaited;
import static desist.TaskSteps.currentId;
import static desist.TaskSteps.end;
import static desist.TaskSteps.status;
import static desist.tasks.TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY;

import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import desist.tasks.TaskScheduler;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Identity of tasks, closing and surroundings: tasks/task and tasks/yield. */
@Meaningless(
    id = "tasks/task/execution-context",
    about = Meaningless.About.AMBIENT_CONTEXT,
    because = "it shows when the AsyncLocal values of a body are taken; Java has no such context")
@Meaningless(
    id = "tasks/yield/awaiter",
    about = Meaningless.About.ASYNC_METHODS,
    because = "it is about what Yield gives an async method to await; there are none here")
final class TaskConformanceTest extends Conformance {
  @Probe("tasks/task/id")
  void id(Out o) throws Exception {
    o.say("outside", currentId());
    AtomicReference<Integer> inside = new AtomicReference<>();
    Task<Void> task = Task.runAction(() -> inside.set(currentId()));
    task.join();
    o.say("inside is its id", inside.get() == task.id());
    o.say("not zero", task.id() != 0);
    o.say("stable", task.id() == task.id());
    o.say("differ", task.id() != Task.fromResult("a").id());
  }

  @Probe("tasks/task/dispose")
  void close(Out o) {
    o.attempt("created", () -> Task.ofAction(() -> {}).close());
    o.attempt("pending", () -> new TaskCompletionSource<Integer>().task().close());
    for (Task<Void> task :
        List.of(
            Task.ofAction(() -> {}, CancellationToken.canceled()), TaskSteps.<Void>faulted("x"))) {
      o.attempt(status(task), task::close);
      o.attempt("again", task::close);
      o.attempt("wait", task::join);
      o.say("await", awaited(task));
      o.attempt("handle", task::asyncWaitHandle);
      o.say("status", task.status());
      o.say("continuation", end(task.continueWithAction(t -> {})).status());
    }
  }

  @Probe("tasks/task/throwing-callback-does-not-stop-task-cancellation")
  void throwingCallbackDoesNotStopTaskCancellation(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Void> task = Task.ofAction(() -> {}, source.token());
    source.token().register(throwing(new Boom("callback")));
    o.attempt("cancel", source::cancel);
    o.say("status", task.status());
  }

  @Probe("tasks/task/id-on-first-read")
  void idOnFirstRead(Out o) {
    Task<Void> a = Task.ofAction(() -> {});
    Task<Void> b = Task.ofAction(() -> {});
    int idOfB = b.id();
    int idOfA = a.id();
    o.say("read later, greater", idOfA > idOfB);
  }

  @Probe("tasks/task/current-id-in-nested-calls")
  void currentIdInNestedCalls(Out o) throws Exception {
    Task<Void> outer =
        Task.ofAction(
            () -> {
              Integer before = currentId();
              Task<Void> inner = Task.ofAction(() -> {});
              inner.continueWithAction(
                  t -> o.say("in a continuation the same", before.equals(currentId())),
                  EXECUTE_SYNCHRONOUSLY);
              inner.runSynchronously(TaskScheduler.defaultScheduler());
              o.say("after, the same", before.equals(currentId()));
              try (CancellationTokenSource source = new CancellationTokenSource()) {
                source
                    .token()
                    .register(() -> o.say("in a callback, the same", before.equals(currentId())));
                source.cancel();
              }
            });
    outer.runSynchronously(TaskScheduler.defaultScheduler());
  }
}
