// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static desist.linq.ParallelEnumerable.range;

import desist.CancellationToken;
import desist.linq.CloseableIterator;
import desist.linq.EqualityComparer;
import desist.linq.IntParallelQuery;
import desist.linq.ParallelMergeOptions;
import desist.linq.ParallelQuery;
import desist.tasks.Parallel;
import desist.tasks.ParallelOptions;
import desist.tasks.Partitioner;
import desist.tasks.Task;
import desist.tasks.ThrowingRunnable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Every operator and every loop over a hundred thousand numbers, with delegates that all do the
 * same work. Where an operator calls delegates in different phases, there is a case for each.
 *
 * <p>They are not more, because then the collector of garbage is measured: an array for the results
 * of a million is too large for a region of G1, and each few of them begin a collection.
 */
final class EveryOperator {
  /** Ends the name of a case whose source is ordered. */
  private static final String ORDERED = ", ordered";

  private static final int SIZE = 100_000;

  private static final List<Integer> LIST = IntStream.range(0, SIZE).boxed().toList();

  /** What a delegate does with each number; returns it. */
  @FunctionalInterface
  interface Delegate {
    int work(int number);
  }

  /** A case: runs to its end, unless the token ends it. */
  @FunctionalInterface
  interface Case {
    void run(CancellationToken token, Delegate delegate) throws Exception;
  }

  /** A query to its end. */
  @FunctionalInterface
  private interface Query {
    @Nullable Object end(ParallelQuery<Integer> numbers, Delegate delegate);
  }

  /** A query of unboxed numbers to its end. */
  @FunctionalInterface
  private interface IntQuery {
    @Nullable Object end(IntParallelQuery numbers, Delegate delegate);
  }

  /** A loop. */
  @FunctionalInterface
  private interface Loop {
    void run(ParallelOptions options, Delegate delegate) throws Exception;
  }

  private final Map<String, Case> cases = new LinkedHashMap<>();

  private EveryOperator() {
    streaming();
    ofTwo();
    sorting();
    grouping();
    results();
    numbers();
    loops();
  }

  /** Returns the cases by what they are called. */
  static Map<String, Case> cases() {
    return new EveryOperator().cases;
  }

  /** Adds a query, unordered and ordered. */
  private void query(String name, Query query) {
    cases.put(
        name,
        (token, delegate) -> query.end(range(0, SIZE).withCancellation(token).boxed(), delegate));
    cases.put(
        name + ORDERED,
        (token, delegate) ->
            query.end(range(0, SIZE).asOrdered().withCancellation(token).boxed(), delegate));
  }

  private void intQuery(String name, IntQuery query) {
    cases.put(
        "int: " + name,
        (token, delegate) -> query.end(range(0, SIZE).withCancellation(token), delegate));
    cases.put(
        "int: " + name + ORDERED,
        (token, delegate) ->
            query.end(range(0, SIZE).asOrdered().withCancellation(token), delegate));
  }

  private void loop(String name, Loop loop) {
    cases.put(
        "Parallel." + name,
        (token, delegate) ->
            loop.run(new ParallelOptions().withCancellationToken(token), delegate));
  }

  private static ParallelQuery<Integer> others() {
    return range(0, SIZE).boxed();
  }

  private void streaming() {
    query("where", (q, d) -> q.where(x -> d.work(x) >= 0).toList());
    query("whereIndexed", (q, d) -> q.whereIndexed((x, i) -> d.work(x) >= 0).toList());
    query("select", (q, d) -> q.select(d::work).toList());
    query("selectIndexed", (q, d) -> q.selectIndexed((x, i) -> d.work(x)).toList());
    query("selectMany", (q, d) -> q.selectMany(x -> List.of(d.work(x), x)).toList());
    query(
        "selectMany: one that is long",
        (q, d) -> q.take(1).selectMany(x -> LIST).select(d::work).toList());
    query(
        "selectMany: result",
        (q, d) -> q.take(2).selectMany(x -> LIST, (x, y) -> d.work(y)).toList());
    query(
        "selectManyIndexed", (q, d) -> q.selectManyIndexed((x, i) -> List.of(d.work(x))).toList());
    query("selectToInt", (q, d) -> q.selectToInt(d::work).toArray());
    query("cast", (q, d) -> q.select(d::work).cast(Number.class).toList());
    query("ofType", (q, d) -> q.select(d::work).ofType(Integer.class).toList());
    query("defaultIfEmpty", (q, d) -> q.where(x -> d.work(x) < 0).defaultIfEmpty().toList());
    query("take", (q, d) -> q.where(x -> d.work(x) >= 0).take(SIZE - 1).toList());
    query("takeWhile", (q, d) -> q.takeWhile(x -> d.work(x) >= 0).toList());
    query("takeWhileIndexed", (q, d) -> q.takeWhileIndexed((x, i) -> d.work(x) >= 0).toList());
    query("skip", (q, d) -> q.where(x -> d.work(x) >= 0).skip(SIZE - 1).toList());
    query("skipWhile", (q, d) -> q.skipWhile(x -> d.work(x) >= 0).toList());
    query("skipWhileIndexed", (q, d) -> q.skipWhileIndexed((x, i) -> d.work(x) >= 0).toList());
    query("reverse", (q, d) -> q.where(x -> d.work(x) >= 0).reverse().toList());
    query("reverse: after", (q, d) -> q.where(x -> true).reverse().select(d::work).toList());
  }

