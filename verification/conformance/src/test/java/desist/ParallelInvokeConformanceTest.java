// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.ParallelSteps.how;
import static desist.ParallelSteps.one;
import static desist.Steps.comes;

import desist.tasks.Parallel;
import desist.tasks.ParallelOptions;
import desist.tasks.Task;
import desist.tasks.TaskScheduler;
import desist.tasks.ThrowingRunnable;
import desist.threading.Barrier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Actions in parallel: parallel/invoke. */
final class ParallelInvokeConformanceTest extends Conformance {
  @Probe("parallel/invoke/runs-all")
  void runsAll(Out o) {
    AtomicInteger ran = new AtomicInteger();
    Parallel.invoke(Collections.nCopies(5, count(ran)).toArray(new ThrowingRunnable[0]));
    Parallel.invoke(Collections.nCopies(25, count(ran)).toArray(new ThrowingRunnable[0]));
    Parallel.invoke();
    o.say("ran", ran);
  }

  private static ThrowingRunnable count(AtomicInteger ran) {
    return ran::incrementAndGet;
  }

  @Probe("parallel/invoke/dop-1-is-in-order")
  void oneAtATimeIsInOrder(Out o) {
    List<Integer> seen = new ArrayList<>();
    Parallel.invoke(one(), () -> seen.add(1), () -> seen.add(2), () -> seen.add(3));
    o.say("seen", seen);
  }

  @Probe("parallel/invoke/args")
  @Differs(
      record = "0048-actions-in-parallel.md",
      dotnet = "null element: ArgumentException",
      ours = "null element: ArgumentNullException")
  void arguments(Out o) {
    ParallelOptions canceled = one(ParallelSteps.canceledToken());
    CancellationToken itsToken = canceled.cancellationToken();
    AtomicInteger ran = new AtomicInteger();
    o.attempt("null array", () -> Parallel.invoke((ThrowingRunnable[]) null));
    o.attempt("null options", () -> Parallel.invoke((ParallelOptions) null, count(ran)));
    o.attempt("null element", () -> Parallel.invoke(count(ran), null));
    o.say("nothing ran", ran);
    o.say(
        "null element, cancelled: "
            + how(itsToken, () -> Parallel.invoke(canceled, count(ran), null)));
    o.say(
        "null array, cancelled: "
            + how(itsToken, () -> Parallel.invoke(canceled, (ThrowingRunnable[]) null)));
  }

  @Probe("parallel/invoke/exceptions-do-not-stop-others")
  void exceptionsDoNotStopOthers(Out o) {
    for (int count : new int[] {3, 15}) {
      AtomicInteger ran = new AtomicInteger();
      ThrowingRunnable[] actions =
          IntStream.range(0, count)
              .mapToObj(
                  i ->
                      (ThrowingRunnable)
                          () -> {
                            ran.incrementAndGet();
                            if (i < 2) {
                              throw new FormatException();
                            }
                          })
              .toArray(ThrowingRunnable[]::new);
      o.say(how(() -> Parallel.invoke(actions)));
      o.say("ran", ran);
    }
  }

  @Probe("parallel/invoke/cancel-stops-later-ones")
  void cancelStopsLaterOnes(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    List<Integer> seen = new ArrayList<>();
    o.say(
        how(
            token,
            () ->
                Parallel.invoke(
                    one(token),
                    () -> seen.add(1),
                    () -> {
                      seen.add(2);
                      source.cancel();
                    },
                    () -> seen.add(3))));
    o.say("seen", seen);
  }

  @Probe("parallel/invoke/action-throws-its-token")
  void actionThrowsItsToken(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    ParallelOptions unlimited = new ParallelOptions().withCancellationToken(source.token());
    o.say(
        "few: "
            + how(source.token(), () -> Parallel.invoke(unlimited, () -> cancelAndThrow(source))));
    CancellationTokenSource second = new CancellationTokenSource();
    o.say(
        "limited: "
            + how(
                second.token(),
                () ->
                    Parallel.invoke(one(second.token()), () -> cancelAndThrow(second), () -> {})));
    CancellationToken third = new CancellationTokenSource().token();
    ParallelOptions options = new ParallelOptions().withCancellationToken(third);
    o.say(
        "not cancelled: "
            + how(
                third,
                () ->
                    Parallel.invoke(
                        options,
                        () -> {
                          throw new OperationCanceledException(third);
                        })));
    o.say(
        "other token: "
            + how(
                third,
                () ->
                    Parallel.invoke(
                        options,
                        () -> ParallelSteps.canceledToken().throwIfCancellationRequested())));
  }

