// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Every method that takes a function takes a lambda, a block lambda and a method reference, in each
 * of its forms.
 */
@SuppressWarnings("ReturnValueIgnored") // that they compile is what is tested
class UsageTest {
  private final EqualityComparer<Integer> equality = EqualityComparer.defaultComparer();

  @Test
  void where() {
    query().where(x -> x > 0);
    query()
        .where(
            x -> {
              return x > 0;
            });
    query().where(UsageTest::isPositive);
  }

  @Test
  void takeWhile() {
    query().takeWhile(x -> x > 0);
    query()
        .takeWhile(
            x -> {
              return x > 0;
            });
    query().takeWhile(UsageTest::isPositive);
  }

  @Test
  void skipWhile() {
    query().skipWhile(x -> x > 0);
    query()
        .skipWhile(
            x -> {
              return x > 0;
            });
    query().skipWhile(UsageTest::isPositive);
  }

  @Test
  void count() {
    query().count(x -> x > 0);
    query()
        .count(
            x -> {
              return x > 0;
            });
    query().count(UsageTest::isPositive);
  }

  @Test
  void longCount() {
    query().longCount(x -> x > 0);
    query()
        .longCount(
            x -> {
              return x > 0;
            });
    query().longCount(UsageTest::isPositive);
  }

  @Test
  void any() {
    query().any(x -> x > 0);
    query()
        .any(
            x -> {
              return x > 0;
            });
    query().any(UsageTest::isPositive);
  }

  @Test
  void all() {
    query().all(x -> x > 0);
    query()
        .all(
            x -> {
              return x > 0;
            });
    query().all(UsageTest::isPositive);
  }

  @Test
  void first() {
    query().first(x -> x > 0);
    query()
        .first(
            x -> {
              return x > 0;
            });
    query().first(UsageTest::isPositive);
  }

  @Test
  void firstOrDefault() {
    query().firstOrDefault(x -> x > 0);
    query()
        .firstOrDefault(
            x -> {
              return x > 0;
            });
    query().firstOrDefault(UsageTest::isPositive);
  }

  @Test
  void last() {
    query().last(x -> x > 0);
    query()
        .last(
            x -> {
              return x > 0;
            });
    query().last(UsageTest::isPositive);
  }

  @Test
  void lastOrDefault() {
    query().lastOrDefault(x -> x > 0);
    query()
        .lastOrDefault(
            x -> {
              return x > 0;
            });
    query().lastOrDefault(UsageTest::isPositive);
  }

  @Test
  void single() {
    query().single(x -> x > 0);
    query()
        .single(
            x -> {
              return x > 0;
            });
    query().single(UsageTest::isPositive);
  }

  @Test
  void singleOrDefault() {
    query().singleOrDefault(x -> x > 0);
    query()
        .singleOrDefault(
            x -> {
              return x > 0;
            });
    query().singleOrDefault(UsageTest::isPositive);
  }

  @Test
  void whereIndexed() {
    query().whereIndexed((x, i) -> x > i);
    query()
        .whereIndexed(
            (x, i) -> {
              return x > i;
            });
    query().whereIndexed(UsageTest::isMore);
  }

  @Test
  void takeWhileIndexed() {
    query().takeWhileIndexed((x, i) -> x > i);
    query()
        .takeWhileIndexed(
            (x, i) -> {
              return x > i;
            });
    query().takeWhileIndexed(UsageTest::isMore);
  }

  @Test
  void skipWhileIndexed() {
    query().skipWhileIndexed((x, i) -> x > i);
    query()
        .skipWhileIndexed(
            (x, i) -> {
              return x > i;
            });
    query().skipWhileIndexed(UsageTest::isMore);
  }

  @Test
  void select() {
    query().select(x -> x + 1);
    query()
        .select(
            x -> {
              return x + 1;
            });
    query().select(UsageTest::next);
  }

  @Test
  void selectIndexed() {
    query().selectIndexed((x, y) -> x + "" + y);
    query()
        .selectIndexed(
            (x, y) -> {
              return x + "" + y;
            });
    query().selectIndexed(UsageTest::both);
  }

