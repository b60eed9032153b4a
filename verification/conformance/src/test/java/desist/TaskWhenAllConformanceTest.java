// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.TaskSteps.awaited;
import static desist.TaskSteps.canceledSource;
import static desist.TaskSteps.end;
import static desist.TaskSteps.faulted;
import static desist.TaskSteps.look;
import static desist.TaskSteps.taskOf;
import static desist.TaskSteps.thrownBy;
import static desist.TaskSteps.tokenOf;
import static desist.tasks.TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY;
import static desist.tasks.TaskCreationOptions.RUN_CONTINUATIONS_ASYNCHRONOUSLY;
import static java.util.Collections.singletonList;

import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** {@code whenAll}, which is .NET's with results: tasks/whenall. */
final class TaskWhenAllConformanceTest extends Conformance {
  private static final String NULLS = "0015-names-and-overloads.md";
  private static final String WITH_RESULTS = "0033-when-all-has-results.md";

  @Probe("tasks/whenall/success")
  void success(Out o) throws Exception {
    o.say("results", Task.whenAll(Task.fromResult(1), Task.fromResult(2)).result());
    o.say("empty", Task.whenAll().status());
    o.say("empty results", Task.whenAll(List.<Task<Integer>>of()).result());
  }

  @Probe("tasks/whenall/canceled")
  void canceled(Out o) {
    CancellationTokenSource first = canceledSource();
    CancellationTokenSource second = canceledSource();
    Task<List<Void>> all =
        Task.whenAll(
            Task.completedTask(),
            Task.fromCanceled(first.token()),
            Task.fromCanceled(second.token()));
    o.say(look(all));
    o.say("token of the first", tokenOf(all) == first.token());
    o.say("task is the whole", taskOf(all) == all);
    o.attempt("wait", all::join);
  }

  @Probe("tasks/whenall/rethrows-the-cancellation")
  void rethrowsTheCancellation(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    OperationCanceledException thrown = new OperationCanceledException(source.token());
    Task<Void> task =
        end(
            Task.factory()
                .startNewAction(
                    () -> {
                      source.cancel();
                      throw thrown;
                    },
                    source.token()));
    Task<List<Void>> all = Task.whenAll(task, Task.completedTask());
    o.say("await", awaited(all));
    o.say("same", thrownBy(all) == thrown);
  }

  @Probe("tasks/whenall/fault-wins-over-cancel")
  void faultWinsOverCancel(Out o) {
    Task<List<Void>> all = Task.whenAll(TaskSteps.canceled(), faulted("x"), TaskSteps.canceled());
    o.say(look(all));
    o.say("await", awaited(all));
    o.attempt("wait", all::join);
  }

  @Probe("tasks/whenall/all-faults")
  void allFaults(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    source.setException(List.of(new Boom("a"), new IllegalStateException()));
    Task<List<Integer>> all =
        Task.whenAll(source.task(), Task.fromException(new IllegalArgumentException()));
    o.say(look(all));
    o.say("await", awaited(all));
  }

  @Probe("tasks/whenall/waits-for-all")
  void waitsForAll(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<List<Integer>> all = Task.whenAll(faulted("x"), TaskSteps.canceled(), source.task());
    o.say("one is pending", all.status());
    source.setResult(1);
    o.say(look(all));
  }

  @Probe("tasks/whenall/order-of-faults-with-results")
  void orderOfFaultsWithResults(Out o) {
    TaskCompletionSource<Integer> a = new TaskCompletionSource<>();
    TaskCompletionSource<Integer> b = new TaskCompletionSource<>();
    Task<List<Integer>> all = Task.whenAll(a.task(), b.task());
    b.setException(new IllegalStateException());
    a.setException(new Boom("a"));
    o.say(look(all));
  }

  @Probe("tasks/whenall/completes-inside-the-last")
  void completesInsideTheLast(Out o) {
    TaskCompletionSource<Integer> a = new TaskCompletionSource<>();
    Task<List<Integer>> all = Task.whenAll(a.task(), Task.fromResult(2));
    a.setCanceled();
    o.say("when set returns", all.status());
  }

