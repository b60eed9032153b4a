// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.Background.onOtherThread;
import static desist.Steps.comes;
import static desist.TaskSteps.awaited;
import static desist.TaskSteps.callOn;
import static desist.TaskSteps.end;
import static desist.TaskSteps.look;
import static desist.TaskSteps.startAttached;
import static desist.TaskSteps.startOn;
import static desist.TaskSteps.status;
import static desist.tasks.TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY;
import static desist.tasks.TaskCreationOptions.ATTACHED_TO_PARENT;

import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import desist.tasks.TaskContinuationOptions;
import desist.tasks.TaskScheduler;
import desist.tasks.TaskStatus;
import desist.tasks.ThrowingRunnable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Parents and the children that attach to them: tasks/parent. */
final class TaskParentConformanceTest extends Conformance {
  @Probe("tasks/parent/does-not-wait-for-detached")
  void doesNotWaitForDetached(Out o) throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    AtomicReference<Task<Void>> child = new AtomicReference<>();
    Task<Void> parent =
        Task.factory()
            .startNewAction(
                () ->
                    child.set(
                        Task.factory()
                            .startNewAction(
                                () -> {
                                  await(gate);
                                  throw new Boom("x");
                                })));
    parent.join();
    o.say("parent", parent.status());
    o.say("child done", child.get().isCompleted());
    gate.countDown();
    o.say("child", end(child.get()).status());
    o.say("parent", look(parent));
  }

  @Probe("tasks/parent/child-fault")
  void childFault(Out o) {
    Task<Void> parent =
        Task.factory().startNewAction(() -> startAttached(throwing(new Boom("child"))));
    o.attempt("wait", parent::join);
    o.say(look(parent));
    o.say("flat", Out.describe(parent.exception().flatten()));
    o.say("await", awaited(parent));
  }

  @Probe("tasks/parent/child-and-own-fault")
  void childAndOwnFault(Out o) {
    Task<Void> parent =
        end(
            Task.factory()
                .startNewAction(
                    () -> {
                      startAttached(throwing(new Boom("child")));
                      throw new IllegalStateException();
                    }));
    o.say(look(parent));
  }

  @Probe("tasks/parent/grandchild-fault")
  void grandchildFault(Out o) {
    Task<Void> top =
        end(
            Task.factory()
                .startNewAction(
                    () -> startAttached(() -> startAttached(throwing(new Boom("grandchild"))))));
    o.say(look(top));
    o.say("flat", Out.describe(top.exception().flatten()));
  }

  @Probe("tasks/parent/child-canceled-is-not-passed-on")
  void childCanceledIsNotPassedOn(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    AtomicReference<Task<Void>> child = new AtomicReference<>();
    Task<Void> parent =
        Task.factory()
            .startNewAction(
                () ->
                    child.set(
                        startAttached(
                            source.token(),
                            () -> {
                              source.cancel();
                              source.token().throwIfCancellationRequested();
                            })));
    o.attempt("wait", parent::join);
    o.say("child", look(child.get()));
    o.say("parent", look(parent));
  }

  /** Reading the exception is not enough: only waits and the result count as seeing. */
  @Probe("tasks/parent/child-fault-seen-in-the-parent-is-not-passed-on")
  void childFaultSeenInTheParentIsNotPassedOn(Out o) {
    Task<Void> parent =
        Task.factory().startNewAction(() -> end(startAttached(throwing(new Boom("child")))));
    o.attempt("wait", parent::join);
    o.say(look(parent));
    Task<Void> reader =
        end(
            Task.factory()
                .startNewAction(
                    () -> {
                      Task<Void> child = startAttached(throwing(new Boom("child")));
                      child.asyncWaitHandle().waitOne();
                      o.say("exception read", child.exception() != null);
                    }));
    o.say(look(reader));
  }

  @Probe("tasks/parent/waits-for-child-before-it-is-canceled")
  void waitsForChildBeforeItIsCanceled(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CountDownLatch gate = new CountDownLatch(1);
    Task<Void> parent =
        Task.factory()
            .startNewAction(
                () -> {
                  startAttached(() -> await(gate));
                  source.cancel();
                  source.token().throwIfCancellationRequested();
                },
                source.token());
    comes(() -> parent.status() == TaskStatus.WAITING_FOR_CHILDREN_TO_COMPLETE);
    o.say("child running", parent.status());
    o.say("canceled", parent.isCanceled());
    gate.countDown();
    end(parent);
    o.say("child done", parent.status());
  }

  @Probe("tasks/parent/child-that-never-starts")
  void childThatNeverStarts(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    ManualScheduler scheduler = new ManualScheduler();
    AtomicReference<Task<Void>> child = new AtomicReference<>();
    Task<Void> parent =
        Task.ofAction(() -> child.set(Task.ofAction(() -> {}, source.token(), ATTACHED_TO_PARENT)));
    parent.start(scheduler);
    scheduler.runAll();
    o.say("parent", parent.status());
    o.say("child", child.get().status());
    source.cancel();
    o.say("child", child.get().status());
    o.say("parent", parent.status());
  }

  @Probe("tasks/parent/child-with-canceled-token")
  void childWithCanceledToken(Out o) {
    ManualScheduler scheduler = new ManualScheduler();
    AtomicReference<Task<Void>> child = new AtomicReference<>();
    Task<Void> parent =
        Task.ofAction(
            () ->
                child.set(
                    Task.ofAction(() -> {}, CancellationToken.canceled(), ATTACHED_TO_PARENT)));
    parent.start(scheduler);
    scheduler.runAll();
    o.say("child", child.get().status());
    o.say("parent", parent.status());
  }

  @Probe("tasks/parent/attached-outside-any-task")
  void attachedOutsideAnyTask(Out o) {
    o.say("status", end(startAttached(() -> {})).status());
  }

  @Probe("tasks/parent/attached-continuation")
  void attachedContinuation(Out o) {
    ManualScheduler scheduler = new ManualScheduler();
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Void> parent =
        Task.ofAction(
            () ->
                source
                    .task()
                    .continueWithAction(
                        t -> {
                          throw new Boom("continuation");
                        },
                        CancellationToken.none(),
                        TaskScheduler.defaultScheduler(),
                        TaskContinuationOptions.ATTACHED_TO_PARENT,
                        EXECUTE_SYNCHRONOUSLY));
    parent.start(scheduler);
    scheduler.runAll();
    o.say("waits", parent.status());
    source.setResult(1);
    o.say(look(parent));
  }

  @Probe("tasks/parent/attached-continuation-canceled-by-option")
  void attachedContinuationCanceledByOption(Out o) {
    ManualScheduler scheduler = new ManualScheduler();
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Void> parent =
        Task.ofAction(
            () ->
                source
                    .task()
                    .continueWithAction(
                        t -> {},
                        TaskContinuationOptions.ATTACHED_TO_PARENT,
                        TaskContinuationOptions.ONLY_ON_FAULTED));
    parent.start(scheduler);
    scheduler.runAll();
    o.say("waits", parent.status());
    source.setResult(1);
    o.say(look(parent));
  }

  @Probe("tasks/parent/only-current")
  void onlyCurrent(Out o) throws Exception {
    ManualScheduler scheduler = new ManualScheduler();
    AtomicReference<Task<Void>> inner = new AtomicReference<>();
    AtomicReference<Task<Void>> innerChild = new AtomicReference<>();
    Task<Void> parent =
        Task.ofAction(
            () -> {
              onOtherThread(() -> Task.ofAction(() -> {}, ATTACHED_TO_PARENT));
              inner.set(
                  Task.ofAction(() -> innerChild.set(Task.ofAction(() -> {}, ATTACHED_TO_PARENT))));
              inner.get().start(scheduler);
              scheduler.run(inner.get());
            });
    parent.runSynchronously(TaskScheduler.defaultScheduler());
    o.say("made in another thread, in a detached task: parent", parent.status());
    o.say("inner", inner.get().status());
    innerChild.get().runSynchronously();
    o.say("inner", inner.get().status());
  }

  @Probe("tasks/parent/order-of-children")
  void orderOfChildren(Out o) {
    ManualScheduler scheduler = new ManualScheduler();
    List<Task<Void>> children = new ArrayList<>();
    Task<Void> parent =
        Task.ofAction(
            () -> {
              for (RuntimeException e :
                  List.of(
                      new Boom("a"), new IllegalStateException(), new IllegalArgumentException())) {
                children.add(startOn(scheduler, throwing(e), ATTACHED_TO_PARENT));
              }
            });
    parent.start(scheduler);
    scheduler.run(parent);
    scheduler.run(children.get(2));
    scheduler.run(children.get(0));
    scheduler.run(children.get(1));
    o.say(look(parent));
  }

  @Probe("tasks/parent/startnew-child-with-canceled-token")
  void startNewChildWithCanceledToken(Out o) {
    ManualScheduler scheduler = new ManualScheduler();
    AtomicReference<Task<Void>> child = new AtomicReference<>();
    Task<Void> parent =
        Task.ofAction(
            () ->
                child.set(
                    startOn(
                        scheduler, CancellationToken.canceled(), () -> {}, ATTACHED_TO_PARENT)));
    parent.start(scheduler);
    scheduler.run(parent);
    o.say("parent " + status(parent) + ", child", child.get().status());
    scheduler.runAll();
    o.say("parent " + status(parent) + ", child", child.get().status());
  }

  /** Only a wait in the parent's own body counts. */
  @Probe("tasks/parent/child-fault-seen-elsewhere")
  void childFaultSeenElsewhere(Out o) throws Exception {
    ManualScheduler scheduler = new ManualScheduler();
    Task<Void> parent =
        Task.ofAction(
            () -> {
              Task<Void> child =
                  startOn(scheduler, throwing(new Boom("child")), ATTACHED_TO_PARENT);
              scheduler.run(child);
              onOtherThread(() -> end(child));
            });
    parent.runSynchronously(TaskScheduler.defaultScheduler());
    o.say(look(parent));
  }

  @Probe("tasks/parent/what-counts-as-seeing")
  void whatCountsAsSeeing(Out o) throws Exception {
    seen(o, "wait", Task::join);
    seen(o, "wait with time-out", child -> child.join(Duration.ofSeconds(1)));
    seen(o, "wait with token", child -> child.join(new CancellationTokenSource().token()));
    seen(o, "waitAll", Task::waitAll);
    seen(o, "result", Task::result);
    seen(o, "waitAny", Task::waitAny);
    seen(o, "getResult", Task::await);
    seen(o, "exception", Task::exception);
    seen(o, "wait for the whenAll", child -> Task.whenAll(child, Task.fromResult(1)).join());
    seen(
        o,
        "wait for its continuation",
        child -> child.continueWithAction(Task::join, EXECUTE_SYNCHRONOUSLY).join());
  }

  private static void seen(Out o, String name, Look look) throws Exception {
    ManualScheduler scheduler = new ManualScheduler();
    Task<Void> parent =
        Task.ofAction(
            () -> {
              Task<Integer> child =
                  callOn(
                      scheduler,
                      () -> {
                        throw new Boom("child");
                      },
                      ATTACHED_TO_PARENT);
              scheduler.run(child);
              try {
                look.at(child);
              } catch (AggregateException | Boom e) {
                // the parent tells whether it counts
              }
            });
    parent.runSynchronously(TaskScheduler.defaultScheduler());
    o.say(name, parent.status());
    parent.exception();
  }

  @Probe("tasks/parent/refused-child")
  void refusedChild(Out o) throws Exception {
    ManualScheduler scheduler = new ManualScheduler().throwingOnQueue(new Boom("queue"));
    Task<Void> parent =
        Task.ofAction(
            () -> o.attempt("startNew", () -> startOn(scheduler, () -> {}, ATTACHED_TO_PARENT)));
    parent.runSynchronously(TaskScheduler.defaultScheduler());
    o.say(look(parent));
  }

  /** The last child's end ends the parent before the child's own continuations run. */
  @Probe("tasks/parent/before-continuations")
  void beforeContinuations(Out o) {
    ManualScheduler scheduler = new ManualScheduler();
    AtomicReference<Task<Void>> child = new AtomicReference<>();
    Task<Void> parent =
        Task.ofAction(() -> child.set(startOn(scheduler, () -> {}, ATTACHED_TO_PARENT)));
    parent.continueWithAction(t -> o.say("continuation of the parent"), EXECUTE_SYNCHRONOUSLY);
    parent.start(scheduler);
    scheduler.run(parent);
    child
        .get()
        .continueWithAction(
            t -> o.say("continuation of the child, parent", parent.status()),
            EXECUTE_SYNCHRONOUSLY);
    scheduler.runAll();
  }

  @Probe("tasks/parent/child-runs-synchronously")
  void childRunsSynchronously(Out o) throws Exception {
    Task<Void> parent =
        Task.ofAction(
            () -> {
              Task<Void> child = Task.ofAction(throwing(new Boom("child")), ATTACHED_TO_PARENT);
              o.attempt("run", child::runSynchronously);
            });
    parent.runSynchronously(TaskScheduler.defaultScheduler());
    o.say(look(parent));
  }

  /** A body that only throws. */
  private static ThrowingRunnable throwing(RuntimeException e) {
    return () -> {
      throw e;
    };
  }

  /** A way to look at a child that has failed. */
  @FunctionalInterface
  private interface Look {
    void at(Task<Integer> child) throws Exception;
  }
}
