// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.PlinqSteps.drain;
import static desist.PlinqSteps.groups;
import static desist.PlinqSteps.iterable;
import static desist.PlinqSteps.joined;
import static desist.linq.ParallelEnumerable.asParallel;

import desist.linq.ParallelEnumerable;
import desist.linq.ParallelQuery;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every operator of a query, in a shape that does not stop early on 128 elements: plinq/result and
 * plinq/cancel try each.
 */
enum Operator {
  AGGREGATE(q -> q.aggregate(Integer::sum)),
  AGGREGATE_SEED(q -> q.aggregateFrom("", (all, x) -> all + x + ".")),
  AGGREGATE_SEED_RESULT(q -> q.aggregateFrom("", (all, x) -> all + x + ".", r -> "<" + r + ">")),
  AGGREGATE_COMBINE(q -> q.aggregateFrom(0, Integer::sum, Integer::sum, r -> "sum " + r)),
  AGGREGATE_FACTORY(q -> q.aggregateWith(() -> 0, Integer::sum, Integer::sum, r -> "sum " + r)),
  ALL(q -> q.all(x -> x >= 0)),
  /** It stops at the first element of any worker: one worker only. */
  ANY(q -> q.any(), 1),
  ANY_PREDICATE(q -> q.any(x -> x < 0)),
  AS_ENUMERABLE(q -> doubled(q.asEnumerable())),
  AS_SEQUENTIAL(q -> doubled(q.asSequential())),
  AS_UNORDERED(q -> q.asUnordered().sumInt(x -> x)),
  AVERAGE(q -> q.averageInt(x -> x)),
  CAST(q -> q.cast(Object.class).toArray()),
  CONCAT(q -> q.concat(asParallel(List.of(100, 101)).asOrdered()).toArray()),
  CONTAINS(q -> q.contains(-1)),
  COUNT(q -> q.count()),
  COUNT_PREDICATE(q -> q.count(x -> x % 2 == 0)),
  LONG_COUNT(q -> q.longCount()),
  LONG_COUNT_PREDICATE(q -> q.longCount(x -> x % 2 == 0)),
  DEFAULT_IF_EMPTY(q -> q.defaultIfEmpty(-7).toArray()),
  DISTINCT(q -> q.select(x -> x / 2).distinct().toArray()),
  ELEMENT_AT(q -> q.elementAt(900)),
  ELEMENT_AT_OR_DEFAULT(q -> q.elementAtOrDefault(900)),
  EXCEPT(q -> q.except(asParallel(List.of(1, 3))).toArray()),
  FIRST(q -> q.first()),
  FIRST_PREDICATE(q -> q.first(x -> x < 0)),
  FIRST_OR_DEFAULT(q -> q.firstOrDefault(x -> x < 0)),
  FOR_ALL(Operator::actions),
  FOREACH(q -> drain(q)),
  GROUP_BY(q -> groups(q.groupBy(x -> x % 3).toList())),
  GROUP_BY_ELEMENT(q -> groups(q.groupBy(x -> x % 3, x -> x + 100).toList())),
  GROUP_BY_RESULT(q -> q.groupByResult(x -> x % 3, (k, g) -> k + ":" + joined(g)).toArray()),
  GROUP_JOIN(
      q ->
          q.groupJoin(
                  asParallel(List.of(1, 2, 1)).asOrdered(),
                  x -> x,
                  y -> y,
                  (x, ys) -> x + ":" + joined(ys))
              .toArray()),
  INTERSECT(q -> q.intersect(asParallel(List.of(3, 1, 3))).toArray()),
  JOIN(
      q ->
          q.join(asParallel(List.of(3, 1, 2)).asOrdered(), x -> x, y -> y, (x, y) -> x + "-" + y)
              .toArray()),
  LAST(q -> q.last()),
  LAST_PREDICATE(q -> q.last(x -> x < 0)),
  LAST_OR_DEFAULT(q -> q.lastOrDefault(x -> x < 0)),
  MAX(q -> q.maxInt(x -> x)),
  MAX_SELECTOR(q -> q.max(x -> x + "")),
  MIN(q -> q.minInt(x -> x)),
  MIN_SELECTOR(q -> q.min(x -> x + "")),
  OF_TYPE(q -> q.<Object>select(x -> x % 2 == 0 ? x : "odd").ofType(Integer.class).toArray()),
  ORDER_BY(q -> q.orderBy(x -> -x).toArray()),
  ORDER_BY_DESCENDING(q -> q.orderByDescending(x -> x).toArray()),
  THEN_BY(q -> q.orderBy(x -> x % 2).thenBy(x -> -x).toArray()),
  THEN_BY_DESCENDING(q -> q.orderBy(x -> x % 2).thenByDescending(x -> x).toArray()),
  REVERSE(q -> q.reverse().toArray()),
  SELECT(q -> q.select(x -> x * 10).toArray()),
  SELECT_INDEXED(q -> q.selectIndexed((x, i) -> x + "@" + i).toArray()),
  SELECT_MANY(q -> q.selectMany(x -> List.of(x, -x)).toArray()),
  SELECT_MANY_INDEXED(q -> q.selectManyIndexed((x, i) -> List.of(x + "@" + i)).toArray()),
  SELECT_MANY_RESULT(q -> q.selectMany(x -> List.of("a", "b"), (x, y) -> x + y).toArray()),
  SEQUENCE_EQUAL(q -> q.sequenceEqual(asParallel(iterable(128))), 1),
  SINGLE(q -> q.single(x -> x < 0)),
  SINGLE_OR_DEFAULT(q -> q.singleOrDefault(x -> x < 0)),
  SKIP(q -> q.where(x -> true).skip(3).toArray()),
  SKIP_WHILE(q -> q.skipWhile(x -> x < 3).toArray()),
  SKIP_WHILE_INDEXED(q -> q.skipWhileIndexed((x, i) -> i < 3).toArray()),
  SUM(q -> q.sumInt(x -> x)),
  TAKE(q -> q.take(700).toArray()),
  TAKE_WHILE(q -> q.takeWhile(x -> x < 700).toArray()),
  TAKE_WHILE_INDEXED(q -> q.takeWhileIndexed((x, i) -> i < 700).toArray()),
  TO_ARRAY(q -> q.toArray()),
  TO_DICTIONARY(q -> entries(q.toDictionary(x -> x, x -> x * 2))),
  TO_LIST(q -> q.toList()),
  TO_LOOKUP(q -> groups(q.toLookup(x -> x % 3 + 1))),
  UNION(q -> q.union(asParallel(List.of(3, 50, 50)).asOrdered()).toArray()),
  WHERE(q -> q.where(x -> x % 2 == 0).toArray()),
  WHERE_INDEXED(q -> q.whereIndexed((x, i) -> i % 2 == 1).toArray()),
  ZIP(q -> q.zip(ParallelEnumerable.range(50, 200).boxed(), (x, y) -> x + "/" + y).toArray());

  private final Function<ParallelQuery<Integer>, @Nullable Object> run;
  private final int workers;

  Operator(Function<ParallelQuery<Integer>, @Nullable Object> run) {
    this(run, 2);
  }

  Operator(Function<ParallelQuery<Integer>, @Nullable Object> run, int workers) {
    this.run = run;
    this.workers = workers;
  }

  /** Runs the query with this operator at its end. */
  @Nullable Object run(ParallelQuery<Integer> query) {
    return run.apply(query);
  }

  /** How many workers a query may have that is to be canceled. */
  int workers() {
    return workers;
  }

  /** The name in the ids of probes. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<Integer> doubled(Iterable<Integer> elements) {
    return drain(elements).stream().map(x -> x * 2).collect(Collectors.toList());
  }

  private static int actions(ParallelQuery<Integer> query) {
    AtomicInteger actions = new AtomicInteger();
    query.forAll(x -> actions.incrementAndGet());
    return actions.get();
  }

  private static List<String> entries(Map<Integer, Integer> map) {
    return new TreeMap<>(map)
        .entrySet().stream()
            .map(entry -> entry.getKey() + ">" + entry.getValue())
            .collect(Collectors.toList());
  }
}
