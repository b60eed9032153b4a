// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.TaskSteps.canceledSource;
import static desist.TaskSteps.end;
import static desist.TaskSteps.faulted;
import static desist.TaskSteps.look;
import static desist.TaskSteps.taskOf;
import static desist.TaskSteps.thrownBy;
import static desist.TaskSteps.tokenOf;

import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** {@code run}, {@code runAction} and {@code runAsync}: tasks/run. */
final class TaskRunConformanceTest extends Conformance {
  private static final String NAMES = "0015-names-and-overloads.md";

  @Probe("tasks/run/options")
  void options(Out o) {
    o.say("run", TaskSteps.options(Task.runAction(() -> {}).creationOptions()));
    o.say("startNew", TaskSteps.options(Task.factory().startNewAction(() -> {}).creationOptions()));
    o.say("run of a function", TaskSteps.options(Task.run(() -> 1).creationOptions()));
    o.say("run of a task", TaskSteps.options(Task.runAsync(Task::completedTask).creationOptions()));
  }

  @Probe("tasks/run/arguments")
  void arguments(Out o) {
    CancellationToken canceled = CancellationToken.canceled();
    o.attempt("action", () -> Task.runAction(null));
    o.attempt("action, canceled token", () -> Task.runAction(null, canceled));
    o.attempt("function", () -> Task.run(null, canceled));
    o.attempt("function of task", () -> Task.runAsync((Callable<Task<Void>>) null, canceled));
    o.attempt("function of task of", () -> Task.runAsync((Callable<Task<Integer>>) null, canceled));
  }

  /** In C# the lambda is one of a function of a task; here that has a name of its own. */
  @Probe("tasks/run/throwing-lambda-is-a-task-function")
  @Differs(
      record = NAMES,
      dotnet = "run: Canceled exception=null",
      ours = {
        "run: Faulted exception=AggregateException[OperationCanceledException]",
        "runAsync: Canceled exception=null"
      })
  void throwingLambdaIsATaskFunction(Out o) {
    o.say("run: " + look(end(Task.run(throwing(new OperationCanceledException())))));
    o.say("runAsync: " + look(end(Task.runAsync(throwing(new OperationCanceledException())))));
    o.say(
        "startNew: "
            + look(end(Task.factory().startNew(throwing(new OperationCanceledException())))));
  }

  @Probe("tasks/run/inner-task-decides")
  void innerTaskDecides(Out o) {
    CancellationTokenSource source = canceledSource();
    o.say("canceled: " + look(end(Task.runAsync(() -> Task.fromCanceled(source.token())))));
    o.say("faulted: " + look(end(Task.runAsync(() -> faulted("x")))));
    o.say(
        "fault with an oce: "
            + look(end(Task.runAsync(() -> Task.fromException(new OperationCanceledException())))));
    Task<Object> task = end(Task.runAsync(() -> Task.fromCanceled(source.token())));
    o.say("token", tokenOf(task) == source.token());
    o.say("task is the proxy", taskOf(task) == task);
  }

  @Probe("tasks/run/several-exceptions-of-inner-task")
  void severalExceptionsOfInnerTask(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    source.setException(List.of(new Boom("a"), new IllegalStateException()));
    o.say(look(end(Task.runAsync(source::task))));
  }

  @Probe("tasks/run/function-throws")
  void functionThrows(Out o) {
    o.say("fault: " + look(end(Task.runAsync(throwing(new Boom("x"))))));
    o.say(
        "wrapped cancellation: "
            + look(
                end(
                    Task.runAsync(
                        throwing(new AggregateException(new OperationCanceledException()))))));
  }

  @Probe("tasks/run/same-cancellation-object")
  void sameCancellationObject(Out o) {
    MyCanceled thrown = new MyCanceled(CancellationToken.none());
    o.say("thrown by the function", thrownBy(end(Task.runAsync(throwing(thrown)))) == thrown);
    o.say(
        "of the inner task",
        thrownBy(end(Task.runAsync(() -> Task.runAsync(throwing(thrown))))) == thrown);
  }

  @Probe("tasks/run/null-task-token")
  void nullTaskToken(Out o) {
    Task<Void> task = end(Task.runAsync(() -> null));
    o.say("token can be canceled", tokenOf(task).canBeCanceled());
    o.say("task is the proxy", taskOf(task) == task);
  }

  @Probe("tasks/run/proxy")
  void proxy(Out o) throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    CountDownLatch started = new CountDownLatch(1);
    Task<Void> task =
        Task.runAsync(
            () -> {
              started.countDown();
              await(hold);
              return Task.completedTask();
            });
    await(started);
    o.say("function runs", task.status());
    o.say("state", task.asyncState());
    o.attempt("start", task::start);
    hold.countDown();
    task.join();
  }

  /** A function that only throws. */
  private static <T> Callable<T> throwing(RuntimeException e) {
    return () -> {
      throw e;
    };
  }
}
