// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.TaskSteps.awaited;
import static desist.TaskSteps.canceledSource;
import static desist.TaskSteps.end;
import static desist.TaskSteps.look;
import static desist.TaskSteps.thrownBy;

import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import desist.tasks.TaskCreationOptions;
import desist.tasks.TaskFactory;
import desist.tasks.TaskScheduler;

/** How a body ends: tasks/body. */
final class TaskBodyConformanceTest extends Conformance {
  private static final TaskFactory FACTORY = Task.factory();

  @Probe("tasks/body/own-token-not-canceled")
  void ownTokenNotCanceled(Out o) {
    CancellationToken token = new CancellationTokenSource().token();
    Task<Void> task =
        FACTORY.startNewAction(
            () -> {
              throw new OperationCanceledException(token);
            },
            token);
    o.attempt("wait", task::join);
    o.say(look(task));
  }

  @Probe("tasks/body/no-token-in-exception")
  void noTokenInException(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Void> task =
        FACTORY.startNewAction(
            () -> {
              source.cancel();
              throw new OperationCanceledException();
            },
            source.token());
    o.attempt("wait", task::join);
    o.say(look(task));
  }

  @Probe("tasks/body/no-token-in-task")
  void noTokenInTask(Out o) {
    CancellationToken token = canceledSource().token();
    Task<Void> task = FACTORY.startNewAction(token::throwIfCancellationRequested);
    o.attempt("wait", task::join);
    o.say(look(task));
  }

  @Probe("tasks/body/linked-token-is-another-token")
  void linkedTokenIsAnotherToken(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken linked =
        CancellationTokenSource.createLinkedTokenSource(source.token()).token();
    Task<Void> task =
        FACTORY.startNewAction(
            () -> {
              source.cancel();
              linked.throwIfCancellationRequested();
            },
            source.token());
    end(task);
    o.say("task has the source, exception the linked", task.status());
    CancellationTokenSource source2 = new CancellationTokenSource();
    CancellationToken linked2 =
        CancellationTokenSource.createLinkedTokenSource(source2.token()).token();
    Task<Void> task2 =
        FACTORY.startNewAction(
            () -> {
              source2.cancel();
              linked2.throwIfCancellationRequested();
            },
            linked2);
    end(task2);
    o.say("both have the linked", task2.status());
  }

  @Probe("tasks/body/wrapped-cancellation-is-a-fault")
  void wrappedCancellationIsFault(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Void> task =
        FACTORY.startNewAction(
            () -> {
              source.cancel();
              throw new AggregateException(new OperationCanceledException(source.token()));
            },
            source.token());
    end(task);
    o.say(look(task));
  }

  @Probe("tasks/body/subclass-of-oce")
  void subclassOfOce(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    MyCanceled thrown = new MyCanceled(source.token());
    Task<Void> task =
        end(
            FACTORY.startNewAction(
                () -> {
                  source.cancel();
                  throw thrown;
                },
                source.token()));
    o.say(look(task));
    o.say("await", awaited(task));
    o.say("same", thrownBy(task) == thrown);
  }

  @Probe("tasks/body/task-canceled-exception-with-own-token")
  void taskCanceledExceptionWithOwnToken(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Void> task =
        end(
            FACTORY.startNewAction(
                () -> {
                  source.cancel();
                  Task.delay(Timeout.INFINITE, source.token()).await();
                },
                source.token()));
    o.say(look(task));
    o.say("await", awaited(task));
  }

  @Probe("tasks/body/wait-inside-gives-a-fault")
  void waitInsideGivesFault(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Void> task =
        end(
            FACTORY.startNewAction(
                () -> {
                  source.cancel();
                  Task.delay(Timeout.INFINITE, source.token()).join();
                },
                source.token()));
    o.say(look(task));
  }

  @Probe("tasks/body/wait-with-token-inside-gives-cancel")
  void waitWithTokenInsideGivesCancel(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Void> task =
        end(
            FACTORY.startNewAction(
                () -> {
                  source.cancel();
                  new TaskCompletionSource<Integer>().task().join(source.token());
                },
                source.token()));
    o.say(look(task));
  }

  @Probe("tasks/body/new-task-same-rule")
  void newTaskSameRule(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Void> task =
        Task.ofAction(
            () -> {
              source.cancel();
              source.token().throwIfCancellationRequested();
            },
            source.token());
    task.start();
    end(task);
    o.say(look(task));
  }

  @Probe("tasks/body/cancel-while-running-changes-nothing")
  void cancelWhileRunningChangesNothing(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    ManualResetEvent running = new ManualResetEvent(false);
    ManualResetEvent go = new ManualResetEvent(false);
    Task<Void> task =
        Task.ofAction(
            () -> {
              running.set();
              go.waitOne();
            },
            source.token());
    task.start();
    running.waitOne();
    source.cancel();
    o.say("canceled token", task.status());
    go.set();
    end(task);
    o.say("end", task.status());
  }

  /** A token is one object, so a copy is a reference, and "made canceled" is one of them. */
  @Probe("tasks/body/token-equality")
  void tokenEquality(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken copy = source.token();
    CancellationToken other = source.token();
    Task<Void> task =
        FACTORY.startNewAction(
            () -> {
              source.cancel();
              throw new OperationCanceledException(other);
            },
            copy);
    o.say("a copy", end(task).status());
    CancellationToken made = CancellationToken.canceled();
    o.say("two tokens made canceled", made.equals(CancellationToken.canceled()));
    o.say("false is none", CancellationToken.none().equals(CancellationToken.none()));
    o.say("canceled source and token made canceled", canceledSource().token().equals(made));
  }

  /** The token is looked at when the exception has left the body, not when it was thrown. */
  @Probe("tasks/body/canceled-on-the-way-out")
  void canceledOnTheWayOut(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Void> task =
        end(
            FACTORY.startNewAction(
                () -> {
                  try {
                    throw new OperationCanceledException(source.token());
                  } finally {
                    source.cancel();
                  }
                },
                source.token()));
    o.say(look(task));
  }

  @Probe("tasks/body/interrupt-is-a-fault")
  void interruptIsFault(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Void> task =
        end(
            FACTORY.startNewAction(
                () -> {
                  source.cancel();
                  Thread.currentThread().interrupt();
                  Thread.sleep(10);
                },
                source.token(),
                TaskScheduler.defaultScheduler(),
                TaskCreationOptions.LONG_RUNNING));
    o.say(look(task));
  }
}
