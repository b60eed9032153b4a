// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.Background.go;
import static desist.Steps.comes;
import static desist.TaskSteps.canceled;
import static desist.TaskSteps.faulted;
import static desist.TaskSteps.hooks;
import static desist.TaskSteps.startOn;
import static java.util.Collections.singletonList;

import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Waits for any task: tasks/waitany. */
final class TaskWaitAnyConformanceTest extends Conformance {
  private static final String DURATIONS = "0013-durations.md";
  private static final String NULLS = "0015-names-and-overloads.md";
  private static final Duration ONE = Duration.ofMillis(1);

  @Probe("tasks/waitany/index")
  void index(Out o) {
    Task<Void> pending = new TaskCompletionSource<Void>().task();
    Task<Void> done = Task.completedTask();
    o.attemptValue("first done", () -> Task.waitAny(pending, done, done));
    o.attemptValue("faulted does not throw", () -> Task.waitAny(pending, faulted("x")));
    o.attemptValue("canceled does not throw", () -> Task.waitAny(pending, canceled()));
    o.attemptValue("empty", () -> Task.waitAny());
    o.attemptValue("timeout", () -> Task.waitAny(List.of(pending), ONE));
    o.attemptValue("same twice", () -> Task.waitAny(done, done));
  }

  @Probe("tasks/waitany/token")
  @Differs(
      record = NULLS,
      dotnet = "null element: OperationCanceledException",
      ours = "null element: ArgumentNullException")
  void token(Out o) {
    CancellationToken canceled = CancellationToken.canceled();
    o.attemptValue("one done", () -> Task.waitAny(List.of(Task.completedTask()), canceled));
    o.attemptValue("empty", () -> Task.waitAny(List.of(), canceled));
    o.attemptValue("null element", () -> Task.waitAny(singletonList(null), canceled));
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Integer> pending = new TaskCompletionSource<Integer>().task();
    CountDownLatch waiting = new CountDownLatch(1);
    Background waiter =
        go(
            () -> {
              waiting.countDown();
              o.attemptValue("during", () -> Task.waitAny(List.of(pending), source.token()));
            });
    await(waiting);
    source.cancel();
    waiter.join();
  }

  @Probe("tasks/waitany/arguments")
  @Differs(
      record = NULLS,
      dotnet = "null after a done one: ArgumentException",
      ours = "null after a done one: ArgumentNullException")
  @Differs(record = DURATIONS, dotnet = "-2: ArgumentOutOfRangeException", ours = "-2=0")
  void arguments(Out o) {
    o.attemptValue("null", () -> Task.waitAny((Task<?>[]) null));
    o.attemptValue("null after a done one", () -> Task.waitAny(Task.completedTask(), null));
    o.attemptValue("-2", () -> Task.waitAny(List.of(Task.completedTask()), Duration.ofMillis(-2)));
  }

  @Probe("tasks/waitany/never-inlines")
  void neverInlines(Out o) {
    ManualScheduler scheduler = new ManualScheduler().inlining();
    Task<Void> task = startOn(scheduler, () -> {});
    o.attemptValue("waitAny", () -> Task.waitAny(List.of(task), ONE));
    o.say("calls", scheduler.calls);
  }

  @Probe("tasks/waitany/later-end")
  void laterEnd(Out o) {
    TaskCompletionSource<Integer> a = new TaskCompletionSource<>();
    TaskCompletionSource<Integer> b = new TaskCompletionSource<>();
    Background waiter = go(() -> o.say("index", Task.waitAny(a.task(), b.task())));
    comes(() -> hooks(a.task()) == 1 && hooks(b.task()) == 1);
    b.setCanceled();
    waiter.join();
  }
}
