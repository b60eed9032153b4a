// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every loop takes a lambda, a block lambda and a method reference, also one to a method with
 * overloads, from every kind of source; and bodies that throw what they like.
 */
class ParallelUsageTest {
  private static final LongAdder RUNS = new LongAdder();

  private final CancellationToken token = new CancellationTokenSource().token();
  private final ParallelOptions options = new ParallelOptions().withCancellationToken(token);
  private final List<String> list = List.of("a", "b");
  private final String[] array = {"a", "b"};
  private final Partitioner<String> plain = Partitioner.create(list, true);
  private final OrderablePartitioner<String> keyed = Partitioner.create(list, true);
  private final AtomicLong total = new AtomicLong();

  @AfterEach
  void somethingRan() {
    assertThat(RUNS.sumThenReset()).isPositive();
  }

  @Test
  void forRange() {
    Parallel.forRange(0, 2, i -> work(i));
    Parallel.forRange(
        0,
        2,
        i -> {
          work(i);
        });
    Parallel.forRange(0, 2, ParallelUsageTest::one);
    Parallel.forRange(0, 2, ParallelUsageTest::work);
    Parallel.forRange(0, 2, options, i -> work(i));
    Parallel.forRange(0, 2, options, ParallelUsageTest::work);
    Parallel.forLongRange(0, 2, i -> work(i));
    Parallel.forLongRange(0, 2L, ParallelUsageTest::work);
    Parallel.forLongRange(0, 2, options, ParallelUsageTest::work);
  }

  @Test
  void forRangeWithState() {
    Parallel.forRangeWithState(0, 2, (i, state) -> work(i, state));
    Parallel.forRangeWithState(
        0,
        2,
        options,
        (i, state) -> {
          if (work(i) > 0) {
            state.stop();
          }
        });
    Parallel.forRangeWithState(0, 2, ParallelUsageTest::work);
    Parallel.forLongRangeWithState(0, 2, (i, state) -> work(i, state));
    Parallel.forLongRangeWithState(0, 2, options, ParallelUsageTest::work);
  }

  @Test
  void forRangeWithLocal() {
    Parallel.forRangeWithLocal(
        0, 2, () -> 0L, (i, state, sum) -> sum + work(i), sum -> total.addAndGet(sum));
    Parallel.forRangeWithLocal(
        0,
        2,
        options,
        () -> {
          return 0L;
        },
        (i, state, sum) -> {
          return sum + work(i);
        },
        total::addAndGet);
    Parallel.forRangeWithLocal(
        0,
        2,
        StringBuilder::new,
        (i, state, text) -> text.append(work(i)),
        text -> total.addAndGet(text.length()));
    Parallel.forLongRangeWithLocal(
        0, 2, () -> 0L, (i, state, sum) -> sum + work(i), total::addAndGet);
    Parallel.forLongRangeWithLocal(
        0, 2, options, Object::new, ParallelUsageTest::pass, ParallelUsageTest::work);
  }

  @Test
  void forEachRange() {
    Parallel.forEachRange(
        0,
        1000,
        (from, to) -> {
          long sum = 0;
          for (int i = from; i < to; i++) {
            sum += work(i);
          }
          total.addAndGet(sum);
        });
    assertThat(total.get()).isEqualTo(1000 * 999 / 2);
    Parallel.forEachRange(0, 2, (from, to) -> work(from, to));
    Parallel.forEachRange(0, 2, options, ParallelUsageTest::work);
    Parallel.forEachLongRange(0, 2, (from, to) -> work(from, to));
    Parallel.forEachLongRange(0, 2, options, ParallelUsageTest::work);
    Parallel.forEachRangeWithLocal(
        0, 2, () -> 0L, (from, to, sum) -> sum + work(from), total::addAndGet);
    Parallel.forEachRangeWithLocal(
        0, 2, options, Object::new, (from, to, same) -> same, ParallelUsageTest::work);
    Parallel.forEachLongRangeWithLocal(
        0, 2, () -> 0L, (from, to, sum) -> sum + to, sum -> total.addAndGet(sum));
    Parallel.forEachLongRangeWithLocal(
        0, 2, options, () -> "", (from, to, text) -> text + work(from), ParallelUsageTest::work);
  }

  @Test
  void forEach() {
    Parallel.forEach(list, x -> work(x.length()));
    Parallel.forEach(list, options, ParallelUsageTest::work);
    Parallel.forEach(
        array,
        x -> {
          work(x.length());
        });
    Parallel.forEach(array, options, ParallelUsageTest::work);
    Parallel.forEach(list.spliterator(), x -> work(x.length()));
    Parallel.forEach(list.spliterator(), options, ParallelUsageTest::work);
    Parallel.forEach(plain, x -> work(x.length()));
    Parallel.forEach(keyed, options, ParallelUsageTest::work);
    Parallel.forEach(Partitioner.create(0, 2), range -> work(range.from()));
    Parallel.forEach(Partitioner.create(0L, 2L, 1L), range -> work(range.from()));
  }

  @Test
  void forEachWithState() {
    Parallel.forEachWithState(list, (x, state) -> work(x));
    Parallel.forEachWithState(list, options, ParallelUsageTest::work);
    Parallel.forEachWithState(array, (x, state) -> work(x));
    Parallel.forEachWithState(array, options, ParallelUsageTest::work);
    Parallel.forEachWithState(plain, (x, state) -> work(x));
    Parallel.forEachWithState(keyed, options, ParallelUsageTest::work);
  }

