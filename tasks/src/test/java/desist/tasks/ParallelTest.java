// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import desist.AggregateException;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.threading.Barrier;
import desist.threading.BlockingCollection;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class ParallelTest {
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final ParallelOptions options =
      new ParallelOptions().withCancellationToken(source.token());
  private final AtomicInteger bodies = new AtomicInteger();

  // ---- Workers ----

  @Test
  void aLoopThatIsRefusedHelpersRunsInItsCaller() {
    Executor refusing =
        work -> {
          throw new RejectedExecutionException();
        };
    List<Thread> threads = new ArrayList<>();
    Parallel.forRange(
        0, 100, options.withTaskScheduler(refusing), i -> threads.add(Thread.currentThread()));
    assertThat(threads).hasSize(100).containsOnly(Thread.currentThread());
  }

  @Test
  void aLoopThatIsRefusedItsFirstWorkerRunsInItsCaller() {
    ManualScheduler scheduler = new ManualScheduler();
    scheduler.failure = new RejectedExecutionException();
    Parallel.forRange(0, 100, options.withTaskScheduler(scheduler), i -> bodies.incrementAndGet());
    assertThat(bodies).hasValue(100);
  }

  @Test
  void anExecutorThatRunsInPlaceRunsNoWorkerWithinAnother() {
    AtomicInteger depth = new AtomicInteger();
    Parallel.forRange(
        0,
        1000,
        options.withTaskScheduler(Runnable::run),
        i -> {
          assertThat(depth.incrementAndGet()).isOne();
          bodies.incrementAndGet();
          depth.decrementAndGet();
        });
    assertThat(bodies).hasValue(1000);
  }

  @Test
  void aLoopOnTheOnlyThreadOfAnExecutorEndsThere() throws Exception {
    ExecutorService single = Executors.newSingleThreadExecutor();
    try {
      single
          .submit(
              () ->
                  Parallel.forRange(
                      0, 100, options.withTaskScheduler(single), i -> bodies.incrementAndGet()))
          .get();
    } finally {
      single.shutdown();
    }
    assertThat(bodies).hasValue(100);
  }

  @Test
  void aHelperThatComesAfterTheEndRunsNothing() {
    ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    Parallel.forRange(0, 100, options.withTaskScheduler(queue::add), i -> bodies.incrementAndGet());
    assertThat(queue).hasSize(1);
    queue.remove().run();
    assertThat(bodies).hasValue(100);
  }

  @Test
  void aHelperThatNeverComesHoldsNothingOfTheLoop() {
    ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    WeakReference<Object> held = new WeakReference<>(loopThatLeavesAHelper(queue));
    TestThreads.awaitCollection(held);
    assertThat(queue).hasSize(1);
  }

  private Object loopThatLeavesAHelper(ConcurrentLinkedQueue<Runnable> queue) {
    int[] numbers = new int[100];
    Parallel.forRange(0, 100, options.withTaskScheduler(queue::add), i -> numbers[i]++);
    return numbers;
  }

  @Test
  void nestedLoopsEndHoweverDeep() {
    nest(40);
    assertThat(bodies).hasValue(2);
  }

  private void nest(int depth) {
    Parallel.forRange(
        0,
        depth == 0 ? 2 : 1,
        i -> {
          if (depth == 0) {
            bodies.incrementAndGet();
          } else {
            nest(depth - 1);
          }
        });
  }

  @Test
  void manyLoopsAtOnceInThePoolEnd() throws Exception {
    List<Task<?>> loops = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      loops.add(
          Task.runAction(
              () ->
                  Parallel.forRange(
                      0, 10, j -> Parallel.forRange(0, 10, k -> bodies.incrementAndGet()))));
    }
    Task.waitAll(loops.toArray(new Task<?>[0]));
    assertThat(bodies).hasValue(20 * 100);
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void aLoopMayRunOnVirtualThreads() {
    Barrier all = new Barrier(8);
    Parallel.forRange(
        0,
        8,
        options.withTaskScheduler(TaskScheduler.virtualThreads()),
        i -> {
          all.signalAndWait();
          bodies.incrementAndGet();
        });
    assertThat(bodies).hasValue(8);
  }

  @Test
  void noBodyRunsAfterALoopHasFailed() {
    Barrier both = new Barrier(2);
    assertThatThrownBy(
            () ->
                Parallel.forRange(
                    0,
                    1_000_000,
                    options.withMaxDegreeOfParallelism(2),
                    i -> {
                      if (bodies.incrementAndGet() <= 2) {
                        both.signalAndWait();
                        throw new IOException();
                      }
                    }))
        .isInstanceOf(AggregateException.class);
    int atReturn = bodies.get();
    assertThat(atReturn).isLessThanOrEqualTo(2);
    assertThat(bodies).hasValue(atReturn);
  }

  @Test
  void anInterruptIsKeptAndStopsNothing() {
    Thread.currentThread().interrupt();
    Parallel.forRange(0, 1000, i -> bodies.incrementAndGet());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(bodies).hasValue(1000);
  }

  // ---- Cancellation and failures ----

  @Test
  void theTokensReasonIsTheCause() {
    IOException reason = new IOException();
    OperationCanceledException thrown =
        catchThrowableOfType(
            OperationCanceledException.class,
            () -> Parallel.forRange(0, 10, options, i -> source.cancelBecause(reason)));
    assertThat(thrown).hasCause(reason);
    assertThat(thrown.token()).isSameAs(source.token());
  }

  @Test
  void aLoopIsRegisteredOnceWhileItRunsAndNotAfter() {
    Parallel.forRange(0, 10, options, i -> assertThat(source.registrationCount()).isOne());
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aCheckedExceptionComesOutAsItIs() {
    IOException failure = new IOException();
    AggregateException thrown =
        catchThrowableOfType(
            AggregateException.class,
            () ->
                Parallel.forRange(
                    0,
                    1,
                    i -> {
                      throw failure;
                    }));
    assertThat(thrown.innerExceptions()).containsExactly(failure);
  }

  @Test
  void anErrorIsCollectedToo() {
    StackOverflowError failure = new StackOverflowError();
    AggregateException thrown =
        catchThrowableOfType(
            AggregateException.class,
            () ->
                Parallel.forEachRange(
                    0,
                    10,
                    (from, to) -> {
                      throw failure;
                    }));
    assertThat(thrown.innerExceptions()).contains(failure);
  }

  @Test
  void rangesCoverEachIndexOnce() {
    AtomicLong sum = new AtomicLong();
    Parallel.forEachLongRangeWithLocal(
        -1000,
        1_000_000,
        () -> new long[1],
        (from, to, local) -> {
          for (long i = from; i < to; i++) {
            local[0] += i;
          }
          return local;
        },
        local -> sum.addAndGet(local[0]));
    assertThat(sum).hasValue(IntStream.range(-1000, 1_000_000).asLongStream().sum());
  }

  // ---- Sources ----

  @Test
  void everyElementComesOnceHoweverManyReadIt() {
    AtomicLong sum = new AtomicLong();
    Parallel.forEach(
        (Iterable<Integer>) () -> IntStream.range(0, 100_000).iterator(),
        options.withMaxDegreeOfParallelism(4),
        x -> sum.addAndGet(x));
    Parallel.forEach(
        Partitioner.create((Iterable<Integer>) () -> IntStream.range(0, 100_000).iterator()),
        options.withMaxDegreeOfParallelism(4),
        x -> sum.addAndGet(x));
    assertThat(sum).hasValue(2 * (100_000L * 99_999 / 2));
  }

  @Test
  void nullElementsAreElements() {
    List<String> list = new ArrayList<>();
    list.add(null);
    Parallel.forEach(list, x -> bodies.incrementAndGet());
    Parallel.forEach(Partitioner.create(list, true), x -> bodies.incrementAndGet());
    Parallel.forEach(new String[1], x -> bodies.incrementAndGet());
    assertThat(bodies).hasValue(3);
  }

  @Test
  void itemsOfABlockingCollectionAreHandedOutAsTheyCome() throws Exception {
    BlockingCollection<Integer> items = new BlockingCollection<>();
    Semaphore isDone = new Semaphore(0);
    TestThreads.Running<ParallelLoopResult> loop =
        TestThreads.start(
            () -> Parallel.forEach(items.getConsumingEnumerable(), x -> isDone.release()));
    for (int i = 0; i < 200; i++) {
      items.add(i);
      TestThreads.await("body " + i + " runs", isDone::tryAcquire);
    }
    items.completeAdding();
    assertThat(loop.join().isCompleted()).isTrue();
  }

  @Test
  void aSlowSourceIsWaitedForByNoMoreWorkersThanNeedBe() throws Exception {
    BlockingCollection<Integer> items = new BlockingCollection<>();
    AtomicInteger workers = new AtomicInteger();
    Semaphore isDone = new Semaphore(0);
    TestThreads.Running<ParallelLoopResult> loop =
        TestThreads.start(
            () ->
                Parallel.forEachWithLocal(
                    items.getConsumingEnumerable(),
                    workers::incrementAndGet,
                    (x, state, local) -> {
                      isDone.release();
                      return local;
                    },
                    local -> {}));
    for (int i = 0; i < 200; i++) {
      items.add(i);
      TestThreads.await("body " + i + " runs", isDone::tryAcquire);
    }
    items.completeAdding();
    loop.join();
    assertThat(workers.get()).isLessThan(50);
  }

  @Test
  void asManyWorkersAsTheLimitSaysReadASourceThatIsQuick() {
    int limit = 6;
    Phaser all = new Phaser(limit);
    Barrier met = new Barrier(limit);
    Parallel.forEach(
        (Iterable<Integer>) () -> IntStream.range(0, limit).iterator(),
        options.withMaxDegreeOfParallelism(limit),
        x -> {
          met.signalAndWait();
          all.arrive();
        });
    assertThat(all.getPhase()).isOne();
  }

  @Test
  void nothingIsReadOnceTheLoopIsToEnd() {
    AtomicInteger reads = new AtomicInteger();
    Iterable<Integer> endless =
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public Integer next() {
                return reads.incrementAndGet();
              }
            };
    Parallel.forEachWithState(
        endless,
        options.withMaxDegreeOfParallelism(2),
        (x, state) -> {
          if (x == 10) {
            state.stop();
          }
        });
    int atReturn = reads.get();
    assertThat(reads).hasValue(atReturn);
  }

  @Test
  void indexesOfAListAreItsPlaces() {
    ConcurrentHashMap<Integer, Long> places = new ConcurrentHashMap<>();
    List<Integer> list = IntStream.range(0, 1000).boxed().toList();
    Parallel.forEachIndexed(list, (x, state, index) -> places.put(x, index));
    Parallel.forEachIndexed(
        (Iterable<Integer>) list::iterator,
        (x, state, index) -> assertThat(places.get(x)).isEqualTo(index));
    assertThat(places).hasSize(1000).allSatisfy((x, at) -> assertThat(at).isEqualTo((long) x));
  }

  @Test
  void aSpliteratorIsReadToItsEnd() {
    Parallel.forEach(IntStream.range(0, 1000).boxed().spliterator(), x -> bodies.addAndGet(1));
    assertThat(bodies).hasValue(1000);
  }

  // ---- Actions ----

  @Test
  void actionsNestHoweverDeep() {
    split(12);
    assertThat(bodies).hasValue(1 << 12);
  }

  private void split(int depth) {
    if (depth == 0) {
      bodies.incrementAndGet();
    } else {
      Parallel.invoke(() -> split(depth - 1), () -> split(depth - 1));
    }
  }

  @Test
  void actionsThatAreRefusedRunInTheCaller() {
    Executor refusing =
        work -> {
          throw new RejectedExecutionException();
        };
    Parallel.invoke(
        options.withTaskScheduler(refusing), bodies::incrementAndGet, bodies::incrementAndGet);
    assertThat(bodies).hasValue(2);
  }

  @Test
  void anActionThatThrowsAForeignCancellationHasFailed() {
    TaskCanceledException foreign = new TaskCanceledException();
    AggregateException thrown =
        catchThrowableOfType(
            AggregateException.class,
            () ->
                Parallel.invoke(
                    () -> {
                      throw foreign;
                    }));
    assertThat(thrown.innerExceptions()).containsExactly(foreign);
  }
}
