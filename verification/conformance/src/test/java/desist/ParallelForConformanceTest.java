// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.ParallelSteps.canceledToken;
import static desist.ParallelSteps.how;
import static desist.ParallelSteps.lazy;
import static desist.ParallelSteps.look;
import static desist.ParallelSteps.one;
import static desist.ParallelSteps.show;
import static desist.ParallelSteps.two;
import static desist.ParallelSteps.word;
import static desist.Steps.comes;
import static desist.Steps.opens;

import desist.tasks.LoopBody;
import desist.tasks.Parallel;
import desist.tasks.ParallelLoopState;
import desist.tasks.ParallelOptions;
import desist.tasks.ThrowingIntConsumer;
import desist.tasks.ThrowingLongConsumer;
import desist.threading.Barrier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Options, loops over indexes and their state: parallel/options, for, stop, break and state. */
final class ParallelForConformanceTest extends Conformance {
  @Probe("parallel/options/validation")
  void validation(Out o) {
    ParallelOptions options = new ParallelOptions();
    o.attempt("0", () -> options.withMaxDegreeOfParallelism(0));
    o.attempt("-2", () -> options.withMaxDegreeOfParallelism(-2));
    o.attempt("-1", () -> options.withMaxDegreeOfParallelism(-1));
    o.attempt("1", () -> options.withMaxDegreeOfParallelism(1));
    o.say("kept", options.withMaxDegreeOfParallelism(1).maxDegreeOfParallelism());
    o.attempt("null scheduler", () -> options.withTaskScheduler(null));
    o.say("scheduler", options.withTaskScheduler(null).taskScheduler());
  }

  @Probe("parallel/for/runs-each-once")
  void runsEachOnce(Out o) {
    AtomicIntegerArray hits = new AtomicIntegerArray(200);
    String result = show(Parallel.forRange(0, 200, hits::incrementAndGet));
    o.say("all once", IntStream.range(0, 200).allMatch(i -> hits.get(i) == 1));
    o.say(result);
  }

  @Probe("parallel/for/empty-range")
  void emptyRange(Out o) {
    AtomicInteger bodies = new AtomicInteger();
    o.say(show(Parallel.forRange(5, 5, i -> bodies.incrementAndGet())));
    o.say(show(Parallel.forRange(5, 4, i -> bodies.incrementAndGet())));
    o.say(show(Parallel.forLongRange(5, -5, i -> bodies.incrementAndGet())));
    o.say("bodies", bodies);
  }

  @Probe("parallel/for/empty-range-beats-cancelled-token")
  void emptyRangeBeatsCanceledToken(Out o) {
    CancellationToken token = canceledToken();
    o.say("for: " + how(token, () -> o.say(show(Parallel.forRange(0, 0, one(token), i -> {})))));
    o.say("for long: " + how(token, () -> Parallel.forLongRange(0, 0, one(token), i -> {})));
    o.say(
        "foreach array: "
            + how(token, () -> Parallel.forEach(new Integer[0], one(token), i -> {})));
    o.say("foreach lazy: " + how(token, () -> Parallel.forEach(lazy(0), one(token), i -> {})));
    o.say("invoke: " + how(token, () -> Parallel.invoke(one(token))));
  }

  @Probe("parallel/for/bounds")
  void bounds(Out o) {
    List<Long> seen = new ArrayList<>();
    int max = Integer.MAX_VALUE;
    int min = Integer.MIN_VALUE;
    Parallel.forRange(max - 2, max, one(), i -> seen.add((long) i));
    Parallel.forRange(min, min + 2, one(), i -> seen.add((long) i));
    Parallel.forLongRange(Long.MAX_VALUE - 2, Long.MAX_VALUE, one(), seen::add);
    Parallel.forLongRange(Long.MIN_VALUE, Long.MIN_VALUE + 2, one(), seen::add);
    o.say("seen", seen);
  }

