// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.onOtherThread;
import static desist.Contexts.within;
import static desist.Steps.comes;
import static desist.TaskSteps.callOn;
import static desist.TaskSteps.look;
import static desist.TaskSteps.startOn;
import static desist.TaskSteps.status;
import static desist.tasks.TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY;
import static desist.tasks.TaskContinuationOptions.ONLY_ON_RAN_TO_COMPLETION;
import static desist.tasks.TaskCreationOptions.ATTACHED_TO_PARENT;
import static desist.tasks.TaskCreationOptions.LONG_RUNNING;

import desist.tasks.EventRegistration;
import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import desist.tasks.TaskCreationOptions;
import desist.tasks.TaskScheduler;
import desist.tasks.TaskSchedulerException;
import desist.tasks.UnobservedTaskExceptionEventArgs;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Schedulers, and faults that nobody looks at: tasks/scheduler. */
final class TaskSchedulerConformanceTest extends Conformance {
  private static final Duration FIFTY = Duration.ofMillis(50);

  @Probe("tasks/scheduler/execute-once")
  void executeOnce(Out o) {
    ManualScheduler scheduler = new ManualScheduler();
    AtomicInteger runs = new AtomicInteger();
    Task<Void> task = startOn(scheduler, runs::incrementAndGet);
    o.say("first", scheduler.run(task));
    o.say("second", scheduler.run(task));
    o.say("runs", runs);
    Task<Void> canceled = startOn(scheduler, CancellationToken.canceled(), runs::incrementAndGet);
    o.say("canceled", scheduler.run(canceled));
    o.say("canceled again", scheduler.run(canceled));
    o.say("runs", runs);
    o.attempt("of another scheduler", () -> new ManualScheduler().run(task));
    o.attempt("not started", () -> scheduler.run(Task.ofAction(() -> {})));
  }

  @Probe("tasks/scheduler/inline-throws-in-wait")
  void inlineThrowsInWait(Out o) {
    ManualScheduler scheduler = new ManualScheduler().throwingOnInline(new Boom("inline"));
    Task<Void> task = startOn(scheduler, () -> {});
    o.attempt("wait", task::join);
    o.say("status", task.status());
    scheduler.runAll();
    o.say("status", task.status());
  }

  @Probe("tasks/scheduler/context")
  void context(Out o) throws Exception {
    within(null, () -> o.attempt("none", TaskScheduler::fromCurrentSynchronizationContext));
    Contexts.Keeping context = new Contexts.Keeping();
    within(
        context,
        () -> {
          TaskScheduler scheduler = TaskScheduler.fromCurrentSynchronizationContext();
          o.say("level", scheduler.maximumConcurrencyLevel());
          CancellationTokenSource source = new CancellationTokenSource();
          AtomicBoolean ran = new AtomicBoolean();
          Task<Void> task = startOn(scheduler, () -> ran.set(true));
          Task<Void> canceled = startOn(scheduler, source.token(), () -> ran.set(true));
          o.say("posted", context.posted.size());
          o.say("ran", ran);
          context.posted.get(0).run();
          o.say("status", task.status());
          ran.set(false);
          source.cancel();
          context.posted.get(1).run();
          o.say("canceled: " + status(canceled) + " ran", ran);
          Task.ofAction(() -> ran.set(true)).runSynchronously(scheduler);
          o.say("inline on its context, posted", context.posted.size());
        });
  }

  @Probe("tasks/scheduler/levels")
  void levels(Out o) {
    o.say(
        "default", TaskScheduler.defaultScheduler().maximumConcurrencyLevel() == Integer.MAX_VALUE);
    o.say("custom", new ManualScheduler().maximumConcurrencyLevel() == Integer.MAX_VALUE);
    o.say("ids differ", new ManualScheduler().id() != new ManualScheduler().id());
  }

  @Probe("tasks/scheduler/unobserved-arguments")
  void unobservedArguments(Out o) {
    AggregateException all = new AggregateException(new Boom("x"));
    UnobservedTaskExceptionEventArgs event = new UnobservedTaskExceptionEventArgs(all);
    o.say("observed", event.observed());
    event.setObserved();
    o.say("observed", event.observed());
    o.say("same", event.exception() == all);
  }

