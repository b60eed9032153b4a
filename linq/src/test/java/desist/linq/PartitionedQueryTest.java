// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static desist.linq.ParallelEnumerable.asParallel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.tasks.KeyedElement;
import desist.tasks.OrderablePartitioner;
import desist.tasks.Partitioner;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  private static List<Partitioner<Integer>> partitioners() {
    return List.of(
        Partitioner.create(NUMBERS, true),
        Partitioner.create(NUMBERS, false),
        Partitioner.create(NUMBERS::iterator),
        new Backwards());
  }

  /** Deals the numbers out from the last to the first, with keys that are no indexes. */
  private static final class Backwards extends OrderablePartitioner<Integer> {
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
