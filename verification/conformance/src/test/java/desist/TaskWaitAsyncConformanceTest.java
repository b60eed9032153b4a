// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.HandTime.clock;
import static desist.TaskSteps.end;
import static desist.TaskSteps.faulted;
import static desist.TaskSteps.hooks;
import static desist.TaskSteps.look;
import static desist.TaskSteps.options;
import static desist.TaskSteps.status;
import static desist.TaskSteps.taskOf;
import static desist.TaskSteps.thrownBy;
import static desist.TaskSteps.tokenOf;
import static desist.tasks.TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY;

import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import java.time.Duration;
import java.util.List;

/** {@code waitAsync}: tasks/waitasync. */
final class TaskWaitAsyncConformanceTest extends Conformance {
  private static final String CONTEXT = "0010-no-ambient-context.md";
  private static final String DURATIONS = "0013-durations.md";
  private static final Duration MINUS_TWO = Duration.ofMillis(-2);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration TOO_LONG = Duration.ofMillis(4_294_967_295L);

  @Probe("tasks/waitasync/same-instance")
  void sameInstance(Out o) {
    Task<Integer> pending = new TaskCompletionSource<Integer>().task();
    Task<Void> done = Task.completedTask();
    o.say("done", done.waitAsync(CancellationToken.canceled()) == done);
    Task<Void> faulted = faulted("x");
    o.say("faulted", faulted.waitAsync(Duration.ZERO) == faulted);
    o.say("no token", pending.waitAsync(CancellationToken.none()) == pending);
    o.say("infinite", pending.waitAsync(Timeout.INFINITE) == pending);
    o.say("token", pending.waitAsync(new CancellationTokenSource().token()) == pending);
  }

  @Probe("tasks/waitasync/token")
  void token(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Integer> task = source.task();
    o.say("canceled before: " + look(task.waitAsync(CancellationToken.canceled())));
    CancellationTokenSource canceler = new CancellationTokenSource();
    Task<Integer> wait = task.waitAsync(canceler.token());
    o.say("pending", wait.status());
    canceler.cancel();
    o.say("canceled", wait.status()); // at once, in cancel
    o.say("token", tokenOf(wait) == canceler.token());
    o.say("the task itself", task.status());
    source.setResult(1);
    o.say("later", wait.status());
  }

  /** Negative means zero, and none is too long. */
  @Probe("tasks/waitasync/timeout")
  @Differs(
      record = DURATIONS,
      dotnet = {
        "-2: ArgumentOutOfRangeException",
        "too long: ArgumentOutOfRangeException",
        "-2, done: ArgumentOutOfRangeException"
      },
      ours = {
        "-2: Faulted exception=AggregateException[TimeoutException]",
        "too long: WaitingForActivation exception=null",
        "-2, done: RanToCompletion exception=null"
      })
  void timeout(Out o) {
    Task<Integer> pending = new TaskCompletionSource<Integer>().task();
    o.say("zero: " + look(pending.waitAsync(Duration.ZERO)));
    o.say("one: " + look(end(pending.waitAsync(Duration.ofMillis(1)))));
    o.say(
        "zero and canceled: "
            + look(pending.waitAsync(Duration.ZERO, CancellationToken.canceled())));
    o.say("-2: " + look(pending.waitAsync(MINUS_TWO)));
    o.say("too long: " + look(pending.waitAsync(TOO_LONG)));
    o.say("-2, done: " + look(Task.completedTask().waitAsync(MINUS_TWO)));
    o.attempt("no provider", () -> pending.waitAsync(Duration.ZERO, (TimeProvider) null));
  }

  @Probe("tasks/waitasync/passes-the-end-on")
  void passesTheEndOn(Out o) {
    CancellationTokenSource live = new CancellationTokenSource();
    MyCanceled thrown = new MyCanceled(live.token());
    TaskCompletionSource<Integer> gate = new TaskCompletionSource<>();
    Task<Void> body =
        Task.runAsync(
            () -> {
              gate.task().await();
              throw thrown;
            });
    Task<Void> wait = body.waitAsync(new CancellationTokenSource().token());
    gate.setResult(1);
    end(wait);
    o.say(look(wait));
    o.say("same", thrownBy(wait) == thrown);
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Integer> faulted = source.task().waitAsync(live.token());
    source.setException(List.of(new Boom("a"), new IllegalStateException()));
    o.say(look(end(faulted)));
  }