  @Probe("parallel/for/args")
  void arguments(Out o) {
    ParallelOptions canceled = one(canceledToken());
    o.attempt("null body", () -> Parallel.forRange(0, 1, (ThrowingIntConsumer) null));
    o.attempt(
        "null state body", () -> Parallel.forRangeWithState(0, 1, (LoopBody.OfIntWithState) null));
    o.attempt("null long body", () -> Parallel.forLongRange(0, 1, (ThrowingLongConsumer) null));
    o.attempt("null options", () -> Parallel.forRange(0, 1, (ParallelOptions) null, i -> {}));
    o.attempt("null body, empty range", () -> Parallel.forRange(1, 0, (ThrowingIntConsumer) null));
    o.attempt("null body, cancelled", () -> Parallel.forRange(0, 1, canceled, null));
    o.attempt(
        "null init", () -> Parallel.forRangeWithLocal(0, 1, null, (i, s, local) -> local, x -> {}));
    o.attempt(
        "null local body",
        () ->
            Parallel.forRangeWithLocal(
                0, 1, () -> 0, (LoopBody.OfIntWithLocal<Integer>) null, x -> {}));
    o.attempt(
        "null finally",
        () -> Parallel.forRangeWithLocal(0, 1, () -> 0, (i, s, local) -> local, null));
  }

  /** The second of two workers begins in the middle, and the first goes on with what it leaves. */
  @Probe("parallel/for/ranges")
  void ranges(Out o) {
    List<Integer> ran = new ArrayList<>();
    Barrier begun = new Barrier(2);
    CountDownLatch done = new CountDownLatch(1);
    AtomicInteger second = new AtomicInteger(-1);
    Parallel.forRange(
        0,
        100,
        two(),
        i -> {
          if (i == 0 || i == 50) {
            begun.signalAndWait();
          }
          if (i == 50) {
            second.set(i);
            opens(done);
            return;
          }
          synchronized (ran) {
            ran.add(i);
            if (ran.size() == 99) {
              done.countDown();
            }
          }
        });
    o.say("second worker begins at", second);
    List<Integer> expected =
        IntStream.range(0, 100).filter(i -> i != 50).boxed().collect(Collectors.toList());
    o.say("first worker", ran.equals(expected));
  }

  @Probe("parallel/stop/state")
  void stopState(Out o) {
    Parallel.forRangeWithState(
        0,
        1,
        one(),
        (i, state) -> {
          o.say("before", look(state));
          state.stop();
          o.say("after", look(state));
          o.attempt("again", state::stop);
        });
  }

  @Probe("parallel/break/basic")
  void breakBasic(Out o) {
    List<Integer> seen = new ArrayList<>();
    String result =
        show(
            Parallel.forRangeWithState(
                0,
                100,
                one(),
                (i, state) -> {
                  seen.add(i);
                  if (i == 3) {
                    state.breakLoop();
                  }
                }));
    o.say("seen", seen);
    o.say(result);
  }

  @Probe("parallel/break/state")
  void breakState(Out o) {
    Parallel.forRangeWithState(
        7,
        8,
        one(),
        (i, state) -> {
          state.breakLoop();
          o.say("after", look(state));
          o.attempt("again", state::breakLoop);
        });
  }

  @Probe("parallel/break/lower-ones-all-run")
  void lowerOnesAllRun(Out o) {
    AtomicIntegerArray ran = new AtomicIntegerArray(1000);
    String result =
        show(
            Parallel.forRangeWithState(
                0,
                1000,
                (i, state) -> {
                  ran.incrementAndGet(i);
                  if (i == 600) {
                    state.breakLoop();
                  }
                }));
    o.say("0..600 ran", IntStream.rangeClosed(0, 600).allMatch(i -> ran.get(i) == 1));
    o.say(result);
  }

  @Probe("parallel/break/lowest-wins")
  void lowestWins(Out o) {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    Barrier both = new Barrier(2);
    String result =
        show(
            Parallel.forRangeWithState(
                10,
                12,
                two(),
                (i, state) -> {
                  both.signalAndWait();
                  if (i == 11) {
                    state.breakLoop();
                    o.say("11 broke", lowestAndExit(state));
                    first.countDown();
                    opens(second);
                    o.say("11 after 10", lowestAndExit(state));
                  } else {
                    opens(first);
                    o.say("10 before", lowestAndExit(state));
                    state.breakLoop();
                    o.say("10 broke", lowestAndExit(state));
                    second.countDown();
                  }
                }));
    o.say(result);
  }

  @Probe("parallel/break/higher-does-not-raise")
  void higherDoesNotRaise(Out o) {
    CountDownLatch first = new CountDownLatch(1);
    Barrier both = new Barrier(2);
    String result =
        show(
            Parallel.forRangeWithState(
                10,
                12,
                two(),
                (i, state) -> {
                  both.signalAndWait();
                  if (i == 10) {
                    state.breakLoop();
                    first.countDown();
                  } else {
                    opens(first);
                    state.breakLoop();
                    o.say("11", lowestAndExit(state));
                  }
                }));
    o.say(result);
  }

