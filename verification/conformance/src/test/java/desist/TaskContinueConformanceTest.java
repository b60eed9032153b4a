// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.onOtherThread;
import static desist.TaskSteps.canceled;
import static desist.TaskSteps.canceledSource;
import static desist.TaskSteps.end;
import static desist.TaskSteps.faulted;
import static desist.TaskSteps.look;
import static desist.TaskSteps.options;
import static desist.TaskSteps.status;
import static desist.TaskSteps.thrownBy;
import static desist.TaskSteps.tokenOf;
import static desist.tasks.TaskContinuationOptions.ATTACHED_TO_PARENT;
import static desist.tasks.TaskContinuationOptions.DENY_CHILD_ATTACH;
import static desist.tasks.TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY;
import static desist.tasks.TaskContinuationOptions.HIDE_SCHEDULER;
import static desist.tasks.TaskContinuationOptions.LAZY_CANCELLATION;
import static desist.tasks.TaskContinuationOptions.LONG_RUNNING;
import static desist.tasks.TaskContinuationOptions.ONLY_ON_FAULTED;
import static desist.tasks.TaskContinuationOptions.ONLY_ON_RAN_TO_COMPLETION;
import static desist.tasks.TaskContinuationOptions.PREFER_FAIRNESS;
import static desist.tasks.TaskContinuationOptions.RUN_CONTINUATIONS_ASYNCHRONOUSLY;

import desist.tasks.Task;
import desist.tasks.TaskCanceledException;
import desist.tasks.TaskCompletionSource;
import desist.tasks.TaskScheduler;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Continuations: tasks/continue. */
final class TaskContinueConformanceTest extends Conformance {
  private static final String AWAITING = "0028-awaiting-holds-the-thread.md";
  private static final CancellationToken NONE = CancellationToken.none();
  private static final TaskScheduler DEFAULT = TaskScheduler.defaultScheduler();

  @Probe("tasks/continue/mismatch-is-canceled")
  void mismatchIsCanceled(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Void> next = source.task().continueWithAction(t -> {}, ONLY_ON_FAULTED);
    o.say("before", next.status());
    source.setResult(1);
    o.say("after", next.status());
    o.attempt("wait", next::join);
    TaskCanceledException e = (TaskCanceledException) thrownBy(next);
    o.say("token can be canceled", e.token().canBeCanceled());
    o.say("task", e.task() == next);
  }

  @Probe("tasks/continue/mismatch-with-a-token")
  void mismatchWithToken(Out o) {
    CancellationToken token = new CancellationTokenSource().token();
    Task<Void> next =
        Task.completedTask().continueWithAction(t -> {}, token, DEFAULT, ONLY_ON_FAULTED);
    o.say("status", next.status());
    o.say("token is its own", tokenOf(next) == token);
    o.say("requested", tokenOf(next).isCancellationRequested());
  }

  @Probe("tasks/continue/mismatch-chain")
  void mismatchChain(Out o) throws Exception {
    Task<Void> first = faulted("x");
    Task<Void> second = first.continueWithAction(t -> {}, ONLY_ON_RAN_TO_COMPLETION);
    Task<Void> third = second.continueWithAction(t -> {}, ONLY_ON_RAN_TO_COMPLETION);
    Task<Void> last = third.continueWithAction(t -> o.say("last sees", t.status()));
    last.join();
    o.say("second", second.status());
    o.say("third", third.status());
  }

  @Probe("tasks/continue/using-result-of-canceled-faults")
  void usingResultOfCanceledFaults(Out o) throws Exception {
    Task<Integer> canceled = Task.fromCanceled(CancellationToken.canceled());
    Task<Integer> next = end(canceled.continueWith(t -> t.result() + 1));
    o.say(look(next));
    o.say("flat", Out.describe(next.exception().flatten()));
  }

  @Probe("tasks/continue/token-already-canceled")
  void tokenAlreadyCanceled(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    AtomicBoolean ran = new AtomicBoolean();
    CancellationToken token = canceledSource().token();
    Task<Void> next = source.task().continueWithAction(t -> ran.set(true), token);
    o.say("antecedent pending", next.status());
    source.setResult(1);
    o.say("ran", ran);
    o.say("antecedent done", source.task().continueWithAction(t -> ran.set(true), token).status());
    o.say("ran", ran);
    o.say("token", tokenOf(next) == token);
  }

