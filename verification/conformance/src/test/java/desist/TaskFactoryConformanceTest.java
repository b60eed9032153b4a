// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.TaskSteps.canceled;
import static desist.TaskSteps.canceledSource;
import static desist.TaskSteps.end;
import static desist.TaskSteps.faulted;
import static desist.TaskSteps.look;
import static desist.TaskSteps.tokenOf;
import static desist.tasks.TaskContinuationOptions.ATTACHED_TO_PARENT;
import static desist.tasks.TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY;
import static desist.tasks.TaskContinuationOptions.LONG_RUNNING;
import static desist.tasks.TaskContinuationOptions.NOT_ON_FAULTED;
import static desist.tasks.TaskContinuationOptions.ONLY_ON_CANCELED;
import static desist.tasks.TaskContinuationOptions.ONLY_ON_RAN_TO_COMPLETION;
import static desist.tasks.TaskContinuationOptions.RUN_CONTINUATIONS_ASYNCHRONOUSLY;

import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import desist.tasks.TaskContinuationOptions;
import desist.tasks.TaskCreationOptions;
import desist.tasks.TaskFactory;
import desist.tasks.TaskScheduler;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Factories, and what continues many tasks: tasks/factory. */
final class TaskFactoryConformanceTest extends Conformance {
  private static final String NAMES = "0015-names-and-overloads.md";
  private static final String OPTIONS = "0029-options-are-enums.md";
  private static final CancellationToken NONE = CancellationToken.none();
  private static final TaskScheduler DEFAULT = TaskScheduler.defaultScheduler();
  private static final TaskFactory FACTORY = Task.factory();

  @Probe("tasks/factory/continue-when-all-without-token")
  void continueWhenAllWithoutToken(Out o) {
    Task<Integer> canceled = canceled();
    Task<Integer> next =
        FACTORY.continueWhenAll(
            List.of(Task.fromResult(1), canceled),
            all -> {
              o.say("seen", statuses(all));
              int sum = 0;
              for (Task<? extends Integer> each : all) {
                sum += each.result();
              }
              return sum;
            });
    end(next);
    o.say(look(next));
  }

  @Probe("tasks/factory/continue-when-all-runs-whatever-they-were")
  void continueWhenAllRunsWhateverTheyWere(Out o) throws Exception {
    Task<Void> next =
        FACTORY.continueWhenAllAction(
            List.of(canceled(), faulted("x"), Task.completedTask()),
            all -> o.say("seen", statuses(all)));
    next.join();
    o.say(look(next));
  }

  @Probe("tasks/factory/continue-when-all-token-already-canceled")
  void continueWhenAllTokenAlreadyCanceled(Out o) {
    TaskCompletionSource<Integer> pending = new TaskCompletionSource<>();
    CancellationToken token = canceledSource().token();
    Task<Void> next = FACTORY.continueWhenAllAction(List.of(pending.task()), all -> {}, token);
    o.say("at once", next.status());
    o.say("token", tokenOf(next) == token);
    Task<Void> any = FACTORY.continueWhenAnyAction(List.of(pending.task()), one -> {}, token);
    o.say("any, at once", any.status());
  }

  @Probe("tasks/factory/continue-when-all-token-canceled-while-waiting")
  void continueWhenAllTokenCanceledWhileWaiting(Out o) {
    TaskCompletionSource<Void> pending = new TaskCompletionSource<>();
    CancellationTokenSource canceler = new CancellationTokenSource();
    CancellationToken token = canceler.token();
    Task<Void> all =
        FACTORY.continueWhenAllAction(
            List.of(pending.task(), Task.completedTask()), t -> o.say("ran all"), token);
    Task<Void> any =
        FACTORY.continueWhenAnyAction(List.of(pending.task()), t -> o.say("ran any"), token);
    o.say("before", all.status());
    canceler.cancel();
    o.say("all", all.status());
    o.say("any", any.status());
    pending.setResult(null);
    o.say("all", all.status());
  }

