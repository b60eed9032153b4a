// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.PlinqSteps.counting;
import static desist.PlinqSteps.iterable;
import static desist.PlinqSteps.numbers;
import static desist.PlinqSteps.ordered;
import static desist.PlinqSteps.outcome;
import static desist.PlinqSteps.query;
import static desist.TaskSteps.canceledSource;
import static desist.linq.ParallelEnumerable.asParallel;

import desist.linq.ParallelExecutionMode;
import desist.linq.ParallelQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Execution modes: plinq/mode. All of a query is parallel here, so none makes a difference. */
final class PlinqModeConformanceTest extends Conformance {
  private static final String WORK = "0043-how-queries-share-out-work.md";

  @Probe("plinq/mode/fallback-precancelled")
  @Differs(record = WORK, dotnet = "delegates run=1", ours = "delegates run=0")
  void fallbackPrecanceled(Out o) {
    CancellationToken token = canceledSource().token();
    for (ParallelExecutionMode mode : ParallelExecutionMode.values()) {
      AtomicInteger ran = new AtomicInteger();
      o.say(
          Out.nameOf(mode),
          outcome(
              token,
              () ->
                  counting(ran, query(8, 1).withExecutionMode(mode).withCancellation(token))
                      .where(x -> true)
                      .selectIndexed((x, i) -> x)
                      .toArray()));
      o.say("delegates run", ran);
    }
  }

  /** After a filter two workers meet; by index only the element that is asked for is made. */
  @Probe("plinq/mode/element-at-fallback")
  @Differs(
      record = WORK,
      dotnet = {"where, element-at: sequential=true", "element-at: sequential=false"},
      ours = {"where, element-at: delegates that met=2", "element-at: delegates run=1"})
  void elementAtFallback(Out o) {
    CyclicBarrier two = new CyclicBarrier(2);
    AtomicInteger met = new AtomicInteger();
    query(8, 2)
        .select(
            x -> {
              if (x % 4 == 0) {
                Background.meet(two);
                met.incrementAndGet();
              }
              return x;
            })
        .where(x -> true)
        .elementAt(7);
    o.say("where, element-at: delegates that met", met);
    AtomicInteger ran = new AtomicInteger();
    counting(ran, query(8, 2)).elementAt(7);
    o.say("element-at: delegates run", ran);
    o.say("value after a filter", query(8, 2).where(x -> x % 2 == 1).elementAt(2));
    o.say(
        "value after a filter, forced, ordered",
        ordered(8, 2)
            .withExecutionMode(ParallelExecutionMode.FORCE_PARALLELISM)
            .where(x -> x % 2 == 1)
            .elementAt(2));
  }

  /** For each: an array and an iterator, each without order and with it. */
  @Probe("plinq/mode/fallback-after")
  @Differs(
      record = WORK,
      dotnet = {
        "of-type=true true true true",
        "where=true true true true",
        "where, as-unordered=true true true true",
        "select-many=true true true true"
      },
      ours = {
        "of-type=false false false false",
        "where=false false false false",
        "where, as-unordered=false false false false",
        "select-many=false false false false"
      })
  @Differs(
      record = WORK,
      dotnet = "skip=false false true true",
      ours = "skip=false false false false")
  @Differs(
      record = WORK,
      dotnet = {"skip-while=true true true true", "concat=false false true true"},
      ours = {"skip-while=false false false false", "concat=false false false false"})
  void fallbackAfter(Out o) {
    upstream()
        .forEach(
            (name, operator) ->
                o.say(
                    name,
                    isOnCallerAlone(operator, asParallel(numbers(8)))
                        + " "
                        + isOnCallerAlone(operator, asParallel(numbers(8)).asOrdered())
                        + " "
                        + isOnCallerAlone(operator, asParallel(iterable(8)))
                        + " "
                        + isOnCallerAlone(operator, asParallel(iterable(8)).asOrdered())));
  }

  @Probe("plinq/mode/force-with-degree-one")
  void forceWithDegreeOne(Out o) {
    Thread caller = Thread.currentThread();
    AtomicInteger elsewhere = new AtomicInteger();
    ParallelQuery<Integer> forced =
        query(4, 1).withExecutionMode(ParallelExecutionMode.FORCE_PARALLELISM);
    o.say(
        "array",
        forced
            .select(
                x -> {
                  if (Thread.currentThread() != caller) {
                    elsewhere.incrementAndGet();
                  }
                  return x;
                })
            .where(x -> true)
            .selectIndexed((x, i) -> x + "@" + i)
            .toArray());
    o.say("elsewhere", elsewhere);
    o.attempt(
        "failure",
        () ->
            forced
                .select(
                    x -> {
                      throw new FormatException();
                    })
                .toArray());
  }

  private static Map<String, UnaryOperator<ParallelQuery<Integer>>> upstream() {
    ParallelQuery<Integer> other = asParallel(numbers(8));
    Map<String, UnaryOperator<ParallelQuery<Integer>>> all = new LinkedHashMap<>();
    all.put("nothing", q -> q);
    all.put("select", q -> q.select(x -> x));
    all.put("cast", q -> q.cast(Integer.class));
    all.put("of-type", q -> q.ofType(Integer.class));
    all.put("where", q -> q.where(x -> true));
    all.put("where, as-unordered", q -> q.where(x -> true).asUnordered());
    all.put("select-many", q -> q.selectMany(x -> List.of(x)));
    all.put("default-if-empty", q -> q.defaultIfEmpty());
    all.put("take", q -> q.take(99));
    all.put("skip", q -> q.skip(1));
    all.put("take-while", q -> q.takeWhile(x -> true));
    all.put("skip-while", q -> q.skipWhile(x -> false));
    all.put("concat", q -> q.concat(other));
    all.put("reverse", q -> q.reverse());
    all.put("zip", q -> q.zip(other, (a, b) -> a));
    all.put("distinct", q -> q.distinct());
    all.put("union", q -> q.union(other));
    all.put("intersect", q -> q.intersect(other));
    all.put("except", q -> q.except(asParallel(List.of(1))));
    all.put("group-by", q -> q.groupByResult(x -> x, (key, group) -> key));
    all.put("join", q -> q.join(other, a -> a, b -> b, (a, b) -> a));
    all.put("group-join", q -> q.groupJoin(other, a -> a, b -> b, (a, b) -> a));
    all.put("order-by", q -> q.orderBy(x -> x));
    all.put("select-indexed", q -> q.selectIndexed((x, i) -> x));
    return all;
  }

  /** Whether an indexed select after the operator runs on the thread that iterates alone. */
  private static boolean isOnCallerAlone(
      UnaryOperator<ParallelQuery<Integer>> operator, ParallelQuery<Integer> source) {
    Thread caller = Thread.currentThread();
    AtomicInteger elsewhere = new AtomicInteger();
    PlinqSteps.drain(
        operator
            .apply(source.withDegreeOfParallelism(2))
            .selectIndexed(
                (x, i) -> {
                  if (Thread.currentThread() != caller) {
                    elsewhere.incrementAndGet();
                  }
                  return x;
                }));
    return elsewhere.get() == 0;
  }
}