  private static void cancelAndThrow(CancellationTokenSource source) {
    source.cancel();
    source.token().throwIfCancellationRequested();
  }

  @Probe("parallel/invoke/first-on-the-caller")
  void firstOnTheCaller(Out o) {
    Thread me = Thread.currentThread();
    Barrier all = new Barrier(3);
    boolean[] isHere = new boolean[3];
    Parallel.invoke(
        () -> {
          all.signalAndWait();
          isHere[0] = Thread.currentThread() == me;
        },
        () -> {
          all.signalAndWait();
          isHere[1] = Thread.currentThread() == me;
        },
        () -> {
          all.signalAndWait();
          isHere[2] = Thread.currentThread() == me;
        });
    o.say("on the caller", List.of(isHere[0], isHere[1], isHere[2]));
  }

  @Probe("parallel/invoke/kept-from-starting")
  void keptFromStarting(Out o) {
    for (boolean fails : new boolean[] {false, true}) {
      CancellationTokenSource canceling = new CancellationTokenSource();
      Holding scheduler = new Holding();
      AtomicInteger ran = new AtomicInteger();
      ParallelOptions options =
          new ParallelOptions()
              .withTaskScheduler(scheduler)
              .withCancellationToken(canceling.token());
      o.say(
          how(
                  canceling.token(),
                  () ->
                      Parallel.invoke(
                          options,
                          () -> {
                            canceling.cancel();
                            scheduler.release();
                            if (fails) {
                              throw new FormatException();
                            }
                          },
                          count(ran),
                          count(ran)))
              + ", ran "
              + ran);
    }
  }

  /** Runs a task inline when asked to; holds those that are queued until it is told. */
  private static final class Holding extends TaskScheduler {
    private final List<Task<?>> held = new ArrayList<>();

    synchronized void release() {
      held.forEach(task -> Background.go(() -> tryExecuteTask(task)));
    }

    @Override
    protected synchronized void queueTask(Task<?> task) {
      held.add(task);
    }

    @Override
    protected boolean tryExecuteTaskInline(Task<?> task, boolean wasQueued) {
      return !wasQueued && tryExecuteTask(task);
    }

    @Override
    protected Iterable<Task<?>> getScheduledTasks() {
      return List.of();
    }
  }

  /** The first to fail is the last to do so. */
  @Probe("parallel/invoke/exception-order")
  void exceptionOrder(Out o) {
    AtomicBoolean hasLastFailed = new AtomicBoolean();
    ThrowingRunnable last =
        () -> {
          hasLastFailed.set(true);
          throw new TimeoutException();
        };
    o.say(
        "few",
        thrownBy(
            () ->
                Parallel.invoke(
                    () -> {
                      comes(hasLastFailed::get);
                      throw new FormatException();
                    },
                    () -> {
                      throw new ParallelSteps.ArithmeticException();
                    },
                    () -> {},
                    last)));
    o.say(
        "limited",
        thrownBy(
            () ->
                Parallel.invoke(
                    one(),
                    () -> {
                      throw new FormatException();
                    },
                    () -> {
                      throw new ParallelSteps.ArithmeticException();
                    },
                    () -> {},
                    last)));
  }

  private static List<String> thrownBy(Runnable loop) {
    try {
      loop.run();
      return List.of();
    } catch (AggregateException e) {
      return e.innerExceptions().stream().map(Out::nameOf).collect(Collectors.toList());
    }
  }

  @Probe("parallel/invoke/throws-among-others")
  void throwsAmongOthers(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    ThrowingRunnable failing =
        () -> {
          throw new FormatException();
        };
    List<Integer> seen = new ArrayList<>();
    o.say(how(() -> Parallel.invoke(one(), () -> seen.add(1), failing, () -> seen.add(3))));
    o.say("seen", seen);
    seen.clear();
    o.say(
        how(token, () -> Parallel.invoke(one(token), failing, source::cancel, () -> seen.add(3))));
    o.say("seen", seen);
  }
}