  @Probe("tasks/factory/continue-when-any-first")
  void continueWhenAnyFirst(Out o) throws Exception {
    TaskCompletionSource<Void> pending = new TaskCompletionSource<>();
    Task<Void> canceled = canceled();
    Task<Boolean> next =
        FACTORY.continueWhenAny(List.of(pending.task(), canceled), t -> t == canceled);
    o.say("got the canceled one", next.result());
  }

  /** A null within a collection is a null as any other. */
  @Probe("tasks/factory/continue-when-arguments")
  @Differs(
      record = NAMES,
      dotnet = "null element: ArgumentException",
      ours = "null element: ArgumentNullException")
  @Differs(
      record = NAMES,
      dotnet = "any, null element: ArgumentException",
      ours = "any, null element: ArgumentNullException")
  void continueWhenArguments(Out o) {
    List<Task<Void>> tasks = List.of(Task.completedTask());
    List<Task<Void>> empty = List.of();
    List<Task<Void>> nulls = Collections.singletonList(null);
    o.attemptValue(
        "null tasks", () -> FACTORY.continueWhenAllAction((List<Task<Void>>) null, t -> {}));
    o.attemptValue("empty", () -> FACTORY.continueWhenAllAction(empty, t -> {}));
    o.attemptValue("null element", () -> FACTORY.continueWhenAllAction(nulls, t -> {}));
    o.attemptValue("null action", () -> FACTORY.continueWhenAllAction(tasks, null));
    o.attemptValue(
        "OnlyOnCanceled", () -> FACTORY.continueWhenAllAction(tasks, t -> {}, ONLY_ON_CANCELED));
    o.attemptValue(
        "NotOnFaulted", () -> FACTORY.continueWhenAnyAction(tasks, t -> {}, NOT_ON_FAULTED));
    o.attemptValue(
        "long and synchronous",
        () -> FACTORY.continueWhenAllAction(tasks, t -> {}, LONG_RUNNING, EXECUTE_SYNCHRONOUSLY));
    o.attemptValue(
        "run continuations asynchronously",
        () -> FACTORY.continueWhenAllAction(tasks, t -> {}, RUN_CONTINUATIONS_ASYNCHRONOUSLY));
    o.attemptValue(
        "null scheduler",
        () -> FACTORY.continueWhenAllAction(tasks, t -> {}, NONE, (TaskScheduler) null));
    o.attemptValue("any, empty", () -> FACTORY.continueWhenAnyAction(empty, t -> {}));
    o.attemptValue("any, null element", () -> FACTORY.continueWhenAnyAction(nulls, t -> {}));
    o.attemptValue("any, null action", () -> FACTORY.continueWhenAnyAction(tasks, null));
    o.attemptValue(
        "empty and canceled token",
        () -> FACTORY.continueWhenAllAction(empty, t -> {}, CancellationToken.canceled()));
  }

  /** One factory makes tasks of both kinds: the generic one is a form with a result. */
  @Probe("tasks/factory/default-token")
  void defaultToken(Out o) {
    CancellationToken token = canceledSource().token();
    TaskFactory factory = new TaskFactory(token);
    o.say("property", factory.cancellationToken() == token);
    o.say("startNew", end(factory.startNewAction(() -> {})).status());
    o.say("startNew with another", end(factory.startNewAction(() -> {}, NONE)).status());
    o.say(
        "options overload keeps it",
        end(factory.startNewAction(() -> {}, new TaskCreationOptions[0])).status());
    o.say(
        "continueWhenAll",
        factory.continueWhenAllAction(List.of(Task.completedTask()), t -> {}).status());
    o.say("generic", end(factory.startNew(() -> 1)).status());
  }

