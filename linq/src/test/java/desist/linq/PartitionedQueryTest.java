// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static desist.linq.ParallelEnumerable.asParallel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.AggregateException;
import desist.tasks.KeyedElement;
import desist.tasks.OrderablePartitioner;
import desist.tasks.Partitioner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionedQueryTest {
  private static final int COUNT = 10_000;

  private static final List<Integer> NUMBERS = IntStream.range(0, COUNT).boxed().toList();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void eachElementComesOnce(int degree) {
    for (Partitioner<Integer> partitioner : partitioners()) {
      ParallelQuery<Integer> query = asParallel(partitioner).withDegreeOfParallelism(degree);
      assertThat(query.select(x -> x).toList()).containsExactlyInAnyOrderElementsOf(NUMBERS);
      assertThat(query.where(x -> x % 3 == 0).count()).isEqualTo((COUNT + 2) / 3);
      assertThat(query.skip(10).count()).isEqualTo(COUNT - 10);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void keysGiveTheOrder(int degree) {
    for (Partitioner<Integer> partitioner : partitioners()) {
      ParallelQuery<Integer> query =
          asParallel(partitioner).asOrdered().withDegreeOfParallelism(degree).select(x -> x);
      assertThat(query.toList()).isEqualTo(NUMBERS);
      assertThat(query).containsExactlyElementsOf(NUMBERS);
      assertThat(query.takeWhile(x -> x < 100).toList()).isEqualTo(NUMBERS.subList(0, 100));
    }
  }

  @Test
  void aQueryEndsEarlyOnEndlessPartitions() {
    Partitioner<Integer> endless =
        Partitioner.create(() -> IntStream.iterate(0, x -> x + 1).iterator());
    assertThat(asParallel(endless).withDegreeOfParallelism(2).any(x -> x == 5000)).isTrue();
    assertThat(asParallel(endless).withDegreeOfParallelism(2).take(3).count()).isEqualTo(3);
    assertThat(asParallel(endless).asOrdered().withDegreeOfParallelism(2).take(3).toList())
        .containsExactly(0, 1, 2);
  }

  @Test
  void partitionsAreClosedOnceHoweverTheQueryEnds() {
    Backwards closed = new Backwards();
    asParallel(closed).withDegreeOfParallelism(2).toList();
    assertThat(closed.closings).hasValue(2);
    Backwards failed = new Backwards();
    assertThatThrownBy(
            () ->
                asParallel(failed)
                    .withDegreeOfParallelism(2)
                    .forAll(
                        x -> {
                          throw new IllegalArgumentException();
                        }))
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(failed.closings).hasValue(2);
  }

  @Test
  void partitionsAreClosedWhenOneOfThemIsNull() {
    Backwards partitioner =
        new Backwards() {
          @Override
          public List<Iterator<KeyedElement<Integer>>> getOrderablePartitions(int count) {
            List<Iterator<KeyedElement<Integer>>> partitions = super.getOrderablePartitions(count);
            partitions.set(1, null);
            return partitions;
          }
        };

    assertThatThrownBy(
            () -> asParallel(partitioner).asOrdered().withDegreeOfParallelism(3).toList())
        .isInstanceOf(IllegalStateException.class);
    assertThat(partitioner.closings).hasValue(2);
  }

  @ParameterizedTest
  @MethodSource("keysThatAreNoIndexes")
  void keysThatAreNoIndexesLoseNothingInSilence(List<Long> keys) {
    ParallelQuery<Long> query =
        asParallel(new Normalized(keys)).asOrdered().withDegreeOfParallelism(2);

    assertThatNoIndexes(() -> query.select(x -> x).toList());
    assertThatNoIndexes(() -> query.select(x -> x).iterator().forEachRemaining(x -> {}));
    assertThatNoIndexes(() -> query.skip(1).toList());
    assertThatNoIndexes(() -> query.selectIndexed((x, i) -> i).toList());
  }

  static List<List<Long>> keysThatAreNoIndexes() {
    return List.of(
        List.of(0L, 1L, 3L, 4L), List.of(1L, 2L), List.of(0L, 1L, 1L), List.of(0L, 0L, 2L));
  }

  private static void assertThatNoIndexes(ThrowingCallable query) {
    assertThatThrownBy(query)
        .isInstanceOf(AggregateException.class)
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("keys");
  }

  /** Claims that its keys are indexes. */
  private static final class Normalized extends OrderablePartitioner<Long> {
    private final List<Long> keys;

    Normalized(List<Long> keys) {
      super(true, true, true);
      this.keys = keys;
    }

    @Override
    public List<Iterator<KeyedElement<Long>>> getOrderablePartitions(int partitionCount) {
      List<Iterator<KeyedElement<Long>>> partitions = new ArrayList<>();
      partitions.add(keys.stream().map(key -> new KeyedElement<>((long) key, key)).iterator());
      while (partitions.size() < partitionCount) {
        partitions.add(Collections.emptyIterator());
      }
      return partitions;
    }
  }

  private static List<Partitioner<Integer>> partitioners() {
    return List.of(
        Partitioner.create(NUMBERS, true),
        Partitioner.create(NUMBERS, false),
        Partitioner.create(NUMBERS::iterator),
        new Backwards());
  }

  /** Deals the numbers out from the last to the first, with keys that are no indexes. */
  private static class Backwards extends OrderablePartitioner<Integer> {
    private final AtomicInteger closings = new AtomicInteger();

    Backwards() {
      super(false, false, false);
    }

    @Override
    public List<Iterator<KeyedElement<Integer>>> getOrderablePartitions(int partitionCount) {
      List<Iterator<KeyedElement<Integer>>> partitions = new ArrayList<>();
      for (int i = 1; i <= partitionCount; i++) {
        partitions.add(new Part(COUNT - i, partitionCount));
      }
      return partitions;
    }

    /** Every so many numbers, down to 0. */
    private final class Part implements Iterator<KeyedElement<Integer>>, AutoCloseable {
      private final int step;
      private int next;

      Part(int first, int step) {
        next = first;
        this.step = step;
      }

      @Override
      public boolean hasNext() {
        return next >= 0;
      }

      @Override
      public KeyedElement<Integer> next() {
        int number = next;
        next -= step;
        return new KeyedElement<>(10L * number, number);
      }

      @Override
      public void close() {
        closings.incrementAndGet();
      }
    }
  }
}