  @Test
  void forEachIndexed() {
    Parallel.forEachIndexed(list, (x, state, index) -> work(index));
    Parallel.forEachIndexed(list, options, ParallelUsageTest::work);
    Parallel.forEachIndexed(array, (x, state, index) -> work(index));
    Parallel.forEachIndexed(array, options, ParallelUsageTest::work);
    Parallel.forEachIndexed(keyed, (x, state, index) -> work(index));
    Parallel.forEachIndexed(keyed, options, ParallelUsageTest::work);
  }

  @Test
  void forEachWithLocal() {
    Parallel.forEachWithLocal(
        list, () -> 0L, (x, state, sum) -> sum + work(x.length()), total::addAndGet);
    Parallel.forEachWithLocal(
        list, options, Object::new, ParallelUsageTest::pass, ParallelUsageTest::work);
    Parallel.forEachWithLocal(
        array, () -> 0, (x, state, sum) -> sum + x.length(), ParallelUsageTest::work);
    Parallel.forEachWithLocal(
        array, options, () -> 0, (x, state, sum) -> sum + x.length(), ParallelUsageTest::work);
    Parallel.forEachWithLocal(
        plain, () -> 0, (x, state, sum) -> sum + x.length(), ParallelUsageTest::work);
    Parallel.forEachWithLocal(
        keyed, options, () -> 0, (x, state, sum) -> sum + x.length(), ParallelUsageTest::work);
    Parallel.forEachIndexedWithLocal(
        list, () -> 0L, (x, state, index, sum) -> sum + index, ParallelUsageTest::work);
    Parallel.forEachIndexedWithLocal(
        list, options, Object::new, ParallelUsageTest::pass, ParallelUsageTest::work);
    Parallel.forEachIndexedWithLocal(
        array, () -> 0L, (x, state, index, sum) -> sum + index, total::addAndGet);
    Parallel.forEachIndexedWithLocal(
        array, options, Object::new, ParallelUsageTest::pass, ParallelUsageTest::work);
    Parallel.forEachIndexedWithLocal(
        keyed, () -> 0L, (x, state, index, sum) -> sum + index, total::addAndGet);
    Parallel.forEachIndexedWithLocal(
        keyed, options, Object::new, ParallelUsageTest::pass, ParallelUsageTest::work);
  }

  @Test
  void invoke() {
    Parallel.invoke(() -> work(1), () -> work(2));
    Parallel.invoke(
        () -> {
          work(1);
        },
        ParallelUsageTest::one,
        ParallelUsageTest::work);
    Parallel.invoke(options, () -> work(1), ParallelUsageTest::one);
    Parallel.invoke();
    Parallel.invoke(options);
  }

  @Test
  void asynchronousLoops() throws Exception {
    Task.waitAll(
        Parallel.forAsync(0, 2, (i, own) -> Task.run(() -> work(i), own)),
        Parallel.forAsync(
            0,
            2,
            token,
            (i, own) -> {
              work(i);
              return null;
            }),
        Parallel.forAsync(0, 2, options, ParallelUsageTest::begin),
        Parallel.forLongAsync(0, 2, (i, own) -> Task.run(() -> work(i), own)),
        Parallel.forLongAsync(0, 2, token, ParallelUsageTest::begin),
        Parallel.forLongAsync(0, 2, options, ParallelUsageTest::begin),
        Parallel.forEachAsync(list, (x, own) -> Task.run(() -> work(x.length()), own)),
        Parallel.forEachAsync(list, token, ParallelUsageTest::begin),
        Parallel.forEachAsync(
            list,
            options,
            (x, own) -> {
              return begin(x, own);
            }));
  }

  @Test
  void bodiesMayThrowWhatTheyLike() {
    Parallel.forRange(0, 1, i -> mayFail());
    Parallel.forLongRangeWithState(0, 1, (i, state) -> mayFail());
    Parallel.forEachRange(0, 1, (from, to) -> mayFail());
    Parallel.forEach(list, x -> mayFail());
    Parallel.forEachWithLocal(
        list, () -> mayFail(), (x, state, local) -> mayFail(), local -> mayFail());
    Parallel.invoke(() -> mayFail());
  }

  private static int mayFail() throws IOException {
    RUNS.increment();
    if (RUNS.sum() < 0) {
      throw new IOException();
    }
    return 1;
  }

  private static void one(int i) {
    RUNS.increment();
  }

  private static void one() {
    RUNS.increment();
  }

  private static int work(int i) {
    RUNS.increment();
    return i;
  }

  private static long work(long i) {
    RUNS.increment();
    return i;
  }

  private static void work() {
    RUNS.increment();
  }

  private static void work(Object x) {
    RUNS.increment();
  }

  private static void work(int from, int to) {
    RUNS.increment();
  }

  private static void work(long from, long to) {
    RUNS.increment();
  }

  private static void work(int i, ParallelLoopState state) {
    RUNS.increment();
  }

  private static void work(long i, ParallelLoopState state) {
    RUNS.increment();
  }

  private static void work(String x, ParallelLoopState state) {
    RUNS.increment();
  }

  private static void work(String x, ParallelLoopState state, long index) {
    RUNS.increment();
  }

  private static Object pass(long i, ParallelLoopState state, Object local) {
    RUNS.increment();
    return local;
  }

  private static Object pass(String x, ParallelLoopState state, Object local) {
    RUNS.increment();
    return local;
  }

  private static Object pass(String x, ParallelLoopState state, long index, Object local) {
    RUNS.increment();
    return local;
  }

  private static Task<?> begin(long i, CancellationToken token) {
    return Task.run(() -> work(i), token);
  }

  private static Task<?> begin(String x, CancellationToken token) {
    return Task.run(() -> work(1), token);
  }
}
