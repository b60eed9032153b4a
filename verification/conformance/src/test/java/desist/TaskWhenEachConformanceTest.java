// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Steps.comes;
import static desist.TaskSteps.awaited;
import static desist.TaskSteps.canceled;
import static desist.TaskSteps.faulted;
import static desist.TaskSteps.hooks;
import static desist.TaskSteps.status;
import static desist.TaskSteps.tokenOf;

import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import desist.tasks.ThrowingRunnable;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code whenEach}: tasks/wheneach. */
final class TaskWhenEachConformanceTest extends Conformance {
  private static final String NOTHING_LEFT = "0032-waits-for-tasks-leave-nothing-behind.md";
  private static final String NULLS = "0015-names-and-overloads.md";

  @Probe("tasks/wheneach/yields-all")
  void yieldsAll(Out o) throws Exception {
    TaskCompletionSource<Integer> a = new TaskCompletionSource<>();
    Iterable<Task<Integer>> each = Task.whenEach(a.task(), canceled(), faulted("x"));
    Task.runAction(
            () -> {
              for (Task<Integer> task : each) {
                o.say(status(task));
                if (task.isFaulted()) {
                  a.setResult(1);
                }
              }
              o.say("second time", count(each));
            })
        .join();
  }

  @Probe("tasks/wheneach/token")
  void token(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Void> pending = new TaskCompletionSource<Void>().task();
    Task<Void> done = Task.completedTask();
    AtomicInteger seen = new AtomicInteger();
    Task<Void> run =
        async(
            () -> {
              for (Task<Void> task :
                  Task.whenEach(done, pending).withCancellation(source.token())) {
                seen.incrementAndGet();
                source.cancel();
              }
            });
    o.say("await", awaited(run));
    o.say("status", run.status());
    o.say("seen", seen);
    o.say(
        "ready, canceled before",
        awaited(async(() -> count(Task.whenEach(done).withCancellation(source.token())))));
    o.say(
        "empty, canceled before",
        awaited(
            async(
                () ->
                    count(Task.whenEach(List.<Task<Void>>of()).withCancellation(source.token())))));
  }

  @Probe("tasks/wheneach/arguments")
  @Differs(
      record = NULLS,
      dotnet = "null element: ArgumentException",
      ours = "null element: ArgumentNullException")
  void arguments(Out o) {
    o.attempt("null", () -> Task.whenEach((Task<Void>[]) null));
    o.attempt("null sequence", () -> Task.whenEach((Collection<Task<Void>>) null));
    o.attempt("null element", () -> Task.whenEach(Task.completedTask(), null));
  }

  @Probe("tasks/wheneach/order")
  void order(Out o) throws Exception {
    TaskCompletionSource<String> a = new TaskCompletionSource<>();
    TaskCompletionSource<String> b = new TaskCompletionSource<>();
    Iterable<Task<String>> each =
        Task.whenEach(a.task(), Task.fromResult("c"), b.task(), Task.fromResult("d"));
    b.setResult("b");
    a.setResult("a");
    List<String> seen = new CopyOnWriteArrayList<>();
    Task.runAction(
            () -> {
              for (Task<String> task : each) {
                seen.add(task.result());
              }
            })
        .join();
    o.say("order of the end", seen);
  }

  @Probe("tasks/wheneach/same-task-twice")
  void sameTaskTwice(Out o) throws Exception {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Iterable<Task<Integer>> each = Task.whenEach(source.task(), source.task());
    source.setResult(1);
    Task<Integer> done =
        Task.run(() -> count(Task.whenEach(Task.completedTask(), Task.completedTask())));
    Task<Integer> pending = Task.run(() -> count(each));
    o.say("done " + done.result() + ", pending " + pending.result());
  }

  /** Nothing hangs on a task but while a step waits for it. */
  @Probe("tasks/wheneach/left-early")
  @Differs(
      record = NOTHING_LEFT,
      dotnet = {"hooks at the call=1", "left, hooks=1"},
      ours = {"hooks at the call=0", "left, hooks=0"})
  void leftEarly(Out o) throws Exception {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Iterable<Task<Integer>> each = Task.whenEach(source.task(), Task.fromResult(1));
    o.say("hooks at the call", hooks(source.task()));
    Task.run(() -> each.iterator().next()).join();
    o.say("left, hooks", hooks(source.task()));
  }

  @Probe("tasks/wheneach/token-of-the-exception")
  void tokenOfTheException(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Integer> pending = new TaskCompletionSource<Integer>().task();
    Task<Void> during = async(() -> count(Task.whenEach(pending).withCancellation(source.token())));
    comes(() -> source.registrationCount() == 1);
    source.cancel();
    o.say("while waiting", tokenOf(during) == source.token());
    Task<Void> before =
        async(() -> count(Task.whenEach(Task.completedTask()).withCancellation(source.token())));
    o.say("before a yield", tokenOf(before) == source.token());
  }

  private static int count(Iterable<?> each) {
    int count = 0;
    for (Object one : each) {
      count++;
    }
    return count;
  }

  /** A task whose body may be canceled by any cancellation, as .NET's async methods are. */
  private static Task<Void> async(ThrowingRunnable body) {
    return Task.runAsync(
        () -> {
          body.run();
          return Task.completedTask();
        });
  }
}
