// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.Background.go;
import static desist.Background.onOtherThread;
import static desist.Steps.comes;
import static desist.TaskSteps.callOn;
import static desist.TaskSteps.canceled;
import static desist.TaskSteps.faulted;
import static desist.TaskSteps.hooks;
import static desist.TaskSteps.status;
import static desist.tasks.TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY;

import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Waits for one task: tasks/wait. */
final class TaskWaitConformanceTest extends Conformance {
  private static final String DURATIONS = "0013-durations.md";
  private static final String INTERRUPTION = "0016-interruption.md";
  private static final String NOTHING_LEFT = "0032-waits-for-tasks-leave-nothing-behind.md";
  private static final Duration ONE = Duration.ofMillis(1);
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  @Probe("tasks/wait/token-canceled-during")
  void tokenCanceledDuring(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Integer> pending = new TaskCompletionSource<Integer>().task();
    CountDownLatch waiting = new CountDownLatch(1);
    Background waiter =
        go(
            () -> {
              waiting.countDown();
              o.attempt("wait", () -> pending.join(source.token()));
            });
    await(waiting);
    source.cancel();
    waiter.join();
    o.say("the task", pending.status());
  }

  @Probe("tasks/wait/timeout")
  void timeout(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    o.attemptValue("0", () -> source.task().join(Duration.ZERO));
    o.attemptValue("1", () -> source.task().join(ONE));
    o.attemptValue("TimeSpan.Zero", () -> source.task().join(Duration.ZERO));
    source.setResult(1);
    o.attemptValue("done", () -> source.task().join(Duration.ZERO));
    o.attemptValue("faulted", () -> faulted("x").join(Duration.ZERO));
    o.attemptValue("canceled", () -> canceled().join(Duration.ZERO));
  }

  /** Negative means zero; nothing is cut to milliseconds. */
  @Probe("tasks/wait/fractions-of-a-millisecond")
  @Differs(
      record = DURATIONS,
      dotnet = {"-1.5 ms is infinite=true", "-2 ms: ArgumentOutOfRangeException"},
      ours = {"-1.5 ms is 0=false", "-2 ms=false"})
  @Differs(
      record = DURATIONS,
      dotnet = "delay -1.5 ms=WaitingForActivation",
      ours = "delay -1.5 ms=RanToCompletion")
  void fractionsOfAMillisecond(Out o) {
    Task<Integer> pending = new TaskCompletionSource<Integer>().task();
    o.attemptValue("-0.5 ms is 0", () -> pending.join(Duration.ofNanos(-500_000)));
    o.attemptValue("0.5 ms is 0", () -> pending.join(Duration.ofNanos(500_000)));
    o.attemptValue("-1.5 ms is 0", () -> pending.join(Duration.ofNanos(-1_500_000)));
    o.attemptValue("-2 ms", () -> pending.join(Duration.ofMillis(-2)));
    o.attemptValue("delay -0.5 ms", () -> Task.delay(Duration.ofNanos(-500_000)).status());
    o.attemptValue("delay -1.5 ms", () -> Task.delay(Duration.ofNanos(-1_500_000)).status());
  }

  /** No time-out is bad: a negative one means zero, and none is too long. */
  @Probe("tasks/wait/arguments")
  @Differs(record = DURATIONS, dotnet = "-2: ArgumentOutOfRangeException", ours = "-2=true")
  @Differs(
      record = DURATIONS,
      dotnet = "TimeSpan -2ms: ArgumentOutOfRangeException",
      ours = "TimeSpan -2ms=true")
  @Differs(
      record = DURATIONS,
      dotnet = {
        "TimeSpan int.MaxValue+1 ms: ArgumentOutOfRangeException",
        "-2 and canceled token: ArgumentOutOfRangeException"
      },
      ours = {"TimeSpan int.MaxValue+1 ms=true", "null and canceled token: ArgumentNullException"})
  void arguments(Out o) {
    Task<Void> task = Task.completedTask();
    o.attemptValue("-2", () -> task.join(Duration.ofMillis(-2)));
    o.attemptValue("-1", () -> task.join(Duration.ofMillis(-1)));
    o.attemptValue("TimeSpan -2ms", () -> task.join(Duration.ofMillis(-2)));
    o.attemptValue("TimeSpan -1ms", () -> task.join(Duration.ofMillis(-1)));
    o.attemptValue(
        "TimeSpan int.MaxValue ms", () -> task.join(Duration.ofMillis(Integer.MAX_VALUE)));
    o.attemptValue(
        "TimeSpan int.MaxValue+1 ms", () -> task.join(Duration.ofMillis(Integer.MAX_VALUE + 1L)));
    o.attemptValue("null and canceled token", () -> task.join(null, CancellationToken.canceled()));
  }

  @Probe("tasks/wait/created-task-is-not-started")
  void createdTaskIsNotStarted(Out o) {
    Task<Void> task = Task.ofAction(() -> {});
    o.attemptValue("wait", () -> task.join(ONE));
    o.say("status", task.status());
  }

  /** There is one form with a time-out and a token, .NET's with a TimeSpan. */
  @Probe("tasks/wait/timespan-and-token-looks-at-the-token-first")
  @Differs(record = DURATIONS, dotnet = "int=true", ours = "no time-out: ok")
  @Differs(
      record = DURATIONS,
      dotnet = "TimeSpan too long, canceled: ArgumentOutOfRangeException",
      ours = "TimeSpan too long, canceled: OperationCanceledException")
  void timespanAndTokenLooksAtTheTokenFirst(Out o) {
    CancellationToken canceled = CancellationToken.canceled();
    Task<Void> done = Task.completedTask();
    o.attempt("no time-out", () -> done.join(canceled));
    o.attemptValue("TimeSpan", () -> done.join(ONE, canceled));
    o.attemptValue("TimeSpan, faulted", () -> faulted("x").join(ONE, canceled));
    o.attemptValue("TimeSpan too long, canceled", () -> done.join(Duration.ofDays(100), canceled));
  }