  @Test
  void selectMany() {
    query().selectMany(x -> List.of(x));
    query()
        .selectMany(
            x -> {
              return List.of(x);
            });
    query().selectMany(List::of);
  }

  @Test
  void selectManySecondForm() {
    query().selectMany(x -> List.of(x), (x, y) -> x + "" + y);
    query()
        .selectMany(
            x -> {
              return List.of(x);
            },
            (x, y) -> {
              return x + "" + y;
            });
    query().selectMany(List::of, UsageTest::both);
  }

  @Test
  void selectManyIndexed() {
    query().selectManyIndexed((x, i) -> List.of(x));
    query()
        .selectManyIndexed(
            (x, i) -> {
              return List.of(x);
            });
    query().selectManyIndexed(UsageTest::listOf);
  }

  @Test
  void selectManyIndexedSecondForm() {
    query().selectManyIndexed((x, i) -> List.of(x), (x, y) -> x + "" + y);
    query()
        .selectManyIndexed(
            (x, i) -> {
              return List.of(x);
            },
            (x, y) -> {
              return x + "" + y;
            });
    query().selectManyIndexed(UsageTest::listOf, UsageTest::both);
  }

  @Test
  void selectToInt() {
    query().selectToInt(x -> x);
    query()
        .selectToInt(
            x -> {
              return x;
            });
    query().selectToInt(Integer::intValue);
  }

  @Test
  void selectToLong() {
    query().selectToLong(x -> x);
    query()
        .selectToLong(
            x -> {
              return x;
            });
    query().selectToLong(Integer::intValue);
  }

  @Test
  void selectToDouble() {
    query().selectToDouble(x -> x);
    query()
        .selectToDouble(
            x -> {
              return x;
            });
    query().selectToDouble(Integer::intValue);
  }

  @Test
  void zip() {
    query().zip(other(), (x, y) -> x + "" + y);
    query()
        .zip(
            other(),
            (x, y) -> {
              return x + "" + y;
            });
    query().zip(other(), UsageTest::both);
  }

  @Test
  void join() {
    query().join(other(), x -> x + 1, x -> x + 1, (x, y) -> x + "" + y);
    query()
        .join(
            other(),
            x -> {
              return x + 1;
            },
            x -> {
              return x + 1;
            },
            (x, y) -> {
              return x + "" + y;
            });
    query().join(other(), UsageTest::next, UsageTest::next, UsageTest::both);
  }

  @Test
  void groupJoin() {
    query().groupJoin(other(), x -> x + 1, x -> x + 1, (k, list) -> k + list.size());
    query()
        .groupJoin(
            other(),
            x -> {
              return x + 1;
            },
            x -> {
              return x + 1;
            },
            (k, list) -> {
              return k + list.size();
            });
    query().groupJoin(other(), UsageTest::next, UsageTest::next, UsageTest::sized);
  }

  @Test
  void joinSecondForm() {
    query().join(other(), x -> x + 1, x -> x + 1, (x, y) -> x + "" + y, equality);
    query()
        .join(
            other(),
            x -> {
              return x + 1;
            },
            x -> {
              return x + 1;
            },
            (x, y) -> {
              return x + "" + y;
            },
            equality);
    query().join(other(), UsageTest::next, UsageTest::next, UsageTest::both, equality);
  }

  @Test
  void groupJoinSecondForm() {
    query().groupJoin(other(), x -> x + 1, x -> x + 1, (k, list) -> k + list.size(), equality);
    query()
        .groupJoin(
            other(),
            x -> {
              return x + 1;
            },
            x -> {
              return x + 1;
            },
            (k, list) -> {
              return k + list.size();
            },
            equality);
    query().groupJoin(other(), UsageTest::next, UsageTest::next, UsageTest::sized, equality);
  }

  @Test
  void orderBy() {
    query().orderBy(x -> x + 1);
    query()
        .orderBy(
            x -> {
              return x + 1;
            });
    query().orderBy(UsageTest::next);
  }

