// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.TaskSteps.awaited;
import static desist.TaskSteps.canceled;
import static desist.TaskSteps.end;
import static desist.TaskSteps.faulted;
import static desist.TaskSteps.look;
import static desist.TaskSteps.thrownBy;

import desist.tasks.Task;
import desist.tasks.TaskCanceledException;
import desist.tasks.TaskCompletionSource;
import desist.tasks.TaskSchedulerException;
import java.time.Duration;
import java.util.List;

/** How the exceptions of tasks are shaped: tasks/exception. */
final class TaskExceptionConformanceTest extends Conformance {

  @Probe("tasks/exception/result-of-canceled")
  void resultOfCanceled(Out o) {
    Task<Integer> task = Task.fromCanceled(CancellationToken.canceled());
    o.attemptValue("result", task::result);
    o.attemptValue("await", task::await);
    o.say("exception", task.exception());
  }

  @Probe("tasks/exception/faulted-shape")
  void faultedShape(Out o) throws Exception {
    Task<Void> task =
        end(
            Task.factory()
                .startNewAction(
                    () -> {
                      throw new Boom("x");
                    }));
    o.say(look(task));
    o.attempt("wait", task::join);
    o.say("await", awaited(task));
  }

  @Probe("tasks/exception/many-faults-await-throws-first")
  void manyFaultsAwaitThrowsFirst(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Boom first = new Boom("first");
    source.setException(List.of(first, new IllegalStateException()));
    o.say(look(source.task()));
    o.say("first", thrownBy(source.task()) == first);
  }

  @Probe("tasks/exception/new-aggregate-each-time")
  void newAggregateEachTime(Out o) {
    Task<Void> task = faulted("x");
    o.say("same aggregate", task.exception() == task.exception());
    o.say("same inner", task.exception().getCause() == task.exception().getCause());
  }

  @Probe("tasks/exception/null-while-running")
  void nullWhileRunning(Out o) {
    o.say("pending", new TaskCompletionSource<Integer>().task().exception());
    o.say("ran", Task.fromResult(1).exception());
  }

  @Probe("tasks/exception/flatten")
  void flatten(Out o) {
    AggregateException nested =
        new AggregateException(
            new Boom("a"),
            new AggregateException(
                new AggregateException(new OperationCanceledException()),
                new TaskCanceledException()));
    o.say("nested", Out.describe(nested));
    o.say("flat", Out.describe(nested.flatten()));
    o.say("inner", Out.nameOf(nested.getCause()));
    o.say("base", Out.nameOf(nested.getBaseException()));
    AggregateException chain = new AggregateException(new AggregateException(new Boom("x")));
    o.say("base of single chain", Out.nameOf(chain.getBaseException()));
  }

  @Probe("tasks/exception/aggregate-message")
  void aggregateMessage(Out o) {
    o.say(new AggregateException().getMessage());
    o.say(new AggregateException(new Boom("a"), new Boom("b")).getMessage());
    o.say(new AggregateException("own", new Boom("a")).getMessage());
    AggregateException nested =
        new AggregateException(new AggregateException(new Boom("a")), new Boom("b"));
    o.say(nested.getMessage());
    o.say(nested.flatten().getMessage());
    o.say(faulted("x").exception().getMessage());
  }

  @Probe("tasks/exception/default-messages")
  @Differs(
      record = "0036-delays-and-time-outs-of-tasks.md",
      dotnet = "The operation has timed out.",
      ours = "The task has not ended within PT0S.")
  void defaultMessages(Out o) {
    o.say(new OperationCanceledException().getMessage());
    o.say(new TaskCanceledException().getMessage());
    o.say(new TaskCanceledException(Task.completedTask()).getMessage());
    o.say(thrownBy(canceled()).getMessage());
    o.say(new TaskSchedulerException().getMessage());
    o.say(new TaskSchedulerException(new Boom("x")).getMessage());
    Task<Integer> late = new TaskCompletionSource<Integer>().task().waitAsync(Duration.ZERO);
    o.say(thrownBy(late).getMessage());
  }

  @Probe("tasks/exception/flatten-details")
  void flattenDetails(Out o) {
    AggregateException flat = new AggregateException(new Boom("a"));
    o.say("flat already, same", flat == flat.flatten());
    o.say("empty", count(new AggregateException()));
    o.say(
        "of empties",
        count(new AggregateException(new AggregateException(), new AggregateException())));
    o.say(
        "a subclass is flattened too",
        Out.describe(
            new AggregateException(new MyAggregate(new Boom("a")), new IllegalStateException())
                .flatten()));
    o.say("type", Out.nameOf(new MyAggregate(new Boom("a")).flatten()));
    o.say("message", new AggregateException("own", new Boom("a")).flatten().getMessage());
    o.say("message of a subclass", new MyAggregate(new Boom("a")).flatten().getMessage());
    o.say(
        "other inner exceptions stay",
        Out.describe(
            new AggregateException(
                    new TaskSchedulerException(new AggregateException(new Boom("a"))))
                .flatten()));
  }

  @Probe("tasks/exception/base-exception")
  void baseException(Out o) {
    AggregateException empty = new AggregateException();
    o.say("empty is its own", empty.getBaseException() == empty);
    AggregateException two = new AggregateException(new Boom("a"), new Boom("b"));
    o.say("stops at two", new AggregateException(two).getBaseException() == two);
    AggregateException other = new AggregateException(new TaskSchedulerException(new Boom("x")));
    o.say("does not enter others", Out.nameOf(other.getBaseException()));
  }

  @Probe("tasks/exception/await-throws-the-same-object")
  void awaitThrowsTheSameObject(Out o) throws Exception {
    Boom boom = new Boom("x");
    Task<Void> task =
        end(
            Task.factory()
                .startNewAction(
                    () -> {
                      throw boom;
                    }));
    o.say("await", thrownBy(task) == boom);
    o.say("again", thrownBy(task) == boom);
    o.say("exception", task.exception().getCause() == boom);
    try {
      task.join();
    } catch (AggregateException e) {
      o.say("wait", e.getCause() == boom);
    }
  }

  private static int count(AggregateException e) {
    return e.flatten().innerExceptions().size();
  }
}
