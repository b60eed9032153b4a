// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.ParallelSteps.canceledToken;
import static desist.ParallelSteps.how;
import static desist.ParallelSteps.lazy;
import static desist.ParallelSteps.one;
import static desist.ParallelSteps.show;
import static desist.ParallelSteps.two;
import static desist.Steps.comes;
import static desist.TaskSteps.status;

import desist.tasks.Parallel;
import desist.tasks.ParallelOptions;
import desist.tasks.Partitioner;
import desist.tasks.Task;
import desist.tasks.TaskCreationOptions;
import desist.threading.Barrier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Cancellation of parallel loops: parallel/cancel. */
final class ParallelCancelConformanceTest extends Conformance {
  @Probe("parallel/cancel/before-start")
  void beforeStart(Out o) {
    CancellationToken canceled = canceledToken();
    ParallelOptions options = one(canceled);
    AtomicInteger bodies = new AtomicInteger();
    Integer[] array = {1};
    o.say(
        "for: " + how(canceled, () -> Parallel.forRange(0, 10, options, i -> bodies.addAndGet(1))));
    o.say(
        "for long: "
            + how(canceled, () -> Parallel.forLongRange(0, 10, options, i -> bodies.addAndGet(1))));
    o.say(
        "for state: "
            + how(
                canceled,
                () -> Parallel.forRangeWithState(0, 10, options, (i, s) -> bodies.addAndGet(1))));
    o.say(
        "for local: "
            + how(
                canceled,
                () ->
                    Parallel.forRangeWithLocal(
                        0,
                        10,
                        options,
                        bodies::incrementAndGet,
                        (i, s, local) -> local,
                        local -> bodies.addAndGet(1))));
    o.say(
        "foreach: "
            + how(canceled, () -> Parallel.forEach(array, options, i -> bodies.addAndGet(1))));
    o.say(
        "foreach lazy: "
            + how(
                canceled,
                () ->
                    Parallel.forEach(
                        new ParallelSteps.Source(3, o::say), options, i -> bodies.addAndGet(1))));
    o.say(
        "partitioner: "
            + how(
                canceled,
                () ->
                    Parallel.forEach(
                        Partitioner.create(0, 10), options, i -> bodies.addAndGet(1))));
    o.say("invoke: " + how(canceled, () -> Parallel.invoke(options, () -> bodies.addAndGet(1))));
    o.say("bodies", bodies);
  }

  @Probe("parallel/cancel/in-body")
  void inBody(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    List<Integer> seen = new ArrayList<>();
    o.say(
        how(
            token,
            () -> Parallel.forRange(0, 1000, one(token), i -> cancelAt(4, i, seen, source))));
    o.say("seen", seen);
  }

  @Probe("parallel/cancel/in-last-iteration")
  void inLastIteration(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    List<Integer> seen = new ArrayList<>();
    o.say(how(token, () -> Parallel.forRange(0, 5, one(token), i -> cancelAt(4, i, seen, source))));
    o.say("seen", seen);
    CancellationTokenSource other = new CancellationTokenSource();
    o.say(
        "lazy: "
            + how(
                other.token(),
                () ->
                    Parallel.forEach(
                        lazy(3),
                        one(other.token()),
                        i -> {
                          if (i == 2) {
                            other.cancel();
                          }
                        })));
  }

  private static void cancelAt(
      int last, int index, List<Integer> seen, CancellationTokenSource source) {
    seen.add(index);
    if (index == last) {
      source.cancel();
    }
  }

  @Probe("parallel/cancel/from-outside")
  void fromOutside(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    CountDownLatch started = new CountDownLatch(1);
    AtomicBoolean isFinished = new AtomicBoolean();
    Task<String> loop =
        Task.run(
            () ->
                how(
                    token,
                    () ->
                        Parallel.forRangeWithState(
                            0,
                            100,
                            one(token),
                            (i, state) -> {
                              started.countDown();
                              token.awaitCancellation();
                              comes(state::shouldExitCurrentIteration);
                              isFinished.set(true);
                            })));
    Background.await(started);
    source.cancel();
    o.say(loop.result());
    o.say("body finished", isFinished);
  }

  @Probe("parallel/cancel/all-workers-throw-loop-token")
  void allWorkersThrowLoopToken(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    Barrier both = new Barrier(2, phase -> source.cancel());
    o.say(
        how(
            token,
            () ->
                Parallel.forRange(
                    0,
                    2,
                    two(token),
                    i -> {
                      both.signalAndWait();
                      token.throwIfCancellationRequested();
                    })));
  }