  @Test
  void orderBySecondForm() {
    query().orderBy(x -> x + 1, Comparator.reverseOrder());
    query()
        .orderBy(
            x -> {
              return x + 1;
            },
            Comparator.reverseOrder());
    query().orderBy(UsageTest::next, Comparator.reverseOrder());
  }

  @Test
  void thenBy() {
    sorted().thenBy(x -> x + 1);
    sorted()
        .thenBy(
            x -> {
              return x + 1;
            });
    sorted().thenBy(UsageTest::next);
  }

  @Test
  void thenBySecondForm() {
    sorted().thenBy(x -> x + 1, Comparator.reverseOrder());
    sorted()
        .thenBy(
            x -> {
              return x + 1;
            },
            Comparator.reverseOrder());
    sorted().thenBy(UsageTest::next, Comparator.reverseOrder());
  }

  @Test
  void orderByInt() {
    query().orderByInt(x -> x);
    query()
        .orderByInt(
            x -> {
              return x;
            });
    query().orderByInt(Integer::intValue);
  }

  @Test
  void thenByInt() {
    sorted().thenByInt(x -> x);
    sorted()
        .thenByInt(
            x -> {
              return x;
            });
    sorted().thenByInt(Integer::intValue);
  }

  @Test
  void orderByLong() {
    query().orderByLong(x -> x);
    query()
        .orderByLong(
            x -> {
              return x;
            });
    query().orderByLong(Integer::intValue);
  }

  @Test
  void thenByLong() {
    sorted().thenByLong(x -> x);
    sorted()
        .thenByLong(
            x -> {
              return x;
            });
    sorted().thenByLong(Integer::intValue);
  }

  @Test
  void orderByDouble() {
    query().orderByDouble(x -> x);
    query()
        .orderByDouble(
            x -> {
              return x;
            });
    query().orderByDouble(Integer::intValue);
  }

  @Test
  void thenByDouble() {
    sorted().thenByDouble(x -> x);
    sorted()
        .thenByDouble(
            x -> {
              return x;
            });
    sorted().thenByDouble(Integer::intValue);
  }

  @Test
  void orderByDescending() {
    query().orderByDescending(x -> x + 1);
    query()
        .orderByDescending(
            x -> {
              return x + 1;
            });
    query().orderByDescending(UsageTest::next);
  }

  @Test
  void orderByDescendingSecondForm() {
    query().orderByDescending(x -> x + 1, Comparator.reverseOrder());
    query()
        .orderByDescending(
            x -> {
              return x + 1;
            },
            Comparator.reverseOrder());
    query().orderByDescending(UsageTest::next, Comparator.reverseOrder());
  }

  @Test
  void thenByDescending() {
    sorted().thenByDescending(x -> x + 1);
    sorted()
        .thenByDescending(
            x -> {
              return x + 1;
            });
    sorted().thenByDescending(UsageTest::next);
  }

  @Test
  void thenByDescendingSecondForm() {
    sorted().thenByDescending(x -> x + 1, Comparator.reverseOrder());
    sorted()
        .thenByDescending(
            x -> {
              return x + 1;
            },
            Comparator.reverseOrder());
    sorted().thenByDescending(UsageTest::next, Comparator.reverseOrder());
  }

  @Test
  void orderByIntDescending() {
    query().orderByIntDescending(x -> x);
    query()
        .orderByIntDescending(
            x -> {
              return x;
            });
    query().orderByIntDescending(Integer::intValue);
  }

  @Test
  void thenByIntDescending() {
    sorted().thenByIntDescending(x -> x);
    sorted()
        .thenByIntDescending(
            x -> {
              return x;
            });
    sorted().thenByIntDescending(Integer::intValue);
  }

  @Test
  void orderByLongDescending() {
    query().orderByLongDescending(x -> x);
    query()
        .orderByLongDescending(
            x -> {
              return x;
            });
    query().orderByLongDescending(Integer::intValue);
  }

