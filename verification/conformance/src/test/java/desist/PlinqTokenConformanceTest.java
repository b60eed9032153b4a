// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.PlinqSteps.cancels;
import static desist.PlinqSteps.counting;
import static desist.PlinqSteps.iterable;
import static desist.PlinqSteps.ordered;
import static desist.PlinqSteps.outcome;
import static desist.PlinqSteps.outcomeOf;
import static desist.PlinqSteps.query;
import static desist.PlinqSteps.range;
import static desist.TaskSteps.canceledSource;
import static desist.linq.ParallelEnumerable.asParallel;

import desist.linq.CloseableIterator;
import desist.linq.EqualityComparer;
import desist.linq.ParallelEnumerable;
import desist.linq.ParallelQuery;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** How a token ends a query: plinq/token. */
final class PlinqTokenConformanceTest extends Conformance {
  private static final String WORK = "0043-how-queries-share-out-work.md";
  private static final String ITERATORS = "0044-iterators-of-queries.md";

  @Probe("plinq/token/cancelled-before-touches-nothing")
  @Differs(
      record = WORK,
      dotnet = "zip=OperationCanceledException(query token), delegates 1, elements pulled 1",
      ours = "zip=OperationCanceledException(query token), delegates 0, elements pulled 0")
  void canceledBeforeTouchesNothing(Out o) {
    CancellationToken token = canceledSource().token();
    runs()
        .forEach(
            (name, run) -> {
              Spy spy = new Spy();
              AtomicInteger ran = new AtomicInteger();
              ParallelQuery<Integer> query =
                  counting(ran, asParallel(spy).withDegreeOfParallelism(2).withCancellation(token));
              Object how = outcomeOf(token, () -> run.accept(query));
              o.say(name, how + ", delegates " + ran + ", elements pulled " + spy.pulled());
            });
  }

  @Probe("plinq/token/cancelled-before-building-is-no-error")
  void canceledBeforeBuildingIsNoError(Out o) {
    o.attempt(
        "With",
        () ->
            range(9)
                .withCancellation(CancellationToken.canceled())
                .where(x -> true)
                .select(x -> x));
  }

  @Probe("plinq/token/cancelled-after-the-end")
  void canceledAfterTheEnd(Out o) {
    cancels(
        o,
        "array kept",
        source -> {
          int sum = query(8).withCancellation(source.token()).sumInt(x -> x);
          source.cancel();
          return sum;
        });
    cancels(
        o,
        "second run",
        source -> {
          ParallelQuery<Integer> query = query(8).withCancellation(source.token()).select(x -> x);
          query.toArray();
          source.cancel();
          return query.toArray();
        });
  }

  /** Both workers are in their delegates when the token is canceled from outside. */
  @Probe("plinq/token/cancelled-by-another-thread")
  void canceledByAnotherThread(Out o) {
    List.of("for-all", "to-array", "foreach", "sum", "order-by")
        .forEach(
            name -> {
              CancellationTokenSource source = new CancellationTokenSource();
              CancellationToken token = source.token();
              CountDownLatch inside = new CountDownLatch(2);
              CountDownLatch canceled = new CountDownLatch(1);
              Background canceler =
                  Background.go(
                      () -> {
                        await(inside);
                        source.cancel();
                        canceled.countDown();
                      });
              ParallelQuery<Integer> query =
                  range(200)
                      .withDegreeOfParallelism(2)
                      .withCancellation(token)
                      .select(
                          x -> {
                            if (x % 100 == 0) {
                              inside.countDown();
                              await(canceled);
                            }
                            return x;
                          });
              o.say(name, outcomeOf(token, () -> runs().get(name).accept(query)));
              canceler.join();
            });
  }

  @Probe("plinq/token/sequence-equal-result")
  void sequenceEqualResult(Out o) {
    ParallelQuery<Integer> five = ordered(5, 2);
    ParallelQuery<Integer> four = asParallel(iterable(4));
    ParallelQuery<Integer> none = ParallelEnumerable.empty();
    o.say("same", five.sequenceEqual(asParallel(iterable(5))));
    o.say("shorter", five.sequenceEqual(four));
    o.say("longer", four.sequenceEqual(five));
    o.say("empty", none.sequenceEqual(ParallelEnumerable.empty()));
    o.say("one empty", five.sequenceEqual(none));
    o.say(
        "comparer",
        five.sequenceEqual(
            asParallel(List.of(0, -1, -2, -3, -4)), EqualityComparer.comparing(Math::abs)));
  }

  @Probe("plinq/token/cancel-after-ends-an-endless-query")
  void cancelAfterEndsAnEndlessQuery(Out o) {
    Map<String, Consumer<ParallelQuery<Integer>>> runs = new LinkedHashMap<>();
    runs.put("for-all", query -> query.forAll(x -> {}));
    runs.put("foreach", PlinqSteps::drain);
    runs.put("count", query -> query.count());
    runs.put("to-list", ParallelQuery::toList);
    runs.put("single", query -> query.singleOrDefault());
    runs.forEach(
        (name, run) -> {
          CancellationTokenSource source = new CancellationTokenSource();
          source.cancelAfter(Duration.ofMillis(30));
          ParallelQuery<Integer> query =
              asParallel(Spy.endless())
                  .withDegreeOfParallelism(2)
                  .withCancellation(source.token())
                  .where(x -> x < 0);
          o.say(name, outcomeOf(source.token(), () -> run.accept(query)));
        });
  }

