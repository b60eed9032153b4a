// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.ParallelSteps.how;
import static desist.ParallelSteps.lazy;
import static desist.ParallelSteps.one;
import static desist.ParallelSteps.show;
import static desist.ParallelSteps.two;
import static desist.Steps.comes;
import static desist.Steps.opens;

import desist.tasks.Parallel;
import desist.tasks.Partitioner;
import desist.threading.Barrier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Exceptions and locals of parallel loops: parallel/exception and local. */
final class ParallelExceptionConformanceTest extends Conformance {
  private static void fail(Object anything) {
    throw new FormatException();
  }

  @Probe("parallel/exception/always-aggregate")
  void alwaysAggregate(Out o) {
    o.say("for: " + how(() -> Parallel.forRange(0, 1, i -> fail(i))));
    o.say(
        "foreach: " + how(() -> Parallel.forEach(lazy(1), ParallelExceptionConformanceTest::fail)));
    o.say("invoke: " + how(() -> Parallel.invoke(() -> fail(0))));
  }

  @Probe("parallel/exception/stops-the-loop")
  void stopsTheLoop(Out o) {
    List<Integer> seen = new ArrayList<>();
    o.say(
        how(
            () ->
                Parallel.forRange(
                    0,
                    100,
                    one(),
                    i -> {
                      seen.add(i);
                      if (i == 3) {
                        fail(i);
                      }
                    })));
    o.say("seen", seen);
  }

  @Probe("parallel/exception/two-workers")
  void twoWorkers(Out o) {
    Barrier both = new Barrier(2);
    o.say(
        how(
            () ->
                Parallel.forRange(
                    0,
                    2,
                    two(),
                    i -> {
                      both.signalAndWait();
                      if (i == 0) {
                        throw new FormatException();
                      }
                      throw new ParallelSteps.ArithmeticException();
                    })));
  }