  @Test
  void thenByLongDescending() {
    sorted().thenByLongDescending(x -> x);
    sorted()
        .thenByLongDescending(
            x -> {
              return x;
            });
    sorted().thenByLongDescending(Integer::intValue);
  }

  @Test
  void orderByDoubleDescending() {
    query().orderByDoubleDescending(x -> x);
    query()
        .orderByDoubleDescending(
            x -> {
              return x;
            });
    query().orderByDoubleDescending(Integer::intValue);
  }

  @Test
  void thenByDoubleDescending() {
    sorted().thenByDoubleDescending(x -> x);
    sorted()
        .thenByDoubleDescending(
            x -> {
              return x;
            });
    sorted().thenByDoubleDescending(Integer::intValue);
  }

  @Test
  void groupBy() {
    query().groupBy(x -> x + 1);
    query()
        .groupBy(
            x -> {
              return x + 1;
            });
    query().groupBy(UsageTest::next);
  }

  @Test
  void groupBySecondForm() {
    query().groupBy(x -> x + 1, equality);
    query()
        .groupBy(
            x -> {
              return x + 1;
            },
            equality);
    query().groupBy(UsageTest::next, equality);
  }

  @Test
  void groupByThirdForm() {
    query().groupBy(x -> x + 1, x -> x + 1);
    query()
        .groupBy(
            x -> {
              return x + 1;
            },
            x -> {
              return x + 1;
            });
    query().groupBy(UsageTest::next, UsageTest::next);
  }

  @Test
  void groupByFourthForm() {
    query().groupBy(x -> x + 1, x -> x + 1, equality);
    query()
        .groupBy(
            x -> {
              return x + 1;
            },
            x -> {
              return x + 1;
            },
            equality);
    query().groupBy(UsageTest::next, UsageTest::next, equality);
  }

  @Test
  void toDictionary() {
    query().toDictionary(x -> x + 1);
    query()
        .toDictionary(
            x -> {
              return x + 1;
            });
    query().toDictionary(UsageTest::next);
  }

  @Test
  void toDictionarySecondForm() {
    query().toDictionary(x -> x + 1, equality);
    query()
        .toDictionary(
            x -> {
              return x + 1;
            },
            equality);
    query().toDictionary(UsageTest::next, equality);
  }

  @Test
  void toDictionaryThirdForm() {
    query().toDictionary(x -> x + 1, x -> x + 1);
    query()
        .toDictionary(
            x -> {
              return x + 1;
            },
            x -> {
              return x + 1;
            });
    query().toDictionary(UsageTest::next, UsageTest::next);
  }

  @Test
  void toDictionaryFourthForm() {
    query().toDictionary(x -> x + 1, x -> x + 1, equality);
    query()
        .toDictionary(
            x -> {
              return x + 1;
            },
            x -> {
              return x + 1;
            },
            equality);
    query().toDictionary(UsageTest::next, UsageTest::next, equality);
  }

  @Test
  void toLookup() {
    query().toLookup(x -> x + 1);
    query()
        .toLookup(
            x -> {
              return x + 1;
            });
    query().toLookup(UsageTest::next);
  }

  @Test
  void toLookupSecondForm() {
    query().toLookup(x -> x + 1, equality);
    query()
        .toLookup(
            x -> {
              return x + 1;
            },
            equality);
    query().toLookup(UsageTest::next, equality);
  }

  @Test
  void toLookupThirdForm() {
    query().toLookup(x -> x + 1, x -> x + 1);
    query()
        .toLookup(
            x -> {
              return x + 1;
            },
            x -> {
              return x + 1;
            });
    query().toLookup(UsageTest::next, UsageTest::next);
  }

  @Test
  void toLookupFourthForm() {
    query().toLookup(x -> x + 1, x -> x + 1, equality);
    query()
        .toLookup(
            x -> {
              return x + 1;
            },
            x -> {
              return x + 1;
            },
            equality);
    query().toLookup(UsageTest::next, UsageTest::next, equality);
  }

