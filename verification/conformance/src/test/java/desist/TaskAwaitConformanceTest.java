// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.TaskSteps.canceled;
import static desist.TaskSteps.end;
import static desist.TaskSteps.faulted;
import static desist.TaskSteps.look;

import desist.tasks.Task;
import desist.tasks.TaskCanceledException;

/**
 * Functions that wait for tasks, .NET's async methods: tasks/async, tasks/await.
 *
 * <p>Where an async method is meant for its end alone, a function given to {@code runAsync} stands
 * for it, and waits.
 */
@Meaningless(
    id = "tasks/await/context",
    about = Meaningless.About.ASYNC_METHODS,
    because =
        "it shows that the rest of an async method is posted to the context of its await; a wait"
            + " holds its thread and goes on there (decision 0028)")
@Meaningless(
    id = "tasks/await/scheduler",
    about = Meaningless.About.ASYNC_METHODS,
    because = "as before, for the scheduler of the task that awaits")
@Meaningless(
    id = "tasks/await/arguments",
    about = Meaningless.About.ASYNC_METHODS,
    because = "it shows what the awaiter, made for the compiler of async methods, says to null")
@Meaningless(
    id = "tasks/await/done-task-is-queued",
    about = Meaningless.About.ASYNC_METHODS,
    because = "it shows where the awaiter of a done task runs what the compiler gives it")
final class TaskAwaitConformanceTest extends Conformance {

  @Probe("tasks/async/any-oce-cancels")
  void anyOceCancels(Out o) throws Exception {
    CancellationToken live = new CancellationTokenSource().token();
    o.say("no token: " + ends(new OperationCanceledException(), false));
    o.say("token not canceled: " + ends(new OperationCanceledException(live), false));
    o.say("later: " + ends(new OperationCanceledException(live), true));
    o.say("subclass: " + ends(new MyCanceled(live), true));
    o.say("task canceled: " + ends(new TaskCanceledException(), false));
    o.say("wrapped: " + ends(new AggregateException(new OperationCanceledException()), false));
    o.say("other: " + ends(new Boom("x"), false));
  }

  @Probe("tasks/async/configure-await-throws-the-same")
  void configureAwaitThrowsTheSame(Out o) throws Exception {
    o.say("canceled: " + look(end(awaiting(canceled()))));
    o.say("faulted: " + look(end(awaiting(faulted("x")))));
  }

  @Probe("tasks/await/many-faults-first-only")
  void manyFaultsFirstOnly(Out o) throws Exception {
    Task<?> both =
        Task.whenAll(faulted("a"), Task.<Void>fromException(new IllegalStateException()));
    o.say(look(end(awaiting(both))));
  }

  /** How a function ends that throws, at once or after it has waited. */
  private static String ends(RuntimeException e, boolean later) throws Exception {
    return look(
        end(
            Task.runAsync(
                () -> {
                  if (later) {
                    Task.runAction(() -> {}).await();
                  }
                  throw e;
                })));
  }

  private static Task<Void> awaiting(Task<?> task) {
    return Task.runAsync(
        () -> {
          task.await();
          return Task.completedTask();
        });
  }
}