  @Probe("parallel/exception/running-bodies-finish")
  void runningBodiesFinish(Out o) {
    Barrier both = new Barrier(2);
    AtomicBoolean isFinished = new AtomicBoolean();
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
                        fail(i);
                      }
                      comes(state::isExceptional);
                      isFinished.set(true);
                    })));
    o.say("other finished", isFinished);
  }

  @Probe("parallel/exception/with-stop-and-break")
  void withStopAndBreak(Out o) {
    o.say(
        "stop: "
            + how(
                () ->
                    Parallel.forRangeWithState(
                        0,
                        10,
                        one(),
                        (i, state) -> {
                          state.stop();
                          fail(i);
                        })));
    o.say(
        "break: "
            + how(
                () ->
                    Parallel.forRangeWithState(
                        0,
                        10,
                        one(),
                        (i, state) -> {
                          state.breakLoop();
                          fail(i);
                        })));
  }

  @Probe("parallel/exception/object-is-the-same")
  void objectIsTheSame(Out o) {
    FormatException thrown = new FormatException();
    try {
      Parallel.forRange(
          0,
          1,
          i -> {
            throw thrown;
          });
    } catch (AggregateException e) {
      o.say("same", e.innerExceptions().get(0) == thrown);
      o.say("inner", e.getCause() == thrown);
    }
  }

  @Probe("parallel/exception/other-worker-stops")
  void otherWorkerStops(Out o) {
    Barrier both = new Barrier(2);
    AtomicInteger later = new AtomicInteger();
    o.say(
        how(
            () ->
                Parallel.forRangeWithState(
                    0,
                    1000,
                    two(),
                    (i, state) -> {
                      if (i == 0) {
                        both.signalAndWait();
                        fail(i);
                      } else if (i == 500) {
                        both.signalAndWait();
                        comes(state::isExceptional);
                      } else {
                        later.incrementAndGet();
                      }
                    })));
    o.say("iterations after the failure", later);
  }

  @Probe("parallel/local/sum")
  void sum(Out o) {
    AtomicLong sum = new AtomicLong();
    AtomicInteger inits = new AtomicInteger();
    AtomicInteger finals = new AtomicInteger();
    Parallel.forRangeWithLocal(
        0,
        10_001,
        () -> {
          inits.incrementAndGet();
          return 0L;
        },
        (i, state, local) -> local + i,
        local -> {
          sum.addAndGet(local);
          finals.incrementAndGet();
        });
    o.say("sum", sum);
    o.say("each init has its finally", inits.get() == finals.get());
  }

  @Probe("parallel/local/empty-range")
  void emptyRange(Out o) {
    Parallel.forRangeWithLocal(
        0, 0, one(), () -> init(o), (i, state, local) -> local, local -> o.say("finally"));
    o.say("array: neither");
    Parallel.forEachWithLocal(
        new Integer[0],
        one(),
        () -> init(o),
        (i, state, local) -> local,
        local -> o.say("finally"));
    o.say("lazy: both");
    Parallel.forEachWithLocal(
        lazy(0), one(), () -> init(o), (i, state, local) -> local, local -> o.say("finally"));
  }

  private static int init(Out o) {
    o.say("init");
    return 0;
  }

  @Probe("parallel/local/finally-on-cancel")
  void finallyOnCancel(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    o.say(
        how(
            source.token(),
            () ->
                Parallel.forRangeWithLocal(
                    0,
                    10,
                    one(source.token()),
                    () -> 0,
                    (i, state, local) -> {
                      if (i == 2) {
                        source.cancel();
                      }
                      return local + 1;
                    },
                    local -> o.say("finally", local))));
  }

  @Probe("parallel/local/init-throws")
  void initThrows(Out o) {
    o.say(
        how(
            () ->
                Parallel.<Integer>forRangeWithLocal(
                    0,
                    10,
                    one(),
                    () -> {
                      throw new FormatException();
                    },
                    (i, state, local) -> {
                      o.say("body");
                      return local;
                    },
                    local -> o.say("finally"))));
  }

  @Probe("parallel/local/finally-throws")
  void finallyThrows(Out o) {
    o.say(
        how(
            () ->
                Parallel.forRangeWithLocal(
                    0, 1, one(), () -> 0, (i, state, local) -> local, local -> fail(local))));
    o.say(
        "body too: "
            + how(
                () ->
                    Parallel.<Integer>forRangeWithLocal(
                        0,
                        1,
                        one(),
                        () -> 0,
                        (i, state, local) -> {
                          throw new ParallelSteps.ArithmeticException();
                        },
                        local -> fail(local))));
    CancellationTokenSource source = new CancellationTokenSource();
    o.say(
        "cancelled too: "
            + how(
                source.token(),
                () ->
                    Parallel.forRangeWithLocal(
                        0,
                        1,
                        one(source.token()),
                        () -> 0,
                        (i, state, local) -> {
                          source.cancel();
                          return local;
                        },
                        local -> fail(local))));
  }

  @Probe("parallel/local/cancel-in-init")
  void cancelInInit(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    o.say(
        how(
            source.token(),
            () ->
                Parallel.forRangeWithLocal(
                    0,
                    10,
                    one(source.token()),
                    () -> {
                      source.cancel();
                      return 0;
                    },
                    (i, state, local) -> {
                      o.say("body");
                      return local;
                    },
                    local -> o.say("finally"))));
  }

  @Probe("parallel/local/two-workers")
  void localsOfTwoWorkers(Out o) {
    Barrier both = new Barrier(2);
    AtomicInteger inits = new AtomicInteger();
    ConcurrentSkipListSet<Integer> sums = new ConcurrentSkipListSet<>();
    Parallel.forRangeWithLocal(
        0,
        2,
        two(),
        () -> {
          inits.incrementAndGet();
          return 0;
        },
        (i, state, local) -> {
          both.signalAndWait();
          return local + i + 1;
        },
        sums::add);
    o.say("inits", inits);
    o.say("sums", sums);
  }

  @Probe("parallel/local/init-throws-in-one")
  void initThrowsInOne(Out o) {
    AtomicInteger inits = new AtomicInteger();
    CountDownLatch hasFailed = new CountDownLatch(1);
    CountDownLatch isInBody = new CountDownLatch(1);
    o.say(
        how(
            () ->
                Parallel.forRangeWithLocal(
                    0,
                    2,
                    two(),
                    () -> {
                      if (inits.incrementAndGet() == 1) {
                        return 0;
                      }
                      opens(isInBody);
                      hasFailed.countDown();
                      throw new FormatException();
                    },
                    (i, state, local) -> {
                      isInBody.countDown();
                      opens(hasFailed);
                      comes(state::isExceptional);
                      o.say("exceptional", state.isExceptional());
                      return 1;
                    },
                    local -> o.say("finally", local))));
  }

  @Probe("parallel/local/foreach")
  void foreach(Out o) {
    String list =
        show(
            Parallel.forEachIndexedWithLocal(
                List.of(5, 6),
                one(),
                () -> init(o),
                (x, state, i, local) -> {
                  o.say("body " + x + " at " + i + " local " + local);
                  return local + x;
                },
                local -> o.say("finally " + local)));
    o.say("list: " + list);
    String lazily =
        show(
            Parallel.forEachWithLocal(
                lazy(2),
                one(),
                () -> init(o),
                (x, state, local) -> {
                  o.say("body " + x + " local " + local);
                  return local + 1;
                },
                local -> o.say("finally " + local)));
    o.say("lazy: " + lazily);
    String partitioner =
        show(
            Parallel.forEachIndexedWithLocal(
                Partitioner.create(0, 4, 2),
                one(),
                () -> init(o),
                (range, state, i, local) -> {
                  o.say("body " + show(range) + " at " + i);
                  return local + 1;
                },
                local -> o.say("finally " + local)));
    o.say("partitioner: " + partitioner);
    o.say(
        "failing source: "
            + how(
                () ->
                    Parallel.forEachWithLocal(
                        new ParallelSteps.Source(1, line -> {})
                            .throwingOnMove(new FormatException()),
                        one(),
                        () -> init(o),
                        (x, state, local) -> local,
                        local -> o.say("finally"))));
  }
}