  @Test
  void groupByResult() {
    query().groupByResult(x -> x + 1, (k, list) -> k + list.size());
    query()
        .groupByResult(
            x -> {
              return x + 1;
            },
            (k, list) -> {
              return k + list.size();
            });
    query().groupByResult(UsageTest::next, UsageTest::sized);
  }

  @Test
  void groupByResultSecondForm() {
    query().groupByResult(x -> x + 1, (k, list) -> k + list.size(), equality);
    query()
        .groupByResult(
            x -> {
              return x + 1;
            },
            (k, list) -> {
              return k + list.size();
            },
            equality);
    query().groupByResult(UsageTest::next, UsageTest::sized, equality);
  }

  @Test
  void groupByResultThirdForm() {
    query().groupByResult(x -> x + 1, x -> x + 1, (k, list) -> k + list.size());
    query()
        .groupByResult(
            x -> {
              return x + 1;
            },
            x -> {
              return x + 1;
            },
            (k, list) -> {
              return k + list.size();
            });
    query().groupByResult(UsageTest::next, UsageTest::next, UsageTest::sized);
  }

  @Test
  void groupByResultFourthForm() {
    query().groupByResult(x -> x + 1, x -> x + 1, (k, list) -> k + list.size(), equality);
    query()
        .groupByResult(
            x -> {
              return x + 1;
            },
            x -> {
              return x + 1;
            },
            (k, list) -> {
              return k + list.size();
            },
            equality);
    query().groupByResult(UsageTest::next, UsageTest::next, UsageTest::sized, equality);
  }

  @Test
  void forAll() {
    query().forAll(x -> work(x));
    query()
        .forAll(
            x -> {
              work(x);
            });
    query().forAll(UsageTest::work);
  }

  @Test
  void forEach() {
    query().forEach(x -> work(x));
    query()
        .forEach(
            x -> {
              work(x);
            });
    query().forEach(UsageTest::work);
  }

  @Test
  void toArray() {
    query().toArray(n -> new Integer[n]);
    query()
        .toArray(
            n -> {
              return new Integer[n];
            });
    query().toArray(Integer[]::new);
  }

  @Test
  void aggregate() {
    query().aggregate((x, y) -> x + y);
    query()
        .aggregate(
            (x, y) -> {
              return x + y;
            });
    query().aggregate(Integer::sum);
  }

  @Test
  void aggregateFrom() {
    query().aggregateFrom(0, (a, x) -> a + x);
    query()
        .aggregateFrom(
            0,
            (a, x) -> {
              return a + x;
            });
    query().aggregateFrom(0, Integer::sum);
  }

  @Test
  void aggregateFromSecondForm() {
    query().aggregateFrom(0, (a, x) -> a + x, a -> a);
    query()
        .aggregateFrom(
            0,
            (a, x) -> {
              return a + x;
            },
            a -> {
              return a;
            });
    query().aggregateFrom(0, Integer::sum, Function.identity());
  }

  @Test
  void aggregateFromThirdForm() {
    query().aggregateFrom(0, (a, x) -> a + x, (x, y) -> x + y, a -> a);
    query()
        .aggregateFrom(
            0,
            (a, x) -> {
              return a + x;
            },
            (x, y) -> {
              return x + y;
            },
            a -> {
              return a;
            });
    query().aggregateFrom(0, Integer::sum, Integer::sum, Function.identity());
  }

  @Test
  void aggregateWith() {
    query().aggregateWith(() -> 0, (a, x) -> a + x, (x, y) -> x + y, a -> a);
    query()
        .aggregateWith(
            () -> {
              return 0;
            },
            (a, x) -> {
              return a + x;
            },
            (x, y) -> {
              return x + y;
            },
            a -> {
              return a;
            });
    query().aggregateWith(UsageTest::zero, Integer::sum, Integer::sum, Function.identity());
  }

  @Test
  void sumInt() {
    query().sumInt(x -> x);
    query()
        .sumInt(
            x -> {
              return x;
            });
    query().sumInt(Integer::intValue);
  }