  private void ofTwo() {
    query("concat", (q, d) -> q.concat(others()).select(d::work).toList());
    query("zip", (q, d) -> q.zip(others(), (x, y) -> d.work(x)).toList());
    query("distinct", (q, d) -> q.distinct(comparing(d)).toList());
    query("distinct: after", (q, d) -> q.distinct().select(d::work).toList());
    query("union", (q, d) -> q.union(others(), comparing(d)).toList());
    query("intersect", (q, d) -> q.intersect(others(), comparing(d)).toList());
    query("except", (q, d) -> q.except(others(), comparing(d)).toList());
    query("join: outer", (q, d) -> q.join(others(), d::work, y -> y, (x, y) -> x).toList());
    query("join: inner", (q, d) -> q.join(others(), x -> x, d::work, (x, y) -> x).toList());
    query("join: many", (q, d) -> q.join(others(), x -> 1, y -> 1, (x, y) -> d.work(y)).toList());
    query(
        "groupJoin",
        (q, d) -> q.groupJoin(others(), x -> x, y -> y, (x, ys) -> d.work(x)).toList());
    query("sequenceEqual", (q, d) -> q.sequenceEqual(others(), equating((x, y) -> d.work(x) >= 0)));
  }

  private void sorting() {
    query("orderBy", (q, d) -> q.orderBy(d::work).toList());
    query("orderBy: comparator", (q, d) -> q.orderBy(x -> x, comparator(d)).toList());
    query("orderBy: after", (q, d) -> q.orderBy(x -> -x).select(d::work).toList());
    query("orderByInt", (q, d) -> q.orderByInt(d::work).toList());
    query("orderByDescending", (q, d) -> q.orderByDescending(d::work).toList());
    query("thenBy", (q, d) -> q.orderBy(x -> 1).thenBy(d::work).toList());
    query("thenBy: comparator", (q, d) -> q.orderBy(x -> 1).thenBy(x -> x, comparator(d)).toList());
  }

  private void grouping() {
    query("groupBy", (q, d) -> q.groupBy(d::work).toList());
    query("groupBy: after", (q, d) -> q.groupBy(x -> x).select(g -> d.work(g.key())).toList());
    query("groupBy: comparer", (q, d) -> q.groupBy(x -> x, comparing(d)).toList());
    query("groupByResult", (q, d) -> q.groupByResult(x -> x, (x, xs) -> d.work(x)).toList());
    query("toDictionary", (q, d) -> q.toDictionary(d::work));
    query("toLookup", (q, d) -> q.toLookup(d::work));
  }

  private void results() {
    query("forAll", (q, d) -> run(() -> q.forAll(d::work)));
    query("forEach", (q, d) -> run(() -> q.select(d::work).forEach(x -> {})));
    query("toArray", (q, d) -> q.select(d::work).toArray());
    query("collect", (q, d) -> q.select(d::work).collect(Collectors.toSet()));
    query("aggregate", (q, d) -> q.aggregate((x, y) -> d.work(x)));
    query("aggregateFrom", (q, d) -> q.aggregateFrom(0, (all, x) -> d.work(x)));
    query(
        "aggregateWith",
        (q, d) -> q.aggregateWith(() -> 0, (all, x) -> d.work(x), Integer::sum, all -> all));
    query("sumLong", (q, d) -> q.sumLong(d::work));
    query("averageInt", (q, d) -> q.averageInt(d::work));
    query("max", (q, d) -> q.max(d::work));
    query("minInt", (q, d) -> q.minInt(d::work));
    query("count", (q, d) -> q.count(x -> d.work(x) >= 0));
    query("any", (q, d) -> q.any(x -> d.work(x) < 0));
    query("all", (q, d) -> q.all(x -> d.work(x) >= 0));
    query("contains", (q, d) -> q.contains(-1, equating((x, y) -> d.work(x) == y)));
    query("first", (q, d) -> q.first(x -> d.work(x) < 0));
    query("last", (q, d) -> q.last(x -> d.work(x) < 0));
    query("single", (q, d) -> q.single(x -> d.work(x) < 0));
    query("elementAt", (q, d) -> q.where(x -> d.work(x) >= 0).elementAt(SIZE - 1));
    query("iterator", (q, d) -> last(q.select(d::work)));
    query(
        "iterator: not buffered",
        (q, d) -> last(q.select(d::work).withMergeOptions(ParallelMergeOptions.NOT_BUFFERED)));
    query(
        "iterator: fully buffered",
        (q, d) -> last(q.select(d::work).withMergeOptions(ParallelMergeOptions.FULLY_BUFFERED)));
    query("stream", (q, d) -> q.select(d::work).stream().count());
  }

