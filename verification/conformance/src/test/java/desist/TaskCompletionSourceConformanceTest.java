// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.TaskSteps.canceledSource;
import static desist.TaskSteps.look;
import static desist.TaskSteps.status;
import static desist.TaskSteps.taskOf;
import static desist.TaskSteps.tokenOf;
import static desist.tasks.TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY;
import static desist.tasks.TaskCreationOptions.ATTACHED_TO_PARENT;
import static desist.tasks.TaskCreationOptions.RUN_CONTINUATIONS_ASYNCHRONOUSLY;

import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Tasks that are ended by hand: tasks/source. */
@Meaningless(
    id = "tasks/source/await-outside-set",
    about = Meaningless.About.ASYNC_METHODS,
    because =
        "it shows where the code after an await goes on when the thread that ends the task has a"
            + " context or a scheduler of its own; await blocks its thread here and goes on there")
final class TaskCompletionSourceConformanceTest extends Conformance {
  private static final String NULLS = "0015-names-and-overloads.md";

  @Probe("tasks/source/canceled")
  void canceled(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    source.setCanceled();
    o.say(look(source.task()));
    o.attempt("wait", source.task()::join);
    CancellationToken token = tokenOf(source.task());
    o.say("token can be canceled", token.canBeCanceled());
    o.say("token requested", token.isCancellationRequested());
    o.say("task", taskOf(source.task()) == source.task());
  }

  @Probe("tasks/source/exception")
  @Differs(
      record = NULLS,
      dotnet = "null in list: ArgumentException",
      ours = "null in list: ArgumentNullException")
  void exception(Out o) {
    o.attempt("null", () -> new TaskCompletionSource<Integer>().setException((Throwable) null));
    o.attempt(
        "null list",
        () -> new TaskCompletionSource<Integer>().setException((Collection<Throwable>) null));
    o.attempt("empty list", () -> new TaskCompletionSource<Integer>().setException(List.of()));
    o.attempt(
        "null in list",
        () -> new TaskCompletionSource<Integer>().setException(Arrays.asList(new Boom("x"), null)));
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    source.setException(new OperationCanceledException(CancellationToken.canceled()));
    o.say("an oce: " + look(source.task()));
    TaskCompletionSource<Integer> done = new TaskCompletionSource<>();
    done.setResult(1);
    o.attemptValue("null when done", () -> done.trySetException((Throwable) null));
  }

  @Probe("tasks/source/run-continuations-asynchronously")
  void runContinuationsAsynchronously(Out o) throws Exception {
    TaskCompletionSource<Integer> source =
        new TaskCompletionSource<>(RUN_CONTINUATIONS_ASYNCHRONOUSLY);
    CountDownLatch hold = new CountDownLatch(1);
    Task<String> next =
        source
            .task()
            .continueWith(
                t -> {
                  await(hold);
                  return status(t);
                },
                EXECUTE_SYNCHRONOUSLY);
    source.setCanceled(); // would hang if the continuation ran here
    o.say("continuation done", next.isCompleted());
    hold.countDown();
    o.say("saw", next.result());
  }

  @Probe("tasks/source/attached-to-parent")
  void attachedToParent(Out o) {
    Family family = new Family();
    o.say("body over", family.parent.status());
    family.child().setCanceled();
    o.say("child canceled", family.parent.status());
  }

  @Probe("tasks/source/throwing-continuation-does-not-reach-set")
  void throwingContinuationDoesNotReachSet(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Void> next =
        source
            .task()
            .continueWithAction(
                t -> {
                  throw new Boom("x");
                },
                EXECUTE_SYNCHRONOUSLY);
    o.attempt("set", () -> source.setResult(1));
    o.say(look(next));
  }

  @Probe("tasks/source/set-canceled-with-token")
  void setCanceledWithToken(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();
    promise.setCanceled(source.token());
    o.say("token", tokenOf(promise.task()) == source.token());
    o.attempt("again", () -> promise.setCanceled(source.token()));
  }

  @Probe("tasks/source/plain")
  void plain(Out o) {
    TaskCompletionSource<Void> source = new TaskCompletionSource<>();
    source.setResult(null);
    o.say("status", source.task().status());
    o.attempt("again", () -> source.setResult(null));
    TaskCompletionSource<Void> canceled =
        TaskCompletionSource.withState("state", RUN_CONTINUATIONS_ASYNCHRONOUSLY);
    canceled.setCanceled(CancellationToken.canceled());
    o.say(look(canceled.task()) + " " + canceled.task().asyncState());
    TaskCompletionSource<Void> faulted = new TaskCompletionSource<>();
    faulted.setException(List.of(new Boom("a"), new Boom("b")));
    o.say(look(faulted.task()));
  }

  @Probe("tasks/source/set-canceled-with-live-token")
  void setCanceledWithLiveToken(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();
    promise.setCanceled(source.token());
    CancellationToken token = tokenOf(promise.task());
    o.say(status(promise.task()) + " token", token == source.token());
    o.say("requested", token.isCancellationRequested());
  }

  @Probe("tasks/source/attached-fault")
  void attachedFault(Out o) {
    Family family = new Family();
    family.child().setException(List.of(new Boom("a"), new IllegalStateException()));
    o.say(look(family.parent));
  }

  @Probe("tasks/source/set-from-task-more")
  void setFromTaskMore(Out o) {
    CancellationTokenSource source = canceledSource();
    TaskCompletionSource<Integer> many = new TaskCompletionSource<>();
    many.setException(List.of(new Boom("a"), new IllegalStateException()));
    TaskCompletionSource<Integer> a = new TaskCompletionSource<>();
    a.setFromTask(many.task());
    o.say(look(a.task()));
    TaskCompletionSource<Integer> b = new TaskCompletionSource<>();
    b.setFromTask(Task.fromCanceled(source.token()));
    o.say("token", tokenOf(b.task()) == source.token());
    o.say("task is the target", taskOf(b.task()) == b.task());
    TaskCompletionSource<Integer> c = new TaskCompletionSource<>();
    c.setFromTask(Task.fromResult(1));
    o.say(look(c.task()));
  }

  /** A parent whose body is over, and the source that it made as its child. */
  private static final class Family {
    private final AtomicReference<TaskCompletionSource<Integer>> child = new AtomicReference<>();
    final Task<Void> parent =
        Task.ofAction(() -> child.set(new TaskCompletionSource<>(ATTACHED_TO_PARENT)));

    Family() {
      ManualScheduler scheduler = new ManualScheduler();
      parent.start(scheduler);
      scheduler.runAll();
    }

    TaskCompletionSource<Integer> child() {
      return child.get();
    }
  }
}
