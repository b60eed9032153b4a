// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.PlinqSteps.drain;
import static desist.PlinqSteps.iterable;
import static desist.PlinqSteps.joined;
import static desist.PlinqSteps.ordered;
import static desist.PlinqSteps.query;
import static desist.linq.ParallelEnumerable.asParallel;

import desist.linq.EqualityComparer;
import desist.linq.ParallelEnumerable;
import desist.linq.ParallelQuery;
import desist.tasks.Partitioner;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The order of results: plinq/order. */
final class PlinqOrderConformanceTest extends Conformance {
  private static final String NUMBERS = "0042-numbers-of-queries.md";
  private static final String NAMES = "0045-names-in-queries.md";

  /** What .NET calls untyped is here a query of which the type is not known. */
  @Probe("plinq/order/as-ordered-only-on-sources")
  void asOrderedOnlyOnSources(Out o) {
    ParallelQuery<Integer> query = asParallel(PlinqSteps.numbers(3));
    ParallelQuery<?> untyped = query.where(x -> true);
    o.attempt("wrapper", () -> query.asOrdered());
    o.attempt("range", () -> ParallelEnumerable.range(0, 3).asOrdered());
    o.attempt("repeat", () -> ParallelEnumerable.repeat(1, 3).asOrdered());
    o.attempt("empty", () -> ParallelEnumerable.empty().asOrdered());
    o.attempt("twice", () -> query.asOrdered().asOrdered());
    o.attempt("after AsUnordered", () -> query.asUnordered().asOrdered());
    o.attempt(
        "after WithCancellation",
        () -> query.withCancellation(CancellationToken.none()).asOrdered());
    o.attempt("after WithDegreeOfParallelism", () -> query.withDegreeOfParallelism(2).asOrdered());
    o.attempt("after Where", () -> query.where(x -> true).asOrdered());
    o.attempt("after OrderBy", () -> query.orderBy(x -> x).asOrdered());
    o.attempt("untyped source", () -> asParallel((Iterable<?>) List.of(1)).asOrdered());
    o.attempt("untyped query", () -> untyped.asOrdered());
    o.attempt(
        "orderable partitioner",
        () -> asParallel(Partitioner.create(List.of(1, 2), true)).asOrdered());
    o.attempt("plain partitioner", () -> asParallel(PlainPartitioner.dealing(4)).asOrdered());
  }

  @Probe("plinq/order/sort-again-replaces-then-by-refines")
  void sortAgainReplacesThenByRefines(Out o) {
    ParallelQuery<Integer> query = query(8);
    o.say(
        "then-by", query.orderBy(x -> x % 2).thenByDescending(x -> x / 4).thenBy(x -> x).toArray());
    o.say("second order-by", query.orderBy(x -> x % 2).orderBy(x -> -x).toArray());
    o.say(
        "comparer",
        asParallel(List.of("b", "A", "a", "B"))
            .orderBy(x -> x, String.CASE_INSENSITIVE_ORDER)
            .thenBy(x -> x, Comparator.naturalOrder())
            .toArray());
  }

  @Probe("plinq/order/stable-sort-by-index")
  void stableSortByIndex(Out o) {
    record Placed(int x, long place) {}

    o.say(
        "sorted",
        ordered(12)
            .selectIndexed(Placed::new)
            .orderBy(p -> p.x() % 3)
            .thenBy(Placed::place)
            .select(Placed::x)
            .toArray());
  }

  @Probe("plinq/order/sort-keys-null")
  void sortKeysNull(Out o) {
    o.say("null keys first", asParallel(new String[] {"b", null, "a"}).orderBy(x -> x).toArray());
  }

  @Probe("plinq/order/binary-left-or-either")
  void binaryLeftOrEither(Out o) {
    ParallelQuery<Integer> left = asParallel(List.of(5, 1, 4, 1)).asOrdered();
    o.say("union", left.union(asParallel(List.of(4, 9, 1, 8)).asOrdered()).toArray());
    o.say("intersect", left.intersect(asParallel(List.of(1, 4, 5))).toArray());
    o.say("except", left.except(asParallel(List.of(4))).toArray());
    o.say(
        "join",
        left.join(asParallel(List.of(1, 5, 1)).asOrdered(), a -> a, b -> b, (a, b) -> a).toArray());
    o.say("concat", left.concat(asParallel(List.of(7, 6)).asOrdered()).toArray());
    o.say(
        "zip", left.zip(asParallel(List.of(7, 6, 5)).asOrdered(), (a, b) -> a * 10 + b).toArray());
  }

  @Probe("plinq/order/join-inner-order")
  void joinInnerOrder(Out o) {
    for (int workers : new int[] {1, 3}) {
      ParallelQuery<Integer> outer =
          asParallel(List.of(1, 2)).asOrdered().withDegreeOfParallelism(workers);
      ParallelQuery<Integer> inner = asParallel(List.of(10, 11, 12, 13, 14)).asOrdered();
      o.say("join", outer.join(inner, a -> 1, b -> 1, (a, b) -> a + ":" + b).toArray());
      o.say(
          "group-join",
          outer.groupJoin(inner, a -> 1, b -> 1, (a, bs) -> a + ":" + joined(bs)).toArray());
    }
  }

  /** Without order there is no promise of one, but the elements are the same. */
  @Probe("plinq/order/as-unordered-ends-it")
  void asUnorderedEndsIt(Out o) {
    o.say("sorted", sorted(ordered(8).asUnordered().select(x -> x).toList()));
    o.say(
        "after a sort", sorted(query(8).orderBy(x -> -x).asUnordered().where(x -> x > 5).toList()));
  }