  /** A wait for any that ended by its token takes its hooks off, as every wait does. */
  @Probe("tasks/wait/no-leak")
  @Differs(
      record = NOTHING_LEFT,
      dotnet = "waitAny, token hooked=true after=2",
      ours = "waitAny, token hooked=true after=0")
  void noLeak(Out o) throws Exception {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    TaskCompletionSource<Integer> other = new TaskCompletionSource<>();
    Task<Integer> one = source.task();
    List<Task<Integer>> both = List.of(one, other.task());
    one.join(ONE);
    o.say("wait, time-out", hooks(one));
    Task.waitAll(both, ONE);
    o.say("waitAll, time-out", sum(both));
    Task.waitAny(both, ONE);
    o.say("waitAny, time-out", sum(both));
    canceledWait(o, "wait, token", both, token -> one.join(token));
    canceledWait(o, "waitAll, token", both, token -> Task.waitAll(both, token));
    canceledWait(o, "waitAny, token", both, token -> Task.waitAny(both, token));
    other.setResult(1);
    o.say("one has ended", hooks(one));
    TaskCompletionSource<Integer> loser = new TaskCompletionSource<>();
    TaskCompletionSource<Integer> winner = new TaskCompletionSource<>();
    Background any = go(() -> Task.waitAny(loser.task(), winner.task()));
    comes(() -> hooks(loser.task()) == 1 && hooks(winner.task()) == 1);
    winner.setResult(1);
    any.join();
    o.say("waitAny, the loser", hooks(loser.task()));
  }

  private static void canceledWait(Out o, String name, List<Task<Integer>> tasks, WithToken wait) {
    CancellationTokenSource source = new CancellationTokenSource();
    Waiting waiter = Waiting.go(() -> wait.use(source.token()));
    boolean hooked = comes(() -> hooks(tasks.get(0)) == 1);
    source.cancel();
    waiter.how();
    o.say(name + " hooked=" + hooked + " after", sum(tasks));
  }

  private static int sum(List<Task<Integer>> tasks) {
    return hooks(tasks).stream().mapToInt(Integer::intValue).sum();
  }

  @Probe("tasks/wait/result-and-await-inline")
  void resultAndAwaitInline(Out o) throws Exception {
    ManualScheduler scheduler = new ManualScheduler().inlining();
    Supplier<Task<Thread>> start = () -> callOn(scheduler, Thread::currentThread);
    Thread here = Thread.currentThread();
    o.say("result", start.get().result() == here);
    o.say("getResult", start.get().await() == here);
    Task<Thread> task = start.get();
    o.say("wait -1", task.join(Timeout.INFINITE) && task.result() == here);
    o.say("handle", start.get().asyncWaitHandle().waitOne(ONE));
    o.say("calls", scheduler.calls);
  }

  /** A pending interrupt is thrown on entry, unless the task has ended. */
  @Probe("tasks/wait/interrupt")
  @Differs(
      record = INTERRUPTION,
      dotnet = {"waitAny: ThreadInterruptedException", "WaitingForActivation hooks=1"},
      ours = {"waitAny: ThreadInterruptedException", "WaitingForActivation hooks=0"})
  @Differs(
      record = INTERRUPTION,
      dotnet = "interrupted before, zero time-out=false",
      ours = "interrupted before, zero time-out: ThreadInterruptedException")
  void interrupt(Out o) {
    Task<Integer> pending = new TaskCompletionSource<Integer>().task();
    interrupt(o, "wait", pending, pending::join);
    interrupt(o, "wait with time-out", pending, () -> pending.join(TEN_SECONDS));
    interrupt(
        o, "wait with token", pending, () -> pending.join(new CancellationTokenSource().token()));
    interrupt(o, "result", pending, pending::result);
    interrupt(o, "getResult", pending, pending::await);
    interrupt(o, "waitAll", pending, () -> Task.waitAll(pending));
    interrupt(o, "waitAny", pending, () -> Task.waitAny(pending));
    onOtherThread(
        () -> {
          Thread.currentThread().interrupt();
          o.attempt("interrupted before, task done", () -> Task.completedTask().join());
          o.attemptValue("interrupted before, zero time-out", () -> pending.join(Duration.ZERO));
          Thread.currentThread().interrupt();
          o.attemptValue("interrupted before, task pending", () -> pending.join(TEN_SECONDS));
          o.attemptValue("then", () -> pending.join(ONE));
        });
  }

  private static void interrupt(Out o, String name, Task<?> pending, Body wait) {
    Background waiter = go(() -> o.attempt(name, wait));
    comes(() -> hooks(pending) == 1);
    waiter.thread().interrupt();
    waiter.join();
    o.say(status(pending) + " hooks", hooks(pending));
  }

  /** Blocked threads are released before any continuation runs, whenever they came. */
  @Probe("tasks/wait/released-before-continuations")
  void releasedBeforeContinuations(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Integer> task = source.task();
    List<Background> waiters = new CopyOnWriteArrayList<>();
    task.continueWithAction(
        t -> o.say("waiters ended first", waiters.stream().allMatch(Background::ends)),
        EXECUTE_SYNCHRONOUSLY);
    waiters.add(go(task::join));
    waiters.add(go(() -> Task.waitAll(task)));
    comes(() -> hooks(task) == 3);
    source.setResult(1);
  }

  /** A call with a token. */
  @FunctionalInterface
  private interface WithToken {
    void use(CancellationToken token) throws Exception;
  }
}