  @Probe("tasks/whenall/order-of-faults-without-results")
  @Differs(
      record = WITH_RESULTS,
      dotnet = "Faulted exception=AggregateException[InvalidOperationException, Boom]",
      ours = "Faulted exception=AggregateException[Boom, InvalidOperationException]")
  void orderOfFaultsWithoutResults(Out o) {
    TaskCompletionSource<Void> a = new TaskCompletionSource<>();
    TaskCompletionSource<Void> b = new TaskCompletionSource<>();
    Task<List<Void>> all = Task.whenAll(a.task(), b.task());
    b.setException(new IllegalStateException());
    a.setException(new Boom("a"));
    o.say(look(all));
  }

  @Probe("tasks/whenall/order-of-faults-finished-at-the-call")
  @Differs(
      record = WITH_RESULTS,
      dotnet =
          "Faulted exception=AggregateException[Boom, ArgumentException,"
              + " InvalidOperationException, FormatException]",
      ours =
          "Faulted exception=AggregateException[FormatException, Boom,"
              + " InvalidOperationException, ArgumentException]")
  void orderOfFaultsFinishedAtTheCall(Out o) {
    TaskCompletionSource<Void> a = new TaskCompletionSource<>();
    TaskCompletionSource<Void> c = new TaskCompletionSource<>();
    Task<List<Void>> all =
        Task.whenAll(
            a.task(), faulted("b"), c.task(), Task.fromException(new IllegalArgumentException()));
    c.setException(new IllegalStateException());
    a.setException(new FormatException());
    o.say(look(all));
  }

  @Probe("tasks/whenall/one-task-forms")
  @Differs(
      record = WITH_RESULTS,
      dotnet = {"argument=true", "list=true", "set=true", "sequence=true"},
      ours = {"argument=false", "list=false", "set=false", "sequence=false"})
  @Differs(record = WITH_RESULTS, dotnet = "done=true", ours = "done=false")
  @Differs(
      record = NULLS,
      dotnet = {"one null: ArgumentException", "list of one null: ArgumentException"},
      ours = {"one null: ArgumentNullException", "list of one null: ArgumentNullException"})
  void oneTaskForms(Out o) {
    Task<Integer> task = new TaskCompletionSource<Integer>().task();
    o.say("argument", same(task, Task.whenAll(task)));
    o.say("list", same(task, Task.whenAll(List.of(task))));
    o.say("set", same(task, Task.whenAll(Set.of(task))));
    o.say("sequence", same(task, Task.whenAll(Collections.unmodifiableCollection(Set.of(task)))));
    o.say("same twice", same(task, Task.whenAll(task, task)));
    o.say("done", same(Task.completedTask(), Task.whenAll(Task.completedTask())));
    o.attempt("one null", () -> Task.whenAll((Task<Void>) null));
    o.attempt("list of one null", () -> Task.whenAll(singletonList((Task<Void>) null)));
  }

  @Probe("tasks/whenall/empty-is-the-completed-task")
  @Differs(
      record = WITH_RESULTS,
      dotnet = {"plain=true", "list=true"},
      ours = {"plain=false", "list=false"})
  void emptyIsTheCompletedTask(Out o) {
    List<Task<Void>> none = List.of();
    o.say("plain", same(Task.completedTask(), Task.whenAll()));
    o.say("list", same(Task.completedTask(), Task.whenAll(none)));
    o.say("results, a new one", !same(Task.whenAll(none), Task.whenAll(none)));
  }

  private static boolean same(Object a, Object b) {
    return a == b;
  }

  @Probe("tasks/whenall/part-with-asynchronous-continuations")
  void partWithAsynchronousContinuations(Out o) throws Exception {
    TaskCompletionSource<Integer> part =
        new TaskCompletionSource<>(RUN_CONTINUATIONS_ASYNCHRONOUSLY);
    Task<List<Integer>> all = Task.whenAll(part.task(), Task.fromResult(1));
    Thread here = Thread.currentThread();
    Task<Boolean> inside =
        all.continueWith(t -> Thread.currentThread() == here, EXECUTE_SYNCHRONOUSLY);
    part.setResult(1);
    o.say("in the setter", inside.result());
  }

  @Probe("tasks/whenall/options")
  void options(Out o) {
    TaskCompletionSource<Integer> part =
        TaskCompletionSource.withState("s", RUN_CONTINUATIONS_ASYNCHRONOUSLY);
    Task<List<Integer>> all = Task.whenAll(part.task(), Task.fromResult(1));
    o.say("options " + TaskSteps.options(all.creationOptions()) + " state", all.asyncState());
  }
}