  @Probe("plinq/token/oce-token-identity")
  void oceTokenIdentity(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    try {
      query(4, 2).withCancellation(source.token()).forAll(x -> source.cancel());
    } catch (OperationCanceledException e) {
      o.say("same token", e.token() == source.token());
      o.say("cancelled", e.token().isCancellationRequested());
      o.say("inner", e.getCause());
    }
  }

  /**
   * Callbacks at the token: when the query is built, while a delegate or the body of a loop runs,
   * and when the query is over. Between two steps of an iterator there is none, and none is left.
   */
  @Probe("plinq/token/registration")
  @Differs(
      record = ITERATORS,
      dotnet = {
        "foreach=0 1 0",
        "foreach, left early=0 1 0",
        "foreach, enumerator not disposed=0 1 1"
      },
      ours = {
        "foreach=0 0 0",
        "foreach, left early=0 0 0",
        "foreach, enumerator not disposed=0 0 0"
      })
  @Differs(
      record = ITERATORS,
      dotnet = {
        "fallback=0 1 1",
        "for-all, fails=0 1 1",
        "to-array, fails=0 1 1",
        "sum, fails=0 1 1",
        "foreach, fails=0 1 0"
      },
      ours = {
        "fallback=0 1 0",
        "for-all, fails=0 1 0",
        "to-array, fails=0 1 0",
        "sum, fails=0 1 0",
        "foreach, fails=0 0 0"
      })
  void registration(Out o) {
    registered(o, "for-all", (query, look) -> query.forAll(x -> look.run()));
    registered(o, "to-array", (query, look) -> query.select(looking(look)).toArray());
    registered(o, "sum", (query, look) -> query.sumInt(x -> looking(look).apply(x)));
    registered(o, "foreach", (query, look) -> query.select(x -> x).forEach(x -> look.run()));
    registered(
        o,
        "foreach, left early",
        (query, look) -> {
          try (CloseableIterator<Integer> iterator = query.select(x -> x).iterator()) {
            iterator.next();
            look.run();
          }
        });
    registered(
        o,
        "foreach, enumerator not disposed",
        (query, look) -> {
          for (Integer x : query.select(x -> x)) {
            look.run();
          }
        });
    registered(
        o,
        "first",
        (query, look) ->
            query.first(
                x -> {
                  look.run();
                  return true;
                }));
    registered(
        o,
        "fallback",
        (query, look) ->
            query
                .where(x -> true)
                .selectIndexed(
                    (x, i) -> {
                      look.run();
                      return x;
                    })
                .toArray());
    registered(o, "for-all, fails", (query, look) -> query.forAll(x -> fail(look)));
    registered(o, "to-array, fails", (query, look) -> query.select(x -> fail(look)).toArray());
    registered(o, "sum, fails", (query, look) -> query.sumInt(x -> fail(look)));
    registered(
        o,
        "foreach, fails",
        (query, look) -> query.select(x -> fail(() -> {})).forEach(x -> look.run()));
  }

  /** A step that waits for delegates is not released by the cancellation before they end. */
  @Probe("plinq/token/consumer-waits-for-busy-workers")
  void consumerWaitsForBusyWorkers(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    CountDownLatch inside = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    CloseableIterator<Integer> iterator =
        range(2)
            .withDegreeOfParallelism(2)
            .withCancellation(token)
            .select(
                x -> {
                  inside.countDown();
                  await(release);
                  return x;
                })
            .iterator();
    AtomicReference<Object> how = new AtomicReference<>();
    Background step = Background.go(() -> how.set(outcome(token, iterator::hasNext)));
    await(inside);
    step.blocks();
    source.cancel();
    o.say("ended while delegates ran", step.endsWithin(Duration.ofMillis(100)));
    release.countDown();
    step.join();
    o.say("outcome", how);
    o.say("next", outcome(token, iterator::hasNext));
    o.attempt("Dispose", iterator::close);
  }

  /** What runs a query, by the names of the probes. */
  private static Map<String, Consumer<ParallelQuery<Integer>>> runs() {
    Map<String, Consumer<ParallelQuery<Integer>>> runs = new LinkedHashMap<>();
    runs.put("to-array", ParallelQuery::toArray);
    runs.put("to-list", ParallelQuery::toList);
    runs.put("foreach", PlinqSteps::drain);
    runs.put("for-all", query -> query.forAll(x -> {}));
    runs.put("sum", query -> query.sumInt(x -> x));
    runs.put("order-by", query -> query.orderBy(x -> x).toArray());
    runs.put("first", query -> query.first());
    runs.put("group-by", query -> query.groupBy(x -> x).toArray());
    runs.put("zip", query -> query.zip(asParallel(iterable(9)), (a, b) -> a).toArray());
    runs.put("concat", query -> query.concat(asParallel(iterable(9))).toArray());
    return runs;
  }

  /** Prints how many callbacks the token has; the run looks while it is at it. */
  private static void registered(
      Out o, String name, BiConsumer<ParallelQuery<Integer>, Runnable> run) {
    CancellationTokenSource source = new CancellationTokenSource();
    AtomicInteger inside = new AtomicInteger();
    ParallelQuery<Integer> query = query(8, 2).withCancellation(source.token());
    int built = source.registrationCount();
    outcomeOf(
        source.token(),
        () ->
            run.accept(
                query, () -> inside.accumulateAndGet(source.registrationCount(), Math::max)));
    o.say(name, built + " " + inside + " " + source.registrationCount());
  }

  private static Function<Integer, Integer> looking(Runnable look) {
    return x -> {
      look.run();
      return x;
    };
  }

  private static int fail(Runnable look) {
    look.run();
    throw new FormatException();
  }
}