  @Probe("tasks/continue/token-canceled-while-waiting")
  void tokenCanceledWhileWaiting(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    CancellationTokenSource canceler = new CancellationTokenSource();
    AtomicBoolean ran = new AtomicBoolean();
    Task<Void> next = source.task().continueWithAction(t -> ran.set(true), canceler.token());
    o.say("before", next.status());
    canceler.cancel();
    o.say("after cancel", next.status());
    o.say("antecedent", source.task().status());
    source.setResult(1);
    o.say("ran", ran);
    o.say("end", next.status());
  }

  @Probe("tasks/continue/token-does-not-interrupt-a-running-one")
  void tokenDoesNotInterruptRunningOne(Out o) throws Exception {
    CancellationTokenSource canceler = new CancellationTokenSource();
    Task<Void> next =
        Task.completedTask().continueWithAction(t -> canceler.cancel(), canceler.token());
    end(next);
    o.say("status", next.status());
  }

  @Probe("tasks/continue/lazy-token-already-canceled")
  void lazyTokenAlreadyCanceled(Out o) throws Exception {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    AtomicBoolean ran = new AtomicBoolean();
    Task<Void> next =
        source
            .task()
            .continueWithAction(
                t -> ran.set(true), CancellationToken.canceled(), DEFAULT, LAZY_CANCELLATION);
    o.say("antecedent pending", next.status());
    source.setResult(1);
    end(next);
    o.say("antecedent done", next.status());
    o.say("ran", ran);
  }

  @Probe("tasks/continue/lazy-without-token")
  void lazyWithoutToken(Out o) throws Exception {
    Task<Void> next = canceled().continueWithAction(t -> {}, LAZY_CANCELLATION);
    o.say("status", end(next).status());
    o.say("options", options(next.creationOptions()));
  }

  @Probe("tasks/continue/synchronously-in-the-completing-thread")
  void synchronouslyInTheCompletingThread(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    AtomicReference<Thread> thread = new AtomicReference<>();
    source
        .task()
        .continueWithAction(t -> thread.set(Thread.currentThread()), EXECUTE_SYNCHRONOUSLY);
    onOtherThread(
        () -> {
          source.setResult(1);
          o.say("in the setter", thread.get() == Thread.currentThread());
        });
  }

  @Probe("tasks/continue/synchronously-on-a-done-task")
  void synchronouslyOnDoneTask(Out o) {
    AtomicReference<Thread> there = new AtomicReference<>();
    Task<Void> next =
        Task.completedTask()
            .continueWithAction(t -> there.set(Thread.currentThread()), EXECUTE_SYNCHRONOUSLY);
    o.say("ran before ContinueWith returned", there.get() != null);
    o.say("status", next.status());
    o.say("same thread", there.get() == Thread.currentThread());
  }

  /** The option is about the continuations of the continuation, not about itself. */
  @Probe("tasks/continue/run-continuations-asynchronously")
  void runContinuationsAsynchronously(Out o) throws Exception {
    ManualResetEvent hold = new ManualResetEvent(false);
    Task<Void> next =
        Task.completedTask()
            .continueWithAction(t -> {}, RUN_CONTINUATIONS_ASYNCHRONOUSLY, LAZY_CANCELLATION);
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    AtomicBoolean ran = new AtomicBoolean();
    Task<Void> first =
        source
            .task()
            .continueWithAction(
                t -> ran.set(true),
                NONE,
                DEFAULT,
                RUN_CONTINUATIONS_ASYNCHRONOUSLY,
                EXECUTE_SYNCHRONOUSLY);
    Task<Void> second = first.continueWithAction(t -> hold.waitOne(), EXECUTE_SYNCHRONOUSLY);
    source.setResult(1); // would hang if the second ran here
    o.say("first ran inside", ran);
    o.say("second done", second.isCompleted());
    hold.set();
    second.join();
    o.say("options", options(next.creationOptions()));
  }

  @Probe("tasks/continue/deep-chains")
  void deepChains(Out o) throws Exception {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<?> last = source.task();
    for (int i = 0; i < 12_000; i++) {
      last = last.continueWithAction(t -> {}, EXECUTE_SYNCHRONOUSLY);
    }
    source.setResult(1);
    last.join();
    o.say("success", last.status());
    TaskCompletionSource<Integer> source2 = new TaskCompletionSource<>();
    Task<?> last2 = source2.task();
    for (int i = 0; i < 2_000; i++) {
      last2 = last2.continueWithAction(t -> {}, ONLY_ON_FAULTED);
    }
    source2.setResult(1);
    end(last2);
    o.say("mismatches", last2.status());
  }

