// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.Timeout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WaitsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  /** What the threads wait for that hold something for the tests. */
  private static final List<CountDownLatch> ENDS = new CopyOnWriteArrayList<>();

  private static final List<TestThreads.Running<?>> HOLDERS = new CopyOnWriteArrayList<>();

  private static final List<WatchService> SERVICES = new CopyOnWriteArrayList<>();

  @TempDir static Path directory;

  private final CancellationTokenSource source = new CancellationTokenSource();

  @AfterAll
  static void endHolders() throws Exception {
    ENDS.forEach(CountDownLatch::countDown);
    for (TestThreads.Running<?> holder : HOLDERS) {
      holder.join();
    }
    for (WatchService service : SERVICES) {
      service.close();
    }
  }

  /** A wait that lasts until {@code release}, and what it then returns. */
  record Wait(String name, Body body, Callable<?> release, Object result) {
    @Override
    public String toString() {
      return name;
    }
  }

  interface Body {
    Object call(CancellationToken token) throws Exception;
  }

  interface Action {
    void run(CancellationToken token) throws Exception;
  }

  static Stream<Wait> waits() {
    return Stream.of(
            locks(),
            queues(),
            deques(),
            transfers(),
            synchronizers(),
            permits(),
            meetings(),
            threads(),
            executors(),
            futures(),
            watches())
        .flatMap(List::stream);
  }

  private static List<Wait> locks() {
    Held lock = new Held();
    Held limited = new Held();
    ReentrantLock own = new ReentrantLock();
    Condition signal = own.newCondition();
    Callable<?> signaling =
        () -> {
          own.lock();
          signal.signalAll();
          own.unlock();
          return null;
        };
    return List.of(
        action("lock", token -> Waits.lock(lock.lock, token), lock::release),
        new Wait(
            "tryLock", token -> Waits.tryLock(limited.lock, HOUR, token), limited::release, true),
        action(
            "await of a condition",
            token -> {
              own.lock();
              try {
                Waits.await(signal, token);
              } finally {
                own.unlock();
              }
            },
            signaling),
        new Wait(
            "timed await of a condition",
            token -> {
              own.lock();
              try {
                return Waits.await(signal, HOUR, token);
              } finally {
                own.unlock();
              }
            },
            signaling,
            true));
  }

  private static List<Wait> queues() {
    ArrayBlockingQueue<Integer> empty = new ArrayBlockingQueue<>(1);
    ArrayBlockingQueue<Integer> full = new ArrayBlockingQueue<>(1, false, List.of(0));
    return List.of(
        new Wait("take", token -> Waits.take(empty, token), () -> empty.add(1), 1),
        new Wait("poll", token -> Waits.poll(empty, HOUR, token), () -> empty.add(1), 1),
        action("put", token -> Waits.put(full, 1, token), full::remove),
        new Wait("offer", token -> Waits.offer(full, 1, HOUR, token), full::remove, true));
  }

  private static List<Wait> deques() {
    LinkedBlockingDeque<Integer> empty = new LinkedBlockingDeque<>(1);
    LinkedBlockingDeque<Integer> full = new LinkedBlockingDeque<>(1);
    full.add(0);
    Callable<?> add = () -> empty.add(1);
    return List.of(
        new Wait("takeFirst", token -> Waits.takeFirst(empty, token), add, 1),
        new Wait("takeLast", token -> Waits.takeLast(empty, token), add, 1),
        new Wait("pollFirst", token -> Waits.pollFirst(empty, HOUR, token), add, 1),
        new Wait("pollLast", token -> Waits.pollLast(empty, HOUR, token), add, 1),
        action("putFirst", token -> Waits.putFirst(full, 1, token), full::remove),
        action("putLast", token -> Waits.putLast(full, 1, token), full::remove),
        new Wait("offerFirst", token -> Waits.offerFirst(full, 1, HOUR, token), full::remove, true),
        new Wait("offerLast", token -> Waits.offerLast(full, 1, HOUR, token), full::remove, true));
  }

  private static List<Wait> transfers() {
    LinkedTransferQueue<Integer> queue = new LinkedTransferQueue<>();
    return List.of(
        action("transfer", token -> Waits.transfer(queue, 1, token), queue::take),
        new Wait(
            "tryTransfer", token -> Waits.tryTransfer(queue, 1, HOUR, token), queue::take, true));
  }

  private static List<Wait> synchronizers() {
    CountDownLatch latch = new CountDownLatch(1);
    CountDownLatch limited = new CountDownLatch(1);
    Phaser phaser = new Phaser(1);
    Phaser limitedPhaser = new Phaser(1);
    return List.of(
        action("await of a latch", token -> Waits.await(latch, token), counting(latch)),
        new Wait(
            "timed await of a latch",
            token -> Waits.await(limited, HOUR, token),
            counting(limited),
            true),
        new Wait("awaitAdvance", token -> Waits.awaitAdvance(phaser, 0, token), phaser::arrive, 1),
        new Wait(
            "timed awaitAdvance",
            token -> Waits.awaitAdvance(limitedPhaser, 0, HOUR, token),
            limitedPhaser::arrive,
            1));
  }

  private static List<Wait> permits() {
    Semaphore one = new Semaphore(0);
    Semaphore two = new Semaphore(0);
    return List.of(
        action("acquire", token -> Waits.acquire(one, token), releasing(one, 1)),
        action("acquire of two", token -> Waits.acquire(two, 2, token), releasing(two, 2)),
        new Wait(
            "tryAcquire", token -> Waits.tryAcquire(one, HOUR, token), releasing(one, 1), true),
        new Wait(
            "tryAcquire of two",
            token -> Waits.tryAcquire(two, 2, HOUR, token),
            releasing(two, 2),
            true));
  }

  private static Callable<?> counting(CountDownLatch latch) {
    return () -> {
      latch.countDown();
      return null;
    };
  }

  private static Callable<?> releasing(Semaphore semaphore, int permits) {
    return () -> {
      semaphore.release(permits);
      return null;
    };
  }

  private static List<Wait> meetings() {
    CyclicBarrier barrier = new CyclicBarrier(2);
    CyclicBarrier limited = new CyclicBarrier(2);
    Exchanger<Integer> exchanger = new Exchanger<>();
    return List.of(
        new Wait("await of a barrier", token -> Waits.await(barrier, token), barrier::await, 1),
        new Wait(
            "timed await of a barrier",
            token -> Waits.await(limited, HOUR, token),
            limited::await,
            1),
        new Wait(
            "exchange",
            token -> Waits.exchange(exchanger, 0, token),
            () -> exchanger.exchange(1),
            1),
        new Wait(
            "timed exchange",
            token -> Waits.exchange(exchanger, 0, HOUR, token),
            () -> exchanger.exchange(1),
            1));
  }

  private static List<Wait> threads() {
    CountDownLatch end = end();
    Thread thread = holder(() -> awaitPlainly(end));
    CountDownLatch limitedEnd = end();
    Thread limited = holder(() -> awaitPlainly(limitedEnd));
    return List.of(
        action("join", token -> Waits.join(thread, token), counting(end)),
        new Wait(
            "timed join", token -> Waits.join(limited, HOUR, token), counting(limitedEnd), true));
  }

  private static List<Wait> executors() {
    CountDownLatch end = end();
    ExecutorService executor = endingAfter(end);
    CountDownLatch limitedEnd = end();
    ExecutorService limited = endingAfter(limitedEnd);
    return List.of(
        action("awaitTermination", token -> Waits.awaitTermination(executor, token), counting(end)),
        new Wait(
            "timed awaitTermination",
            token -> Waits.awaitTermination(limited, HOUR, token),
            counting(limitedEnd),
            true));
  }

  private static List<Wait> futures() {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    CompletableFuture<Integer> limited = new CompletableFuture<>();
    return List.of(
        new Wait("get", token -> Waits.get(future, token), () -> future.complete(1), 1),
        new Wait(
            "timed get", token -> Waits.get(limited, HOUR, token), () -> limited.complete(1), 1));
  }

  private static List<Wait> watches() {
    Watched watched = new Watched();
    Watched limited = new Watched();
    return List.of(
        new Wait(
            "take of a key",
            token -> Waits.take(watched.service, token),
            watched::change,
            watched.key),
        new Wait(
            "poll of a key",
            token -> Waits.poll(limited.service, HOUR, token),
            limited::change,
            limited.key));
  }

  private static ExecutorService endingAfter(CountDownLatch end) {
    ExecutorService executor = Executors.newCachedThreadPool();
    executor.execute(() -> awaitPlainly(end));
    executor.shutdown();
    return executor;
  }

  private static CountDownLatch end() {
    CountDownLatch end = new CountDownLatch(1);
    ENDS.add(end);
    return end;
  }

  private static Thread holder(Runnable body) {
    TestThreads.Running<Void> running = TestThreads.run(body);
    HOLDERS.add(running);
    return running.thread();
  }

  private static void awaitPlainly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Wait action(String name, Action body, Callable<?> release) {
    return new Wait(
        name,
        token -> {
          body.run(token);
          return "done";
        },
        release,
        "done");
  }

  @ParameterizedTest
  @MethodSource("waits")
  void itReturnsWhatItWaitedForAndLeavesNothing(Wait wait) throws Exception {
    TestThreads.Running<Object> waiter =
        TestThreads.start(() -> wait.body.call(source.token())).awaitBlocked();

    wait.release.call();

    assertThat(waiter.join()).isEqualTo(wait.result);
    assertThat(source.registrationCount()).isZero();
  }

  @ParameterizedTest
  @MethodSource("waits")
  void theTokenEndsItWithItsReason(Wait wait) throws Exception {
    IOException reason = new IOException();
    TestThreads.Running<Throwable> waiter = startAndCatch(wait).awaitBlocked();

    source.cancelBecause(reason);

    assertThat(waiter.join())
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(source.token()))
        .hasCause(reason);
  }

  @ParameterizedTest
  @MethodSource("waits")
  void anInterruptStaysOne(Wait wait) throws Exception {
    TestThreads.Running<Throwable> waiter = startAndCatch(wait).awaitBlocked();

    waiter.thread().interrupt();

    assertThat(waiter.join()).isInstanceOf(InterruptedException.class);
    assertThat(source.registrationCount()).isZero();
  }

  @ParameterizedTest
  @MethodSource("waits")
  void aTokenThatIsCanceledAlreadyBeginsNothing(Wait wait) throws Exception {
    source.cancel();

    assertThat(startAndCatch(wait).join()).isInstanceOf(OperationCanceledException.class);
  }

  @ParameterizedTest
  @MethodSource("waits")
  void withATokenThatCannotBeCanceledItIsThePlainCall(Wait wait) throws Exception {
    TestThreads.Running<Object> waiter =
        TestThreads.start(() -> wait.body.call(CancellationToken.none())).awaitBlocked();

    wait.release.call();

    assertThat(waiter.join()).isEqualTo(wait.result);
  }

  /** Returns what the wait throws; its thread must be left without an interrupt. */
  private TestThreads.Running<Throwable> startAndCatch(Wait wait) {
    return TestThreads.start(
        () -> {
          Throwable thrown = catchThrowable(() -> wait.body.call(source.token()));
          assertThat(Thread.currentThread().isInterrupted()).isFalse();
          return thrown;
        });
  }

  @Test
  void aTimeThatIsOverEndsIt() throws Exception {
    CancellationToken token = source.token();
    Duration passed = Duration.ofSeconds(-1);
    Duration soon = Duration.ofNanos(1);
    Held held = new Held();
    ReentrantLock own = new ReentrantLock();
    own.lock();
    ArrayBlockingQueue<Integer> full = new ArrayBlockingQueue<>(1, false, List.of(0));

    assertThat(Waits.tryLock(held.lock, soon, token)).isFalse();
    assertThat(Waits.await(own.newCondition(), soon, token)).isFalse();
    assertThat(Waits.poll(new ArrayBlockingQueue<Integer>(1), passed, token)).isNull();
    assertThat(Waits.offer(full, 1, soon, token)).isFalse();
    assertThat(Waits.await(new CountDownLatch(1), passed, token)).isFalse();
    assertThat(Waits.tryAcquire(new Semaphore(0), soon, token)).isFalse();
    assertThat(Waits.join(Thread.currentThread(), soon, token)).isFalse();
    assertThatThrownBy(() -> Waits.await(new CyclicBarrier(2), soon, token))
        .isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> Waits.awaitAdvance(new Phaser(1), 0, soon, token))
        .isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> Waits.exchange(new Exchanger<>(), 0, soon, token))
        .isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> Waits.get(new CompletableFuture<>(), soon, token))
        .isInstanceOf(TimeoutException.class);
    assertThat(source.registrationCount()).isZero();
    held.release();
  }

  @Test
  void aFuturesOwnInterruptionIsNoCancellationOfTheWait() {
    ExecutionException own = new ExecutionException(new InterruptedException());
    Future<Integer> failing =
        new FutureTask<>(() -> 0) {
          @Override
          public Integer get() throws ExecutionException {
            source.cancel(); // comes a moment too late
            throw own;
          }

          @Override
          public Integer get(long timeout, TimeUnit unit) throws ExecutionException {
            return get();
          }
        };

    assertThatThrownBy(() -> Waits.get(failing, source.token())).isSameAs(own);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aWorkerThatWaitsForAFutureInterruptsNobodyElse() throws Exception {
    ForkJoinPool pool = new ForkJoinPool(1);
    CompletableFuture<Integer> never =
        new CompletableFuture<>() {
          @Override
          public Executor defaultExecutor() {
            return pool; // whose steps a worker would run while it waits
          }
        };
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    CompletableFuture<Boolean> other = new CompletableFuture<>();
    Future<Throwable> waiting =
        pool.submit(
            () -> {
              CompletableFuture.runAsync(
                  () -> {
                    begun.countDown();
                    other.complete(isInterrupted(end));
                  },
                  pool);
              return catchThrowable(() -> Waits.get(never, source.token()));
            });
    begun.await();

    source.cancel();

    assertThat(waiting.get(10, TimeUnit.SECONDS)).isInstanceOf(OperationCanceledException.class);
    end.countDown();
    assertThat(other.get(10, TimeUnit.SECONDS)).isFalse();
    pool.shutdown();
  }

  private static boolean isInterrupted(CountDownLatch latch) {
    try {
      latch.await();
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  @Test
  void noTimeIsTooLong() throws Exception {
    ArrayBlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
    TestThreads.Running<Integer> waiter =
        TestThreads.start(() -> Waits.poll(queue, Timeout.INFINITE, source.token())).awaitBlocked();

    queue.add(1);

    assertThat(waiter.join()).isEqualTo(1);
  }

  @Test
  void sleepEndsByTheTokenOrTheTimeAndKeepsAnInterruptOne() throws Exception {
    Waits.sleep(Duration.ofNanos(1), source.token());
    Waits.sleep(Duration.ofNanos(1), CancellationToken.none());
    Waits.sleep(Duration.ofSeconds(-1), source.token());
    Waits.sleep(Duration.ofSeconds(-1), CancellationToken.none());
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Waits.sleep(HOUR, source.token()))
        .isInstanceOf(InterruptedException.class);
    TestThreads.Running<Void> sleeper =
        TestThreads.<Void>start(
                () -> {
                  Waits.sleep(HOUR, source.token());
                  return null;
                })
            .awaitBlocked();

    source.cancel();

    assertThatThrownBy(sleeper::join).isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void aConditionsWaitHoldsTheLockAgainWhenItThrows() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    Condition condition = lock.newCondition();
    TestThreads.Running<Boolean> waiter =
        TestThreads.start(
                () -> {
                  lock.lock();
                  try {
                    Waits.await(condition, source.token());
                    return false;
                  } catch (OperationCanceledException e) {
                    return lock.isHeldByCurrentThread();
                  } finally {
                    lock.unlock();
                  }
                })
            .awaitBlocked();
    lock.lock();

    source.cancel();

    TestThreads.await("queues for the lock", () -> lock.hasQueuedThread(waiter.thread()));
    assertThat(waiter.task().isDone()).isFalse();
    lock.unlock();
    assertThat(waiter.join()).isTrue();
  }

  @Test
  void aCanceledWaitBreaksItsBarrier() throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(3);
    TestThreads.Running<Integer> other = TestThreads.start(barrier::await).awaitBlocked();
    TestThreads.Running<Integer> waiter =
        TestThreads.start(() -> Waits.await(barrier, source.token())).awaitBlocked();

    source.cancel();

    assertThatThrownBy(waiter::join).isInstanceOf(OperationCanceledException.class);
    assertThatThrownBy(other::join).isInstanceOf(BrokenBarrierException.class);
  }

  @Test
  void aBarrierIsLeftAloneIfTheTokenIsCanceledAlready() {
    CyclicBarrier barrier = new CyclicBarrier(2);
    source.cancel();

    assertThatThrownBy(() -> Waits.await(barrier, source.token()))
        .isInstanceOf(OperationCanceledException.class);
    assertThat(barrier.isBroken()).isFalse();
  }

  @Test
  void aBarrierThatSomebodyElseBreaksIsAFailureLikeAnyOther() throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(2);
    TestThreads.Running<Integer> waiter =
        TestThreads.start(() -> Waits.await(barrier, HOUR, source.token())).awaitBlocked();

    barrier.reset();

    assertThatThrownBy(waiter::join).isInstanceOf(BrokenBarrierException.class);
  }

  @Test
  void aProcessIsWaitedForAndLivesOnAfterACanceledWait() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    try {
      TestThreads.Running<Integer> waiter =
          TestThreads.start(() -> Waits.waitFor(process, source.token())).awaitBlocked();
      source.cancel();
      assertThatThrownBy(waiter::join).isInstanceOf(OperationCanceledException.class);
      assertThat(process.isAlive()).isTrue();
      CancellationToken token = new CancellationTokenSource().token();
      assertThat(Waits.waitFor(process, Duration.ofNanos(1), token)).isFalse();
      process.destroyForcibly();
      assertThat(Waits.waitFor(process, HOUR, token)).isTrue();
      assertThat(Waits.waitFor(process, token)).isNotZero();
    } finally {
      process.destroyForcibly();
    }
  }

  static List<TestThreads.Kind> kinds() {
    return TestThreads.kinds();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aWatchServiceStaysOpenForOthersAndLosesNoKey(TestThreads.Kind threads) throws Exception {
    Watched watched = new Watched();
    TestThreads.Running<WatchKey> waiter =
        threads.start(() -> Waits.take(watched.service, source.token())).awaitBlocked();
    source.cancel();
    assertThatThrownBy(waiter::join).isInstanceOf(OperationCanceledException.class);

    watched.change();

    assertThat(Waits.take(watched.service, CancellationToken.none())).isSameAs(watched.key);
  }

  @Test
  void aWatchServiceThatIsClosedBySomebodyIsAFailureLikeAnyOther() throws Exception {
    Watched watched = new Watched();
    TestThreads.Running<WatchKey> waiter =
        TestThreads.start(() -> Waits.take(watched.service, source.token())).awaitBlocked();

    watched.service.close();

    assertThatThrownBy(waiter::join).isInstanceOf(ClosedWatchServiceException.class);
  }

  @Test
  void theCommonPoolNeverTerminatesAndIsWaitedForWithoutSpinning() throws Exception {
    TestThreads.Running<Void> waiter =
        TestThreads.<Void>start(
                () -> {
                  Waits.awaitTermination(ForkJoinPool.commonPool(), source.token());
                  return null;
                })
            .awaitBlocked();

    source.cancel();

    assertThatThrownBy(waiter::join).isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void joinSaysNoOfAThreadThatWasNeverStarted() throws Exception {
    assertThat(Waits.join(new Thread(), Duration.ofNanos(1), source.token())).isFalse();
  }

  @Test
  void nullsAreRefused() {
    ReentrantLock lock = new ReentrantLock();
    assertThatThrownBy(() -> Waits.lock(null, source.token()))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("lock");
    assertThatThrownBy(() -> Waits.lock(lock, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("token");
    assertThatThrownBy(() -> Waits.tryLock(lock, null, source.token()))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("timeout");
    assertThat(lock.isLocked()).isFalse();
  }

  /** A lock that another thread holds until it is told to release it. */
  private static final class Held {
    final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch end = end();

    Held() {
      CountDownLatch locked = new CountDownLatch(1);
      holder(
          () -> {
            lock.lock();
            locked.countDown();
            awaitPlainly(end);
            lock.unlock();
          });
      awaitPlainly(locked);
    }

    Void release() {
      end.countDown();
      return null;
    }
  }

  /** A directory that is watched. */
  private static final class Watched {
    final WatchService service;
    final WatchKey key;
    private final Path watched;

    Watched() {
      try {
        service = FileSystems.getDefault().newWatchService();
        SERVICES.add(service);
        watched = Files.createTempDirectory(directory, "watched");
        key = watched.register(service, StandardWatchEventKinds.ENTRY_CREATE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Path change() throws IOException {
      return Files.createTempFile(watched, "new", null);
    }
  }
}
