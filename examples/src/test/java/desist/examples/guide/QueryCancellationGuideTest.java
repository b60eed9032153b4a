// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static desist.CancellationTokenSource.createLinkedTokenSource;
import static desist.linq.ParallelEnumerable.asParallel;
import static desist.linq.ParallelEnumerable.longRange;
import static desist.linq.ParallelEnumerable.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.linq.CloseableIterator;
import desist.linq.ParallelQuery;
import desist.tasks.Task;
import desist.testing.CancellationExtension;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The listings of docs/guide/query-cancellation.md. */
@ExtendWith(CancellationExtension.class)
class QueryCancellationGuideTest {
  // snippet: static
  private static final int EVEN =
      range(0, 1000).withDegreeOfParallelism(1).where(n -> n % 2 == 0).count();

  // end

  // snippet: token
  static int[] primes(int below, CancellationToken token) {
    return range(0, below)
        .withCancellation(token)
        .where(n -> isPrime(n))
        .orderDescending()
        .toArray(); // throws OperationCanceledException, and gives no part of the result
  }

  // end

  @Test
  void tokenStopsTheQuery(CancellationTokenSource source) {
    assertThat(primes(10, source.token())).containsExactly(7, 5, 3, 2);
    source.cancel();
    assertThatThrownBy(() -> primes(10, source.token()))
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(source.token()));
  }

  @Test
  void nothingRunsOnceTheQueryHasThrown(CancellationTokenSource source) {
    AtomicInteger running = new AtomicInteger();
    ParallelQuery<Long> endless =
        longRange(0, Long.MAX_VALUE)
            .withCancellation(source.token())
            .selectToObj(
                n -> {
                  running.incrementAndGet();
                  if (n == 1000) {
                    source.cancel();
                  }
                  running.decrementAndGet();
                  return n;
                });
    assertThatThrownBy(() -> endless.forAll(n -> {}))
        .isInstanceOf(OperationCanceledException.class);
    assertThat(running).hasValue(0);
  }

  // snippet: delegate
  static double[] simulate(List<Model> models, CancellationToken token) {
    return asParallel(models)
        .withCancellation(token) // the same token that the lambda has
        .selectToDouble(
            model -> {
              for (int step = 0; step < 1000; step++) {
                token.throwIfCancellationRequested();
                model.advance();
              }
              return model.energy();
            })
        .toArray();
  }

  // end

  @Test
  void lambdaThrowsForTheToken(CancellationTokenSource source) {
    assertThat(simulate(List.of(new Model(() -> {})), source.token())).containsExactly(1000);
    List<Model> models = List.of(new Model(source::cancel), new Model(source::cancel));
    assertThatThrownBy(() -> simulate(models, source.token()))
        .isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void onlyTheTokenOfTheQueryCounts(CancellationTokenSource source) {
    CancellationToken token = source.token();
    ParallelQuery<Integer> numbers = asParallel(List.of(1, 2, 3));
    try (var linked = createLinkedTokenSource(token)) {
      CancellationToken other = linked.token();
      assertThatThrownBy(
              () ->
                  numbers
                      .withCancellation(token)
                      .forAll(
                          n -> {
                            source.cancel();
                            other.throwIfCancellationRequested();
                          }))
          .isInstanceOf(AggregateException.class)
          .hasCauseInstanceOf(OperationCanceledException.class);
    }
    assertThatThrownBy(() -> numbers.forAll(n -> token.throwIfCancellationRequested()))
        .isInstanceOf(AggregateException.class)
        .hasCauseInstanceOf(OperationCanceledException.class);
  }

  @Test
  void failureGoesBeforeACancellation(CancellationTokenSource source) {
    assertThatThrownBy(
            () ->
                range(0, 1000)
                    .withCancellation(source.token())
                    .withDegreeOfParallelism(1)
                    .forAll(
                        n -> {
                          source.cancel();
                          throw new IllegalStateException("no disk");
                        }))
        .isInstanceOf(AggregateException.class)
        .hasRootCauseMessage("no disk");
  }

  @Test
  void whatFoldsHereIsWrapped(CancellationTokenSource source) {
    assertThatThrownBy(
            () ->
                asParallel(List.of(1, 2, 3))
                    .withCancellation(source.token())
                    .aggregateFrom(
                        0,
                        (sum, n) -> {
                          source.cancel();
                          source.token().throwIfCancellationRequested();
                          return sum + n;
                        }))
        .isInstanceOf(AggregateException.class)
        .hasCauseInstanceOf(OperationCanceledException.class);
  }

  Optional<int[]> sizesOrNothing(List<String> files, CancellationToken token) {
    // snippet: catch
    try {
      return Optional.of(sizes(files, token));
    } catch (OperationCanceledException e) {
      return Optional.empty(); // canceled, and nothing has failed
    } catch (AggregateException e) {
      e.handle(failure -> failure instanceof UncheckedIOException); // throws the others again
      return Optional.empty();
    }
    // end
  }

  @Test
  void twoClausesCatch(CancellationTokenSource source) {
    assertThat(sizesOrNothing(List.of("a", "bc"), source.token())).isPresent();
    assertThat(sizesOrNothing(List.of("a", "missing"), source.token())).isEmpty();
    assertThatThrownBy(() -> sizesOrNothing(List.of("a", "broken"), source.token()))
        .isInstanceOf(AggregateException.class)
        .hasRootCauseInstanceOf(IllegalStateException.class);
    source.cancel();
    assertThat(sizesOrNothing(List.of("a", "bc"), source.token())).isEmpty();
  }

  private static int[] sizes(List<String> files, CancellationToken token) {
    return asParallel(files)
        .withCancellation(token)
        .selectToInt(file -> read(file).length())
        .toArray();
  }

  @Test
  void lambdaCatches() {
    List<String> files = List.of("a", "missing", "bc");
    // snippet: inside
    List<String> texts =
        asParallel(files).select(file -> readOr("", file)).where(text -> !text.isEmpty()).toList();
    // end
    assertThat(texts).containsExactlyInAnyOrder("a", "bc");
  }

  @Test
  void someExceptionsComeAsTheyAre() {
    IllegalStateException failure = new IllegalStateException();
    Iterable<Integer> broken =
        () -> {
          throw failure;
        };
    ParallelQuery<Integer> query = asParallel(broken).select(n -> n);

    assertThatThrownBy(query::toList).isSameAs(failure);
    assertThatThrownBy(() -> query.sumInt(n -> n)).isInstanceOf(AggregateException.class);
    assertThatThrownBy(() -> asParallel(broken).toList()).isSameAs(failure);
    assertThatThrownBy(() -> asParallel(List.of()).first())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> asParallel(List.of(1, 1)).toDictionary(n -> n))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                range(0, 9)
                    .selectToObj(n -> n)
                    .forEach(
                        n -> {
                          throw failure;
                        }))
        .isSameAs(failure);
  }

  static String firstHit(ParallelQuery<String> query) {
    // snippet: close
    try (CloseableIterator<String> hits = query.iterator()) {
      return hits.hasNext() ? hits.next() : "none";
    } // stops the workers, waits for lambdas that run, closes the source
    // end
  }

  @Test
  void closingIsNoCancellation(CancellationTokenSource source) {
    ParallelQuery<String> query =
        longRange(0, Long.MAX_VALUE)
            .asOrdered()
            .withCancellation(source.token())
            .selectToObj(n -> "hit " + n);
    assertThat(firstHit(query)).isEqualTo("hit 0");
    assertThat(source.isCancellationRequested()).isFalse();
  }

  @Test
  void loopThatCancelsGetsNoFurtherElement(CancellationTokenSource source) {
    AtomicInteger seen = new AtomicInteger();
    ParallelQuery<Integer> query =
        range(0, 10_000).withCancellation(source.token()).selectToObj(n -> n);
    assertThatThrownBy(
            () -> {
              for (int n : query) {
                if (seen.addAndGet(n >= 0 ? 1 : 0) == 3) {
                  source.cancel();
                }
              }
            })
        .isInstanceOf(OperationCanceledException.class);
    assertThat(seen).hasValue(3);
  }

  @Test
  void taskIsCanceledByItsQuery(CancellationTokenSource source) {
    CancellationToken token = source.token();
    // snippet: task
    Task<int[]> task = Task.run(() -> primes(1_000_000, token), token);
    // end
    source.cancel();
    assertThatThrownBy(task::await).isInstanceOf(OperationCanceledException.class);
    assertThat(task.isCanceled()).isTrue();
  }

  @Test
  void queryOfOneWorkerRunsInAStaticInitializer() {
    assertThat(EVEN).isEqualTo(500);
  }

  @Test
  void interruptIsLeftAlone() {
    Thread.currentThread().interrupt();
    assertThat(range(0, 1000).where(n -> n > 5).count()).isEqualTo(994);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static boolean isPrime(int n) {
    for (int i = 2; i <= n / i; i++) {
      if (n % i == 0) {
        return false;
      }
    }
    return n > 1;
  }

  private static String readOr(String text, String file) {
    try {
      return read(file);
    } catch (UncheckedIOException e) {
      return text;
    }
  }

  private static String read(String file) {
    return switch (file) {
      case "missing" -> throw new UncheckedIOException(new FileNotFoundException(file));
      case "broken" -> throw new IllegalStateException(file);
      default -> file;
    };
  }

  /** Something that is simulated step by step. */
  static final class Model {
    private final Runnable onStep;
    private int steps;

    Model(Runnable onStep) {
      this.onStep = onStep;
    }

    void advance() {
      steps++;
      onStep.run();
    }

    double energy() {
      return steps;
    }
  }
}