  /** Other probes leave faulted tasks behind, too: only Unseen ones count. */
  @Probe("tasks/scheduler/unobserved-faults-only")
  void unobservedFaultsOnly(Out o) throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    try (EventRegistration handler =
        TaskScheduler.onUnobservedTaskException(
            event -> {
              event.setObserved();
              Throwable inner = event.exception().innerExceptions().get(0);
              if (inner instanceof Unseen) {
                seen.add(inner.getMessage());
              }
            })) {
      drop("never looked at", task -> {});
      drop("Exception read", Task::exception);
      drop("awaited", Task::await);
      drop("whenAll read", task -> Task.whenAll(task, Task.fromResult(1)).exception());
      onOtherThread(() -> Task.fromCanceled(CancellationToken.canceled()));
      reported(seen, 1);
    }
    o.say("seen", seen);
  }

  @Probe("tasks/scheduler/unobserved-what-counts")
  void unobservedWhatCounts(Out o) throws Exception {
    Set<String> seen = new ConcurrentSkipListSet<>();
    try (EventRegistration handler =
        TaskScheduler.onUnobservedTaskException(
            event -> {
              for (Throwable each : event.exception().flatten().innerExceptions()) {
                if (each instanceof MyCanceled) {
                  seen.add("a cancellation");
                } else if (each instanceof Unseen) {
                  seen.add(each.getMessage());
                }
              }
            })) {
      dropThoseThatCount();
      dropThoseThatAreSeen();
      reported(seen, 12);
    }
    seen.forEach(o::say);
  }

  private static void dropThoseThatCount() {
    drop("nothing", task -> {});
    drop("status read", Task::status);
    drop("disposed", Task::close);
    drop("waitAny", Task::waitAny);
    drop("whenAny", task -> Task.whenAny(task).result());
    drop("continuation", task -> task.continueWithAction(t -> {}, EXECUTE_SYNCHRONOUSLY).join());
    drop(
        "mismatched continuation",
        task -> task.continueWithAction(t -> {}, ONLY_ON_RAN_TO_COMPLETION));
    drop(
        "continueWhenAll",
        task ->
            Task.factory()
                .continueWhenAllAction(List.of(task), t -> {}, EXECUTE_SYNCHRONOUSLY)
                .join());
    drop("wait handle", task -> task.asyncWaitHandle().waitOne());
    drop("whenAll not looked at", task -> Task.whenAll(task, Task.fromResult(1)));
    drop(
        "unwrap not looked at",
        task -> {
          TaskCompletionSource<Task<Integer>> source = new TaskCompletionSource<>();
          Task.unwrap(source.task());
          source.setResult(task);
        });
    drop(
        "seen: waitAsync given up",
        task -> {
          TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
          source
              .task()
              .waitAsync(Duration.ZERO)
              .continueWith(Task::exception, EXECUTE_SYNCHRONOUSLY)
              .join();
          source.setException(new Unseen("waitAsync given up, later fault"));
          task.exception();
        });
  }

  private static void dropThoseThatAreSeen() {
    drop(
        "seen: exception, and a task canceled by a thrown exception",
        task -> {
          task.exception();
          CancellationTokenSource source = new CancellationTokenSource();
          Task.ofAction(
                  () -> {
                    source.cancel();
                    throw new MyCanceled(source.token());
                  },
                  source.token())
              .runSynchronously();
        });
    drop("seen: wait", Task::join);
    drop("seen: waitAll", Task::waitAll);
    drop("seen: result", Task::result);
    drop("seen: exception", Task::exception);
    drop("seen: await", Task::await);
    drop("seen: whenAll", task -> Task.whenAll(task, Task.fromResult(1)).join());
    drop(
        "seen: unwrap",
        task -> {
          TaskCompletionSource<Task<Integer>> source = new TaskCompletionSource<>();
          Task<Integer> unwrapped = Task.unwrap(source.task());
          source.setResult(task);
          unwrapped.join();
        });
    drop(
        "seen: set from task",
        task -> {
          TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
          source.setFromTask(task);
          source.task().join();
        });
    drop(
        "seen: handled in the continuation",
        task -> task.continueWith(Task::exception, EXECUTE_SYNCHRONOUSLY).join());
    drop(
        "seen: child",
        task -> {
          task.exception();
          Task<Void> parent =
              Task.ofAction(
                  () ->
                      Task.ofAction(
                              () -> {
                                throw new Unseen("seen: child of a parent looked at");
                              },
                              ATTACHED_TO_PARENT)
                          .runSynchronously());
          parent.runSynchronously();
          parent.join();
        });
    drop(
        "seen: refused by the scheduler",
        task -> {
          task.exception();
          ManualScheduler refusing =
              new ManualScheduler().throwingOnQueue(new Unseen("seen: startNew refused"));
          startOn(refusing, () -> {});
        });
  }

  /** Makes a task that has failed, on a thread of its own, looks at it and drops it. */
  private static void drop(String name, Look look) {
    onOtherThread(
        () -> {
          try {
            look.at(Task.fromException(new Unseen(name)));
          } catch (Unseen | AggregateException | TaskSchedulerException e) {
            // what is reported later tells whether that was a look
          }
        });
  }

  /** Collects until so many are reported, and then some more. */
  private static void reported(Collection<String> seen, int count) {
    comes(
        () -> {
          Fate.collect();
          return seen.size() >= count;
        });
    for (int i = 0; i < 5; i++) {
      Fate.collect();
    }
  }

  @Probe("tasks/scheduler/execute-while-running")
  void executeWhileRunning(Out o) {
    ManualScheduler scheduler = new ManualScheduler();
    AtomicReference<Task<Void>> task = new AtomicReference<>();
    task.set(Task.ofAction(() -> o.say("again, in the body", scheduler.run(task.get()))));
    task.get().start(scheduler);
    o.say("execute", scheduler.run(task.get()));
  }

  /** The pool runs a queued task in a wait only on the thread whose own queue it lies in. */
  @Probe("tasks/scheduler/default-inline")
  void defaultInline(Out o) throws Exception {
    o.say("started in a pool thread", Task.run(() -> inlined(10_000)).result());
    o.say("started in another thread", inlined(200));
    o.say("long-running", Task.run(() -> inlined(20, LONG_RUNNING)).result());
  }

  private static boolean inlined(int tries, TaskCreationOptions... options) throws Exception {
    for (int i = 0; i < tries; i++) {
      Task<Thread> task = callOn(TaskScheduler.defaultScheduler(), Thread::currentThread, options);
      if (task.result() == Thread.currentThread()) {
        return true;
      }
    }
    return false;
  }

  @Probe("tasks/scheduler/context-inline")
  void contextInline(Out o) throws Exception {
    Contexts.Keeping context = new Contexts.Keeping();
    AtomicInteger runs = new AtomicInteger();
    AtomicReference<Task<Void>> other = new AtomicReference<>();
    within(
        context,
        () -> {
          TaskScheduler scheduler = TaskScheduler.fromCurrentSynchronizationContext();
          Task<Void> task =
              startOn(
                  scheduler,
                  () -> {
                    runs.incrementAndGet();
                    o.say("current", TaskScheduler.current() == scheduler);
                  });
          task.join();
          o.say("waited in its context, runs", runs);
          context.posted.get(0).run();
          o.say("posted later, runs", runs);
          other.set(startOn(scheduler, runs::incrementAndGet));
        });
    o.say("waited outside", Task.run(() -> other.get().join(FIFTY)).result());
    context.posted.get(1).run();
    o.say("runs", runs);
  }

  @Probe("tasks/scheduler/context-post-throws")
  void contextPostThrows(Out o) throws Exception {
    AtomicReference<TaskScheduler> scheduler = new AtomicReference<>();
    within(
        new Contexts.Refusing(),
        () -> scheduler.set(TaskScheduler.fromCurrentSynchronizationContext()));
    o.attempt("startNew", () -> startOn(scheduler.get(), () -> {}));
    o.say(
        "continuation: " + look(Task.completedTask().continueWithAction(t -> {}, scheduler.get())));
  }

  /** A scheduler may run the task while it is being given it. */
  @Probe("tasks/scheduler/runs-in-queue")
  void runsInQueue(Out o) {
    DirectScheduler scheduler = new DirectScheduler(line -> {});
    o.say("startNew", startOn(scheduler, () -> {}).status());
    o.say(
        look(
            startOn(
                scheduler,
                () -> {
                  throw new Boom("x");
                })));
    o.say("canceled token", startOn(scheduler, CancellationToken.canceled(), () -> {}).status());
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Void> next = source.task().continueWithAction(t -> {}, scheduler);
    source.setResult(1);
    o.say("continuation when set returns", next.status());
  }

  @Probe("tasks/scheduler/status-when-asked")
  void statusWhenAsked(Out o) throws Exception {
    DirectScheduler scheduler = new DirectScheduler(o::say);
    o.say("start");
    Task.ofAction(() -> {}).start(scheduler);
    o.say("runSynchronously");
    Task.ofAction(() -> {}).runSynchronously(scheduler);
    o.say("synchronous continuation");
    Task.completedTask()
        .continueWithAction(t -> {}, CancellationToken.none(), scheduler, EXECUTE_SYNCHRONOUSLY);
    o.say("continuation");
    Task.completedTask().continueWithAction(t -> {}, scheduler);
  }

  /** A failure that only these probes know. */
  private static final class Unseen extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unseen(String name) {
      super(name);
    }
  }

  /** A way to look at a task that has failed, or not to. */
  @FunctionalInterface
  private interface Look {
    void at(Task<Integer> task) throws Exception;
  }
}