  /** One that its token cancels runs its own synchronous continuations inside the cancel. */
  @Probe("tasks/continue/synchronously-in-cancel")
  void synchronouslyInCancel(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    CancellationTokenSource canceler = new CancellationTokenSource();
    Thread here = Thread.currentThread();
    source
        .task()
        .continueWithAction(t -> {}, canceler.token())
        .continueWithAction(
            t -> o.say("in cancel", Thread.currentThread() == here), EXECUTE_SYNCHRONOUSLY);
    o.say("cancel");
    canceler.cancel();
    o.say("canceled");
  }

  @Probe("tasks/continue/synchronous-ones-in-order")
  void synchronousOnesInOrder(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    for (String name : List.of("a", "b", "c", "d")) {
      source.task().continueWithAction(t -> o.say(name), EXECUTE_SYNCHRONOUSLY);
    }
    source.setResult(1);
  }

  @Probe("tasks/continue/current-scheduler")
  void currentScheduler(Out o) {
    ManualScheduler scheduler = new ManualScheduler();
    AtomicReference<Task<Void>> next = new AtomicReference<>();
    Task.factory()
        .startNewAction(
            () -> next.set(Task.completedTask().continueWithAction(t -> {})), NONE, scheduler);
    scheduler.run(scheduler.queue.get(0));
    o.say("queued on the ambient scheduler", scheduler.queue.size());
    o.say("status", next.get().status());
  }

  @Probe("tasks/continue/throws-nothing-for-disposed-token")
  void throwsNothingForDisposedToken(Out o) throws Exception {
    CancellationTokenSource closed = new CancellationTokenSource();
    CancellationToken token = closed.token();
    closed.close();
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    AtomicReference<Task<Void>> next = new AtomicReference<>();
    AtomicReference<Task<Void>> whenAll = new AtomicReference<>();
    o.attempt("continueWith", () -> next.set(source.task().continueWithAction(t -> {}, token)));
    o.attempt(
        "continueWhenAll",
        () ->
            whenAll.set(
                Task.factory().continueWhenAllAction(List.of(source.task()), all -> {}, token)));
    source.setResult(1);
    o.say(status(end(next.get())) + " " + status(end(whenAll.get())));
    CancellationTokenSource gone = canceledSource();
    CancellationToken goneToken = gone.token();
    gone.close();
    o.say("canceled and disposed", source.task().continueWithAction(t -> {}, goneToken).status());
  }

  @Probe("tasks/continue/token-canceled-while-queued-dequeued")
  void tokenCanceledWhileQueuedDequeued(Out o) {
    ManualScheduler scheduler = new ManualScheduler().dequeuing();
    CancellationTokenSource canceler = new CancellationTokenSource();
    Task<Void> next = Task.completedTask().continueWithAction(t -> {}, canceler.token(), scheduler);
    canceler.cancel();
    o.say("canceled token", next.status());
    o.say("calls", scheduler.calls);
    o.say("token", tokenOf(next) == canceler.token());
  }

  @Probe("tasks/continue/lazy-is-not-dequeued")
  void lazyIsNotDequeued(Out o) {
    ManualScheduler scheduler = new ManualScheduler().dequeuing();
    CancellationTokenSource canceler = new CancellationTokenSource();
    Task<Void> next =
        Task.completedTask()
            .continueWithAction(t -> {}, canceler.token(), scheduler, LAZY_CANCELLATION);
    canceler.cancel();
    o.say("canceled token", next.status());
    o.say("calls", scheduler.calls);
    scheduler.runAll();
    o.say("executed", next.status());
  }

  @Probe("tasks/continue/lazy-synchronous")
  void lazySynchronous(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    AtomicBoolean ran = new AtomicBoolean();
    Task<Void> next =
        source
            .task()
            .continueWithAction(
                t -> ran.set(true),
                CancellationToken.canceled(),
                DEFAULT,
                LAZY_CANCELLATION,
                EXECUTE_SYNCHRONOUSLY);
    source.setResult(1);
    o.say("when set returns", next.status());
    o.say("ran", ran);
  }

  @Probe("tasks/continue/creation-options")
  void creationOptions(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Void> allButOne =
        source
            .task()
            .continueWithAction(
                t -> {},
                PREFER_FAIRNESS,
                LONG_RUNNING,
                ATTACHED_TO_PARENT,
                DENY_CHILD_ATTACH,
                HIDE_SCHEDULER,
                LAZY_CANCELLATION,
                RUN_CONTINUATIONS_ASYNCHRONOUSLY,
                ONLY_ON_FAULTED);
    o.say("all but one", options(allButOne.creationOptions()));
    Task<Void> synchronous = source.task().continueWithAction(t -> {}, EXECUTE_SYNCHRONOUSLY);
    o.say("synchronous", options(synchronous.creationOptions()));
  }

