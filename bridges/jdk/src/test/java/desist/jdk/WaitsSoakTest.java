// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Waits that are canceled at every moment: nothing is lost, nothing made up, nobody interrupted.
 */
class WaitsSoakTest {
  private static final int ROUNDS =
      System.getProperty("desist.budget", "short").equals("long") ? 1_000_000 : 10_000;

  /** The source of the wait that is running; its canceler cancels it at a random moment. */
  private volatile CancellationTokenSource current = new CancellationTokenSource();

  private final AtomicBoolean isOver = new AtomicBoolean();

  static Stream<BlockingQueue<Integer>> queues() {
    return Stream.of(
        new ArrayBlockingQueue<>(1),
        new LinkedBlockingQueue<>(1),
        new LinkedBlockingDeque<>(1),
        new LinkedTransferQueue<>(),
        new SynchronousQueue<>());
  }

  @ParameterizedTest
  @MethodSource("queues")
  void aTakeHasItsItemOrHasTakenNothing(BlockingQueue<Integer> queue) throws Exception {
    TestThreads.Running<Void> canceler = TestThreads.run(this::cancelAgainAndAgain);
    TestThreads.Running<Void> producer = TestThreads.start(() -> produce(queue));
    List<Integer> taken = new ArrayList<>();

    while (taken.size() < ROUNDS) {
      try {
        taken.add(Waits.take(queue, next()));
      } catch (OperationCanceledException e) {
        // it has taken nothing
      }
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    isOver.set(true);
    producer.join();
    canceler.join();
    assertThat(taken).isEqualTo(IntStream.range(0, ROUNDS).boxed().toList());
  }

  private static Void produce(BlockingQueue<Integer> queue) throws InterruptedException {
    for (int i = 0; i < ROUNDS; i++) {
      queue.put(i);
    }
    return null;
  }

  @ParameterizedTest
  @MethodSource("queues")
  void aPutIsInTheQueueOrIsNot(BlockingQueue<Integer> queue) throws Exception {
    TestThreads.Running<Void> canceler = TestThreads.run(this::cancelAgainAndAgain);
    List<Integer> taken = Collections.synchronizedList(new ArrayList<>());
    TestThreads.Running<Void> consumer = TestThreads.start(() -> consume(queue, taken));
    List<Integer> put = new ArrayList<>();

    for (int i = 0; i < ROUNDS; i++) {
      try {
        Waits.put(queue, i, next());
        put.add(i);
      } catch (OperationCanceledException e) {
        // it is not in the queue
      }
    }

    isOver.set(true);
    queue.put(-1);
    consumer.join();
    canceler.join();
    assertThat(taken).isEqualTo(put);
  }

  private static Void consume(BlockingQueue<Integer> queue, List<Integer> taken)
      throws InterruptedException {
    for (int item; (item = queue.take()) >= 0; ) {
      taken.add(item);
    }
    return null;
  }

  @Test
  void aTransferIsReceivedOrIsNot() throws Exception {
    LinkedTransferQueue<Integer> queue = new LinkedTransferQueue<>();
    TestThreads.Running<Void> canceler = TestThreads.run(this::cancelAgainAndAgain);
    List<Integer> taken = Collections.synchronizedList(new ArrayList<>());
    TestThreads.Running<Void> consumer = TestThreads.start(() -> consume(queue, taken));
    List<Integer> given = new ArrayList<>();

    for (int i = 0; i < ROUNDS; i++) {
      try {
        Waits.transfer(queue, i, next());
        given.add(i);
      } catch (OperationCanceledException e) {
        // nobody has it
      }
    }

    isOver.set(true);
    queue.put(-1);
    consumer.join();
    canceler.join();
    assertThat(taken).isEqualTo(given);
  }

  @Test
  void noPermitIsLostOrMadeUp() throws Exception {
    Semaphore semaphore = new Semaphore(0);
    TestThreads.Running<Void> canceler = TestThreads.run(this::cancelAgainAndAgain);
    TestThreads.Running<Void> releaser =
        TestThreads.run(() -> IntStream.range(0, ROUNDS).forEach(i -> semaphore.release()));
    int acquired = 0;

    for (int i = 0; i < ROUNDS; i++) {
      try {
        Waits.acquire(semaphore, next());
        acquired++;
      } catch (OperationCanceledException e) {
        // no permit
      }
    }

    isOver.set(true);
    releaser.join();
    canceler.join();
    assertThat(semaphore.availablePermits()).isEqualTo(ROUNDS - acquired);
  }

  @Test
  void aSignalIsReceivedByExactlyOneOfTwo() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    Condition condition = lock.newCondition();
    for (int i = 0; i < ROUNDS / 20; i++) {
      CancellationTokenSource source = new CancellationTokenSource();
      AtomicInteger signaled = new AtomicInteger();
      TestThreads.Running<Void> first = awaiting(lock, condition, source.token(), signaled);
      awaitWaiters(lock, condition, 1);
      TestThreads.Running<Void> second =
          awaiting(lock, condition, CancellationToken.none(), signaled);
      awaitWaiters(lock, condition, 2);

      TestThreads.Running<Void> canceler = TestThreads.run(source::cancel);
      signal(lock, condition);

      canceler.join();
      first.join();
      TestThreads.await("one has the signal", () -> signaled.get() == 1);
      signal(lock, condition); // for the second, if the first has had the other
      second.join();
      assertThat(signaled.get()).isBetween(1, 2);
    }
  }

  private static TestThreads.Running<Void> awaiting(
      ReentrantLock lock, Condition condition, CancellationToken token, AtomicInteger signaled) {
    return TestThreads.start(
        () -> {
          lock.lock();
          try {
            Waits.await(condition, token);
            signaled.incrementAndGet();
          } catch (OperationCanceledException e) {
            assertThat(lock.isHeldByCurrentThread()).isTrue();
          } finally {
            lock.unlock();
          }
          return null;
        });
  }

  private static void awaitWaiters(ReentrantLock lock, Condition condition, int count) {
    TestThreads.await(
        "wait",
        () -> {
          lock.lock();
          try {
            return lock.getWaitQueueLength(condition) == count;
          } finally {
            lock.unlock();
          }
        });
  }

  private static void signal(ReentrantLock lock, Condition condition) {
    lock.lock();
    condition.signal();
    lock.unlock();
  }

  /** Returns a token that will be canceled soon. */
  private CancellationToken next() {
    CancellationTokenSource source = new CancellationTokenSource();
    current = source;
    return source.token();
  }

  private void cancelAgainAndAgain() {
    while (!isOver.get()) {
      CancellationTokenSource source = current;
      for (int i = ThreadLocalRandom.current().nextInt(200); i > 0; i--) {
        Thread.onSpinWait();
      }
      source.cancel();
      Thread.yield();
    }
  }
}