  @Test
  void sumLong() {
    query().sumLong(x -> x);
    query()
        .sumLong(
            x -> {
              return x;
            });
    query().sumLong(Integer::intValue);
  }

  @Test
  void sumDouble() {
    query().sumDouble(x -> x);
    query()
        .sumDouble(
            x -> {
              return x;
            });
    query().sumDouble(Integer::intValue);
  }

  @Test
  void averageInt() {
    query().averageInt(x -> x);
    query()
        .averageInt(
            x -> {
              return x;
            });
    query().averageInt(Integer::intValue);
  }

  @Test
  void averageLong() {
    query().averageLong(x -> x);
    query()
        .averageLong(
            x -> {
              return x;
            });
    query().averageLong(Integer::intValue);
  }

  @Test
  void averageDouble() {
    query().averageDouble(x -> x);
    query()
        .averageDouble(
            x -> {
              return x;
            });
    query().averageDouble(Integer::intValue);
  }

  @Test
  void maxInt() {
    query().maxInt(x -> x);
    query()
        .maxInt(
            x -> {
              return x;
            });
    query().maxInt(Integer::intValue);
  }

  @Test
  void maxLong() {
    query().maxLong(x -> x);
    query()
        .maxLong(
            x -> {
              return x;
            });
    query().maxLong(Integer::intValue);
  }

  @Test
  void maxDouble() {
    query().maxDouble(x -> x);
    query()
        .maxDouble(
            x -> {
              return x;
            });
    query().maxDouble(Integer::intValue);
  }

  @Test
  void minInt() {
    query().minInt(x -> x);
    query()
        .minInt(
            x -> {
              return x;
            });
    query().minInt(Integer::intValue);
  }

  @Test
  void minLong() {
    query().minLong(x -> x);
    query()
        .minLong(
            x -> {
              return x;
            });
    query().minLong(Integer::intValue);
  }

  @Test
  void minDouble() {
    query().minDouble(x -> x);
    query()
        .minDouble(
            x -> {
              return x;
            });
    query().minDouble(Integer::intValue);
  }

  @Test
  void sumBigDecimal() {
    query().sumBigDecimal(x -> BigDecimal.valueOf(x));
    query()
        .sumBigDecimal(
            x -> {
              return BigDecimal.valueOf(x);
            });
    query().sumBigDecimal(BigDecimal::valueOf);
  }

  @Test
  void averageBigDecimal() {
    query().averageBigDecimal(x -> BigDecimal.valueOf(x));
    query()
        .averageBigDecimal(
            x -> {
              return BigDecimal.valueOf(x);
            });
    query().averageBigDecimal(BigDecimal::valueOf);
  }

  @Test
  void max() {
    query().max(x -> x + 1);
    query()
        .max(
            x -> {
              return x + 1;
            });
    query().max(UsageTest::next);
  }

  @Test
  void min() {
    query().min(x -> x + 1);
    query()
        .min(
            x -> {
              return x + 1;
            });
    query().min(UsageTest::next);
  }

  private static ParallelQuery<Integer> query() {
    return ParallelEnumerable.asParallel(List.of(1)).withDegreeOfParallelism(2);
  }

  private static ParallelQuery<Integer> other() {
    return ParallelEnumerable.asParallel(List.of(1));
  }

  private static OrderedParallelQuery<Integer> sorted() {
    return query().orderBy(x -> x);
  }

  private static boolean isPositive(int x) {
    return x > 0;
  }

  private static boolean isMore(Integer x, Long i) {
    return x > i;
  }

  private static Integer next(Integer x) {
    return x + 1;
  }

  private static String both(Object x, Object y) {
    return x + "" + y;
  }

  private static List<Integer> listOf(Integer x, Long i) {
    return List.of(x);
  }

  private static void work(int x) {}

  private static int zero() {
    return 0;
  }

  private static int sized(Integer key, List<Integer> list) {
    return key + list.size();
  }
}