  @Probe("parallel/cancel/body-throws-loop-token-not-cancelled")
  void bodyThrowsLoopTokenNotCanceled(Out o) {
    CancellationToken token = new CancellationTokenSource().token();
    o.say(
        how(
            token,
            () ->
                Parallel.forRange(
                    0,
                    10,
                    one(token),
                    i -> {
                      throw new OperationCanceledException(token);
                    })));
  }

  @Probe("parallel/cancel/body-throws-other-token")
  void bodyThrowsOtherToken(Out o) {
    CancellationToken other = canceledToken();
    o.say(
        "loop not cancelled: "
            + throwing(
                new CancellationTokenSource(), new OperationCanceledException(other), false));
    o.say(
        "loop cancelled: "
            + throwing(new CancellationTokenSource(), new OperationCanceledException(other), true));
  }

  @Probe("parallel/cancel/body-throws-no-token")
  void bodyThrowsNoToken(Out o) {
    o.say(throwing(new CancellationTokenSource(), new OperationCanceledException(), true));
    o.say(
        "no token in the loop either: "
            + how(
                () ->
                    Parallel.forRange(
                        0,
                        10,
                        one(),
                        i -> {
                          throw new OperationCanceledException();
                        })));
  }

  @Probe("parallel/cancel/exception-wins")
  void exceptionWins(Out o) {
    o.say(throwing(new CancellationTokenSource(), new FormatException(), true));
  }

  /** How a loop with the source's token ends whose body cancels that, or does not, and throws. */
  private static String throwing(
      CancellationTokenSource source, RuntimeException thrown, boolean cancels) {
    return how(
        source.token(),
        () ->
            Parallel.forRange(
                0,
                10,
                one(source.token()),
                i -> {
                  if (cancels) {
                    source.cancel();
                  }
                  throw thrown;
                }));
  }

  @Probe("parallel/cancel/mixed-with-exception")
  void mixedWithException(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    Barrier both = new Barrier(2, phase -> source.cancel());
    o.say(
        how(
            token,
            () ->
                Parallel.forRange(
                    0,
                    2,
                    two(token),
                    i -> {
                      both.signalAndWait();
                      if (i == 0) {
                        throw new FormatException();
                      }
                      token.throwIfCancellationRequested();
                    })));
  }

  @Probe("parallel/cancel/after-the-loop")
  void afterTheLoop(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    o.say(show(Parallel.forRange(0, 10, one(token), i -> {})));
    source.cancel();
    o.say("nothing happens");
  }

  @Probe("parallel/cancel/unregisters")
  void unregisters(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    Parallel.forRange(0, 10, one(token), i -> {});
    token.register(() -> o.say("callback"));
    source.cancel();
    source.close();
    o.say("again: " + how(token, () -> Parallel.forRange(0, 10, one(token), i -> {})));
  }

  @Probe("parallel/cancel/nested-outer-token")
  void nestedOuterToken(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    AtomicInteger inner = new AtomicInteger();
    o.say(
        how(
            token,
            () ->
                Parallel.forRange(
                    0,
                    10,
                    one(token),
                    i ->
                        Parallel.forRange(
                            0,
                            10,
                            one(),
                            j -> {
                              inner.incrementAndGet();
                              source.cancel();
                            }))));
    o.say("inner iterations", inner);
  }