  @Probe("tasks/continue/inline-throws")
  void inlineThrows(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    ManualScheduler throwing = new ManualScheduler().throwingOnInline(new Boom("inline"));
    ManualScheduler lying = new ManualScheduler().claimingToInline();
    Task<Void> onThrowing =
        source.task().continueWithAction(t -> {}, NONE, throwing, EXECUTE_SYNCHRONOUSLY);
    Task<Void> onLying =
        source.task().continueWithAction(t -> {}, NONE, lying, EXECUTE_SYNCHRONOUSLY);
    o.attempt("set", () -> source.setResult(1));
    o.say("throwing: " + look(onThrowing));
    o.say("lying: " + look(onLying));
  }

  /** A wait here holds its thread, and is no hook among others. */
  @Probe("tasks/continue/hooks-in-order")
  @Differs(
      record = AWAITING,
      dotnet = "await",
      ours = {})
  void hooksInOrder(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Integer> task = source.task();
    task.continueWithAction(t -> o.say("continuation 1"), EXECUTE_SYNCHRONOUSLY);
    Task.whenAll(task, Task.fromResult(1))
        .continueWithAction(t -> o.say("whenAll"), EXECUTE_SYNCHRONOUSLY);
    Task.whenAny(task, new TaskCompletionSource<Integer>().task())
        .continueWithAction(t -> o.say("whenAny"), EXECUTE_SYNCHRONOUSLY);
    task.continueWithAction(t -> o.say("continuation 2"), EXECUTE_SYNCHRONOUSLY);
    task.waitAsync(new CancellationTokenSource().token())
        .continueWithAction(t -> o.say("waitAsync"), EXECUTE_SYNCHRONOUSLY);
    task.continueWithAction(t -> o.say("continuation 3"), EXECUTE_SYNCHRONOUSLY);
    source.setResult(1);
    o.say("set returned");
  }

  @Probe("tasks/continue/added-in-a-continuation")
  void addedInContinuation(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    source
        .task()
        .continueWithAction(
            t -> {
              o.say("a");
              t.continueWithAction(x -> o.say("added in a"), EXECUTE_SYNCHRONOUSLY);
              o.say("a ends");
            },
            EXECUTE_SYNCHRONOUSLY);
    source.task().continueWithAction(t -> o.say("b"), EXECUTE_SYNCHRONOUSLY);
    source.setResult(1);
  }

  @Probe("tasks/continue/throwing-one-does-not-stop-others")
  void throwingOneDoesNotStopOthers(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Void> first =
        source
            .task()
            .continueWithAction(
                t -> {
                  throw new Boom("x");
                },
                EXECUTE_SYNCHRONOUSLY);
    Task<Void> second = source.task().continueWithAction(t -> {}, EXECUTE_SYNCHRONOUSLY);
    o.attempt("set", () -> source.setResult(1));
    o.say(status(first) + " " + status(second) + " " + status(source.task()));
  }

  @Probe("tasks/continue/hide-scheduler")
  void hideScheduler(Out o) {
    ManualScheduler scheduler = new ManualScheduler().inlining();
    Task.completedTask()
        .continueWithAction(
            t -> o.say("None current is its own", TaskScheduler.current() == scheduler),
            NONE,
            scheduler,
            EXECUTE_SYNCHRONOUSLY);
    Task.completedTask()
        .continueWithAction(
            t -> o.say("HideScheduler current is its own", TaskScheduler.current() == scheduler),
            NONE,
            scheduler,
            HIDE_SCHEDULER,
            EXECUTE_SYNCHRONOUSLY);
  }

  @Probe("tasks/continue/current-task")
  @Differs(
      record = AWAITING,
      dotnet = "in an await=null",
      ours = {})
  void currentTask(Out o) throws Exception {
    AtomicReference<Task<Void>> next = new AtomicReference<>();
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    next.set(
        source
            .task()
            .continueWithAction(
                t ->
                    o.say(
                        "in a synchronous continuation its own",
                        Task.currentId().getAsInt() == next.get().id()),
                EXECUTE_SYNCHRONOUSLY));
    Task<Void> setter =
        Task.ofAction(
            () -> {
              source.setResult(1);
              o.say("back in the setter", Task.currentId().isPresent());
            });
    setter.runSynchronously(DEFAULT);
  }
}