  private void numbers() {
    intQuery("where", (q, d) -> q.where(x -> d.work(x) >= 0).toArray());
    intQuery("select", (q, d) -> q.select(d::work).toArray());
    intQuery("takeWhile", (q, d) -> q.takeWhile(x -> d.work(x) >= 0).toArray());
    intQuery("distinct", (q, d) -> q.select(d::work).distinct().toArray());
    intQuery("order", (q, d) -> q.select(d::work).order().toArray());
    intQuery("order: after", (q, d) -> q.order().select(d::work).toArray());
    intQuery("aggregate", (q, d) -> q.aggregate((x, y) -> d.work(y)));
    intQuery("sum", (q, d) -> q.selectToLong(d::work).sum());
    intQuery("max", (q, d) -> q.select(d::work).max());
    intQuery("any", (q, d) -> q.any(x -> d.work(x) < 0));
  }

  private void loops() {
    loop("forRange", (o, d) -> Parallel.forRange(0, SIZE, o, d::work));
    loop(
        "forRangeWithState", (o, d) -> Parallel.forRangeWithState(0, SIZE, o, (i, s) -> d.work(i)));
    loop(
        "forRangeWithLocal",
        (o, d) ->
            Parallel.forRangeWithLocal(0, SIZE, o, () -> 0, (i, s, own) -> d.work(i), own -> {}));
    loop(
        "forEachRange",
        (o, d) ->
            Parallel.forEachRange(
                0,
                SIZE,
                o,
                (from, to) -> {
                  for (int i = from; i < to; i++) {
                    d.work(i);
                  }
                }));
    loop("forLongRange", (o, d) -> Parallel.forLongRange(0, SIZE, o, i -> d.work((int) i)));
    loop("forEach: list", (o, d) -> Parallel.forEach(LIST, o, d::work));
    loop("forEach: iterable", (o, d) -> Parallel.forEach(LIST::iterator, o, d::work));
    loop("forEach: spliterator", (o, d) -> Parallel.forEach(LIST.spliterator(), o, d::work));
    loop(
        "forEach: partitioner",
        (o, d) -> Parallel.forEach(Partitioner.create(LIST, true), o, d::work));
    loop("forEachIndexed", (o, d) -> Parallel.forEachIndexed(LIST, o, (x, s, i) -> d.work(x)));
    loop("invoke", (o, d) -> Parallel.invoke(o, actions(d)));
    loop(
        "forAsync", (o, d) -> Parallel.forAsync(0, SIZE, o, (i, token) -> done(d.work(i))).await());
    loop(
        "forEachAsync",
        (o, d) -> Parallel.forEachAsync(LIST, o, (x, token) -> done(d.work(x))).await());
  }

  /** Works for each hash code, and tells apart what the delegate does. */
  private static EqualityComparer<Integer> comparing(Delegate delegate) {
    return EqualityComparer.comparing(delegate::work);
  }

  /** Works for each comparison; has no use for hash codes. */
  private static EqualityComparer<Integer> equating(BiPredicate<Integer, Integer> equals) {
    return new EqualityComparer<>() {
      @Override
      public boolean equals(Integer x, Integer y) {
        return equals.test(x, y);
      }

      @Override
      public int hashCode(Integer value) {
        return 0;
      }
    };
  }

  private static Comparator<Integer> comparator(Delegate delegate) {
    return (x, y) -> Integer.compare(y, delegate.work(x));
  }

  private static Object last(ParallelQuery<Integer> query) {
    int last = -1;
    try (CloseableIterator<Integer> all = query.iterator()) {
      while (all.hasNext()) {
        last = all.next();
      }
    }
    return last;
  }

  private static Object run(Runnable query) {
    query.run();
    return query;
  }

  private static ThrowingRunnable[] actions(Delegate delegate) {
    ThrowingRunnable[] actions = new ThrowingRunnable[SIZE];
    Arrays.fill(actions, (ThrowingRunnable) () -> delegate.work(1));
    return actions;
  }

  private static Task<?> done(int worked) {
    return Task.fromResult(worked);
  }
}
