// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static desist.linq.ParallelEnumerable.asParallel;
import static desist.linq.ParallelEnumerable.range;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.maxBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.AggregateException;
import desist.CancellationToken;
import desist.linq.CloseableIterator;
import desist.linq.ParallelQuery;
import desist.testing.CancellationExtension;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The listings of docs/guide/parallel-queries.md. */
@ExtendWith(CancellationExtension.class)
class ParallelQueriesGuideTest {
  private final List<String> words =
      new ArrayList<>(List.of("so", "much", "depends", "upon", "a", "red", "wheel"));

  private final List<String> shown = new ArrayList<>();

  // snippet: first
  static List<String> matches(List<String> lines, String word, CancellationToken token) {
    return asParallel(lines)
        .withCancellation(token)
        .where(line -> line.contains(word))
        .select(String::strip)
        .toList();
  }

  // end

  @Test
  void queryFindsLines(CancellationToken token) {
    assertThat(matches(List.of(" so much ", "depends"), "much", token)).containsExactly("so much");
  }

  @Test
  void queryIsRunAgain() {
    // snippet: again
    ParallelQuery<String> longWords = asParallel(words).where(word -> word.length() > 4);
    int before = longWords.count();
    words.add("barrow");
    int after = longWords.count(); // runs it once more
    // end
    assertThat(after).isEqualTo(before + 1).isEqualTo(3);
  }

  @Test
  void streamRunsOnce() {
    ParallelQuery<String> once = asParallel(words.stream()).where(word -> true);
    assertThat(once.count()).isEqualTo(7);
    assertThatThrownBy(once::count).isInstanceOf(Exception.class);
  }

  @Test
  void oneSideHasTheToken(CancellationToken token) {
    List<String> first = List.of("so", "much");
    List<String> second = List.of("much", "more");
    // snippet: sides
    List<String> all = asParallel(first).withCancellation(token).union(asParallel(second)).toList();
    // end
    assertThat(all).containsExactlyInAnyOrder("so", "much", "more");
    assertThatThrownBy(
            () ->
                asParallel(first)
                    .withCancellation(token)
                    .union(asParallel(second).withCancellation(token)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void orderIsKept(CancellationToken token) {
    // snippet: order
    String text = asParallel(words).asOrdered().select(String::toUpperCase).collect(joining(" "));
    // end
    assertThat(text).isEqualTo("SO MUCH DEPENDS UPON A RED WHEEL");
    assertThatThrownBy(() -> asParallel(words).withCancellation(token).asOrdered())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void lambdasBlockTogether(CancellationToken token) {
    List<String> addresses = IntStream.range(0, 8).mapToObj(i -> "page " + i).toList();
    // snippet: blocking
    List<String> pages =
        asParallel(addresses)
            .withDegreeOfParallelism(8) // eight downloads at a time, on however few processors
            .withCancellation(token)
            .select(address -> fetch(address, token))
            .toList();
    // end
    assertThat(pages).hasSize(8);
  }

  private final CountDownLatch eight = new CountDownLatch(8);

  private String fetch(String address, CancellationToken token) {
    eight.countDown();
    while (eight.getCount() > 0) {
      token.throwIfCancellationRequested();
      Thread.onSpinWait();
    }
    return "text of " + address;
  }

  @Test
  void loopIsClosed() {
    ParallelQuery<String> query = asParallel(words).where(word -> word.length() == 4);
    // snippet: iterate
    try (CloseableIterator<String> found = query.iterator()) {
      while (found.hasNext()) {
        show(found.next()); // the workers look for the next ones meanwhile
      }
    }
    // end
    assertThat(shown).containsExactlyInAnyOrder("much", "upon");
  }

  private void show(String word) {
    shown.add(word);
  }

  @Test
  void numbersStayUnboxed() {
    // snippet: numbers
    int[] lengths =
        asParallel(words).selectToInt(String::length).where(n -> n > 2).order().toArray();
    // end
    assertThat(lengths).containsExactly(3, 4, 4, 5, 7);
  }

  @Test
  void tableIsRight() {
    assertThat(range(5, 3).toArray()).containsExactlyInAnyOrder(5, 6, 7);
    assertThat(asParallel(words).selectMany(w -> w.chars().boxed().toList()).longCount())
        .isEqualTo(26);
    assertThat(asParallel(words).collect(toSet())).containsExactlyInAnyOrderElementsOf(words);
    assertThat(asParallel(words).collect(maxBy(Comparator.comparing(String::length))))
        .contains("depends");
    assertThat(
            range(1, 100)
                .boxed()
                .<Integer, Integer>aggregateFrom(0, Integer::sum, Integer::sum, x -> x))
        .isEqualTo(5050);
    assertThat(asParallel(words).orderByInt(String::length).thenBy(word -> word).first())
        .isEqualTo("a");
    assertThat(asParallel(words).firstOrDefault(String::isEmpty)).isNull();
    assertThatThrownBy(() -> range(0, 1_000_000).sum())
        .isInstanceOf(AggregateException.class)
        .hasCauseInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> range(0, 0).max()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void forEachRunsHere() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    range(0, 10_000).selectToObj(n -> n).forEach(n -> threads.add(Thread.currentThread()));
    asParallel(words).forEach(word -> threads.add(Thread.currentThread()));
    asParallel(words)
        .select(word -> word)
        .aggregateFrom(true, (all, word) -> threads.add(Thread.currentThread()));
    range(0, 100).withDegreeOfParallelism(1).forAll(n -> threads.add(Thread.currentThread()));
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void streamLeavesTheQuery() {
    try (Stream<String> stream = asParallel(words).select(String::toUpperCase).stream()) {
      assertThat(stream.isParallel()).isFalse();
      assertThat(stream).contains("WHEEL");
    }
  }
}
