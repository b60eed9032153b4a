// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operator beside a sequential stream, over sources of all kinds, sizes and degrees. */
class QueryOracleTest {
  private static final int[] SIZES = {0, 1, 2, 63, 64, 65, 1000};
  private static final int[] DEGREES = {1, 2, 4};

  /** An operator, and what it is to give. */
  private record Case(
      Function<ParallelQuery<Integer>, ?> operator, Function<List<Integer>, ?> expected) {}

  private static final Map<String, Case> CASES = new LinkedHashMap<>();

  private static void add(
      String name,
      Function<ParallelQuery<Integer>, ?> operator,
      Function<List<Integer>, ?> expected) {
    CASES.put(name, new Case(operator, expected));
  }

  private static final Comparator<Integer> TEXT = Comparator.comparing(x -> "" + x);

  private static final List<Integer> OTHERS = List.of(5, 1, 5, -1, 7);

  private static ParallelQuery<Integer> others() {
    return ParallelEnumerable.asParallel(OTHERS).asOrdered();
  }

  static {
    add("select", q -> q.select(x -> 2 * x).toList(), l -> list(l, s -> s.map(x -> 2 * x)));
    add("where", q -> q.where(QueryOracleTest::fits).toList(), QueryOracleTest::fitting);
    add(
        "selectIndexed",
        q -> q.selectIndexed((x, i) -> x + "@" + i).toList(),
        QueryOracleTest::indexed);
    add(
        "where, selectIndexed",
        q -> q.where(QueryOracleTest::fits).selectIndexed((x, i) -> x + "@" + i).toList(),
        l -> indexed(fitting(l)));
    add(
        "where, whereIndexed",
        q -> q.where(QueryOracleTest::fits).whereIndexed((x, i) -> i % 2 == 1).toList(),
        l ->
            IntStream.range(0, fitting(l).size() / 2)
                .mapToObj(i -> fitting(l).get(2 * i + 1))
                .toList());
    add(
        "selectMany",
        q -> q.selectMany(x -> List.of(x, -x)).toList(),
        l -> list(l, s -> s.flatMap(x -> Stream.of(x, -x))));
    add(
        "selectManyIndexed",
        q -> q.where(QueryOracleTest::fits).selectManyIndexed((x, i) -> List.of(x, i)).toList(),
        l ->
            IntStream.range(0, fitting(l).size())
                .boxed()
                .flatMap(i -> Stream.<Number>of(fitting(l).get(i), (long) i))
                .toList());
    add("take", q -> q.take(7).toList(), l -> list(l, s -> s.limit(7)));
    add("skip", q -> q.skip(7).toList(), l -> list(l, s -> s.skip(7)));
    add(
        "where, take",
        q -> q.where(QueryOracleTest::fits).take(7).toList(),
        l -> list(fitting(l), s -> s.limit(7)));
    add(
        "where, skip, take",
        q -> q.where(QueryOracleTest::fits).skip(3).take(5).toList(),
        l -> list(fitting(l), s -> s.skip(3).limit(5)));
    add(
        "takeWhile",
        q -> q.takeWhile(x -> x != 3).toList(),
        l -> list(l, s -> s.takeWhile(x -> x != 3)));
    add(
        "skipWhile",
        q -> q.skipWhile(x -> x != 3).toList(),
        l -> list(l, s -> s.dropWhile(x -> x != 3)));
    add(
        "takeWhileIndexed",
        q -> q.takeWhileIndexed((x, i) -> i < 40).toList(),
        l -> list(l, s -> s.limit(40)));
    add(
        "where, skipWhileIndexed",
        q -> q.where(QueryOracleTest::fits).skipWhileIndexed((x, i) -> i < 20).toList(),
        l -> list(fitting(l), s -> s.skip(20)));
    add("reverse", q -> q.reverse().toList(), QueryOracleTest::reversed);
    add(
        "where, reverse, take",
        q -> q.where(QueryOracleTest::fits).reverse().take(3).toList(),
        l -> list(reversed(fitting(l)), s -> s.limit(3)));
    add(
        "concat",
        q -> q.concat(others()).toList(),
        l -> Stream.concat(l.stream(), OTHERS.stream()).toList());
    add(
        "where, concat, selectIndexed",
        q ->
            q.where(QueryOracleTest::fits)
                .concat(others().where(x -> x > 0))
                .selectIndexed((x, i) -> x + "@" + i)
                .toList(),
        l ->
            indexed(
                Stream.concat(fitting(l).stream(), OTHERS.stream().filter(x -> x > 0)).toList()));
    add(
        "zip",
        q -> q.zip(others(), (x, y) -> x + "/" + y).toList(),
        l ->
            IntStream.range(0, Math.min(l.size(), OTHERS.size()))
                .mapToObj(i -> l.get(i) + "/" + OTHERS.get(i))
                .toList());
    add(
        "where, zip",
        q -> q.where(QueryOracleTest::fits).zip(others(), (x, y) -> x + "/" + y).toList(),
        l ->
            IntStream.range(0, Math.min(fitting(l).size(), OTHERS.size()))
                .mapToObj(i -> fitting(l).get(i) + "/" + OTHERS.get(i))
                .toList());
    add(
        "defaultIfEmpty",
        q -> q.where(x -> x < 0).defaultIfEmpty(9).concat(others()).take(2).toList(),
        l -> List.of(9, 5));
    add("distinct", q -> q.distinct().toList(), l -> list(l, Stream::distinct));
    add(
        "union",
        q -> q.union(others()).toList(),
        l -> Stream.concat(l.stream(), OTHERS.stream()).distinct().toList());
    add(
        "intersect",
        q -> q.intersect(others()).toList(),
        l -> list(l, s -> s.filter(OTHERS::contains).distinct()));
    add(
        "except",
        q -> q.except(others()).toList(),
        l -> list(l, s -> s.filter(x -> !OTHERS.contains(x)).distinct()));
    add(
        "join",
        q -> q.join(others(), x -> x, y -> y, (x, y) -> x + "-" + y).toList(),
        l -> list(l, s -> s.flatMap(x -> OTHERS.stream().filter(x::equals).map(y -> x + "-" + y))));
    add(
        "groupJoin",
        q -> q.groupJoin(others(), x -> x, y -> y, (x, ys) -> x + "-" + ys).toList(),
        l -> list(l, s -> s.map(x -> x + "-" + OTHERS.stream().filter(x::equals).toList())));
    add(
        "groupBy",
        q -> q.groupByResult(x -> x % 7, (k, group) -> k + "=" + group).toList(),
        l ->
            l.stream()
                .collect(Collectors.groupingBy(x -> x % 7, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(Object::toString)
                .toList());
    add(
        "orderBy is stable",
        q -> q.orderBy(x -> x % 10).toList(),
        l -> list(l, s -> s.sorted(Comparator.comparing(x -> x % 10))));
    add(
        "orderBy with a comparator, thenBy",
        q -> q.orderByDescending(x -> x % 10, TEXT).thenBy(x -> -x).toList(),
        l ->
            list(
                l,
                s ->
                    s.sorted(
                        Comparator.comparing((Integer x) -> x % 10, TEXT.reversed())
                            .thenComparing(x -> -x))));
    add(
        "orderByInt",
        q -> q.orderByInt(x -> x % 50 - 25).toList(),
        l -> list(l, s -> s.sorted(Comparator.comparingInt(x -> x % 50 - 25))));
    add(
        "orderByDoubleDescending",
        q -> q.orderByDoubleDescending(x -> (x - 20) / 3.0).toList(),
        l -> list(l, s -> s.sorted(Comparator.comparing((Integer x) -> (20 - x) / 3.0))));
    add(
        "aggregate",
        q -> q.select(x -> x + ".").defaultIfEmpty("").aggregate(String::concat).length(),
        l -> l.stream().map(x -> x + ".").collect(Collectors.joining()).length());
    add(
        "aggregateWith",
        q -> q.<Long, Long>aggregateWith(() -> 0L, (a, x) -> a + x, Long::sum, a -> a),
        l -> l.stream().mapToLong(x -> x).sum());
    add(
        "sumBigDecimal",
        q -> q.sumBigDecimal(x -> BigDecimal.valueOf(x)).intValue(),
        l -> l.stream().mapToInt(x -> x).sum());
    add("max", ParallelQuery::max, l -> l.stream().max(Comparator.naturalOrder()).orElse(null));
    add("min", ParallelQuery::min, l -> l.stream().min(Comparator.naturalOrder()).orElse(null));
    add("count", q -> q.count(QueryOracleTest::fits), l -> fitting(l).size());
    add("any", q -> q.any(x -> x == 3), l -> l.contains(3));
    add("all", q -> q.all(x -> x != 3), l -> !l.contains(3));
    add("contains", q -> q.contains(3), l -> l.contains(3));
    add(
        "single",
        q -> q.distinct().singleOrDefault(x -> x == 3),
        l -> l.contains(3) ? (Object) 3 : null);
    add(
        "last",
        q -> q.lastOrDefault(QueryOracleTest::fits),
        l -> fitting(l).isEmpty() ? null : fitting(l).get(fitting(l).size() - 1));
    add("elementAt", q -> q.elementAtOrDefault(40), l -> l.size() > 40 ? l.get(40) : null);
    add(
        "toLookup",
        q -> q.toLookup(x -> x % 7).stream().map(Object::toString).toList(),
        l -> CASES.get("groupBy").expected.apply(l));
    add(
        "toDictionary",
        q -> q.distinct().toDictionary(x -> x, x -> -x),
        l -> l.stream().distinct().collect(Collectors.toMap(x -> x, x -> -x)));
    add("collect", q -> q.collect(Collectors.counting()), l -> (long) l.size());
    add("first", q -> q.select(x -> x).firstOrDefault() != null, l -> !l.isEmpty());
  }

  private static boolean fits(int x) {
    return x % 3 == 0;
  }

  private static List<Integer> fitting(List<Integer> list) {
    return list.stream().filter(QueryOracleTest::fits).toList();
  }

  private static List<String> indexed(List<Integer> list) {
    return IntStream.range(0, list.size()).mapToObj(i -> list.get(i) + "@" + i).toList();
  }

  private static List<Integer> reversed(List<Integer> list) {
    List<Integer> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }

  private static <R> List<R> list(
      List<Integer> list, Function<Stream<Integer>, Stream<R>> operator) {
    return operator.apply(list.stream()).toList();
  }

  static Collection<String> cases() {
    return CASES.keySet();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesWhatASequentialStreamGives(String name) {
    Case tried = CASES.get(name);
    for (int size : SIZES) {
      List<Integer> list = new Random(size).ints(size, 0, Math.max(1, size)).boxed().toList();
      Object expected = tried.expected.apply(list);
      for (int degree : DEGREES) {
        int kind = 0;
        for (ParallelQuery<Integer> query : queries(list)) {
          assertThat((Object) tried.operator.apply(query.withDegreeOfParallelism(degree)))
              .as("source %s of %s, %s workers", kind++, size, degree)
              .isEqualTo(expected);
        }
      }
    }
  }

  /** An array, a list and an iterator, ordered and not: what is gathered has its order anyway. */
  private static List<ParallelQuery<Integer>> queries(List<Integer> list) {
    ParallelQuery<Integer> array = ParallelEnumerable.asParallel(list.toArray(new Integer[0]));
    ParallelQuery<Integer> random = ParallelEnumerable.asParallel(new ArrayList<>(list));
    ParallelQuery<Integer> serial =
        ParallelEnumerable.asParallel((Iterable<Integer>) new LinkedList<>(list));
    return List.of(
        array, random, serial, array.asOrdered(), random.asOrdered(), serial.asOrdered());
  }
}