  @Probe("parallel/cancel/in-a-task")
  void inATask(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    Task<Void> task =
        Task.factory()
            .startNewAction(
                () -> Parallel.forRange(0, 10, one(token), i -> source.cancel()), token);
    try {
      task.join();
    } catch (AggregateException e) {
      o.say(Out.describe(e));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    o.say("status", status(task));
  }

  @Probe("parallel/cancel/disposed-source")
  void closedSource(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    source.close();
    o.say("for: " + how(token, () -> o.say(show(Parallel.forRange(0, 3, one(token), i -> {})))));
    o.say("foreach: " + how(token, () -> Parallel.forEach(lazy(3), one(token), i -> {})));
    o.say("invoke: " + how(token, () -> Parallel.invoke(one(token), () -> {}, () -> {})));
    o.say(
        "async: "
            + ParallelAsyncConformanceTest.end(
                token, Parallel.forAsync(0, 3, token, (i, own) -> null)));
  }

  @Probe("parallel/cancel/told-while-cancel-runs")
  void toldWhileCancelRuns(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    CountDownLatch released = new CountDownLatch(1);
    token.register(() -> Background.await(released));
    AtomicInteger bodies = new AtomicInteger();
    AtomicReference<Task<Void>> canceler = new AtomicReference<>();
    o.say(
        how(
            token,
            () ->
                Parallel.forRangeWithState(
                    0,
                    3,
                    one(token),
                    (i, state) -> {
                      bodies.incrementAndGet();
                      canceler.set(
                          Task.factory()
                              .startNewAction(source::cancel, TaskCreationOptions.LONG_RUNNING));
                      comes(state::shouldExitCurrentIteration);
                    })));
    o.say("bodies", bodies);
    o.say("Cancel() still runs", !canceler.get().isCompleted());
    released.countDown();
    canceler.get().join();
  }

  @Probe("parallel/cancel/two-kinds-of-cancellation")
  void twoKindsOfCancellation(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    Barrier both = new Barrier(2, phase -> source.cancel());
    o.say(
        how(
            token,
            () ->
                Parallel.forRange(
                    0,
                    2,
                    two(token),
                    i -> {
                      both.signalAndWait();
                      throw new OperationCanceledException(
                          i == 0 ? token : CancellationToken.canceled());
                    })));
  }

  /** A loop whose options have the token; what throws first cancels the source, and for it. */
  private interface Form {
    void run(ParallelOptions options, Runnable thrower) throws Exception;
  }

  private static void from(Out o, String place, Form form) {
    CancellationTokenSource source = new CancellationTokenSource();
    Runnable thrower =
        () -> {
          source.cancel();
          source.token().throwIfCancellationRequested();
        };
    String how = how(source.token(), () -> form.run(one(source.token()), thrower));
    o.say(place + ": " + how);
  }

  private static ParallelSteps.Source at(String step, Runnable action) {
    return new ParallelSteps.Source(
        1,
        line -> {
          if (line.equals(step)) {
            action.run();
          }
        });
  }

  @Probe("parallel/cancel/from-other-places")
  void fromOtherPlaces(Out o) {
    from(
        o,
        "localInit",
        (options, thrower) ->
            Parallel.forRangeWithLocal(
                0,
                1,
                options,
                () -> {
                  thrower.run();
                  return 0;
                },
                (i, state, local) -> local,
                local -> {}));
    from(
        o,
        "localFinally",
        (options, thrower) ->
            Parallel.forRangeWithLocal(
                0, 1, options, () -> 0, (i, state, local) -> local, local -> thrower.run()));
    from(
        o,
        "MoveNext",
        (options, thrower) -> Parallel.forEach(lazy(1, i -> thrower.run()), options, i -> {}));
    from(
        o,
        "GetEnumerator",
        (options, thrower) -> Parallel.forEach(at("enumerator", thrower), options, i -> {}));
    from(
        o,
        "Dispose",
        (options, thrower) -> Parallel.forEach(at("disposed", thrower), options, i -> {}));
    from(
        o,
        "body and Dispose",
        (options, thrower) ->
            Parallel.forEach(
                at(
                    "disposed",
                    () -> {
                      throw new FormatException();
                    }),
                options,
                i -> thrower.run()));
  }

  @Probe("parallel/cancel/state-table")
  void stateTable(Out o) {
    for (String first : List.of("nothing", "stop", "break")) {
      for (String then :
          List.of(
              "returns",
              "cancels",
              "throws own",
              "throws other",
              "fails",
              "cancels and fails",
              "cancels and throws other")) {
        o.say(first + ", " + then + ": " + end(first, then));
      }
    }
  }

  private static String end(String first, String then) {
    CancellationTokenSource source = new CancellationTokenSource();
    AtomicReference<String> result = new AtomicReference<>("");
    String how =
        how(
            source.token(),
            () ->
                result.set(
                    " "
                        + show(
                            Parallel.forRangeWithState(
                                0,
                                3,
                                one(source.token()),
                                (i, state) -> {
                                  if (i == 1) {
                                    if (first.equals("stop")) {
                                      state.stop();
                                    } else if (first.equals("break")) {
                                      state.breakLoop();
                                    }
                                    act(then, source);
                                  }
                                }))));
    return how + result.get();
  }

  private static void act(String then, CancellationTokenSource source) {
    if (then.startsWith("cancels") || then.equals("throws own")) {
      source.cancel();
    }
    if (then.equals("throws own")) {
      source.token().throwIfCancellationRequested();
    } else if (then.endsWith("throws other")) {
      throw new OperationCanceledException(CancellationToken.canceled());
    } else if (then.endsWith("fails")) {
      throw new FormatException();
    }
  }
}