  /** Which of the equal elements distinct delivers is not promised. */
  @Probe("plinq/order/distinct-place-of-the-first")
  void distinctPlaceOfTheFirst(Out o) {
    EqualityComparer<String> ignoreCase =
        EqualityComparer.comparing(word -> word.toLowerCase(Locale.ROOT));
    ParallelQuery<String> words =
        asParallel(List.of("b", "A", "a", "B", "c")).asOrdered().withDegreeOfParallelism(3);
    o.say("distinct", words.distinct(ignoreCase).select(w -> w.toLowerCase(Locale.ROOT)).toArray());
    o.say(
        "union", words.union(asParallel(List.of("C", "d", "D")).asOrdered(), ignoreCase).toArray());
    o.say("intersect", words.intersect(asParallel(List.of("B", "a")), ignoreCase).toArray());
  }

  /** Sums and averages of numbers that may be null have no counterpart. */
  @Probe("plinq/order/nulls-are-elements")
  @Differs(
      record = NUMBERS,
      dotnet = {"sum of nullables=3", "average of nullables=3"},
      ours = {})
  void nullsAreElements(Out o) {
    ParallelQuery<String> some = asParallel(new String[] {"a", null, "b", null}).asOrdered();
    o.say("distinct", some.distinct().toArray());
    o.say("except", some.except(asParallel(new String[] {null})).toArray());
    o.say("union", some.union(asParallel(new String[] {null, "c"}).asOrdered()).toArray());
    o.say("contains", some.contains(null));
    o.say("join drops null keys", some.join(some, a -> a, b -> b, (a, b) -> a + b).toArray());
    o.say(
        "group-join drops them too",
        some.groupJoin(some, a -> a, b -> b, (a, bs) -> a + bs.size()).toArray());
    o.say("max", some.max());
    o.say("min", some.min());
    o.say("max of nullables", asParallel(new Integer[] {null, 3, null, 7}).max());
  }

  @Probe("plinq/order/indexable-skip-runs-no-skipped-delegates")
  void indexableSkipRunsNoSkippedDelegates(Out o) {
    Queue<Integer> ran = new ConcurrentLinkedQueue<>();
    ParallelQuery<Integer> query = noting(ran, query(8, 2));
    query.skip(5).toArray();
    sayAndClear(o, "skip", ran);
    query.take(2).toArray();
    sayAndClear(o, "take", ran);
    query.skip(2).take(3).toArray();
    sayAndClear(o, "skip, take", ran);
    query.zip(asParallel(List.of(1, 2)), (a, b) -> a).toArray();
    sayAndClear(o, "zip with two", ran);
    noting(ran, query(8, 2).where(x -> true)).skip(5).toArray();
    sayAndClear(o, "where, skip", ran);
  }

  @Probe("plinq/order/unordered-take-of-an-index")
  void unorderedTakeOfAnIndex(Out o) {
    ParallelQuery<Integer> query = query(100).select(x -> x);
    o.say("take", sorted(query.take(3).toList()));
    o.say("skip", sorted(query.skip(97).toList()));
    o.say("first", query.first());
    o.say("last", query.last());
    o.say("element-at", query.elementAt(42));
    o.say("reverse", query(5, 2).reverse().toArray());
  }

  @Probe("plinq/order/flows-down")
  void flowsDown(Out o) {
    o.say(
        "select where",
        ordered(40, 3)
            .select(x -> x * 3)
            .where(x -> x % 2 == 0)
            .toList()
            .equals(numbers(40, s -> s.map(x -> x * 3).filter(x -> x % 2 == 0))));
    o.say(
        "select-many",
        ordered(20, 3)
            .selectMany(x -> List.of(x, x + 100))
            .where(x -> true)
            .toList()
            .equals(numbers(20, s -> s.flatMap(x -> Stream.of(x, x + 100)))));
    ParallelQuery<Integer> iterator =
        asParallel(iterable(500)).asOrdered().withDegreeOfParallelism(3);
    o.say(
        "iterator",
        iterator
            .where(x -> x % 3 == 0)
            .select(x -> -x)
            .toList()
            .equals(numbers(500, s -> s.filter(x -> x % 3 == 0).map(x -> -x))));
    o.say("foreach", drain(iterator.select(x -> x)).equals(numbers(500, s -> s)));
  }

  /** The sort is stable here. */
  @Probe("plinq/order/sort-of-equal-keys")
  @Differs(
      record = NAMES,
      dotnet = {"dop 1=false", "dop 2=false", "dop 4=false"},
      ours = {"dop 1=true", "dop 2=true", "dop 4=true"})
  void sortOfEqualKeys(Out o) {
    List<Integer> stable = numbers(1000, s -> s.sorted(Comparator.comparing(x -> x % 3)));
    for (int workers : new int[] {1, 2, 4}) {
      o.say("dop " + workers, ordered(1000, workers).orderBy(x -> x % 3).toList().equals(stable));
    }
  }

  /** What the operators of a stream make of the numbers from 0. */
  private static List<Integer> numbers(
      int count, Function<Stream<Integer>, Stream<Integer>> operators) {
    return operators.apply(IntStream.range(0, count).boxed()).collect(Collectors.toList());
  }

  private static List<Integer> sorted(Collection<Integer> elements) {
    return elements.stream().sorted().collect(Collectors.toList());
  }

  private static ParallelQuery<Integer> noting(Queue<Integer> ran, ParallelQuery<Integer> query) {
    return query.select(
        x -> {
          ran.add(x);
          return x;
        });
  }

  private static void sayAndClear(Out o, String name, Queue<Integer> ran) {
    o.say(name, sorted(ran));
    ran.clear();
  }
}
