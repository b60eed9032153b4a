// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryCancellationTest {
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();

  /** Operators that look at all elements, by their names. */
  private static final Map<String, Consumer<ParallelQuery<Integer>>> OPERATORS =
      new LinkedHashMap<>();

  static {
    OPERATORS.put("forAll", query -> query.forAll(x -> {}));
    OPERATORS.put("toArray", ParallelQuery::toArray);
    OPERATORS.put("toList", ParallelQuery::toList);
    OPERATORS.put("forEach", query -> query.forEach(x -> {}));
    OPERATORS.put("collect", query -> query.collect(Collectors.toList()));
    OPERATORS.put("count", ParallelQuery::count);
    OPERATORS.put("sumInt", query -> query.sumInt(x -> x & 1));
    OPERATORS.put("aggregate", query -> query.aggregate((x, y) -> x));
    OPERATORS.put("aggregateFrom", query -> query.aggregateFrom(0, (a, x) -> a));
    OPERATORS.put("any", query -> query.any(x -> x < 0));
    OPERATORS.put("first", query -> query.first(x -> x < 0));
    OPERATORS.put("last", query -> query.last(x -> x < 0));
    OPERATORS.put("single", query -> query.single(x -> x < 0));
    OPERATORS.put("max", ParallelQuery::max);
    OPERATORS.put("orderBy", query -> query.orderBy(x -> -x).toList());
    OPERATORS.put("orderByInt", query -> query.orderByInt(x -> -x).toList());
    OPERATORS.put("groupBy", query -> query.groupBy(x -> x % 3).toList());
    OPERATORS.put("toLookup", query -> query.toLookup(x -> x % 3));
    OPERATORS.put("toDictionary", query -> query.toDictionary(x -> x));
    OPERATORS.put("distinct", query -> query.distinct().toList());
    OPERATORS.put("where", query -> query.where(x -> false).toList());
    OPERATORS.put("take", query -> query.where(x -> true).take(1L << 40).toList());
    OPERATORS.put("takeWhile", query -> query.takeWhile(x -> true).toList());
    OPERATORS.put("skipWhile", query -> query.skipWhile(x -> true).toList());
    OPERATORS.put("reverse", query -> query.where(x -> true).reverse().toList());
    OPERATORS.put("selectMany", query -> query.selectMany(x -> List.of(x, x)).toList());
    OPERATORS.put("zip", query -> query.zip(numbers(1 << 20), (x, y) -> x).toList());
    OPERATORS.put("union", query -> query.union(numbers(9)).toList());
    OPERATORS.put("join", query -> query.join(numbers(9), x -> x, y -> y, (x, y) -> x).toList());
  }

  private static ParallelQuery<Integer> numbers(int count) {
    return ParallelEnumerable.asParallel(
        IntStream.range(0, count).boxed().collect(Collectors.toList()));
  }

  private static Iterable<Integer> endless() {
    return () -> IntStream.iterate(0, i -> i + 1 & 0xfffff).iterator();
  }

  static Iterable<String> operators() {
    return OPERATORS.keySet();
  }

  @ParameterizedTest
  @MethodSource("operators")
  void tokenCanceledBeforeRunsNoDelegateAndOpensNoSource(String operator) {
    source.cancel();
    AtomicInteger touched = new AtomicInteger();
    Iterable<Integer> spied =
        () -> {
          touched.incrementAndGet();
          return List.of(1).iterator();
        };
    ParallelQuery<Integer> query =
        ParallelEnumerable.asParallel(spied)
            .withDegreeOfParallelism(2)
            .withCancellation(token)
            .select(
                x -> {
                  touched.incrementAndGet();
                  return x;
                });

    Throwable thrown = catchThrowable(() -> OPERATORS.get(operator).accept(query));

    assertThat(thrown).isExactlyInstanceOf(OperationCanceledException.class);
    assertThat(((OperationCanceledException) thrown).token()).isSameAs(token);
    assertThat(touched).hasValue(0);
  }

  @ParameterizedTest
  @MethodSource("operators")
  void cancelEndsEveryOperatorOverAnEndlessSource(String operator) throws Exception {
    CountDownLatch running = new CountDownLatch(1000);
    AtomicInteger inside = new AtomicInteger();
    ParallelQuery<Integer> query =
        ParallelEnumerable.asParallel(endless())
            .withDegreeOfParallelism(3)
            .withCancellation(token)
            .select(
                x -> {
                  inside.incrementAndGet();
                  running.countDown();
                  if (running.getCount() == 0) { // no quicker than the test comes to cancel
                    LockSupport.parkNanos(20_000);
                  }
                  inside.decrementAndGet();
                  return x;
                });

    var thread =
        TestThreads.start(() -> catchThrowable(() -> OPERATORS.get(operator).accept(query)));
    running.await();
    source.cancelBecause(new IllegalStateException("enough"));
    Throwable thrown = thread.join();

    assertThat(thrown).isExactlyInstanceOf(OperationCanceledException.class);
    assertThat(((OperationCanceledException) thrown).token()).isSameAs(token);
    assertThat(thrown).hasCause(token.reason());
    assertThat(inside).hasValue(0);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void queryThatHasEndedLeavesNothingWithTheToken() {
    assertThat(numbers(100).withCancellation(token).count()).isEqualTo(100);
    assertThatThrownBy(() -> numbers(100).withCancellation(token).select(List.of()::get).toList())
        .isInstanceOf(AggregateException.class);

    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void cancelInADelegateLetsItGoOnAndDropsTheResult() {
    AtomicInteger after = new AtomicInteger();

    assertThatThrownBy(
            () ->
                numbers(1)
                    .withCancellation(token)
                    .select(
                        x -> {
                          source.cancel();
                          return after.incrementAndGet();
                        })
                    .toList())
        .isExactlyInstanceOf(OperationCanceledException.class);
    assertThat(after).hasValue(1);
  }

  @Test
  void joinEndsAmidTheMatchesOfOneElement() {
    AtomicInteger results = new AtomicInteger();
    ParallelQuery<Integer> joined =
        numbers(1)
            .withCancellation(token)
            .join(
                numbers(10_000),
                x -> 0,
                y -> 0,
                (x, y) -> {
                  source.cancel();
                  return results.incrementAndGet();
                });

    assertThatThrownBy(joined::toList).isExactlyInstanceOf(OperationCanceledException.class);
    assertThat(results).hasValue(1);
  }

  @Test
  void sequenceOfOneElementIsReadNoFurtherThanTheCancel() {
    AtomicInteger read = new AtomicInteger();
    ParallelQuery<Integer> flattened =
        numbers(1)
            .withCancellation(token)
            .selectMany(
                x ->
                    () -> IntStream.generate(() -> cancelAt(5, read.incrementAndGet())).iterator());

    assertThatThrownBy(flattened::toList).isExactlyInstanceOf(OperationCanceledException.class);
    assertThat(read).hasValue(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30, 20_000, 40_000, 54_000}) // in a part, and in a merge
  void comparatorIsCalledNoMoreAfterTheCancel(int at) {
    AtomicInteger calls = new AtomicInteger();
    ParallelQuery<Integer> sorted =
        numbers(5000)
            .withDegreeOfParallelism(1)
            .withCancellation(token)
            .orderBy(
                x -> x * 0x9E3779B9,
                (Integer a, Integer b) -> {
                  cancelAt(at, calls.incrementAndGet());
                  return Integer.compare(a, b);
                });

    assertThatThrownBy(sorted::toList).isExactlyInstanceOf(OperationCanceledException.class);
    assertThat(calls).hasValue(at);
  }

  private int cancelAt(int at, int now) {
    if (now == at) {
      source.cancel();
    }
    return now;
  }

  @Test
  void delegatesThatThrowForTheTokenGiveOneCancellation() {
    assertThatThrownBy(
            () ->
                numbers(1000)
                    .withDegreeOfParallelism(4)
                    .withCancellation(token)
                    .forAll(
                        x -> {
                          source.cancel();
                          token.throwIfCancellationRequested();
                        }))
        .isExactlyInstanceOf(OperationCanceledException.class)
        .hasNoSuppressedExceptions();
  }

  @Test
  void cancellationOfAnotherTokenIsAFailure() {
    OperationCanceledException foreign =
        new OperationCanceledException(CancellationToken.canceled());

    assertThatThrownBy(
            () ->
                numbers(1)
                    .withCancellation(token)
                    .forAll(
                        x -> {
                          source.cancel();
                          throw foreign;
                        }))
        .isInstanceOfSatisfying(
            AggregateException.class,
            e -> assertThat(e.innerExceptions()).containsExactly(foreign));
  }

  @Test
  void failureGoesBeforeACancellation() {
    RuntimeException failure = new RuntimeException();

    assertThatThrownBy(
            () ->
                numbers(1)
                    .withCancellation(token)
                    .forAll(
                        x -> {
                          source.cancel();
                          throw failure;
                        }))
        .isInstanceOfSatisfying(
            AggregateException.class,
            e -> assertThat(e.innerExceptions()).containsExactly(failure));
  }

  @Test
  void cancelWaitsForADelegateThatRuns() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean hasReturned = new AtomicBoolean();

    var thread =
        TestThreads.start(
            () ->
                catchThrowable(
                    () ->
                        numbers(2)
                            .withDegreeOfParallelism(2)
                            .withCancellation(token)
                            .forAll(
                                x -> {
                                  if (x == 0) { // on the worker that is not the caller
                                    inside.countDown();
                                    awaitUninterruptibly(release);
                                    hasReturned.set(true);
                                  }
                                })));
    inside.await();
    source.cancel();
    thread.awaitBlocked();
    assertThat(hasReturned).isFalse();
    release.countDown();

    assertThat(thread.join()).isExactlyInstanceOf(OperationCanceledException.class);
    assertThat(hasReturned).isTrue();
  }

  @Test
  void everyStepAfterACancellationThrows() {
    Iterator<Integer> iterator =
        ParallelEnumerable.asParallel(endless())
            .withDegreeOfParallelism(2)
            .withCancellation(token)
            .select(x -> x)
            .iterator();
    iterator.next();
    source.cancel();

    assertThatThrownBy(iterator::next).isExactlyInstanceOf(OperationCanceledException.class);
    assertThatThrownBy(iterator::hasNext).isExactlyInstanceOf(OperationCanceledException.class);
    assertThat(source.registrationCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void cancelEndsAStepThatFindsNothing(int workers) {
    AtomicInteger tested = new AtomicInteger();
    Iterator<Integer> iterator =
        numbers(100_000)
            .withDegreeOfParallelism(workers)
            .withCancellation(token)
            .where(x -> cancelAtTheFifth(tested.incrementAndGet()))
            .iterator();

    assertThatThrownBy(iterator::hasNext).isExactlyInstanceOf(OperationCanceledException.class);
    assertThat(tested).hasValueLessThan(100_000);
  }

  /** Finds nothing; cancels at the fifth element, and lets those that follow wait for that. */
  private boolean cancelAtTheFifth(int now) {
    if (cancelAt(5, now) > 5) {
      TestThreads.await("is canceled", token::isCancellationRequested);
    }
    return false;
  }

  @Test
  void queryThatWasCanceledAfterItsEndRunsNoMore() {
    ParallelQuery<Integer> query = numbers(8).withCancellation(token).select(x -> x);
    assertThat(query.toList()).hasSize(8);
    source.cancel();

    assertThatThrownBy(query::toList).isExactlyInstanceOf(OperationCanceledException.class);
  }

  @Test
  void tokenOfOneSideEndsBoth() {
    ParallelQuery<Integer> other = numbers(3).withCancellation(token);
    AtomicInteger ran = new AtomicInteger();

    assertThatThrownBy(
            () ->
                ParallelEnumerable.asParallel(endless())
                    .select(
                        x -> {
                          if (ran.incrementAndGet() == 500) {
                            source.cancel();
                          }
                          return x;
                        })
                    .concat(other)
                    .count())
        .isExactlyInstanceOf(OperationCanceledException.class);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
