// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.AggregateException;
import desist.CancellationTokenSource;
import desist.threading.BlockingCollection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryExecutionTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 8, 100})
  void delegatesOfAllWorkersMayWaitForEachOther(int workers) {
    CyclicBarrier all = new CyclicBarrier(workers);

    ParallelEnumerable.range(0, workers).withDegreeOfParallelism(workers).forAll(x -> await(all));

    assertThat(all.isBroken()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void delegatesMayWaitForEachOtherToTheLastWhereLeavesComeInOrder(int workers) {
    CyclicBarrier all = new CyclicBarrier(workers);
    int count = 125 * workers;

    List<Integer> taken =
        ParallelEnumerable.range(0, count)
            .withDegreeOfParallelism(workers)
            .boxed()
            .where(
                x -> {
                  await(all);
                  return true;
                })
            .take(count)
            .toList();

    assertThat(taken).hasSize(count);
  }

  @Test
  void queryInAQueryInAQueryDoesNotStarve() {
    int sum =
        ParallelEnumerable.range(0, 4)
            .withDegreeOfParallelism(4)
            .boxed()
            .sumInt(
                x ->
                    ParallelEnumerable.range(0, 4)
                        .withDegreeOfParallelism(4)
                        .boxed()
                        .sumInt(
                            y -> {
                              CyclicBarrier both = new CyclicBarrier(2);
                              ParallelEnumerable.range(0, 2)
                                  .withDegreeOfParallelism(2)
                                  .forAll(z -> await(both));
                              return 1;
                            }));

    assertThat(sum).isEqualTo(16);
  }

  @Test
  void poolMakesUpForItsThreadThatWaitsForTheSource() throws Exception {
    ForkJoinPool pool = new ForkJoinPool(1);
    Iterable<Integer> source = () -> new NeedsAnotherThreadOf(pool);

    ForkJoinTask<Integer> count =
        pool.submit(
            () ->
                ParallelEnumerable.asParallel(source)
                    .withDegreeOfParallelism(2)
                    .where(QueryExecutionTest::isReadByOthersMeanwhile)
                    .count());

    assertThat(count.get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS)).isPositive();
    pool.shutdown();
  }

  private static boolean isReadByOthersMeanwhile(int element) {
    Thread.yield();
    return true;
  }

  /** Goes on until a thread reads it that is not the pool's; that one waits for a task there. */
  private static final class NeedsAnotherThreadOf implements Iterator<Integer> {
    private final ForkJoinPool pool;
    private boolean isAtEnd;

    NeedsAnotherThreadOf(ForkJoinPool pool) {
      this.pool = pool;
    }

    @Override
    public boolean hasNext() {
      return !isAtEnd;
    }

    @Override
    public Integer next() {
      if (ForkJoinTask.getPool() != pool) {
        try {
          pool.submit(() -> {}).get(TestThreads.LIMIT.toSeconds() / 2, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
          throw new AssertionError(e);
        }
        isAtEnd = true;
      }
      return 0;
    }
  }

  @Test
  void oneWorkerStaysOnTheCallingThread() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();

    IntParallelQuery query =
        ParallelEnumerable.range(0, 300)
            .withDegreeOfParallelism(1)
            .select(
                x -> {
                  threads.add(Thread.currentThread());
                  return x;
                });
    query.toArray();
    query.boxed().orderBy(x -> x).toList();
    query.boxed().forEach(x -> {});

    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void elementsThatCostMoreAreSharedOut() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CyclicBarrier both = new CyclicBarrier(2);

    // The last two lie in one piece; each waits for the other.
    ParallelEnumerable.range(0, 1000)
        .withDegreeOfParallelism(2)
        .forAll(
            x -> {
              if (x == 600 || x == 900) {
                threads.add(Thread.currentThread());
                await(both);
              }
            });

    assertThat(threads).hasSize(2);
  }

  @Test
  void leavesThatOneHasHeldUpAreSharedOut() {
    CountDownLatch others = new CountDownLatch(999);
    CyclicBarrier both = new CyclicBarrier(2);
    AtomicReference<Thread> other = new AtomicReference<>();

    List<Integer> all =
        ParallelEnumerable.range(0, 1000)
            .withDegreeOfParallelism(2)
            .boxed()
            .where(
                x -> {
                  if (x > 0) {
                    other.set(Thread.currentThread());
                    others.countDown();
                  } else {
                    await(others);
                    TestThreads.await(
                        "the other worker has nothing more to read",
                        () -> other.get().getState() != Thread.State.RUNNABLE);
                  }
                  return true;
                })
            .selectIndexed(
                (x, i) -> {
                  if (x == 300 || x == 900) { // in two leaves
                    await(both);
                  }
                  return x;
                })
            .toList();

    assertThat(all).hasSize(1000);
  }

  @Test
  void defaultComesOnlyWhenNoWorkerHasAnything() {
    Thread caller = Thread.currentThread();
    CountDownLatch inside = new CountDownLatch(1);
    AtomicBoolean hasPassed = new AtomicBoolean();

    List<Integer> all =
        ParallelEnumerable.range(0, 2)
            .withDegreeOfParallelism(2)
            .boxed()
            .where(
                x -> {
                  if (x == 0) { // on the worker that is not the caller
                    inside.countDown();
                    TestThreads.await(
                        "the caller has nothing more to read",
                        () -> hasPassed.get() && caller.getState() == Thread.State.WAITING);
                    return true;
                  }
                  await(inside);
                  hasPassed.set(true);
                  return false;
                })
            .defaultIfEmpty(9)
            .toList();

    assertThat(all).containsExactly(0);
  }

  @Test
  void sourceIsReadNoFurtherThanIsTaken() {
    AtomicInteger read = new AtomicInteger();

    List<Integer> taken =
        ParallelEnumerable.asParallel(
                () -> IntStream.range(0, 1000).peek(x -> read.incrementAndGet()).iterator())
            .withDegreeOfParallelism(1)
            .where(x -> true)
            .take(1)
            .toList();

    assertThat(taken).containsExactly(0);
    assertThat(read.get()).isLessThan(10);
  }

  @Test
  void failuresOfAllWorkersComeOutTogether() {
    CyclicBarrier all = new CyclicBarrier(3);

    assertThatThrownBy(
            () ->
                ParallelEnumerable.range(0, 3)
                    .withDegreeOfParallelism(3)
                    .forAll(
                        x -> {
                          await(all);
                          throw new IllegalStateException("" + x);
                        }))
        .isInstanceOfSatisfying(
            AggregateException.class,
            e ->
                assertThat(e.innerExceptions())
                    .extracting(Throwable::getMessage)
                    .containsExactlyInAnyOrder("0", "1", "2"));
  }

  @Test
  void errorIsAFailureAsAnyOther() {
    Error error = new AssertionError();

    assertThatThrownBy(
            () ->
                ParallelEnumerable.range(0, 3)
                    .forAll(
                        x -> {
                          throw error;
                        }))
        .isInstanceOf(AggregateException.class)
        .hasCause(error);
  }

  @Test
  void whatTheSourceThrowsWhenClosedIsSuppressedByAFailure() {
    RuntimeException failure = new RuntimeException("element");
    RuntimeException closing = new RuntimeException("close");
    AtomicBoolean hasFailed = new AtomicBoolean(); // or else each worker may

    assertThatThrownBy(
            () ->
                ParallelEnumerable.asParallel(Closing.of(closing))
                    .forAll(
                        x -> {
                          if (!hasFailed.getAndSet(true)) {
                            throw failure;
                          }
                        }))
        .isInstanceOfSatisfying(
            AggregateException.class, e -> assertThat(e.innerExceptions()).containsExactly(failure))
        .hasSuppressedException(closing);
  }

  @Test
  void whatTheSourceThrowsWhenClosedGoesBeforeACancellation() {
    CancellationTokenSource source = new CancellationTokenSource();
    RuntimeException closing = new RuntimeException("close");

    assertThatThrownBy(
            () ->
                ParallelEnumerable.asParallel(Closing.of(closing))
                    .withCancellation(source.token())
                    .forAll(x -> source.cancel()))
        .isInstanceOf(AggregateException.class)
        .hasCause(closing);
  }

  /** Two elements, whose closing throws. */
  private record Closing(Iterator<Integer> elements, RuntimeException thrown)
      implements CloseableIterator<Integer> {
    static Iterable<Integer> of(RuntimeException thrown) {
      return () -> new Closing(List.of(1, 2).iterator(), thrown);
    }

    @Override
    public boolean hasNext() {
      return elements.hasNext();
    }

    @Override
    public Integer next() {
      return elements.next();
    }

    @Override
    public void close() {
      throw thrown;
    }
  }

  @Test
  void otherWorkersStopSoonAfterAFailure() {
    CountDownLatch failed = new CountDownLatch(1);
    AtomicInteger after = new AtomicInteger();

    assertThatThrownBy(
            () ->
                ParallelEnumerable.range(0, 200_000)
                    .withDegreeOfParallelism(2)
                    .forAll(
                        x -> {
                          if (x == 0) {
                            failed.countDown();
                            throw new IllegalStateException();
                          } else if (failed.getCount() == 0) {
                            Thread.onSpinWait();
                            after.incrementAndGet();
                          }
                        }))
        .isInstanceOf(AggregateException.class);

    assertThat(after.get()).isLessThan(200_000);
  }

  @Test
  void consumingEnumerationIsHandedOutAsItComes() throws Exception {
    BlockingCollection<Integer> items = new BlockingCollection<>();
    CountDownLatch seen = new CountDownLatch(3);

    var thread =
        TestThreads.run(
            () ->
                ParallelEnumerable.asParallel(items.getConsumingEnumerable())
                    .withDegreeOfParallelism(2)
                    .forAll(x -> seen.countDown()));
    for (int i = 0; i < 3; i++) {
      items.add(i);
    }
    seen.await();
    items.completeAdding();
    thread.join();
  }

  @Test
  void interruptIsLeftAsItIs() {
    Thread.currentThread().interrupt();

    assertThat(ParallelEnumerable.range(0, 1000).withDegreeOfParallelism(4).sum())
        .isEqualTo(499_500);
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void sortsOfManyAreStable(int workers) {
    Integer[] numbers = new Random(1).ints(50_000, 0, 1000).boxed().toArray(Integer[]::new);
    Integer[] expected = numbers.clone();
    Arrays.sort(expected, Comparator.comparing(x -> x % 100));
    ParallelQuery<Integer> query =
        ParallelEnumerable.asParallel(numbers).withDegreeOfParallelism(workers);

    assertThat(query.orderBy(x -> x % 100).toArray()).isEqualTo(expected);
    assertThat(query.orderByInt(x -> x % 100).toArray()).isEqualTo(expected);
    assertThat(query.orderBy(x -> x % 100, Comparator.<Integer>naturalOrder()).toArray())
        .isEqualTo(expected);
    assertThat(query.orderBy(x -> x % 10).thenBy(x -> x % 100).toArray())
        .isEqualTo(
            Arrays.stream(numbers)
                .sorted(Comparator.comparing((Integer x) -> x % 10).thenComparing(x -> x % 100))
                .toArray());
  }

  @Test
  void contradictoryComparatorLosesNoElement() {
    Random random = new Random(1);
    List<Integer> numbers = IntStream.range(0, 50_000).boxed().toList();

    List<Integer> sorted =
        new ArrayList<>(
            ParallelEnumerable.asParallel(numbers)
                .withDegreeOfParallelism(4)
                .<Integer>orderBy(x -> x, (a, b) -> random.nextInt(3) - 1)
                .toList());

    assertThat(sorted).containsExactlyInAnyOrderElementsOf(numbers);
  }

  @Test
  void groupsOfManyKeysAreComplete() {
    List<Integer> numbers = new Random(1).ints(100_000, 0, 30_000).boxed().toList();

    Lookup<Integer, Integer> lookup =
        ParallelEnumerable.asParallel(numbers).withDegreeOfParallelism(3).toLookup(x -> x % 20_000);

    assertThat(lookup.count())
        .isEqualTo((int) numbers.stream().map(x -> x % 20_000).distinct().count());
    assertThat(lookup.stream().mapToInt(Grouping::count).sum()).isEqualTo(numbers.size());
    assertThat(lookup.get(7)).isEqualTo(numbers.stream().filter(x -> x % 20_000 == 7).toList());
    assertThat(lookup.get(-1)).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
