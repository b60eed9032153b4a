// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Steps.comes;
import static desist.TaskSteps.canceledSource;
import static desist.TaskSteps.end;
import static desist.TaskSteps.look;
import static desist.TaskSteps.startOn;
import static desist.TaskSteps.status;
import static desist.TaskSteps.taskOf;
import static desist.TaskSteps.thrownBy;
import static desist.TaskSteps.tokenOf;
import static desist.tasks.TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY;
import static desist.tasks.TaskContinuationOptions.LAZY_CANCELLATION;

import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import desist.tasks.TaskScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Cancellation before the body runs: tasks/prestart. */
final class TaskPrestartConformanceTest extends Conformance {
  private static final Duration FIFTY = Duration.ofMillis(50);
  private static final Duration ONE = Duration.ofMillis(1);

  @Probe("tasks/prestart/new-then-cancel")
  void newThenCancel(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    AtomicBoolean ran = new AtomicBoolean();
    Task<Void> task = Task.ofAction(() -> ran.set(true), source.token());
    o.say("new", task.status());
    source.cancel();
    o.say("canceled", task.status());
    o.attempt("start", task::start);
    o.attempt("wait", task::join);
    o.say("ran", ran);
  }

  @Probe("tasks/prestart/new-then-cancel-runs-continuations-in-cancel")
  void newThenCancelRunsContinuationsInCancel(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Void> task = Task.ofAction(() -> {}, source.token());
    Thread thread = Thread.currentThread();
    task.continueWithAction(
        t ->
            o.say(
                "continuation " + status(t) + " sameThread=" + (Thread.currentThread() == thread)),
        EXECUTE_SYNCHRONOUSLY);
    o.say("cancel");
    source.cancel();
    o.say("canceled");
  }

  @Probe("tasks/prestart/startnew-with-canceled-token")
  void startNewWithCanceledToken(Out o) {
    ManualScheduler scheduler = new ManualScheduler();
    AtomicBoolean ran = new AtomicBoolean();
    Task<Void> task = startOn(scheduler, CancellationToken.canceled(), () -> ran.set(true));
    o.say("queued", task.status());
    o.say("calls", scheduler.calls);
    o.say("execute", scheduler.run(task));
    o.say("after", task.status());
    o.say("ran", ran);
  }

  @Probe("tasks/prestart/start-then-cancel-not-dequeued")
  void startThenCancelNotDequeued(Out o) {
    ManualScheduler scheduler = new ManualScheduler();
    CancellationTokenSource source = new CancellationTokenSource();
    AtomicBoolean ran = new AtomicBoolean();
    Task<Void> task = Task.ofAction(() -> ran.set(true), source.token());
    task.start(scheduler);
    source.cancel();
    o.say("canceled token", task.status());
    o.say("calls", scheduler.calls);
    o.say("execute", scheduler.run(task));
    o.say("executed", task.status());
    o.say("ran", ran);
  }

  @Probe("tasks/prestart/start-then-cancel-dequeued")
  void startThenCancelDequeued(Out o) {
    ManualScheduler scheduler = new ManualScheduler().dequeuing();
    CancellationTokenSource source = new CancellationTokenSource();
    AtomicBoolean ran = new AtomicBoolean();
    Task<Void> task = Task.ofAction(() -> ran.set(true), source.token());
    task.start(scheduler);
    source.cancel();
    o.say("canceled token", task.status());
    o.say("calls", scheduler.calls);
    o.say("queue", scheduler.queue.size());
    o.say("execute", scheduler.run(task));
    o.say("ran", ran);
  }

  @Probe("tasks/prestart/dequeue-throws-out-of-cancel")
  void dequeueThrowsOutOfCancel(Out o) {
    ManualScheduler scheduler = new ManualScheduler().throwingOnDequeue(new Boom("dequeue"));
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Void> task = Task.ofAction(() -> {}, source.token());
    task.start(scheduler);
    o.attempt("cancel", source::cancel);
    o.say("status", task.status());
    scheduler.runAll();
    o.say("executed", task.status());
  }

  /** The scheduler is asked even while the body runs; a wrong "yes" does no harm. */
  @Probe("tasks/prestart/dequeue-while-running-is-ignored")
  void dequeueWhileRunningIsIgnored(Out o) {
    ManualScheduler scheduler = new ManualScheduler().claimingToDequeue();
    CancellationTokenSource source = new CancellationTokenSource();
    AtomicReference<Task<Void>> task = new AtomicReference<>();
    task.set(
        Task.ofAction(
            () -> {
              source.cancel();
              o.say("in the body", task.get().status());
            },
            source.token()));
    task.get().start(scheduler);
    scheduler.runAll();
    o.say("calls", scheduler.calls);
    o.say("end", task.get().status());
  }

  @Probe("tasks/prestart/run-with-canceled-token")
  void runWithCanceledToken(Out o) {
    AtomicBoolean ran = new AtomicBoolean();
    Task<Void> task = Task.runAction(() -> ran.set(true), CancellationToken.canceled());
    o.attempt("wait", task::join);
    o.say(look(task));
    o.say("ran", ran);
  }

  @Probe("tasks/prestart/run-of-task-with-canceled-token")
  void runOfTaskWithCanceledToken(Out o) {
    AtomicBoolean ran = new AtomicBoolean();
    Task<Integer> task =
        Task.runAsync(
            () -> {
              ran.set(true);
              return Task.fromResult(1);
            },
            CancellationToken.canceled());
    o.say("at once", task.status());
    o.say("ran", ran);
  }