  @Probe("parallel/break/long")
  void breakLong(Out o) {
    o.say(
        show(
            Parallel.forLongRangeWithState(
                5_000_000_000L,
                5_000_000_010L,
                one(),
                (i, state) -> {
                  if (i == 5_000_000_004L) {
                    state.breakLoop();
                  }
                })));
  }

  @Probe("parallel/stop/after-break")
  void stopAfterBreak(Out o) {
    secondThrows(o, ParallelLoopState::breakLoop, ParallelLoopState::stop);
  }

  @Probe("parallel/break/after-stop")
  void breakAfterStop(Out o) {
    secondThrows(o, ParallelLoopState::stop, ParallelLoopState::breakLoop);
  }

  private static void secondThrows(
      Out o,
      java.util.function.Consumer<ParallelLoopState> first,
      java.util.function.Consumer<ParallelLoopState> second) {
    LoopBody.OfIntWithState both =
        (i, state) -> {
          first.accept(state);
          second.accept(state);
        };
    LoopBody.OfIntWithState caught =
        (i, state) -> {
          first.accept(state);
          try {
            second.accept(state);
          } catch (IllegalStateException e) {
            // what the probe is about
          }
        };
    o.say(how(() -> Parallel.forRangeWithState(0, 1, one(), both)));
    o.say("caught: " + how(() -> o.say(show(Parallel.forRangeWithState(0, 1, one(), caught)))));
  }

  @Probe("parallel/break/after-cancel-is-ignored")
  void breakAfterCancelIsIgnored(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    o.say(
        how(
            source.token(),
            () ->
                Parallel.forRangeWithState(
                    0,
                    1,
                    one(source.token()),
                    (i, state) -> {
                      source.cancel();
                      o.attempt("break", state::breakLoop);
                      o.say("lowest", show(state.lowestBreakIteration()));
                      o.attempt("stop", state::stop);
                      o.say("stopped", state.isStopped());
                    })));
  }

  @Probe("parallel/state/exceptional")
  void exceptional(Out o) {
    Barrier both = new Barrier(2);
    o.say(
        how(
            () ->
                Parallel.forRangeWithState(
                    0,
                    2,
                    two(),
                    (i, state) -> {
                      both.signalAndWait();
                      if (i == 0) {
                        throw new FormatException();
                      }
                      comes(state::isExceptional);
                      o.say(
                          "other",
                          word(state.isExceptional())
                              + " "
                              + word(state.isStopped())
                              + " "
                              + word(state.shouldExitCurrentIteration())
                              + " "
                              + show(state.lowestBreakIteration()));
                    })));
  }

  @Probe("parallel/state/cancelled")
  void canceled(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    o.say(
        how(
            source.token(),
            () ->
                Parallel.forRangeWithState(
                    0,
                    1,
                    one(source.token()),
                    (i, state) -> {
                      o.say("before", state.shouldExitCurrentIteration());
                      source.cancel();
                      String words =
                          Stream.of(
                                  state.shouldExitCurrentIteration(),
                                  state.isStopped(),
                                  state.isExceptional())
                              .map(ParallelSteps::word)
                              .collect(Collectors.joining(" "));
                      o.say("after", words + " " + show(state.lowestBreakIteration()));
                    })));
  }

  @Probe("parallel/state/kept-after-the-loop")
  void keptAfterTheLoop(Out o) {
    AtomicReference<ParallelLoopState> kept = new AtomicReference<>();
    o.say(show(Parallel.forRangeWithState(0, 2, one(), (i, state) -> kept.set(state))));
    o.say("state", look(kept.get()));
    o.attempt("stop", kept.get()::stop);
    o.say("stopped", kept.get().isStopped());
    o.attempt("break", kept.get()::breakLoop);
  }

  @Probe("parallel/state/one-a-worker")
  void oneAWorker(Out o) {
    Set<ParallelLoopState> seen = new HashSet<>();
    Parallel.forRangeWithState(0, 50, one(), (i, state) -> seen.add(state));
    Parallel.forEachWithState(lazy(50), one(), (i, state) -> seen.add(state));
    o.say("objects in two loops", seen.size());
  }

  private static String lowestAndExit(ParallelLoopState state) {
    return show(state.lowestBreakIteration()) + " " + word(state.shouldExitCurrentIteration());
  }
}