  /** Options are constants, so none is unknown. */
  @Probe("tasks/factory/constructor-arguments")
  @Differs(
      record = OPTIONS,
      dotnet = "unknown creation bit: ArgumentOutOfRangeException",
      ours = {})
  void constructorArguments(Out o) {
    o.attemptValue("NotOn", () -> continuing(NOT_ON_FAULTED));
    o.attemptValue("long and synchronous", () -> continuing(LONG_RUNNING, EXECUTE_SYNCHRONOUSLY));
    o.attemptValue(
        "run continuations asynchronously", () -> continuing(RUN_CONTINUATIONS_ASYNCHRONOUSLY));
    o.attemptValue("generic NotOn", () -> continuing(ONLY_ON_RAN_TO_COMPLETION));
    o.attemptValue("null scheduler", () -> new TaskFactory((TaskScheduler) null).scheduler());
  }

  @Probe("tasks/factory/state")
  void state(Out o) throws Exception {
    Task<Void> task =
        FACTORY.startNewWithState(
            "s",
            s -> {
              o.say("state", s);
              return null;
            },
            NONE);
    task.join();
    o.say("asyncState", task.asyncState());
  }

  @Probe("tasks/factory/continue-when-all-scheduler")
  void continueWhenAllScheduler(Out o) {
    ManualScheduler scheduler = new ManualScheduler();
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    CancellationTokenSource canceler = new CancellationTokenSource();
    Task<Void> next =
        FACTORY.continueWhenAllAction(List.of(source.task()), t -> {}, canceler.token(), scheduler);
    o.say("pending", next.status());
    source.setResult(1);
    o.say("queued", next.status());
    canceler.cancel();
    o.say("canceled token", next.status());
    o.say("calls", scheduler.calls);
    scheduler.runAll();
    o.say("executed", next.status());
  }

  @Probe("tasks/factory/continue-when-all-body")
  void continueWhenAllBody(Out o) {
    CancellationTokenSource canceler = new CancellationTokenSource();
    CancellationToken token = canceler.token();
    List<Task<Void>> tasks = List.of(Task.completedTask());
    Task<Void> ownToken =
        FACTORY.continueWhenAllAction(
            tasks,
            t -> {
              canceler.cancel();
              token.throwIfCancellationRequested();
            },
            token);
    o.say("own token: " + look(end(ownToken)));
    Task<Void> another =
        FACTORY.continueWhenAllAction(tasks, t -> token.throwIfCancellationRequested());
    o.say("another: " + look(end(another)));
    Task<Void> waiting =
        FACTORY.continueWhenAllAction(List.of(faulted("x"), canceled()), all -> Task.waitAll(all));
    o.say("wait for all: " + look(end(waiting)));
  }

  @Probe("tasks/factory/continue-when-all-attached")
  void continueWhenAllAttached(Out o) {
    ManualScheduler scheduler = new ManualScheduler();
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Void> parent =
        Task.ofAction(
            () ->
                FACTORY.continueWhenAllAction(
                    List.of(source.task()),
                    t -> {
                      throw new Boom("x");
                    },
                    NONE,
                    DEFAULT,
                    ATTACHED_TO_PARENT,
                    EXECUTE_SYNCHRONOUSLY));
    parent.start(scheduler);
    scheduler.runAll();
    o.say("body over", parent.status());
    source.setResult(1);
    o.say(look(parent));
  }

  @Probe("tasks/factory/continue-when-same-task-twice")
  void continueWhenSameTaskTwice(Out o) throws Exception {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Integer> all =
        FACTORY.continueWhenAll(
            List.of(source.task(), source.task()), List::size, EXECUTE_SYNCHRONOUSLY);
    source.setResult(1);
    o.say("all", all.result());
  }

  private static TaskFactory continuing(TaskContinuationOptions... options) {
    return new TaskFactory(Set.of(), Set.of(options));
  }

  private static List<String> statuses(List<? extends Task<?>> tasks) {
    return tasks.stream().map(TaskSteps::status).collect(Collectors.toList());
  }
}
