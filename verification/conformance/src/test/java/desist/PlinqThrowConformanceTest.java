// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.PlinqSteps.drain;
import static desist.PlinqSteps.iterable;
import static desist.PlinqSteps.query;
import static desist.PlinqSteps.range;
import static desist.linq.ParallelEnumerable.asParallel;

import desist.linq.EqualityComparer;
import desist.linq.ParallelMergeOptions;
import desist.linq.ParallelQuery;
import java.util.AbstractList;
import java.util.Collections;
import java.util.Iterator;
import java.util.RandomAccess;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** What a query throws when something fails: plinq/throw. */
final class PlinqThrowConformanceTest extends Conformance {
  private static final String NUMBERS = "0042-numbers-of-queries.md";

  private static final EqualityComparer<Integer> BAD_COMPARER =
      new EqualityComparer<>() {
        @Override
        public boolean equals(Integer x, Integer y) {
          throw new FormatException();
        }

        @Override
        public int hashCode(Integer value) {
          return 1;
        }
      };

  @Probe("plinq/throw/one-delegate")
  void oneDelegate(Out o) {
    o.attempt("to-array", () -> failingAt(5, query(8)).toArray());
    o.attempt("for-all", () -> query(8).forAll(x -> failIf(x == 5)));
    o.attempt("foreach", () -> drain(query(8).where(failingAt(5))));
    o.attempt("degree one", () -> drain(query(8, 1).where(failingAt(5))));
  }

  /** One worker goes on when the thread of the other, which has failed, has nothing more to do. */
  @Probe("plinq/throw/others-stop-soon")
  void othersStopSoon(Out o) {
    AtomicReference<Thread> failing = new AtomicReference<>();
    AtomicInteger more = new AtomicInteger();
    o.attempt(
        "for-all",
        () ->
            range(200_000)
                .withDegreeOfParallelism(2)
                .forAll(
                    x -> {
                      if (x == 0) {
                        failing.set(Thread.currentThread());
                        throw new FormatException();
                      }
                      if (x == 100_000) {
                        Steps.comes(() -> failing.get() != null);
                        Background.blocks(failing.get());
                      }
                      if (x >= 100_000) {
                        more.incrementAndGet();
                      }
                    }));
    o.say("worker 1 stopped within 64 elements", more.get() <= 64);
  }

  @Probe("plinq/throw/source-move-next")
  void sourceMoveNext(Out o) {
    ParallelQuery<Integer> query =
        asParallel(new Spy().onMove(at -> failIf(at == 3)))
            .withDegreeOfParallelism(2)
            .select(x -> x);
    o.attempt("to-array", () -> query.toArray());
    o.attempt("foreach", () -> drain(query));
    o.attempt("for-all", () -> query.forAll(x -> {}));
    o.attempt("sum", () -> query.sumInt(x -> x));
    o.attempt("order-by", () -> query.orderBy(x -> x).toArray());
  }

  @Probe("plinq/throw/source-dispose")
  void sourceDispose(Out o) {
    ParallelQuery<Integer> query =
        asParallel(new Spy().onClose(() -> failIf(true))).withDegreeOfParallelism(2).select(x -> x);
    o.attempt("to-array", () -> query.toArray());
    o.attempt("foreach", () -> drain(query));
    o.attempt("for-all", () -> query.forAll(x -> {}));
  }

  @Probe("plinq/throw/source-disposed-once-after-a-failure")
  void sourceDisposedOnceAfterAFailure(Out o) {
    Spy spy = new Spy();
    o.attempt(
        "for-all", () -> asParallel(spy).withDegreeOfParallelism(3).forAll(x -> failIf(x == 2)));
    o.say("opened", spy.opened());
    o.say("disposed", spy.closed());
  }

  /** Numbers that may be null have no average, and what is not there is null. */
  @Probe("plinq/throw/bare-on-empty-or-range")
  @Differs(
      record = NUMBERS,
      dotnet = "element-at-or-default -1=0",
      ours = "element-at-or-default -1=null")
  @Differs(
      record = NUMBERS,
      dotnet = "average of nullable=null",
      ours = {})
  void bareOnEmptyOrRange(Out o) {
    ParallelQuery<Integer> none = query(0);
    o.attempt("aggregate", () -> none.aggregate((a, b) -> a));
    o.attempt("average", () -> none.averageInt(x -> x));
    o.attempt("min", () -> none.minInt(x -> x));
    o.attempt("max", () -> none.maxInt(x -> x));
    o.attempt("first", () -> none.first());
    o.attempt("last", () -> none.last());
    o.attempt("single", () -> none.single());
    o.attempt("single of two", () -> query(2).single());
    o.attempt("single-or-default of two", () -> query(2).singleOrDefault());
    o.attempt("element-at", () -> none.elementAt(0));
    o.attempt("element-at -1", () -> query(2).elementAt(-1));
    o.say("element-at-or-default -1", query(2).elementAtOrDefault(-1));
    o.say("sum", none.sumInt(x -> x));
    o.say("count", none.count());
    o.say("max of strings", none.max(x -> "s"));
    o.say("min of nullable", none.min(x -> x));
  }

