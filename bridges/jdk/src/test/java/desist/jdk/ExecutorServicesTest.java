// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExecutorServicesTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);
  private final List<ExecutorService> used = new ArrayList<>();

  /** An executor with one thread, or with as many as it likes. */
  record Kind(String name, Callable<ExecutorService> maker) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    Stream<Kind> kinds =
        Stream.of(
            new Kind("ThreadPoolExecutor", () -> Executors.newFixedThreadPool(1)),
            new Kind("with the queue in an array", () -> pool(new ArrayBlockingQueue<>(100))),
            new Kind("scheduled", () -> new ScheduledThreadPoolExecutor(1)),
            new Kind("wrapped", Executors::newSingleThreadExecutor),
            new Kind("ForkJoinPool", () -> new ForkJoinPool(1)),
            new Kind("cached", Executors::newCachedThreadPool));
    return Runtime.version().feature() < 21
        ? kinds
        : Stream.concat(kinds, Stream.of(new Kind("virtual threads", () -> perTask())));
  }

  private static ExecutorService perTask() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        0,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        VirtualThreads.factory());
  }

  private static ThreadPoolExecutor pool(BlockingQueue<Runnable> queue) {
    return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue);
  }

  private ExecutorService use(Kind kind) throws Exception {
    return use(kind.maker.call());
  }

  private <E extends ExecutorService> E use(E executor) {
    used.add(executor);
    return executor;
  }

  @AfterEach
  void allTasksEnd() throws InterruptedException {
    never.countDown();
    for (ExecutorService executor : used) {
      executor.shutdown();
      assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** A body that knows of interrupts only. */
  private Integer block() throws InterruptedException {
    begun.countDown();
    never.await();
    return 1;
  }

  private void occupy(ExecutorService executor) throws InterruptedException {
    CountDownLatch occupied = new CountDownLatch(1);
    executor.execute(
        () -> {
          occupied.countDown();
          awaitUninterruptibly(never);
        });
    occupied.await();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    assertThat(interrupted).isFalse();
  }

  private void assertCanceled(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(token));
  }

  private void assertCanceled(Future<?> future) {
    assertCanceled(catchThrowable(() -> future.get(10, TimeUnit.SECONDS)));
    assertCanceled(catchThrowable(future::get));
    assertThat(future.isCancelled()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aResultIsReturnedAndNothingIsLeft(Kind kind) throws Exception {
    ExecutorService executor = use(kind);

    assertThat(ExecutorServices.submit(executor, () -> 1, token).get()).isEqualTo(1);
    assertThat(ExecutorServices.submitAction(executor, () -> {}, token).get()).isNull();
    assertThat(ExecutorServices.submit(executor, () -> 1, CancellationToken.none()).get())
        .isEqualTo(1);
    assertThat(source.registrationCount()).isZero();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theTokenInterruptsABodyThatHasBegun(Kind kind) throws Exception {
    ExecutorService executor = use(kind);
    IOException reason = new IOException();
    Future<Integer> future = ExecutorServices.submit(executor, this::block, token);
    begun.await();

    source.cancelBecause(reason);

    assertCanceled(future);
    assertThat(catchThrowable(future::get)).hasCause(reason);
    assertThat(
            ExecutorServices.submit(executor, Thread::interrupted, CancellationToken.none()).get())
        .as("an interrupt that has strayed")
        .isFalse();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void cancelInterruptsABodyThatHasBegun(Kind kind) throws Exception {
    ExecutorService executor = use(kind);
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Future<?> future =
        ExecutorServices.submitAction(
            executor, () -> thrown.complete(catchThrowable(this::block)), token);
    begun.await();

    assertThat(future.cancel(true)).isTrue();

    assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    assertThat(future.isDone()).isTrue();
    assertThatThrownBy(future::get)
        .isInstanceOf(CancellationException.class)
        .isNotInstanceOf(OperationCanceledException.class);
    assertThat(ExecutorServices.submit(executor, Thread::interrupted, token).get()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aTaskIsDoneWhenItsBodyIs(Kind kind) throws Exception {
    CountDownLatch stubborn = new CountDownLatch(1);
    CountDownLatch noticed = new CountDownLatch(1);
    Future<Integer> future =
        ExecutorServices.submit(
            use(kind),
            () -> {
              catchThrowable(this::block);
              noticed.countDown();
              stubborn.await();
              return 2;
            },
            token);
    begun.await();

    source.cancel();
    noticed.await();

    assertThat(future.isDone()).isFalse();
    stubborn.countDown();
    assertThat(future.get()).as("a result counts").isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aFailureIsNoCancellation(Kind kind) throws Exception {
    IOException failure = new IOException();
    Future<Integer> future =
        ExecutorServices.submit(
            use(kind),
            () -> {
              source.cancel();
              Thread.interrupted();
              throw failure;
            },
            token);

    assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class).hasCause(failure);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aTaskWhoseTokenIsCanceledAlreadyIsBornCanceled(Kind kind) throws Exception {
    source.cancel();

    assertCanceled(ExecutorServices.submit(use(kind), this::block, token));

    assertThat(begun.getCount()).isOne();
  }

  @Test
  void aQueuedTaskLeavesTheQueueOfAThreadPool() throws Exception {
    for (BlockingQueue<Runnable> queue :
        List.<BlockingQueue<Runnable>>of(
            new LinkedBlockingQueue<>(),
            new ArrayBlockingQueue<>(100),
            new PriorityBlockingQueue<>(11, (one, two) -> 0))) {
      ThreadPoolExecutor pool = use(pool(queue));
      occupy(pool);
      CancellationTokenSource canceling = new CancellationTokenSource();
      Future<Integer> stays = ExecutorServices.submit(pool, () -> 1, token);
      Future<Integer> leaves = ExecutorServices.submit(pool, this::block, canceling.token());
      Future<Integer> leavesToo = ExecutorServices.submit(pool, this::block, canceling.token());
      Future<Integer> givenUp = ExecutorServices.submit(pool, this::block, token);

      canceling.cancel();
      givenUp.cancel(false);

      assertThat(queue).containsExactly((Runnable) stays);
      assertThat(leaves.isCancelled() && leavesToo.isCancelled()).isTrue();
      assertThat(source.registrationCount()).isOne();
      pool.remove((Runnable) stays);
      stays.cancel(false);
    }
    assertThat(begun.getCount()).isOne();
  }

  @Test
  void aQueuedTaskLeavesTheQueueOfAScheduledPool() throws Exception {
    ScheduledThreadPoolExecutor pool = use(new ScheduledThreadPoolExecutor(1));
    occupy(pool);
    Future<Integer> submitted = ExecutorServices.submit(pool, this::block, token);
    Future<Integer> delayed = ExecutorServices.schedule(pool, this::block, HOUR, token);
    Future<?> again =
        ExecutorServices.scheduleAtFixedRate(pool, begun::countDown, HOUR, HOUR, token);
    ExecutorServices.execute(pool, begun::countDown, token);
    assertThat(pool.getQueue()).hasSize(4);

    source.cancel();

    assertThat(pool.getQueue()).isEmpty();
    assertCanceled(submitted);
    assertCanceled(delayed);
    assertCanceled(again);
    assertThat(begun.getCount()).isOne();
  }

  @Test
  void aPoolThatWasShutDownEndsWhenItsLastTaskLeaves() throws Exception {
    ScheduledThreadPoolExecutor pool = use(new ScheduledThreadPoolExecutor(1));
    ExecutorServices.schedule(pool, this::block, HOUR, token);
    pool.shutdown();

    source.cancel();

    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aHundredThousandQueuedTasksAreCanceledInOneWalk() throws Exception {
    ThreadPoolExecutor pool = use(pool(new LinkedBlockingQueue<>()));
    occupy(pool);
    List<Future<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      CancellationToken linked = CancellationTokenSource.createLinkedTokenSource(token).token();
      futures.add(ExecutorServices.submit(pool, this::block, i % 2 == 0 ? token : linked));
    }

    source.cancel();

    assertThat(futures).allMatch(Future::isCancelled);
    assertThat(pool.getQueue()).isEmpty();
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void inOtherExecutorsACanceledTaskDoesNothingInItsTurn() throws Exception {
    ExecutorService executor = use(new ForkJoinPool(1));
    occupy(executor);
    Future<Integer> future = ExecutorServices.submit(executor, this::block, token);

    source.cancel();

    assertCanceled(future);
    never.countDown();
    executor.submit(() -> {}).get();
    assertThat(begun.getCount()).isOne();
  }

  @Test
  void aRefusalComesOutAndLeavesNothing() {
    ExecutorService executor = use(Executors.newCachedThreadPool());
    executor.shutdown();

    assertThatThrownBy(() -> ExecutorServices.submit(executor, () -> 1, token))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> ExecutorServices.execute(executor, () -> {}, token))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void cancellationThatRacesWithTheBeginningIsOneOrTheOther() throws Exception {
    ExecutorService executor = use(Executors.newFixedThreadPool(2));
    for (int i = 0; i < 10_000; i++) {
      CancellationTokenSource racing = new CancellationTokenSource();
      AtomicInteger begins = new AtomicInteger();
      Future<?> canceler = executor.submit(racing::cancel);

      Future<Integer> future =
          ExecutorServices.submit(executor, begins::incrementAndGet, racing.token());

      canceler.get();
      Throwable thrown = catchThrowable(future::get);
      assertThat(begins.get()).isEqualTo(thrown == null ? 1 : 0);
      assertThat(racing.registrationCount()).isZero();
    }
  }

  @Test
  void aWorkerOfAForkJoinPoolMayWaitForATaskOfItsPool() throws Exception {
    ForkJoinPool pool = use(new ForkJoinPool(1));

    Future<Integer> outer =
        ExecutorServices.submit(
            pool,
            () ->
                ExecutorServices.submit(pool, () -> 1, token).get()
                    + ExecutorServices.submit(pool, () -> 1, token).get(10, TimeUnit.SECONDS),
            token);

    assertThat(outer.get(10, TimeUnit.SECONDS)).isEqualTo(2);
  }

  @Test
  void aWorkerOfAForkJoinPoolMayInvokeTasksOfItsPool() throws Exception {
    ForkJoinPool pool = use(new ForkJoinPool(1));
    List<Callable<Integer>> tasks = List.of(() -> 1, () -> 1);

    Future<Integer> outer =
        pool.submit(
            () ->
                ExecutorServices.invokeAll(pool, tasks, token).size()
                    + ExecutorServices.invokeAny(pool, tasks, token)
                    + ExecutorServices.invokeAny(pool, tasks, Duration.ofSeconds(10), token));

    assertThat(outer.get(10, TimeUnit.SECONDS)).isEqualTo(4);
  }

  /** An executor whose tasks run where they are handed over, as the pool's one thread is busy. */
  private ExecutorService onCallersThread() throws InterruptedException {
    ThreadPoolExecutor pool = use(pool(new SynchronousQueue<>()));
    pool.setRejectedExecutionHandler(new ThreadPoolExecutor.CallerRunsPolicy());
    occupy(pool);
    return pool;
  }

  @Test
  void anInterruptOfTheCallerIsTheBodysWhereThatRunsOnHisThread() throws Exception {
    ExecutorService executor = onCallersThread();
    AtomicInteger runs = new AtomicInteger();

    Thread.currentThread().interrupt();
    Future<Integer> future = ExecutorServices.submit(executor, runs::incrementAndGet, token);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(future.get()).isEqualTo(1);

    Thread.currentThread().interrupt();
    ExecutorServices.execute(executor, runs::incrementAndGet, token);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(runs).hasValue(2);
  }

  @Test
  void aTaskThatIsCanceledWhileItIsHandedOverIsNotInTheQueue() throws Exception {
    CountDownLatch isBeingHandedOver = new CountDownLatch(1);
    CountDownLatch isLookedFor = new CountDownLatch(1);
    CountDownLatch isHandedOver = new CountDownLatch(1);
    Thread test = Thread.currentThread();
    ThreadPoolExecutor pool =
        use(
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
              @Override
              public void execute(Runnable command) {
                if (command instanceof QueuedTask) {
                  isBeingHandedOver.countDown();
                  awaitUninterruptibly(isLookedFor);
                }
                super.execute(command);
              }

              @Override
              public boolean remove(Runnable task) {
                boolean removed = super.remove(task);
                isLookedFor.countDown();
                if (Thread.currentThread() != test) {
                  awaitUninterruptibly(isHandedOver);
                }
                return removed;
              }
            });
    occupy(pool);
    TestThreads.Running<Void> canceler =
        TestThreads.run(
            () -> {
              awaitUninterruptibly(isBeingHandedOver);
              source.cancel();
            });

    Future<Integer> future = ExecutorServices.submit(pool, () -> 1, token);

    isHandedOver.countDown();
    canceler.join();
    assertCanceled(future);
    assertThat(pool.getQueue()).isEmpty();
  }

  @Test
  void whatACommandThrowsLeavesItsThread() throws Exception {
    IllegalStateException failure = new IllegalStateException();
    CompletableFuture<Throwable> handled = new CompletableFuture<>();
    ExecutorService executor =
        use(
            Executors.newSingleThreadExecutor(
                work -> {
                  Thread thread = new Thread(work);
                  thread.setUncaughtExceptionHandler((t, e) -> handled.complete(e));
                  return thread;
                }));
    ExecutorServices.execute(
        executor,
        () -> {
          throw failure;
        },
        token);

    assertThat(handled.get(10, TimeUnit.SECONDS)).isSameAs(failure);
  }

  @Test
  void aCommandThatEndsByTheTokenEndsInSilence() throws Exception {
    CompletableFuture<Throwable> handled = new CompletableFuture<>();
    ExecutorService executor =
        use(
            Executors.newSingleThreadExecutor(
                work -> {
                  Thread thread = new Thread(work);
                  thread.setUncaughtExceptionHandler((t, e) -> handled.complete(e));
                  return thread;
                }));
    ExecutorServices.execute(
        executor,
        () -> {
          begun.countDown();
          try {
            token.awaitCancellation();
          } catch (InterruptedException e) {
            // by the token
          }
          token.throwIfCancellationRequested();
        },
        token);
    begun.await();

    source.cancel();

    executor.submit(() -> {}).get();
    assertThat(handled.isDone()).isFalse();
  }

  @Test
  void aQueueThatComparesCommandsTakesNoneAndLeavesNothing() throws Exception {
    ThreadPoolExecutor pool = use(pool(new PriorityBlockingQueue<>()));
    occupy(pool);
    Ranked first = new Ranked(1);
    pool.execute(first);

    assertThatThrownBy(() -> ExecutorServices.execute(pool, new Ranked(2), token))
        .isInstanceOf(ClassCastException.class);

    assertThat(pool.getQueue()).containsExactly(first);
    assertThat(source.registrationCount()).isZero();
  }

  /** A command that can be compared with others. */
  private record Ranked(int rank) implements Runnable, Comparable<Ranked> {
    @Override
    public void run() {}

    @Override
    public int compareTo(Ranked other) {
      return Integer.compare(rank, other.rank);
    }
  }

  @Test
  void aCommandWhoseTokenIsCanceledAlreadyIsRefused() {
    source.cancel();
    ExecutorService executor = use(Executors.newCachedThreadPool());

    assertCanceled(
        catchThrowable(() -> ExecutorServices.execute(executor, begun::countDown, token)));
  }

  @Test
  void invokeAllGivesAllResultsInOrder() throws Exception {
    ExecutorService executor = use(Executors.newFixedThreadPool(2));
    IOException failure = new IOException();

    List<Future<Integer>> futures =
        ExecutorServices.invokeAll(
            executor,
            List.<Callable<Integer>>of(
                () -> 1,
                () -> {
                  throw failure;
                },
                () -> 3),
            token);

    assertThat(futures.get(0).get()).isEqualTo(1);
    assertThatThrownBy(futures.get(1)::get).hasCause(failure);
    assertThat(futures.get(2).get()).isEqualTo(3);
    assertThat(source.registrationCount()).isZero();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theTokenEndsInvokeAllWhenNothingRunsAnyMore(Kind kind) throws Exception {
    ExecutorService executor = use(kind);
    AtomicInteger running = new AtomicInteger();
    Callable<Integer> body =
        () -> {
          running.incrementAndGet();
          try {
            return block();
          } finally {
            running.decrementAndGet();
          }
        };
    TestThreads.Running<List<Future<Integer>>> caller =
        TestThreads.start(
            () -> ExecutorServices.invokeAll(executor, List.of(body, body, body), token));
    begun.await();

    source.cancel();

    assertCanceled(catchThrowable(caller::join));
    assertThat(running.get()).isZero();
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void anInterruptEndsInvokeAllAndItsTasks() throws Exception {
    ExecutorService executor = use(Executors.newFixedThreadPool(1));
    TestThreads.Running<List<Future<Integer>>> caller =
        TestThreads.start(
            () ->
                ExecutorServices.invokeAll(
                    executor, List.<Callable<Integer>>of(this::block, this::block), token));
    begun.await();

    caller.thread().interrupt();

    assertThatThrownBy(caller::join).isInstanceOf(InterruptedException.class);
    TestThreads.await("nothing is left", () -> source.registrationCount() == 0);
  }

  @Test
  void invokeAllCancelsWhatHasNotEndedInTime() throws Exception {
    ExecutorService executor = use(Executors.newFixedThreadPool(1));

    List<Future<Integer>> futures =
        ExecutorServices.invokeAll(
            executor,
            List.<Callable<Integer>>of(this::block, this::block),
            Duration.ofMillis(1),
            token);

    assertThat(futures).allMatch(Future::isCancelled);
    TestThreads.await("nothing is left", () -> source.registrationCount() == 0);
  }

  @Test
  void aTimeThatIsOverAlreadyIsNoTime() throws Exception {
    ExecutorService executor = use(Executors.newFixedThreadPool(1));
    Duration longAgo = Duration.ofSeconds(Long.MIN_VALUE);
    List<Callable<Integer>> bodies = List.of(this::block);

    assertThat(ExecutorServices.invokeAll(executor, bodies, longAgo, token))
        .allMatch(Future::isCancelled);
    assertThatThrownBy(() -> ExecutorServices.invokeAny(executor, bodies, longAgo, token))
        .isInstanceOf(TimeoutException.class);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void invokeAnyReturnsTheFirstResultAndStopsTheOthers(Kind kind) throws Exception {
    ExecutorService executor = use(kind);

    Integer result =
        ExecutorServices.invokeAny(
            executor,
            List.<Callable<Integer>>of(
                () -> {
                  throw new IOException();
                },
                () -> 2,
                this::block),
            token);

    assertThat(result).isEqualTo(2);
    TestThreads.await("nothing is left", () -> source.registrationCount() == 0);
  }

  @Test
  void invokeAnyFailsIfAllFail() {
    ExecutorService executor = use(Executors.newFixedThreadPool(1));
    IOException failure = new IOException();
    Callable<Integer> failing =
        () -> {
          throw failure;
        };

    assertThatThrownBy(() -> ExecutorServices.invokeAny(executor, List.of(failing, failing), token))
        .isInstanceOf(ExecutionException.class)
        .hasCause(failure);
    assertThatThrownBy(
            () -> ExecutorServices.invokeAny(executor, List.<Callable<Integer>>of(), token))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theTokenEndsInvokeAny(Kind kind) throws Exception {
    ExecutorService executor = use(kind);
    TestThreads.Running<Integer> caller =
        TestThreads.start(
            () ->
                ExecutorServices.invokeAny(
                    executor, List.<Callable<Integer>>of(this::block, this::block), token));
    begun.await();

    source.cancel();

    assertCanceled(catchThrowable(caller::join));
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void invokeAnyFailsIfOthersCancelAll() throws Exception {
    ThreadPoolExecutor pool = use(pool(new LinkedBlockingQueue<>()));
    occupy(pool);
    TestThreads.Running<Throwable> caller =
        TestThreads.start(
            () ->
                catchThrowable(
                    () ->
                        ExecutorServices.invokeAny(
                            pool, List.<Callable<Integer>>of(this::block, this::block), token)));
    TestThreads.await("queued", () -> pool.getQueue().size() == 2);

    pool.getQueue().forEach(task -> ((Future<?>) task).cancel(true));

    assertThat(caller.join())
        .isInstanceOf(ExecutionException.class)
        .hasCauseExactlyInstanceOf(CancellationException.class);
  }

  @Test
  void invokeAnyEndsWhenTheTimeIsOver() {
    ExecutorService executor = use(Executors.newFixedThreadPool(1));

    assertThatThrownBy(
            () ->
                ExecutorServices.invokeAny(
                    executor, List.<Callable<Integer>>of(this::block), Duration.ofMillis(1), token))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void aScheduledTaskRunsAfterItsDelayAndTellsIt() throws Exception {
    ScheduledThreadPoolExecutor pool = use(new ScheduledThreadPoolExecutor(1));

    assertThat(ExecutorServices.schedule(pool, () -> 1, Duration.ofNanos(1), token).get())
        .isEqualTo(1);
    assertThat(ExecutorServices.scheduleAction(pool, () -> {}, Duration.ZERO, token).get())
        .isNull();
    var late = ExecutorServices.schedule(pool, () -> 1, HOUR, token);
    var later = ExecutorServices.schedule(pool, () -> 1, HOUR.multipliedBy(2), token);
    assertThat(late.getDelay(TimeUnit.MINUTES)).isBetween(50L, 60L);
    assertThat(late.compareTo(later)).isNegative();
    source.cancel();
  }

  @Test
  void aPeriodicTaskRunsUntilTheTokenIsCanceled() throws Exception {
    ScheduledThreadPoolExecutor pool = use(new ScheduledThreadPoolExecutor(1));
    CountDownLatch thrice = new CountDownLatch(3);
    Duration often = Duration.ofMillis(1); // or the one at a rate leaves the other no time
    Future<?> atRate =
        ExecutorServices.scheduleAtFixedRate(pool, thrice::countDown, often, often, token);
    CountDownLatch thriceToo = new CountDownLatch(3);
    Future<?> withDelay =
        ExecutorServices.scheduleWithFixedDelay(pool, thriceToo::countDown, often, often, token);
    thrice.await();
    thriceToo.await();

    source.cancel();

    assertCanceled(atRate);
    assertCanceled(withDelay);
    TestThreads.await("has left the queue", () -> pool.getQueue().isEmpty());
    TestThreads.await("nothing is left", () -> source.registrationCount() == 0);
  }

  @Test
  void theTokenInterruptsAPeriodicTaskInItsRun() throws Exception {
    ScheduledThreadPoolExecutor pool = use(new ScheduledThreadPoolExecutor(1));
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Future<?> future =
        ExecutorServices.scheduleAtFixedRate(
            pool,
            () -> thrown.complete(catchThrowable(this::block)),
            Duration.ZERO,
            HOUR, // which the end of the task does not wait for
            token);
    begun.await();

    source.cancel();

    assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    assertCanceled(future);
    TestThreads.await("has left the queue", () -> pool.getQueue().isEmpty());
  }

  @Test
  void aPeriodicTaskThatThrowsIsNotRunAgain() throws Exception {
    ScheduledThreadPoolExecutor pool = use(new ScheduledThreadPoolExecutor(1));
    IllegalStateException failure = new IllegalStateException();
    Future<?> future =
        ExecutorServices.scheduleWithFixedDelay(
            pool,
            () -> {
              throw failure;
            },
            Duration.ZERO,
            Duration.ofNanos(1),
            token);

    assertThatThrownBy(future::get).hasCause(failure);
    TestThreads.await("has left the queue", () -> pool.getQueue().isEmpty());
    TestThreads.await("nothing is left", () -> source.registrationCount() == 0);
  }

  @Test
  void aTaskThatItsSchedulerDropsIsCanceledForThoseWhoWait() throws Exception {
    ScheduledThreadPoolExecutor pool = use(new ScheduledThreadPoolExecutor(1));
    pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    Future<?> once = ExecutorServices.schedule(pool, () -> 1, HOUR, token);
    Future<?> again = ExecutorServices.scheduleAtFixedRate(pool, () -> {}, HOUR, HOUR, token);
    Future<?> other = ExecutorServices.scheduleAtFixedRate(pool, () -> {}, HOUR, HOUR, token);
    TestThreads.Running<Throwable> waiting =
        TestThreads.start(() -> catchThrowable(again::get)).awaitBlocked();

    pool.shutdown();

    assertThat(waiting.join()).isExactlyInstanceOf(CancellationException.class);
    assertThat(once.isDone()).isTrue();
    assertThat(other.isCancelled()).isTrue();
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void cancelEndsAScheduledTaskForThoseWhoWaitThoughItsBodyRunsOn() throws Exception {
    ScheduledThreadPoolExecutor pool = use(new ScheduledThreadPoolExecutor(1));
    Future<Integer> future =
        ExecutorServices.schedule(
            pool,
            () -> {
              begun.countDown();
              awaitUninterruptibly(never);
              return 1;
            },
            Duration.ZERO,
            token);
    begun.await();
    TestThreads.Running<Throwable> waiting =
        TestThreads.start(() -> catchThrowable(future::get)).awaitBlocked();

    future.cancel(false);

    assertThat(waiting.join()).isExactlyInstanceOf(CancellationException.class);
  }

  @Test
  void scheduledTasksAreInOneOrder() {
    ScheduledThreadPoolExecutor pool = use(new ScheduledThreadPoolExecutor(1));
    var first = ExecutorServices.schedule(pool, () -> 1, HOUR, token);
    var second = ExecutorServices.schedule(pool, () -> 1, HOUR, token);

    assertThat(first.compareTo(first)).isZero();
    assertThat(first.compareTo(second)).isNegative();
    assertThat(second.compareTo(first)).isPositive();
    source.cancel();
  }

  @Test
  void aPeriodMustBePositive() {
    ScheduledThreadPoolExecutor pool = use(new ScheduledThreadPoolExecutor(1));
    assertThatThrownBy(
            () ->
                ExecutorServices.scheduleAtFixedRate(
                    pool, () -> {}, Duration.ZERO, Duration.ZERO, token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("period");
  }

  @Test
  void aBoundExecutorGivesItsTokenToAll() throws Exception {
    ThreadPoolExecutor pool = use(pool(new LinkedBlockingQueue<>()));
    ExecutorService bound = ExecutorServices.withCancellation(pool, token);
    assertThat(bound.submit(() -> 1).get()).isEqualTo(1);
    assertThat(bound.submit(() -> {}, 2).get()).isEqualTo(2);
    assertThat(bound.invokeAll(List.<Callable<Integer>>of(() -> 1))).hasSize(1);
    assertThat(bound.invokeAny(List.<Callable<Integer>>of(() -> 1))).isEqualTo(1);
    Future<Integer> running = bound.submit(this::block);
    begun.await();
    Future<?> queued = bound.submit(() -> {});
    bound.execute(() -> {});

    source.cancel();

    assertCanceled(running);
    assertCanceled(queued);
    assertThat(pool.getQueue()).isEmpty();
    assertCanceled(catchThrowable(() -> bound.execute(() -> {})));
    assertCanceled(bound.submit(() -> 1));
    assertCanceled(catchThrowable(() -> bound.invokeAll(List.<Callable<Integer>>of(() -> 1))));
    bound.shutdown();
    assertThat(pool.isShutdown()).isTrue();
  }

  @Test
  void aBoundSchedulerGivesItsTokenToAll() throws Exception {
    ScheduledThreadPoolExecutor pool = use(new ScheduledThreadPoolExecutor(1));
    var bound = ExecutorServices.withCancellation(pool, token);
    Future<Integer> once = bound.schedule(() -> 1, 1, TimeUnit.HOURS);
    Future<?> action = bound.schedule(() -> {}, 1, TimeUnit.HOURS);
    Future<?> again = bound.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.HOURS);
    Future<?> apart = bound.scheduleWithFixedDelay(() -> {}, 1, 1, TimeUnit.HOURS);

    source.cancel();

    for (Future<?> each : List.of(once, action, again, apart)) {
      assertCanceled(each);
    }
    assertThat(pool.getQueue()).isEmpty();
  }

  @Test
  void withATokenThatCannotBeCanceledABoundExecutorIsTheExecutor() {
    ExecutorService executor = use(Executors.newCachedThreadPool());
    assertThat(ExecutorServices.withCancellation(executor, CancellationToken.none()))
        .isSameAs(executor);
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_19)
  void aBoundExecutorIsClosedAsItsExecutorIs() throws Exception {
    ExecutorService bound = ExecutorServices.withCancellation(ForkJoinPool.commonPool(), token);

    TestThreads.Running<Void> closing =
        TestThreads.start(
            () -> {
              ((AutoCloseable) bound).close(); // does nothing, and does not wait
              return null;
            });

    closing.join();
  }

  @Test
  void aFutureWhoseTurnCoincidesWithTheCancellationRunsOrIsCanceled() throws Exception {
    ExecutorService executor = use(Executors.newFixedThreadPool(2));
    for (int i = 0; i < 10_000; i++) {
      CancellationTokenSource racing = new CancellationTokenSource();
      FutureTask<Integer> future = new FutureTask<>(() -> 1);
      Future<?> canceler = executor.submit(racing::cancel);

      try {
        ExecutorServices.execute(executor, future, racing.token());
        catchThrowable(() -> future.get(10, TimeUnit.SECONDS));
        assertThat(future.isDone()).isTrue();
      } catch (OperationCanceledException e) {
        // refused
      }
      canceler.get();
    }
  }

  @Test
  void aFutureThatIsDroppedIsCanceledForThoseWhoWait() throws Exception {
    ThreadPoolExecutor pool = use(pool(new LinkedBlockingQueue<>()));
    occupy(pool);
    ExecutorCompletionService<Integer> completions =
        new ExecutorCompletionService<>(ExecutorServices.withCancellation(pool, token));
    Future<Integer> future = completions.submit(this::block);

    source.cancel();

    assertThat(completions.poll(10, TimeUnit.SECONDS)).isSameAs(future);
    assertThat(future.isCancelled()).isTrue();
    assertThat(pool.getQueue()).isEmpty();
  }

  @Test
  void aRefusalOfWhatOthersHandOverLeavesNothingEither() {
    ExecutorService executor = use(Executors.newCachedThreadPool());
    executor.shutdown();
    ExecutorCompletionService<Integer> completions =
        new ExecutorCompletionService<>(ExecutorServices.withCancellation(executor, token));

    assertThatThrownBy(() -> completions.submit(() -> 1))
        .isInstanceOf(RejectedExecutionException.class);

    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void whoeverWaitsForWhatOthersHandOverIsToldByTheToken() throws Exception {
    ThreadPoolExecutor pool = use(pool(new LinkedBlockingQueue<>()));
    occupy(pool);
    ExecutorCompletionService<Integer> completions =
        new ExecutorCompletionService<>(ExecutorServices.withCancellation(pool, token));
    Future<Integer> future = completions.submit(this::block);
    TestThreads.Running<Throwable> waiting =
        TestThreads.start(() -> catchThrowable(future::get)).awaitBlocked();

    source.cancel();

    assertCanceled(waiting.join());
  }

  @Test
  void aFutureThatFailsWhereItIsCanceledHindersNobody() throws Exception {
    ThreadPoolExecutor pool = use(pool(new LinkedBlockingQueue<>()));
    occupy(pool);
    IllegalStateException failure = new IllegalStateException();
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    FutureTask<Integer> failing =
        new FutureTask<>(() -> 1) {
          @Override
          protected void done() {
            throw failure;
          }
        };
    ExecutorServices.execute(pool, failing, token);
    Future<Integer> other = ExecutorServices.submit(pool, () -> 1, token);

    TestThreads.run(
            () -> {
              Thread.currentThread()
                  .setUncaughtExceptionHandler(
                      (thread, e) -> {
                        told.complete(e);
                        throw new IllegalStateException("of the handler");
                      });
              source.cancel();
            })
        .join();

    assertThat(told.get()).isSameAs(failure);
    assertCanceled(other);
  }

  @Test
  void aStepOfACompletableFutureIsNotDropped() throws Exception {
    ThreadPoolExecutor pool = use(pool(new LinkedBlockingQueue<>()));
    ExecutorService bound = ExecutorServices.withCancellation(pool, token);
    CompletableFuture<Throwable> running =
        CompletableFuture.supplyAsync(() -> catchThrowable(this::block), bound);
    begun.await();
    CompletableFuture<Integer> queued = CompletableFuture.supplyAsync(() -> 1, bound);

    source.cancel();

    assertThat(running.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    assertThat(queued.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThatThrownBy(
            () -> CompletableFuture.completedFuture(1).thenRunAsync(() -> {}, bound).get())
        .hasCauseInstanceOf(OperationCanceledException.class);
  }

  @Test
  void nullsAreRefused() {
    ExecutorService executor = use(Executors.newCachedThreadPool());
    assertThatThrownBy(() -> ExecutorServices.submit(null, () -> 1, token))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("executor");
    assertThatThrownBy(() -> ExecutorServices.submitAction(executor, null, token))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("body");
    assertThatThrownBy(
            () ->
                ExecutorServices.invokeAll(
                    executor, Arrays.<Callable<Integer>>asList(() -> 1, null), token))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("task");
    assertThatThrownBy(() -> ExecutorServices.execute(executor, () -> {}, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("token");
  }
}