  @Probe("tasks/waitasync/continuations-in-cancel")
  void continuationsInCancel(Out o) throws Exception {
    CancellationTokenSource canceler = new CancellationTokenSource();
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Integer> task = source.task();
    Task<Boolean> inCancel = goesOnHere(task.waitAsync(canceler.token()));
    canceler.cancel();
    o.say("in cancel", inCancel.result());
    HandTime time = new HandTime();
    Task<Boolean> inTimer = goesOnHere(task.waitAsync(SECOND, time));
    time.timers.get(0).fire();
    o.say("in the timer", inTimer.result());
    Task<Boolean> inSet = goesOnHere(task.waitAsync(new CancellationTokenSource().token()));
    source.setResult(1);
    o.say("in set", inSet.result());
  }

  private static Task<Boolean> goesOnHere(Task<Integer> wait) {
    Thread here = Thread.currentThread();
    return wait.continueWith(t -> Thread.currentThread() == here, EXECUTE_SYNCHRONOUSLY);
  }

  @Probe("tasks/waitasync/no-leak")
  void noLeak(Out o) {
    HandTime time = new HandTime();
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Integer> task = source.task();
    CancellationTokenSource first = new CancellationTokenSource();
    task.waitAsync(SECOND, time, first.token());
    o.say("pending, hooks " + hooks(task) + " registered", first.registrationCount());
    time.timers.get(0).fire();
    o.say("timed out, hooks " + hooks(task) + " registered", first.registrationCount());
    task.waitAsync(SECOND, time, first.token());
    first.cancel();
    o.say(
        "canceled, hooks "
            + hooks(task)
            + " registered "
            + first.registrationCount()
            + " timer disposed",
        time.timers.get(1).closed);
    CancellationTokenSource second = new CancellationTokenSource();
    task.waitAsync(SECOND, time, second.token());
    source.setResult(1);
    o.say(
        "done, hooks "
            + hooks(task)
            + " registered "
            + second.registrationCount()
            + " timer disposed",
        time.timers.get(2).closed);
  }

  /** Nothing is cut to milliseconds; there is no context whose flow could be suppressed. */
  @Probe("tasks/waitasync/fractions")
  @Differs(
      record = DURATIONS,
      dotnet = "0.5 ms: Faulted exception=AggregateException[TimeoutException]",
      ours = {
        "0.5 ms: WaitingForActivation exception=null",
        "then: Faulted exception=AggregateException[TimeoutException]"
      })
  @Differs(
      record = DURATIONS,
      dotnet = "-1.5 ms is the task itself=true",
      ours = "-1.5 ms: Faulted exception=AggregateException[TimeoutException]")
  @Differs(record = DURATIONS, dotnet = "due=00:00:00.0010000", ours = "due=00:00:00.0019999")
  @Differs(
      record = CONTEXT,
      dotnet = "flow suppressed=true",
      ours = {})
  void fractions(Out o) {
    Task<Integer> pending = new TaskCompletionSource<Integer>().task();
    HandTime time = new HandTime();
    Task<Integer> half = pending.waitAsync(Duration.ofNanos(500_000), time);
    o.say("0.5 ms: " + look(half));
    time.timers.get(0).fire();
    o.say("then: " + look(half));
    o.say("-0.5 ms: " + look(pending.waitAsync(Duration.ofNanos(-500_000))));
    o.say("-1.5 ms: " + look(pending.waitAsync(Duration.ofNanos(-1_500_000))));
    o.say("4294967294 ms", pending.waitAsync(Duration.ofMillis(4_294_967_294L)).status());
    pending.waitAsync(Duration.ofNanos(1_999_900), time);
    o.say("due", clock(time.timers.get(1).due));
    o.say("period", clock(time.timers.get(1).period));
  }

  @Probe("tasks/waitasync/with-result")
  void withResult(Out o) throws Exception {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Integer> wait = source.task().waitAsync(Duration.ofSeconds(100));
    o.say("options " + options(wait.creationOptions()) + " " + status(wait));
    source.setResult(7);
    o.say(status(wait) + " " + wait.result());
  }

  @Probe("tasks/waitasync/exception-names-the-wait")
  void exceptionNamesTheWait(Out o) {
    CancellationTokenSource canceler = new CancellationTokenSource();
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Integer> wait = source.task().waitAsync(canceler.token());
    canceler.cancel();
    o.say("by its token", taskOf(wait) == wait);
    Task<Integer> other = source.task().waitAsync(new CancellationTokenSource().token());
    source.setCanceled(canceler.token());
    o.say("by the task", taskOf(other) == other);
    o.say("token of the task", tokenOf(other) == canceler.token());
  }
}
