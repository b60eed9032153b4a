// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.AggregateException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrimitiveQueryTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 63, 64, 65, 1000, 100_000})
  void intsGiveWhatASequentialStreamGives(int size) {
    int[] array = new Random(size).ints(size, -size, size + 1).toArray();
    for (int degree : new int[] {1, 2, 4}) {
      IntParallelQuery query =
          ParallelEnumerable.asParallel(array).asOrdered().withDegreeOfParallelism(degree);
      IntParallelQuery fitting = query.where(x -> x % 3 == 0);

      assertThat(query.select(x -> 2 * x).toArray())
          .isEqualTo(Arrays.stream(array).map(x -> 2 * x).toArray());
      assertThat(fitting.toArray())
          .isEqualTo(Arrays.stream(array).filter(x -> x % 3 == 0).toArray());
      assertThat(fitting.take(7).toArray())
          .isEqualTo(Arrays.stream(array).filter(x -> x % 3 == 0).limit(7).toArray());
      assertThat(fitting.skip(7).toArray())
          .isEqualTo(Arrays.stream(array).filter(x -> x % 3 == 0).skip(7).toArray());
      assertThat(query.skip(3).take(9).toArray())
          .isEqualTo(Arrays.stream(array).skip(3).limit(9).toArray());
      assertThat(query.takeWhile(x -> x != 3).toArray())
          .isEqualTo(Arrays.stream(array).takeWhile(x -> x != 3).toArray());
      assertThat(query.skipWhile(x -> x != 3).toArray())
          .isEqualTo(Arrays.stream(array).dropWhile(x -> x != 3).toArray());
      assertThat(fitting.reverse().reverse().toArray()).isEqualTo(fitting.toArray());
      assertThat(query.distinct().toArray()).isEqualTo(Arrays.stream(array).distinct().toArray());
      assertThat(query.concat(ParallelEnumerable.asParallel(array)).toArray())
          .isEqualTo(IntStream.concat(Arrays.stream(array), Arrays.stream(array)).toArray());
      assertThat(fitting.order().toArray())
          .isEqualTo(Arrays.stream(array).filter(x -> x % 3 == 0).sorted().toArray());
      assertThat(query.orderDescending().reverse().toArray())
          .isEqualTo(Arrays.stream(array).sorted().toArray());
      assertThat(fitting.sum()).isEqualTo(Arrays.stream(array).filter(x -> x % 3 == 0).sum());
      assertThat(fitting.longCount())
          .isEqualTo(Arrays.stream(array).filter(x -> x % 3 == 0).count());
      assertThat(query.any(x -> x == 3)).isEqualTo(Arrays.stream(array).anyMatch(x -> x == 3));
      assertThat(query.contains(3)).isEqualTo(Arrays.stream(array).anyMatch(x -> x == 3));
      assertThat(query.selectToObj(x -> "" + x).toList())
          .isEqualTo(Arrays.stream(array).mapToObj(x -> "" + x).toList());
      assertThat(query.stream().toArray()).isEqualTo(array);
      if (size > 0) {
        assertThat(query.max()).isEqualTo(Arrays.stream(array).max().orElseThrow());
        assertThat(query.min()).isEqualTo(Arrays.stream(array).min().orElseThrow());
        assertThat(query.average()).isEqualTo(Arrays.stream(array).average().orElseThrow());
        assertThat(query.first()).isEqualTo(array[0]);
        assertThat(query.last()).isEqualTo(array[size - 1]);
        assertThat(query.elementAt(size / 2)).isEqualTo(array[size / 2]);
        assertThat(query.aggregate((x, y) -> y)).isEqualTo(array[size - 1]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 63, 64, 65, 1000, 100_000})
  void longsGiveWhatASequentialStreamGives(int size) {
    long[] array = new Random(size).ints(size, -size, size + 1).mapToLong(x -> x).toArray();
    for (int degree : new int[] {1, 2, 4}) {
      LongParallelQuery query =
          ParallelEnumerable.asParallel(array).asOrdered().withDegreeOfParallelism(degree);
      LongParallelQuery fitting = query.where(x -> x % 3 == 0);

      assertThat(query.select(x -> 2 * x).toArray())
          .isEqualTo(Arrays.stream(array).map(x -> 2 * x).toArray());
      assertThat(fitting.toArray())
          .isEqualTo(Arrays.stream(array).filter(x -> x % 3 == 0).toArray());
      assertThat(fitting.take(7).toArray())
          .isEqualTo(Arrays.stream(array).filter(x -> x % 3 == 0).limit(7).toArray());
      assertThat(fitting.skip(7).toArray())
          .isEqualTo(Arrays.stream(array).filter(x -> x % 3 == 0).skip(7).toArray());
      assertThat(query.skip(3).take(9).toArray())
          .isEqualTo(Arrays.stream(array).skip(3).limit(9).toArray());
      assertThat(query.takeWhile(x -> x != 3).toArray())
          .isEqualTo(Arrays.stream(array).takeWhile(x -> x != 3).toArray());
      assertThat(query.skipWhile(x -> x != 3).toArray())
          .isEqualTo(Arrays.stream(array).dropWhile(x -> x != 3).toArray());
      assertThat(fitting.reverse().reverse().toArray()).isEqualTo(fitting.toArray());
      assertThat(query.distinct().toArray()).isEqualTo(Arrays.stream(array).distinct().toArray());
      assertThat(query.concat(ParallelEnumerable.asParallel(array)).toArray())
          .isEqualTo(LongStream.concat(Arrays.stream(array), Arrays.stream(array)).toArray());
      assertThat(fitting.order().toArray())
          .isEqualTo(Arrays.stream(array).filter(x -> x % 3 == 0).sorted().toArray());
      assertThat(query.orderDescending().reverse().toArray())
          .isEqualTo(Arrays.stream(array).sorted().toArray());
      assertThat(fitting.sum()).isEqualTo(Arrays.stream(array).filter(x -> x % 3 == 0).sum());
      assertThat(fitting.longCount())
          .isEqualTo(Arrays.stream(array).filter(x -> x % 3 == 0).count());
      assertThat(query.any(x -> x == 3)).isEqualTo(Arrays.stream(array).anyMatch(x -> x == 3));
      assertThat(query.contains(3)).isEqualTo(Arrays.stream(array).anyMatch(x -> x == 3));
      assertThat(query.selectToObj(x -> "" + x).toList())
          .isEqualTo(Arrays.stream(array).mapToObj(x -> "" + x).toList());
      assertThat(query.stream().toArray()).isEqualTo(array);
      if (size > 0) {
        assertThat(query.max()).isEqualTo(Arrays.stream(array).max().orElseThrow());
        assertThat(query.min()).isEqualTo(Arrays.stream(array).min().orElseThrow());
        assertThat(query.average()).isEqualTo(Arrays.stream(array).average().orElseThrow());
        assertThat(query.first()).isEqualTo(array[0]);
        assertThat(query.last()).isEqualTo(array[size - 1]);
        assertThat(query.elementAt(size / 2)).isEqualTo(array[size / 2]);
        assertThat(query.aggregate((x, y) -> y)).isEqualTo(array[size - 1]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 63, 64, 65, 1000, 100_000})
  void doublesGiveWhatASequentialStreamGives(int size) {
    double[] array = new Random(size).ints(size, -size, size + 1).mapToDouble(x -> x).toArray();
    for (int degree : new int[] {1, 2, 4}) {
      DoubleParallelQuery query =
          ParallelEnumerable.asParallel(array).asOrdered().withDegreeOfParallelism(degree);
      DoubleParallelQuery fitting = query.where(x -> x % 3 == 0);

      assertThat(query.select(x -> 2 * x).toArray())
          .isEqualTo(Arrays.stream(array).map(x -> 2 * x).toArray());
      assertThat(fitting.toArray())
          .isEqualTo(Arrays.stream(array).filter(x -> x % 3 == 0).toArray());
      assertThat(fitting.take(7).toArray())
          .isEqualTo(Arrays.stream(array).filter(x -> x % 3 == 0).limit(7).toArray());
      assertThat(fitting.skip(7).toArray())
          .isEqualTo(Arrays.stream(array).filter(x -> x % 3 == 0).skip(7).toArray());
      assertThat(query.skip(3).take(9).toArray())
          .isEqualTo(Arrays.stream(array).skip(3).limit(9).toArray());
      assertThat(query.takeWhile(x -> x != 3).toArray())
          .isEqualTo(Arrays.stream(array).takeWhile(x -> x != 3).toArray());
      assertThat(query.skipWhile(x -> x != 3).toArray())
          .isEqualTo(Arrays.stream(array).dropWhile(x -> x != 3).toArray());
      assertThat(fitting.reverse().reverse().toArray()).isEqualTo(fitting.toArray());
      assertThat(query.distinct().toArray()).isEqualTo(Arrays.stream(array).distinct().toArray());
      assertThat(query.concat(ParallelEnumerable.asParallel(array)).toArray())
          .isEqualTo(DoubleStream.concat(Arrays.stream(array), Arrays.stream(array)).toArray());
      assertThat(fitting.order().toArray())
          .isEqualTo(Arrays.stream(array).filter(x -> x % 3 == 0).sorted().toArray());
      assertThat(query.orderDescending().reverse().toArray())
          .isEqualTo(Arrays.stream(array).sorted().toArray());
      assertThat(fitting.sum()).isEqualTo(Arrays.stream(array).filter(x -> x % 3 == 0).sum());
      assertThat(fitting.longCount())
          .isEqualTo(Arrays.stream(array).filter(x -> x % 3 == 0).count());
      assertThat(query.any(x -> x == 3)).isEqualTo(Arrays.stream(array).anyMatch(x -> x == 3));
      assertThat(query.contains(3)).isEqualTo(Arrays.stream(array).anyMatch(x -> x == 3));
      assertThat(query.selectToObj(x -> "" + x).toList())
          .isEqualTo(Arrays.stream(array).mapToObj(x -> "" + x).toList());
      assertThat(query.stream().toArray()).isEqualTo(array);
      if (size > 0) {
        assertThat(query.max()).isEqualTo(Arrays.stream(array).max().orElseThrow());
        assertThat(query.min()).isEqualTo(Arrays.stream(array).min().orElseThrow());
        assertThat(query.average()).isEqualTo(Arrays.stream(array).average().orElseThrow());
        assertThat(query.first()).isEqualTo(array[0]);
        assertThat(query.last()).isEqualTo(array[size - 1]);
        assertThat(query.elementAt(size / 2)).isEqualTo(array[size / 2]);
        assertThat(query.aggregate((x, y) -> y)).isEqualTo(array[size - 1]);
      }
    }
  }

  @Test
  void sumThatDoesNotFitFails() {
    assertOverflow(() -> ParallelEnumerable.asParallel(new int[] {Integer.MAX_VALUE, 1}).sum());
    assertOverflow(() -> ParallelEnumerable.asParallel(new long[] {Long.MAX_VALUE, 1}).sum());
    assertOverflow(() -> ParallelEnumerable.asParallel(new long[] {Long.MIN_VALUE, -1}).average());
  }

  @Test
  void sumThatFitsDoesNotDependOnWhoAddsWhat() {
    long[] numbers = {Long.MAX_VALUE, 1, Long.MIN_VALUE, -1, Long.MAX_VALUE, Long.MIN_VALUE, 7};
    for (int degree = 1; degree <= numbers.length; degree++) {
      assertThat(ParallelEnumerable.asParallel(numbers).withDegreeOfParallelism(degree).sum())
          .isEqualTo(Arrays.stream(numbers).sum());
    }
  }

  @Test
  void nanIsTheSmallestNumber() {
    DoubleParallelQuery query =
        ParallelEnumerable.asParallel(new double[] {1, Double.NaN, -1, Double.NEGATIVE_INFINITY});

    assertThat(query.max()).isEqualTo(1);
    assertThat(query.min()).isNaN();
    assertThat(query.order().toArray())
        .containsExactly(Double.NaN, Double.NEGATIVE_INFINITY, -1, 1);
  }

  @Test
  void rangesEndAtTheLargestNumber() {
    assertThat(ParallelEnumerable.range(Integer.MAX_VALUE, 1).toArray())
        .containsExactly(Integer.MAX_VALUE);
    assertThat(ParallelEnumerable.longRange(Long.MAX_VALUE - 1, 2).toArray())
        .containsExactly(Long.MAX_VALUE - 1, Long.MAX_VALUE);
    assertThatThrownBy(() -> ParallelEnumerable.range(Integer.MAX_VALUE, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ParallelEnumerable.longRange(Long.MAX_VALUE, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ParallelEnumerable.range(0, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void longRangesHaveMoreElementsThanAnInt() {
    long count = 1L << 33;

    assertThat(ParallelEnumerable.longRange(0, count).skip(count - 1).first()).isEqualTo(count - 1);
    assertThat(ParallelEnumerable.longRange(0, Long.MAX_VALUE).first()).isZero();
    assertThat(ParallelEnumerable.longRange(0, Long.MAX_VALUE).last())
        .isEqualTo(Long.MAX_VALUE - 1);
    assertThat(byTwo(Long.MAX_VALUE).any(x -> x > 1L << 62)).isTrue();
    assertThat(byTwo(count).any(x -> x > 1L << 32)).isTrue();
  }

  /** The numbers from 0, of which the second worker begins in the middle. */
  private static LongParallelQuery byTwo(long count) {
    return ParallelEnumerable.longRange(0, count).withDegreeOfParallelism(2);
  }

  @Test
  void queryOfALongRangeEndsWhenItHasSkippedAndTakenEnough() {
    assertThat(byTwo(Long.MAX_VALUE).where(x -> x % 2 != 0).skip(3).take(3).toArray())
        .containsExactly(7, 9, 11);
  }

  @Test
  void spliteratorIsReadOnce() {
    ParallelQuery<Integer> query =
        ParallelEnumerable.asParallel(IntStream.range(0, 9).boxed().spliterator());

    assertThat(query.count()).isEqualTo(9);
    assertThatThrownBy(query::toList).isInstanceOf(IllegalStateException.class);
  }

  private static void assertOverflow(Runnable query) {
    assertThatThrownBy(query::run)
        .isInstanceOf(AggregateException.class)
        .hasCauseExactlyInstanceOf(ArithmeticException.class);
  }
}
