// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequences in a query that are too long to be gathered, or endless, under operators by place. */
class LongSequenceTest {
  private static final int LONG = 100_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void endlessSequenceIsReadNoFurtherThanIsTakenBehindASkip(int workers) {
    assertThat(endless(workers).skip(2).take(3).toList()).containsExactly(2, 3, 4);
    assertThat(endless(workers).skip(LONG).take(2).toList()).containsExactly(LONG, LONG + 1);
    assertThat(endless(workers).skipWhile(x -> x < LONG).take(1).toList()).containsExactly(LONG);
    assertThat(endless(workers).elementAt(LONG)).isEqualTo(LONG);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void endlessSequenceIsReadNoFurtherThanIsTakenOfItsIndexes(int workers) {
    assertThat(endless(workers).selectIndexed((x, i) -> x + i).take(3).toList())
        .containsExactly(0L, 2L, 4L);
    assertThat(endless(workers).skip(1).takeWhileIndexed((x, i) -> i < LONG).count())
        .isEqualTo(LONG);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void endlessSequenceIsReadAsFarAsAnIteratorGoes(int workers) {
    try (CloseableIterator<Integer> iterator =
        endless(workers).skip(2).selectMany(LongSequenceTest::from).iterator()) {
      assertThat(List.of(iterator.next(), iterator.next())).containsExactly(2, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void iteratorGetsAllThatIsTakenOfAnEndlessSequence(int workers) {
    for (int count : new int[] {(1 << 16) - 1, 1 << 16, LONG}) {
      List<Integer> taken = new ArrayList<>();
      try (CloseableIterator<Integer> iterator = endless(workers).take(count).iterator()) {
        iterator.forEachRemaining(taken::add);
      }

      assertThat(taken).isEqualTo(IntStream.range(0, count).boxed().toList());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void longSequencesStayInOrder(int workers) {
    ParallelQuery<Integer> query =
        ParallelEnumerable.asParallel(List.of(1, 2, 3))
            .asOrdered()
            .withDegreeOfParallelism(workers)
            .selectMany(x -> Collections.nCopies(LONG, x))
            .skip(LONG / 2)
            .selectIndexed((x, i) -> x * LONG + (int) (long) i);
    List<Integer> expected =
        IntStream.range(LONG / 2, 3 * LONG)
            .mapToObj(place -> (1 + place / LONG) * LONG + place - LONG / 2)
            .toList();

    assertThat(query.toList()).isEqualTo(expected);
    try (Stream<Integer> results = query.stream()) {
      assertThat(results.toList()).isEqualTo(expected);
    }
  }

  private static ParallelQuery<Integer> endless(int workers) {
    return ParallelEnumerable.asParallel(List.of(0, 1))
        .asOrdered()
        .withDegreeOfParallelism(workers)
        .selectMany(LongSequenceTest::from);
  }

  private static Iterable<Integer> from(int first) {
    return () -> Stream.iterate(first, x -> x + 1).iterator();
  }
}
