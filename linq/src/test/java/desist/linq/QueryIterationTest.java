// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.AggregateException;
import desist.ObjectDisposedException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryIterationTest {
  /** A source that counts how often it is opened, read and closed. */
  private static final class Counted implements Iterable<Integer> {
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final int count;

    Counted(int count) {
      this.count = count;
    }

    @Override
    public CloseableIterator<Integer> iterator() {
      opened.incrementAndGet();
      return new CloseableIterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < count;
        }

        @Override
        public Integer next() {
          return next++;
        }

        @Override
        public void close() {
          closed.incrementAndGet();
        }
      };
    }
  }

  private final Counted endless = new Counted(Integer.MAX_VALUE);

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aStepThatFailsClosesTheSource(int degree) {
    CloseableIterator<Integer> iterator =
        ParallelEnumerable.asParallel(endless)
            .withDegreeOfParallelism(degree)
            .select(
                x -> {
                  throw new IllegalStateException("boom");
                })
            .select(x -> 1)
            .iterator();
    assertThatThrownBy(iterator::next).isInstanceOf(AggregateException.class);
    assertThat(endless.closed).hasValue(1);
  }

  @Test
  void iteratorOpensNothingBeforeTheFirstStep() {
    endless.opened.set(0);
    CloseableIterator<Integer> iterator =
        ParallelEnumerable.asParallel(endless).withDegreeOfParallelism(2).select(x -> x).iterator();
    iterator.close();

    assertThat(endless.opened).hasValue(0);
    assertThatThrownBy(iterator::hasNext).isInstanceOf(ObjectDisposedException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void closeEndsTheQueryAndItsSource(int workers) {
    CloseableIterator<Integer> iterator =
        ParallelEnumerable.asParallel(endless)
            .withDegreeOfParallelism(workers)
            .select(x -> x)
            .iterator();
    iterator.next();
    iterator.close();
    iterator.close();

    assertThat(endless.closed).hasValue(1);
    assertThatThrownBy(iterator::next).isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void closeWaitsForADelegateThatRuns() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger left = new AtomicInteger();
    CloseableIterator<Integer> iterator =
        ParallelEnumerable.range(0, 2)
            .withDegreeOfParallelism(2)
            .withMergeOptions(ParallelMergeOptions.NOT_BUFFERED)
            .boxed()
            .select(
                x -> {
                  if (x == 1) {
                    inside.countDown();
                    await(release);
                    left.incrementAndGet();
                  }
                  return x;
                })
            .iterator();
    iterator.next();
    inside.await();

    var closing = TestThreads.run(iterator::close).awaitBlocked();
    assertThat(left).hasValue(0);
    release.countDown();
    closing.join();

    assertThat(left).hasValue(1);
  }

  @Test
  void closeThrowsWhatAWorkerHasThrownAndNobodyWasTold() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    RuntimeException failure = new RuntimeException();
    CloseableIterator<Integer> iterator =
        ParallelEnumerable.range(0, 2)
            .withDegreeOfParallelism(2)
            .withMergeOptions(ParallelMergeOptions.NOT_BUFFERED)
            .boxed()
            .select(
                x -> {
                  if (x == 1) {
                    inside.countDown();
                    await(release);
                    throw failure;
                  }
                  return x;
                })
            .iterator();
    iterator.next();
    await(inside);
    release.countDown();

    assertThatThrownBy(iterator::close)
        .isInstanceOfSatisfying(
            AggregateException.class,
            e -> assertThat(e.innerExceptions()).containsExactly(failure));
  }

  @Test
  void workersRestWhileNobodyFetches() {
    AtomicInteger made = new AtomicInteger();
    AtomicInteger inside = new AtomicInteger();
    Iterator<Integer> iterator =
        ParallelEnumerable.asParallel(endless)
            .withDegreeOfParallelism(2)
            .select(
                x -> {
                  inside.incrementAndGet();
                  made.incrementAndGet();
                  inside.decrementAndGet();
                  return x;
                })
            .iterator();
    iterator.next();
    TestThreads.await("buffers are full", () -> made.get() >= 2 * 1024);
    TestThreads.await(
        "no worker runs",
        () ->
            Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("desist-query-"))
                .noneMatch(
                    thread ->
                        List.of(thread.getValue()).toString().contains("Merging$WorkerOutlet")));

    assertThat(made.get()).isLessThan(2 * (1024 + 64 + 64));
    assertThat(iterator.next()).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(ParallelMergeOptions.class)
  void orderedIterationGivesAllInOrder(ParallelMergeOptions options) {
    List<Integer> seen = new ArrayList<>();
    ParallelEnumerable.asParallel(new Counted(20_000))
        .asOrdered()
        .withDegreeOfParallelism(3)
        .withMergeOptions(options)
        .where(x -> x % 3 == 0)
        .forEach(seen::add);

    assertThat(seen).isEqualTo(IntStream.range(0, 20_000).filter(x -> x % 3 == 0).boxed().toList());
  }

  @Test
  void oneWorkerMakesOneElementAStepOnTheIteratingThread() {
    Thread own = Thread.currentThread();
    AtomicInteger made = new AtomicInteger();
    Iterator<Integer> iterator =
        ParallelEnumerable.asParallel(endless)
            .withDegreeOfParallelism(1)
            .select(
                x -> {
                  assertThat(Thread.currentThread()).isSameAs(own);
                  made.incrementAndGet();
                  return x;
                })
            .iterator();

    iterator.next();
    iterator.next();

    assertThat(made).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void endlessInnerSequencesAreReadAsFarAsNeeded(int workers) {
    try (CloseableIterator<Integer> iterator =
        ParallelEnumerable.asParallel(List.of(1, 2))
            .withDegreeOfParallelism(workers)
            .selectMany(x -> endless)
            .selectMany(x -> endless)
            .iterator()) {
      assertThat(List.of(iterator.next(), iterator.next(), iterator.next()))
          .containsExactly(0, 1, 2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void closeEndsInnerSequencesThatAreOpen(int workers) {
    CloseableIterator<Integer> iterator =
        ParallelEnumerable.asParallel(List.of(1, 2))
            .withDegreeOfParallelism(workers)
            .selectMany(x -> endless)
            .iterator();
    iterator.next();
    iterator.close();

    assertThat(endless.opened.get()).isPositive();
    assertThat(endless.closed).hasValue(endless.opened.get());
  }

  @Test
  void failureEndsInnerSequencesThatAreOpen() {
    ParallelQuery<Integer> query =
        ParallelEnumerable.asParallel(List.of(1, 2))
            .selectMany(x -> endless)
            .select(x -> 1 / (x - 3));

    assertThatThrownBy(query::toList).isInstanceOf(AggregateException.class);
    assertThat(endless.closed).hasValue(endless.opened.get());
  }

  @Test
  void failedStepThrowsOnceAndEndsTheIteration() {
    CloseableIterator<Integer> iterator =
        ParallelEnumerable.asParallel(List.of(0, 1, 2))
            .withDegreeOfParallelism(1)
            .select(x -> 1 / (x - 1))
            .iterator();
    iterator.next();

    assertThatThrownBy(iterator::next).isInstanceOf(AggregateException.class);
    assertThat(iterator.hasNext()).isFalse();
    iterator.close();
  }

  @Test
  void iteratorThatCouldNotBeStartedCannotBeRetried() {
    CloseableIterator<Integer> iterator =
        ParallelEnumerable.asParallel(List.of(1, 2, 3))
            .select(x -> 1 / (x - 2))
            .orderBy(x -> x)
            .iterator();

    assertThatThrownBy(iterator::hasNext).isInstanceOf(AggregateException.class);
    assertThatThrownBy(iterator::hasNext).isInstanceOf(IllegalStateException.class);
    iterator.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