  /** The sums of floating-point numbers are of doubles: there are no others. */
  @Probe("plinq/throw/overflow")
  void overflow(Out o) {
    o.attempt(
        "sum in one worker",
        () ->
            asParallel(Collections.nCopies(4, Integer.MAX_VALUE))
                .withDegreeOfParallelism(1)
                .sumInt(x -> x));
    o.attempt(
        "sum over workers",
        () -> asParallel(new int[] {Integer.MAX_VALUE, 1}).withDegreeOfParallelism(2).sum());
    o.attempt(
        "sum long",
        () -> asParallel(new long[] {Long.MAX_VALUE, 1}).withDegreeOfParallelism(2).sum());
    o.attempt(
        "average long",
        () -> asParallel(new long[] {Long.MAX_VALUE, 1}).withDegreeOfParallelism(2).average());
    o.attemptValue(
        "sum float",
        () ->
            asParallel(new double[] {Double.MAX_VALUE, Double.MAX_VALUE})
                    .withDegreeOfParallelism(2)
                    .sum()
                > 1e308);
  }

  @Probe("plinq/throw/comparer")
  void comparer(Out o) {
    o.attempt(
        "order-by",
        () ->
            query(8, 1)
                .orderBy(
                    x -> x,
                    (a, b) -> {
                      throw new FormatException();
                    })
                .toArray());
    o.attempt(
        "sequence-equal",
        () -> query(3).sequenceEqual(asParallel(PlinqSteps.numbers(3)), BAD_COMPARER));
    o.attempt("distinct", () -> query(3, 1).distinct(BAD_COMPARER).toArray());
    o.attempt("contains", () -> query(3, 1).contains(1, BAD_COMPARER));
  }

  @Probe("plinq/throw/loop-body-is-bare")
  void loopBodyIsBare(Out o) {
    Spy spy = Spy.endless();
    o.attempt(
        "foreach",
        () -> asParallel(spy).withDegreeOfParallelism(2).select(x -> x).forEach(x -> failIf(true)));
    o.say("source closed", spy.closed());
  }

  @Probe("plinq/throw/sequence-equal-nests")
  void sequenceEqualNests(Out o) {
    o.attempt(
        "left delegate", () -> failingAt(0, query(3, 2)).sequenceEqual(asParallel(iterable(3))));
    o.attempt(
        "right delegate",
        () -> asParallel(iterable(3)).sequenceEqual(failingAt(0, query(3, 2)).orderBy(x -> x)));
    o.attempt(
        "comparer",
        () ->
            asParallel(query(3, 2).asSequential())
                .sequenceEqual(asParallel(iterable(3)), BAD_COMPARER));
  }

  @Probe("plinq/throw/caught-inside-goes-on")
  void caughtInsideGoesOn(Out o) {
    o.say(
        "count",
        query(20)
            .select(
                x -> {
                  try {
                    failIf(x % 2 == 0);
                    return x;
                  } catch (FormatException e) {
                    return -1;
                  }
                })
            .count(x -> x == -1));
  }

  @Probe("plinq/throw/result-lost")
  void resultLost(Out o) {
    AtomicReference<Object> kept = new AtomicReference<>("nothing");
    o.attempt("to-list", () -> kept.set(failingAt(5, query(8, 1)).toList()));
    o.say("kept", kept);
  }

  @Probe("plinq/throw/foreach-failure-elsewhere")
  void foreachFailureElsewhere(Out o) {
    CountDownLatch got = new CountDownLatch(1);
    AtomicInteger seen = new AtomicInteger();
    ParallelQuery<Integer> query =
        range(2)
            .withDegreeOfParallelism(2)
            .withMergeOptions(ParallelMergeOptions.NOT_BUFFERED)
            .select(
                x -> {
                  if (x == 1) {
                    await(got);
                    throw new FormatException();
                  }
                  return x;
                });
    o.attempt(
        "foreach",
        () -> {
          for (Integer x : query) {
            seen.incrementAndGet();
            got.countDown();
          }
        });
    o.say("seen", seen);
  }

  @Probe("plinq/throw/source-current")
  void sourceCurrent(Out o) {
    Iterable<Integer> badElements =
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public Integer next() {
                throw new FormatException();
              }
            };
    Iterable<Integer> noIterator = () -> null;
    o.attempt("current", () -> selectAll(asParallel(badElements), 2).toArray());
    o.attempt("null enumerator", () -> selectAll(asParallel(noIterator), 1).toArray());
    o.attempt("indexer", () -> selectAll(asParallel(new BadList(false)), 2).toArray());
    o.attempt("list count", () -> selectAll(asParallel(new BadList(true)), 2).toArray());
    o.attempt(
        "list count, sum",
        () -> asParallel(new BadList(true)).withDegreeOfParallelism(2).sumInt(x -> x));
  }

  /** A query of the same elements that fails at one of them. */
  private static ParallelQuery<Integer> failingAt(int at, ParallelQuery<Integer> query) {
    return query.select(
        x -> {
          failIf(x == at);
          return x;
        });
  }

  private static Predicate<Integer> failingAt(int at) {
    return x -> {
      failIf(x == at);
      return true;
    };
  }

  private static void failIf(boolean condition) {
    if (condition) {
      throw new FormatException();
    }
  }

  private static ParallelQuery<Integer> selectAll(ParallelQuery<Integer> source, int workers) {
    return source.withDegreeOfParallelism(workers).select(x -> x);
  }

  /** A list of four whose first element, or whose size, fails. */
  private static final class BadList extends AbstractList<Integer> implements RandomAccess {
    private final boolean sizeFails;

    BadList(boolean sizeFails) {
      this.sizeFails = sizeFails;
    }

    @Override
    public Integer get(int index) {
      failIf(index == 0);
      return index;
    }

    @Override
    public int size() {
      failIf(sizeFails);
      return 4;
    }
  }
}
