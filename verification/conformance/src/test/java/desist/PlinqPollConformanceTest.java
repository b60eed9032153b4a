// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.PlinqSteps.cancels;
import static desist.PlinqSteps.outcomeOf;
import static desist.PlinqSteps.query;

import desist.linq.ParallelQuery;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How soon a query notices its token: plinq/poll. What is promised here is no interval but a limit:
 * at most 64 elements of one worker after the cancellation, whatever the operator.
 */
final class PlinqPollConformanceTest extends Conformance {
  private static final String WORK = "0043-how-queries-share-out-work.md";
  private static final String ITERATORS = "0044-iterators-of-queries.md";

  @Probe("plinq/poll/foreach-every-64th")
  @Differs(
      record = ITERATORS,
      dotnet = {
        "cancelled in 0: seen=64 OperationCanceledException(query token)",
        "cancelled in 1: seen=64 OperationCanceledException(query token)",
        "cancelled in 63: seen=64 OperationCanceledException(query token)",
        "cancelled in 64: seen=128 OperationCanceledException(query token)",
        "cancelled in 65: seen=128 OperationCanceledException(query token)",
        "cancelled in 127: seen=128 OperationCanceledException(query token)",
        "cancelled in 128: seen=192 OperationCanceledException(query token)"
      },
      ours = {
        "cancelled in 0: soon=true OperationCanceledException(query token)",
        "cancelled in 1: soon=true OperationCanceledException(query token)",
        "cancelled in 63: soon=true OperationCanceledException(query token)",
        "cancelled in 64: soon=true OperationCanceledException(query token)",
        "cancelled in 65: soon=true OperationCanceledException(query token)",
        "cancelled in 127: soon=true OperationCanceledException(query token)",
        "cancelled in 128: soon=true OperationCanceledException(query token)"
      })
  void foreachEvery64th(Out o) {
    for (int at : new int[] {0, 1, 63, 64, 65, 127, 128}) {
      CancellationTokenSource source = new CancellationTokenSource();
      AtomicInteger seen = new AtomicInteger();
      Object how =
          outcomeOf(
              source.token(),
              () -> loop(query(1000, 1), source, x -> cancelIf(x == at, source, seen)));
      o.say("cancelled in " + at + ": soon", isSoon(at, seen) + " " + how);
    }
  }

  @Probe("plinq/poll/foreach-may-miss-a-late-cancel")
  @Differs(
      record = ITERATORS,
      dotnet = "60 elements=60",
      ours = "60 elements=OperationCanceledException(query token)")
  void foreachMayMissALateCancel(Out o) {
    for (int count : new int[] {60, 64, 65}) {
      cancels(
          o,
          count + " elements",
          source -> {
            AtomicInteger seen = new AtomicInteger();
            loop(query(count, 1), source, x -> cancelIf(x == 0, source, seen));
            return seen;
          });
    }
  }

  @Probe("plinq/poll/foreach-buffered-elements-still-come")
  @Differs(record = ITERATORS, dotnet = "seen=64", ours = "seen soon=true")
  void foreachBufferedElementsStillCome(Out o) {
    AtomicInteger seen = new AtomicInteger();
    cancels(
        o,
        "outcome",
        source -> {
          query(1000, 2)
              .withCancellation(source.token())
              .orderBy(x -> x)
              .forEach(x -> cancelIf(x == 0, source, seen));
          return seen;
        });
    o.say("seen soon", isSoon(0, seen));
  }

  /** Single looks at the token as all others do. */
  @Probe("plinq/poll/single-never-polls")
  @Differs(record = WORK, dotnet = "tested=1000", ours = "tested soon=true")
  void singleNeverPolls(Out o) {
    AtomicInteger tested = new AtomicInteger();
    cancels(
        o,
        "outcome",
        source ->
            query(1000, 1)
                .withCancellation(source.token())
                .singleOrDefault(
                    x -> {
                      cancelIf(x == 10, source, tested);
                      return false;
                    }));
    o.say("tested soon", isSoon(10, tested));
  }

  /** The elements of a long inner sequence count, too. */
  @Probe("plinq/poll/select-many-long-inner")
  @Differs(record = WORK, dotnet = "inner=11", ours = "inner soon=true")
  @Differs(record = WORK, dotnet = "inner=65", ours = "inner soon=true")
  void selectManyLongInner(Out o) {
    longInner(o, "to-array", ParallelQuery::toArray);
    longInner(o, "sum", query -> query.sumInt(x -> x));
  }

  @Probe("plinq/poll/sort-polls")
  void sortPolls(Out o) {
    AtomicInteger compared = new AtomicInteger();
    cancels(
        o,
        "outcome",
        source ->
            query(5000, 1)
                .withCancellation(source.token())
                .orderBy(
                    x -> -x,
                    (a, b) -> {
                      if (compared.incrementAndGet() == 5) {
                        source.cancel();
                      }
                      return Integer.compare(a, b);
                    })
                .toArray());
    o.say("stopped before a full sort", compared.get() < 20_000);
  }

  private static void longInner(Out o, String name, Function<ParallelQuery<Integer>, Object> run) {
    AtomicInteger inner = new AtomicInteger();
    cancels(
        o,
        name,
        source ->
            run.apply(
                query(1, 1)
                    .withCancellation(source.token())
                    .selectMany(x -> new Spy(1000).onMove(y -> cancelIf(y == 10, source, inner)))));
    o.say("inner soon", isSoon(10, inner));
  }

  private static void loop(
      ParallelQuery<Integer> elements, CancellationTokenSource source, Consumer<Integer> body) {
    for (Integer x : elements.withCancellation(source.token()).select(y -> y)) {
      body.accept(x);
    }
  }

  private static void cancelIf(
      boolean condition, CancellationTokenSource source, AtomicInteger count) {
    count.incrementAndGet();
    if (condition) {
      source.cancel();
    }
  }

  /** Whether the count is at most 64 more than when the token was canceled, at that element. */
  private static boolean isSoon(int canceledAt, AtomicInteger count) {
    return count.get() <= canceledAt + 1 + 64;
  }
}
