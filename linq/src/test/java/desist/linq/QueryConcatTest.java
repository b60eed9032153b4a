// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static desist.linq.ParallelEnumerable.asParallel;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places and indexes where one query comes after another. */
@Timeout(60)
class QueryConcatTest {
  private static final List<Integer> OTHERS = List.of(4, 5, 6, 7);

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void theSecondSideCountsItsOwnIndexes(int degree) {
    assertThat(
            numbers(degree).concat(others().selectIndexed((x, i) -> 10 + (int) (long) i)).toList())
        .containsExactly(1, 2, 3, 10, 11, 12, 13);
    assertThat(numbers(degree).concat(others().whereIndexed((x, i) -> i < 2)).toList())
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(numbers(degree).concat(others().takeWhileIndexed((x, i) -> i < 1)).toList())
        .containsExactly(1, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void bothSidesAreCountedOn(int degree) {
    assertThat(numbers(degree).concat(others()).selectIndexed((x, i) -> x * 10 + i).toList())
        .containsExactly(10L, 21L, 32L, 43L, 54L, 65L, 76L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void iterationTakesWhatTheEndOfTheFirstSideReleases(int degree) {
    ParallelQuery<Integer> query = numbers(degree).where(x -> true).defaultIfEmpty(0);
    assertThat(iterated(query.concat(others()).skip(1))).containsExactly(2, 3, 4, 5, 6, 7);
    assertThat(iterated(query.concat(others()).selectIndexed((x, i) -> x - i)))
        .containsExactly(1L, 1L, 1L, 1L, 1L, 1L, 1L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void theDefaultComesInTheirPlace(int degree) {
    ParallelQuery<Integer> query = none(degree).defaultIfEmpty(0).concat(others());
    assertThat(iterated(query)).containsExactly(0, 4, 5, 6, 7);
    assertThat(query.toList()).containsExactly(0, 4, 5, 6, 7);
    assertThat(query.skip(1).toList()).containsExactly(4, 5, 6, 7);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aDefaultMayBeRefusedByAnother(int degree) {
    ParallelQuery<Integer> query = none(degree).defaultIfEmpty(8).defaultIfEmpty(9);
    assertThat(query.toList()).containsExactly(8);
    assertThat(iterated(query.where(x -> x > 8).defaultIfEmpty(10))).containsExactly(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void theDefaultIsNotHeldUpByAnEndlessSecondSide(int degree) {
    ParallelQuery<Integer> query =
        none(degree)
            .defaultIfEmpty(0)
            .concat(asParallel(() -> Stream.iterate(1, x -> x + 1).iterator()).asOrdered());
    assertThat(query.take(5).toList()).containsExactly(0, 1, 2, 3, 4);
    try (CloseableIterator<Integer> iterator = query.iterator()) {
      assertThat(iterator.next()).isZero();
    }
  }

  private static ParallelQuery<Integer> numbers(int degree) {
    return asParallel(List.of(1, 2, 3)).asOrdered().withDegreeOfParallelism(degree);
  }

  private static ParallelQuery<Integer> none(int degree) {
    return numbers(degree).where(x -> false);
  }

  private static ParallelQuery<Integer> others() {
    return asParallel(OTHERS).asOrdered();
  }

  private static <T> List<T> iterated(ParallelQuery<T> query) {
    List<T> elements = new ArrayList<>();
    query.forEach(elements::add);
    return elements;
  }
}