  @Probe("tasks/prestart/canceled-exception-names-the-task")
  void canceledExceptionNamesTheTask(Out o) {
    CancellationTokenSource source = canceledSource();
    Task<Void> task = end(Task.factory().startNewAction(() -> {}, source.token()));
    o.say("task", taskOf(task) == task);
    o.say("token", tokenOf(task) == source.token());
    o.say("inner", thrownBy(task).getCause());
  }

  @Probe("tasks/prestart/disposed-source")
  void disposedSource(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    source.close();
    o.say("startNew", end(Task.factory().startNewAction(() -> {}, token)).status());
    o.attempt(
        "new",
        () -> {
          Task<Void> task = Task.ofAction(() -> {}, token);
          task.start();
          task.join();
        });
    o.attempt("delay", () -> Task.delay(ONE, token).join());
    CancellationTokenSource gone = canceledSource();
    CancellationToken goneToken = gone.token();
    gone.close();
    o.say(
        "disposed and canceled", end(Task.factory().startNewAction(() -> {}, goneToken)).status());
    o.say("disposed and canceled, new", Task.ofAction(() -> {}, goneToken).status());
  }

  @Probe("tasks/prestart/registration-cost")
  void registrationCost(Out o) throws Exception {
    ManualScheduler scheduler = new ManualScheduler();
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Integer> pending = source.task();
    Task<Void> done = Task.completedTask();
    registered(o, "new", token -> Task.ofAction(() -> {}, token));
    registered(o, "new and started", token -> Task.ofAction(() -> {}, token).start(scheduler));
    registered(o, "new and run", token -> Task.ofAction(() -> {}, token).runSynchronously());
    registered(o, "startNew", token -> startOn(scheduler, token, () -> {}));
    registered(o, "run", token -> Task.runAction(() -> {}, token));
    registered(o, "run of a task", token -> Task.runAsync(() -> pending, token));
    registered(o, "continuation", token -> pending.continueWithAction(t -> {}, token));
    registered(
        o,
        "lazy continuation",
        token -> pending.continueWithAction(t -> {}, token, scheduler, LAZY_CANCELLATION));
    registered(
        o, "queued continuation", token -> done.continueWithAction(t -> {}, token, scheduler));
    registered(
        o,
        "continueWhenAll",
        token -> Task.factory().continueWhenAllAction(List.of(pending), t -> {}, token));
    registered(
        o,
        "continueWhenAny",
        token -> Task.factory().continueWhenAnyAction(List.of(pending), t -> {}, token));
    registered(o, "delay", token -> Task.delay(Timeout.INFINITE, token));
    registered(o, "delay of 0", token -> Task.delay(Duration.ZERO, token));
    registered(o, "waitAsync", pending::waitAsync);
    registered(o, "waitAsync, done", done::waitAsync);
    registered(o, "wait, over", token -> pending.join(ONE, token));
    registered(o, "waitAll, over", token -> Task.waitAll(List.of(pending), ONE, token));
    registered(o, "waitAny, over", token -> Task.waitAny(List.of(pending), ONE, token));
    CancellationTokenSource waited = new CancellationTokenSource();
    Waiting waiter = Waiting.go(() -> pending.join(waited.token()));
    o.say("wait, blocked", comes(() -> waited.registrationCount() == 1));
    waited.cancel();
    waiter.how();
  }

  private static void registered(Out o, String name, WithToken make) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    make.use(source.token());
    o.say(name, source.registrationCount());
  }

  /** Who ended the task is seen by the thread of its synchronous continuation. */
  @Probe("tasks/prestart/pool-dequeue")
  void poolDequeue(Out o) throws Exception {
    o.say("started and canceled in one pool thread", Task.run(() -> takenBack(10_000)).result());
    o.say("in another thread", takenBack(200));
  }

  private static boolean takenBack(int tries) throws Exception {
    for (int i = 0; i < tries; i++) {
      CancellationTokenSource source = new CancellationTokenSource();
      Task<Void> task = Task.ofAction(() -> {}, source.token());
      Task<Thread> canceler = task.continueWith(t -> Thread.currentThread(), EXECUTE_SYNCHRONOUSLY);
      task.start(TaskScheduler.defaultScheduler());
      source.cancel();
      if (canceler.result() == Thread.currentThread() && task.isCanceled()) {
        return true;
      }
    }
    return false;
  }

  @Probe("tasks/prestart/canceled-then-inlined")
  void canceledThenInlined(Out o) {
    ManualScheduler scheduler = new ManualScheduler().inlining();
    CancellationTokenSource source = new CancellationTokenSource();
    AtomicBoolean ran = new AtomicBoolean();
    Task<Void> task = startOn(scheduler, source.token(), () -> ran.set(true));
    source.cancel();
    o.attempt("wait", task::join);
    o.say("status", task.status());
    o.say("calls", scheduler.calls);
    o.say("ran", ran);
  }

  @Probe("tasks/prestart/cancel-does-not-release-a-wait")
  void cancelDoesNotReleaseAWait(Out o) {
    ManualScheduler scheduler = new ManualScheduler();
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Void> task = startOn(scheduler, source.token(), () -> {});
    source.cancel();
    o.attemptValue("queued", () -> task.join(FIFTY));
    scheduler.runAll();
    o.attemptValue("reached", () -> task.join(FIFTY));
  }

  /** A call with a token. */
  @FunctionalInterface
  private interface WithToken {
    void use(CancellationToken token) throws Exception;
  }
}
