// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.Background.go;
import static desist.TaskSteps.canceled;
import static desist.TaskSteps.faulted;
import static desist.TaskSteps.startOn;
import static desist.TaskSteps.throwingTasks;
import static java.util.Collections.singletonList;

import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Waits for all tasks: tasks/waitall. */
final class TaskWaitAllConformanceTest extends Conformance {
  private static final String DURATIONS = "0013-durations.md";
  private static final String NULLS = "0015-names-and-overloads.md";

  @Probe("tasks/waitall/order-of-exceptions")
  void orderOfExceptions(Out o) {
    List<Task<Void>> tasks =
        List.of(
            faulted("a"),
            Task.completedTask(),
            canceled(),
            Task.fromException(new IllegalStateException()));
    List<Task<Void>> reversed = new ArrayList<>(tasks);
    Collections.reverse(reversed);
    o.attempt("waitAll", () -> Task.waitAll(tasks));
    o.attempt("reversed", () -> Task.waitAll(reversed));
  }

  @Probe("tasks/waitall/inner-exceptions-are-spread")
  void innerExceptionsAreSpread(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    source.setException(List.of(new Boom("a"), new Boom("b")));
    o.attempt("waitAll", () -> Task.waitAll(source.task(), faulted("c")));
  }

  @Probe("tasks/waitall/token")
  @Differs(
      record = NULLS,
      dotnet = "null element: OperationCanceledException",
      ours = "null element: ArgumentNullException")
  void token(Out o) {
    CancellationToken canceled = CancellationToken.canceled();
    o.attempt("all done", () -> Task.waitAll(List.of(Task.completedTask()), canceled));
    o.attempt("empty", () -> Task.waitAll(List.of(), canceled));
    o.attempt("faulted", () -> Task.waitAll(List.of(faulted("x")), canceled));
    o.attempt("null element", () -> Task.waitAll(singletonList(null), canceled));
  }

  /** Whether the wait or the tasks see the cancellation first, the outcome is the same. */
  @Probe("tasks/waitall/same-token-for-tasks-and-wait")
  void sameTokenForTasksAndWait(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    CountDownLatch waiting = new CountDownLatch(1);
    Background waiter =
        go(
            () -> {
              List<Task<Void>> tasks =
                  List.of(
                      Task.delay(Timeout.INFINITE, token),
                      Task.delay(Timeout.INFINITE, token),
                      Task.completedTask());
              waiting.countDown();
              o.attempt("waitAll", () -> Task.waitAll(tasks, token));
              o.attempt("wait", () -> tasks.get(0).join(token));
              o.attempt("without token", () -> Task.waitAll(tasks));
            });
    await(waiting);
    source.cancel();
    waiter.join();
  }

  @Probe("tasks/waitall/arguments")
  @Differs(
      record = NULLS,
      dotnet = "null element: ArgumentException",
      ours = "null element: ArgumentNullException")
  @Differs(
      record = DURATIONS,
      dotnet = {"-2: ArgumentOutOfRangeException", "too long: ArgumentOutOfRangeException"},
      ours = {"-2=true", "too long=true"})
  void arguments(Out o) {
    List<Task<Void>> done = List.of(Task.completedTask());
    o.attempt("null", () -> Task.waitAll((Task<?>[]) null));
    o.attempt("empty", () -> Task.waitAll());
    o.attempt("null element", () -> Task.waitAll(Task.completedTask(), null));
    o.attemptValue("-2", () -> Task.waitAll(done, Duration.ofMillis(-2)));
    o.attemptValue("too long", () -> Task.waitAll(done, Duration.ofMillis(Integer.MAX_VALUE + 1L)));
  }

  @Probe("tasks/waitall/runs-inline-from-the-last")
  void runsInlineFromTheLast(Out o) throws Exception {
    ManualScheduler scheduler = new ManualScheduler().inlining();
    Task.waitAll(
        startOn(scheduler, () -> o.say("a")),
        startOn(scheduler, () -> o.say("b")),
        startOn(scheduler, () -> o.say("c")));
  }

  @Probe("tasks/waitall/timeout-and-fault")
  void timeoutAndFault(Out o) {
    o.attemptValue(
        "all done", () -> Task.waitAll(List.of(faulted("x"), canceled()), Duration.ZERO));
    o.attemptValue("all canceled", () -> Task.waitAll(List.of(canceled()), Duration.ZERO));
  }

  @Probe("tasks/waitall/enumerable-arguments")
  @Differs(
      record = NULLS,
      dotnet = "null element: ArgumentException",
      ours = "null element: ArgumentNullException")
  @Differs(
      record = NULLS,
      dotnet = "null element, canceled token: OperationCanceledException",
      ours = "null element, canceled token: ArgumentNullException")
  void enumerableArguments(Out o) {
    CancellationToken canceled = CancellationToken.canceled();
    o.attempt("null element", () -> Task.waitAll(singletonList(null)));
    o.attempt("empty", () -> Task.waitAll(List.of()));
    o.attempt("empty, canceled token", () -> Task.waitAll(List.of(), canceled));
    o.attempt("sequence that throws", () -> Task.waitAll(throwingTasks()));
    o.attempt(
        "sequence that throws, canceled token", () -> Task.waitAll(throwingTasks(), canceled));
    o.attempt("null, canceled token", () -> Task.waitAll((Collection<Task<Void>>) null, canceled));
    o.attempt("null element, canceled token", () -> Task.waitAll(singletonList(null), canceled));
    o.attempt("null array, canceled token", () -> Task.waitAll((Task<?>[]) null, canceled));
  }
}
