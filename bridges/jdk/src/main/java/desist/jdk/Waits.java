// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import desist.CancellationToken;
import desist.OperationCanceledException;
import desist.Timeout;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.TransferQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's waits, ended by a token: locks, queues, synchronizers, threads, processes, executors,
 * futures, watch services.
 *
 * <p>Each is the plain call, which the token interrupts as {@link Interruption} does. These rules
 * hold for all:
 *
 * <ul>
 *   <li>Nothing is lost and nothing is made up. A wait that has got what it waited for returns it,
 *       also if the token is canceled meanwhile; one that throws has taken, given and consumed
 *       nothing. That is as good as the object's own answer to an interrupt, and all of the JDK's
 *       keep to it.
 *   <li>An interrupt of somebody else is an {@link InterruptedException}, as in the plain call.
 *   <li>A time-out that is zero or negative means not to wait; none is too long.
 *   <li>Only the wait ends. A thread, a process or an executor that was waited for goes on, and a
 *       watch service stays open.
 * </ul>
 *
 * @dotnet none
 * @since 1.0
 */
public final class Waits {
  private static final int NANOS_PER_MILLI = 1_000_000;

  private Waits() {}

  /**
   * Acquires a lock.
   *
   * {@snippet lang = java:
   * Waits.lock(lock, token);
   * try {
   *   change();
   * } finally {
   *   lock.unlock();
   * }
   * }
   *
   * @param lock the lock
   * @param token what ends the wait
   * @throws desist.OperationCanceledException if the token is canceled first; the lock is not held
   *     then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static void lock(Lock lock, CancellationToken token) throws InterruptedException {
    requireNonNull(lock, "lock");
    requireNonNull(token, "token");
    if (token.canBeCanceled()) {
      Interruption.run(lock::lockInterruptibly, token);
    } else {
      lock.lockInterruptibly();
    }
  }

  /**
   * Acquires a lock, unless the time is over before.
   *
   * @param lock the lock
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return whether the lock is held
   * @throws desist.OperationCanceledException if the token is canceled first; the lock is not held
   *     then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static boolean tryLock(Lock lock, Duration timeout, CancellationToken token)
      throws InterruptedException {
    requireNonNull(lock, "lock");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> lock.tryLock(nanos, NANOSECONDS), token)
        : lock.tryLock(nanos, NANOSECONDS);
  }

  /**
   * Waits for a signal of a condition.
   *
   * <p>The lock is held again when this returns or throws, so that it may have to wait for the lock
   * after the token was canceled. A canceled wait has consumed no signal. As everywhere, wait in a
   * loop: a wait may end without a signal.
   *
   * @param condition the condition, whose lock this thread holds
   * @param token what ends the wait
   * @throws desist.OperationCanceledException if the token is canceled before a signal comes
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalMonitorStateException if this thread does not hold the lock
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  @SuppressWarnings("WaitNotInLoop") // the caller has the loop
  public static void await(Condition condition, CancellationToken token)
      throws InterruptedException {
    requireNonNull(condition, "condition");
    requireNonNull(token, "token");
    if (token.canBeCanceled()) {
      Interruption.run(condition::await, token);
    } else {
      condition.await();
    }
  }

  /**
   * Waits for a signal of a condition, unless the time is over before.
   *
   * <p>The lock is held again when this returns or throws, so that it may have to wait for the lock
   * after the token was canceled. A canceled wait has consumed no signal.
   *
   * @param condition the condition, whose lock this thread holds
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return false if the time was over
   * @throws desist.OperationCanceledException if the token is canceled before a signal comes
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalMonitorStateException if this thread does not hold the lock
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  @SuppressWarnings("WaitNotInLoop") // the caller has the loop
  public static boolean await(Condition condition, Duration timeout, CancellationToken token)
      throws InterruptedException {
    requireNonNull(condition, "condition");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> condition.await(nanos, NANOSECONDS), token)
        : condition.await(nanos, NANOSECONDS);
  }

  /**
   * Takes the head of a queue, as soon as there is one.
   *
   * @param <E> the type of the elements
   * @param queue the queue
   * @param token what ends the wait
   * @return the head
   * @throws desist.OperationCanceledException if the token is canceled first; nothing was taken
   *     then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet BlockingCollection.Take(CancellationToken)
   * @since 1.0
   */
  public static <E> E take(BlockingQueue<? extends E> queue, CancellationToken token)
      throws InterruptedException {
    requireNonNull(queue, "queue");
    requireNonNull(token, "token");
    return token.canBeCanceled() ? Interruption.call(() -> queue.take(), token) : queue.take();
  }

  /**
   * Takes the head of a queue, unless the time is over before there is one.
   *
   * @param <E> the type of the elements
   * @param queue the queue
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return the head; null if the time was over
   * @throws desist.OperationCanceledException if the token is canceled first; nothing was taken
   *     then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet BlockingCollection.TryTake(out T, int, CancellationToken)
   * @since 1.0
   */
  public static <E> @Nullable E poll(
      BlockingQueue<? extends E> queue, Duration timeout, CancellationToken token)
      throws InterruptedException {
    requireNonNull(queue, "queue");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> queue.poll(nanos, NANOSECONDS), token)
        : queue.poll(nanos, NANOSECONDS);
  }

  /**
   * Puts an element in a queue, as soon as there is room.
   *
   * @param <E> the type of the elements
   * @param queue the queue
   * @param element what to put in
   * @param token what ends the wait
   * @throws desist.OperationCanceledException if the token is canceled first; the element is not in
   *     the queue then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet BlockingCollection.Add(T, CancellationToken)
   * @since 1.0
   */
  public static <E> void put(BlockingQueue<? super E> queue, E element, CancellationToken token)
      throws InterruptedException {
    requireNonNull(queue, "queue");
    requireNonNull(token, "token");
    if (token.canBeCanceled()) {
      Interruption.run(() -> queue.put(element), token);
    } else {
      queue.put(element);
    }
  }

  /**
   * Puts an element in a queue, unless the time is over before there is room.
   *
   * @param <E> the type of the elements
   * @param queue the queue
   * @param element what to put in
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return whether the element is in the queue
   * @throws desist.OperationCanceledException if the token is canceled first; the element is not in
   *     the queue then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet BlockingCollection.TryAdd(T, int, CancellationToken)
   * @since 1.0
   */
  public static <E> boolean offer(
      BlockingQueue<? super E> queue, E element, Duration timeout, CancellationToken token)
      throws InterruptedException {
    requireNonNull(queue, "queue");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> queue.offer(element, nanos, NANOSECONDS), token)
        : queue.offer(element, nanos, NANOSECONDS);
  }

  /**
   * Takes the first element of a deque, as soon as there is one.
   *
   * @param <E> the type of the elements
   * @param deque the deque
   * @param token what ends the wait
   * @return the first element
   * @throws desist.OperationCanceledException if the token is canceled first; nothing was taken
   *     then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <E> E takeFirst(BlockingDeque<? extends E> deque, CancellationToken token)
      throws InterruptedException {
    requireNonNull(deque, "deque");
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> deque.takeFirst(), token)
        : deque.takeFirst();
  }

  /**
   * Takes the last element of a deque, as soon as there is one.
   *
   * @param <E> the type of the elements
   * @param deque the deque
   * @param token what ends the wait
   * @return the last element
   * @throws desist.OperationCanceledException if the token is canceled first; nothing was taken
   *     then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <E> E takeLast(BlockingDeque<? extends E> deque, CancellationToken token)
      throws InterruptedException {
    requireNonNull(deque, "deque");
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> deque.takeLast(), token)
        : deque.takeLast();
  }

  /**
   * Takes the first element of a deque, unless the time is over before there is one.
   *
   * @param <E> the type of the elements
   * @param deque the deque
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return the first element; null if the time was over
   * @throws desist.OperationCanceledException if the token is canceled first; nothing was taken
   *     then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <E> @Nullable E pollFirst(
      BlockingDeque<? extends E> deque, Duration timeout, CancellationToken token)
      throws InterruptedException {
    requireNonNull(deque, "deque");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> deque.pollFirst(nanos, NANOSECONDS), token)
        : deque.pollFirst(nanos, NANOSECONDS);
  }

  /**
   * Takes the last element of a deque, unless the time is over before there is one.
   *
   * @param <E> the type of the elements
   * @param deque the deque
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return the last element; null if the time was over
   * @throws desist.OperationCanceledException if the token is canceled first; nothing was taken
   *     then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <E> @Nullable E pollLast(
      BlockingDeque<? extends E> deque, Duration timeout, CancellationToken token)
      throws InterruptedException {
    requireNonNull(deque, "deque");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> deque.pollLast(nanos, NANOSECONDS), token)
        : deque.pollLast(nanos, NANOSECONDS);
  }

  /**
   * Puts an element in a deque as its first, as soon as there is room.
   *
   * @param <E> the type of the elements
   * @param deque the deque
   * @param element what to put in
   * @param token what ends the wait
   * @throws desist.OperationCanceledException if the token is canceled first; the element is not in
   *     the deque then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <E> void putFirst(
      BlockingDeque<? super E> deque, E element, CancellationToken token)
      throws InterruptedException {
    requireNonNull(deque, "deque");
    requireNonNull(token, "token");
    if (token.canBeCanceled()) {
      Interruption.run(() -> deque.putFirst(element), token);
    } else {
      deque.putFirst(element);
    }
  }

  /**
   * Puts an element in a deque as its last, as soon as there is room.
   *
   * @param <E> the type of the elements
   * @param deque the deque
   * @param element what to put in
   * @param token what ends the wait
   * @throws desist.OperationCanceledException if the token is canceled first; the element is not in
   *     the deque then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <E> void putLast(BlockingDeque<? super E> deque, E element, CancellationToken token)
      throws InterruptedException {
    requireNonNull(deque, "deque");
    requireNonNull(token, "token");
    if (token.canBeCanceled()) {
      Interruption.run(() -> deque.putLast(element), token);
    } else {
      deque.putLast(element);
    }
  }

  /**
   * Puts an element in a deque as its first, unless the time is over before there is room.
   *
   * @param <E> the type of the elements
   * @param deque the deque
   * @param element what to put in
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return whether the element is in the deque
   * @throws desist.OperationCanceledException if the token is canceled first; the element is not in
   *     the deque then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <E> boolean offerFirst(
      BlockingDeque<? super E> deque, E element, Duration timeout, CancellationToken token)
      throws InterruptedException {
    requireNonNull(deque, "deque");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> deque.offerFirst(element, nanos, NANOSECONDS), token)
        : deque.offerFirst(element, nanos, NANOSECONDS);
  }

  /**
   * Puts an element in a deque as its last, unless the time is over before there is room.
   *
   * @param <E> the type of the elements
   * @param deque the deque
   * @param element what to put in
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return whether the element is in the deque
   * @throws desist.OperationCanceledException if the token is canceled first; the element is not in
   *     the deque then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <E> boolean offerLast(
      BlockingDeque<? super E> deque, E element, Duration timeout, CancellationToken token)
      throws InterruptedException {
    requireNonNull(deque, "deque");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> deque.offerLast(element, nanos, NANOSECONDS), token)
        : deque.offerLast(element, nanos, NANOSECONDS);
  }

  /**
   * Hands an element to a consumer, as soon as one takes it.
   *
   * @param <E> the type of the elements
   * @param queue the queue
   * @param element what to put in
   * @param token what ends the wait
   * @throws desist.OperationCanceledException if the token is canceled first; no consumer gets the
   *     element then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <E> void transfer(
      TransferQueue<? super E> queue, E element, CancellationToken token)
      throws InterruptedException {
    requireNonNull(queue, "queue");
    requireNonNull(token, "token");
    if (token.canBeCanceled()) {
      Interruption.run(() -> queue.transfer(element), token);
    } else {
      queue.transfer(element);
    }
  }

  /**
   * Hands an element to a consumer, unless the time is over before one takes it.
   *
   * @param <E> the type of the elements
   * @param queue the queue
   * @param element what to put in
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return whether a consumer has the element
   * @throws desist.OperationCanceledException if the token is canceled first; no consumer gets the
   *     element then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <E> boolean tryTransfer(
      TransferQueue<? super E> queue, E element, Duration timeout, CancellationToken token)
      throws InterruptedException {
    requireNonNull(queue, "queue");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> queue.tryTransfer(element, nanos, NANOSECONDS), token)
        : queue.tryTransfer(element, nanos, NANOSECONDS);
  }

  /**
   * Waits until a latch has counted down to zero.
   *
   * @param latch the latch
   * @param token what ends the wait
   * @throws desist.OperationCanceledException if the token is canceled first
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet CountdownEvent.Wait(CancellationToken)
   * @since 1.0
   */
  public static void await(CountDownLatch latch, CancellationToken token)
      throws InterruptedException {
    requireNonNull(latch, "latch");
    requireNonNull(token, "token");
    if (token.canBeCanceled()) {
      Interruption.run(latch::await, token);
    } else {
      latch.await();
    }
  }

  /**
   * Waits until a latch has counted down to zero, unless the time is over before.
   *
   * @param latch the latch
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return whether the count is zero
   * @throws desist.OperationCanceledException if the token is canceled first
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet CountdownEvent.Wait(TimeSpan, CancellationToken)
   * @since 1.0
   */
  public static boolean await(CountDownLatch latch, Duration timeout, CancellationToken token)
      throws InterruptedException {
    requireNonNull(latch, "latch");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> latch.await(nanos, NANOSECONDS), token)
        : latch.await(nanos, NANOSECONDS);
  }

  /**
   * Waits until all parties have come to a barrier.
   *
   * <p>A canceled wait <b>breaks the barrier</b>, as an interrupted one does: all others who wait
   * there get a {@link BrokenBarrierException}, and so does whoever comes before the barrier is
   * {@linkplain CyclicBarrier#reset() reset}. If the token has been canceled already the barrier is
   * left alone.
   *
   * @param barrier the barrier
   * @param token what ends the wait
   * @return the index of this thread's arrival; zero for the last
   * @throws desist.OperationCanceledException if the token is canceled before the last has come
   * @throws BrokenBarrierException if the barrier is broken by somebody else
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet Barrier.SignalAndWait(CancellationToken), which takes the signal back
   * @since 1.0
   */
  public static int await(CyclicBarrier barrier, CancellationToken token)
      throws InterruptedException, BrokenBarrierException {
    requireNonNull(barrier, "barrier");
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> barrier.await(), token)
        : barrier.await();
  }

  /**
   * Waits until all parties have come to a barrier, unless the time is over before; that breaks the
   * barrier as well.
   *
   * <p>A canceled wait <b>breaks the barrier</b>, as an interrupted one does: all others who wait
   * there get a {@link BrokenBarrierException}, and so does whoever comes before the barrier is
   * {@linkplain CyclicBarrier#reset() reset}. If the token has been canceled already the barrier is
   * left alone.
   *
   * @param barrier the barrier
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return the index of this thread's arrival; zero for the last
   * @throws desist.OperationCanceledException if the token is canceled before the last has come
   * @throws BrokenBarrierException if the barrier is broken by somebody else
   * @throws TimeoutException if the time is over first
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet Barrier.SignalAndWait(TimeSpan, CancellationToken), which takes the signal back
   * @since 1.0
   */
  public static int await(CyclicBarrier barrier, Duration timeout, CancellationToken token)
      throws InterruptedException, BrokenBarrierException, TimeoutException {
    requireNonNull(barrier, "barrier");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    if (!token.canBeCanceled()) {
      return barrier.await(nanos, NANOSECONDS);
    }
    try {
      return Interruption.<Integer, Exception>call(() -> barrier.await(nanos, NANOSECONDS), token);
    } catch (BrokenBarrierException | TimeoutException | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw unexpected(e);
    }
  }

  /**
   * Acquires a permit of a semaphore.
   *
   * @param semaphore the semaphore
   * @param token what ends the wait
   * @throws desist.OperationCanceledException if the token is canceled first; no permit was taken
   *     then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet SemaphoreSlim.Wait(CancellationToken)
   * @since 1.0
   */
  public static void acquire(Semaphore semaphore, CancellationToken token)
      throws InterruptedException {
    requireNonNull(semaphore, "semaphore");
    requireNonNull(token, "token");
    if (token.canBeCanceled()) {
      Interruption.run(semaphore::acquire, token);
    } else {
      semaphore.acquire();
    }
  }

  /**
   * Acquires permits of a semaphore, all at once.
   *
   * @param semaphore the semaphore
   * @param permits how many permits
   * @param token what ends the wait
   * @throws desist.OperationCanceledException if the token is canceled first; no permit was taken
   *     then
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalArgumentException if {@code permits} is negative
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static void acquire(Semaphore semaphore, int permits, CancellationToken token)
      throws InterruptedException {
    requireNonNull(semaphore, "semaphore");
    requireNonNull(token, "token");
    if (token.canBeCanceled()) {
      Interruption.run(() -> semaphore.acquire(permits), token);
    } else {
      semaphore.acquire(permits);
    }
  }

  /**
   * Acquires a permit of a semaphore, unless the time is over before.
   *
   * @param semaphore the semaphore
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return whether the permit was acquired
   * @throws desist.OperationCanceledException if the token is canceled first; no permit was taken
   *     then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet SemaphoreSlim.Wait(TimeSpan, CancellationToken)
   * @since 1.0
   */
  public static boolean tryAcquire(Semaphore semaphore, Duration timeout, CancellationToken token)
      throws InterruptedException {
    requireNonNull(semaphore, "semaphore");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> semaphore.tryAcquire(nanos, NANOSECONDS), token)
        : semaphore.tryAcquire(nanos, NANOSECONDS);
  }

  /**
   * Acquires permits of a semaphore, all at once, unless the time is over before.
   *
   * @param semaphore the semaphore
   * @param permits how many permits
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return whether the permits were acquired
   * @throws desist.OperationCanceledException if the token is canceled first; no permit was taken
   *     then
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalArgumentException if {@code permits} is negative
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static boolean tryAcquire(
      Semaphore semaphore, int permits, Duration timeout, CancellationToken token)
      throws InterruptedException {
    requireNonNull(semaphore, "semaphore");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> semaphore.tryAcquire(permits, nanos, NANOSECONDS), token)
        : semaphore.tryAcquire(permits, nanos, NANOSECONDS);
  }

  /**
   * Waits until a phaser has left a phase.
   *
   * <p>This does not arrive, so there is nothing that a canceled wait could take back: who has
   * arrived counts as arrived.
   *
   * {@snippet lang = java:
   * int next = Waits.awaitAdvance(phaser, phaser.arrive(), token);
   * }
   *
   * @param phaser the phaser
   * @param phase the phase to see the end of, as {@link Phaser#arrive()} returns it
   * @param token what ends the wait
   * @return the next phase; negative if the phaser is terminated
   * @throws desist.OperationCanceledException if the token is canceled first
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static int awaitAdvance(Phaser phaser, int phase, CancellationToken token)
      throws InterruptedException {
    requireNonNull(phaser, "phaser");
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> phaser.awaitAdvanceInterruptibly(phase), token)
        : phaser.awaitAdvanceInterruptibly(phase);
  }

  /**
   * Waits until a phaser has left a phase, unless the time is over before.
   *
   * @param phaser the phaser
   * @param phase the phase to see the end of, as {@link Phaser#arrive()} returns it
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return the next phase; negative if the phaser is terminated
   * @throws desist.OperationCanceledException if the token is canceled first
   * @throws TimeoutException if the time is over first
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static int awaitAdvance(
      Phaser phaser, int phase, Duration timeout, CancellationToken token)
      throws InterruptedException, TimeoutException {
    requireNonNull(phaser, "phaser");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(
            () -> phaser.awaitAdvanceInterruptibly(phase, nanos, NANOSECONDS), token)
        : phaser.awaitAdvanceInterruptibly(phase, nanos, NANOSECONDS);
  }

  /**
   * Gives an item to another thread and receives that one's.
   *
   * @param <V> the type of what is exchanged
   * @param exchanger where both meet
   * @param item what to give
   * @param token what ends the wait
   * @return what the other has given
   * @throws desist.OperationCanceledException if the token is canceled before the other comes;
   *     nothing was given then
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <V> V exchange(Exchanger<V> exchanger, V item, CancellationToken token)
      throws InterruptedException {
    requireNonNull(exchanger, "exchanger");
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> exchanger.exchange(item), token)
        : exchanger.exchange(item);
  }

  /**
   * Gives an item to another thread and receives that one's, unless the time is over before.
   *
   * @param <V> the type of what is exchanged
   * @param exchanger where both meet
   * @param item what to give
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return what the other has given
   * @throws desist.OperationCanceledException if the token is canceled before the other comes;
   *     nothing was given then
   * @throws TimeoutException if the time is over first
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <V> V exchange(
      Exchanger<V> exchanger, V item, Duration timeout, CancellationToken token)
      throws InterruptedException, TimeoutException {
    requireNonNull(exchanger, "exchanger");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> exchanger.exchange(item, nanos, NANOSECONDS), token)
        : exchanger.exchange(item, nanos, NANOSECONDS);
  }

  /**
   * Sleeps.
   *
   * @param duration how long; zero or less means not at all
   * @param token what ends the sleep
   * @throws desist.OperationCanceledException if the token is canceled first
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Delay(TimeSpan, CancellationToken)
   * @since 1.0
   */
  public static void sleep(Duration duration, CancellationToken token) throws InterruptedException {
    long nanos = Math.max(0, NANOSECONDS.convert(requireNonNull(duration, "duration")));
    requireNonNull(token, "token");
    if (token.canBeCanceled()) {
      if (token.awaitCancellation(duration)) {
        throw new OperationCanceledException(token);
      }
    } else {
      Thread.sleep(nanos / NANOS_PER_MILLI, (int) (nanos % NANOS_PER_MILLI));
    }
  }

  /**
   * Waits until a thread has ended.
   *
   * @param thread the thread
   * @param token what ends the wait
   * @throws desist.OperationCanceledException if the token is canceled first; the thread goes on
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static void join(Thread thread, CancellationToken token) throws InterruptedException {
    requireNonNull(thread, "thread");
    requireNonNull(token, "token");
    if (token.canBeCanceled()) {
      Interruption.run(thread::join, token);
    } else {
      thread.join();
    }
  }

  /**
   * Waits until a thread has ended, unless the time is over before.
   *
   * @param thread the thread
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return whether the thread has ended
   * @throws desist.OperationCanceledException if the token is canceled first; the thread goes on
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static boolean join(Thread thread, Duration timeout, CancellationToken token)
      throws InterruptedException {
    requireNonNull(thread, "thread");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> joined(thread, nanos), token)
        : joined(thread, nanos);
  }

  /**
   * Waits until a process has ended.
   *
   * <p>The wait alone ends by the token. {@link Processes} ends the process as well.
   *
   * @param process the process
   * @param token what ends the wait
   * @return the exit value
   * @throws desist.OperationCanceledException if the token is canceled first; the process goes on
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet Process.WaitForExitAsync(CancellationToken)
   * @since 1.0
   */
  public static int waitFor(Process process, CancellationToken token) throws InterruptedException {
    requireNonNull(process, "process");
    requireNonNull(token, "token");
    return token.canBeCanceled() ? Interruption.call(process::waitFor, token) : process.waitFor();
  }

  /**
   * Waits until a process has ended, unless the time is over before.
   *
   * @param process the process
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return whether the process has ended
   * @throws desist.OperationCanceledException if the token is canceled first; the process goes on
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet Process.WaitForExit(TimeSpan)
   * @since 1.0
   */
  public static boolean waitFor(Process process, Duration timeout, CancellationToken token)
      throws InterruptedException {
    requireNonNull(process, "process");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> process.waitFor(nanos, NANOSECONDS), token)
        : process.waitFor(nanos, NANOSECONDS);
  }

  /**
   * Waits until an executor that was shut down has ended all its tasks.
   *
   * @param executor the executor
   * @param token what ends the wait
   * @throws desist.OperationCanceledException if the token is canceled first; the tasks go on
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static void awaitTermination(ExecutorService executor, CancellationToken token)
      throws InterruptedException {
    requireNonNull(executor, "executor");
    requireNonNull(token, "token");
    if (!awaitTermination(executor, Timeout.INFINITE, token)) {
      token.awaitCancellation(); // ForkJoinPool's common pool says at once that it will never end
      throw new OperationCanceledException(token);
    }
  }

  /**
   * Waits until an executor that was shut down has ended all its tasks, unless the time is over
   * before.
   *
   * @param executor the executor
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return whether all tasks have ended
   * @throws desist.OperationCanceledException if the token is canceled first; the tasks go on
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static boolean awaitTermination(
      ExecutorService executor, Duration timeout, CancellationToken token)
      throws InterruptedException {
    requireNonNull(executor, "executor");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> executor.awaitTermination(nanos, NANOSECONDS), token)
        : executor.awaitTermination(nanos, NANOSECONDS);
  }

  /**
   * Waits for the result of a future.
   *
   * <p>The wait alone ends by the token, and the future goes on. Its own cancellation is told by a
   * {@link CancellationException}. In a worker of its pool, though, the {@code get} of a {@link
   * ForkJoinTask} runs that task or others meanwhile, and it is these that the token interrupts.
   *
   * @param <T> the type of the result
   * @param future the future
   * @param token what ends the wait
   * @return the result
   * @throws desist.OperationCanceledException if the token is canceled first
   * @throws ExecutionException if the future has failed
   * @throws CancellationException if the future was canceled
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Wait(CancellationToken)
   * @since 1.0
   */
  public static <T extends @Nullable Object> T get(
      Future<? extends T> future, CancellationToken token)
      throws InterruptedException, ExecutionException {
    requireNonNull(future, "future");
    requireNonNull(token, "token");
    if (!token.canBeCanceled()) {
      return future.get();
    }
    if (future instanceof CompletableFuture<? extends T> stage && ForkJoinTask.inForkJoinPool()) {
      Interruption.checkEntry(token);
      return CompletionStages.get(stage, token);
    }
    return Interruption.call(() -> answer(future), token).get();
  }

  /**
   * Waits for the result of a future, unless the time is over before.
   *
   * @param <T> the type of the result
   * @param future the future
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return the result
   * @throws desist.OperationCanceledException if the token is canceled first
   * @throws ExecutionException if the future has failed
   * @throws CancellationException if the future was canceled
   * @throws TimeoutException if the time is over first
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Wait(TimeSpan, CancellationToken)
   * @since 1.0
   */
  public static <T extends @Nullable Object> T get(
      Future<? extends T> future, Duration timeout, CancellationToken token)
      throws InterruptedException, ExecutionException, TimeoutException {
    requireNonNull(future, "future");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    if (!token.canBeCanceled()) {
      return future.get(nanos, NANOSECONDS);
    }
    if (future instanceof CompletableFuture<? extends T> stage && ForkJoinTask.inForkJoinPool()) {
      Interruption.checkEntry(token);
      return CompletionStages.get(stage, timeout, token);
    }
    return Interruption.call(() -> answer(future, nanos), token).get();
  }

  /**
   * Takes the next key of a watch service that has events, as soon as there is one.
   *
   * <p>The service may be shared: it stays open, and the keys are for whoever takes them next.
   *
   * @param service the service
   * @param token what ends the wait
   * @return the key, to be reset when its events have been seen
   * @throws desist.OperationCanceledException if the token is canceled first; no key was taken then
   * @throws InterruptedException if the thread is interrupted
   * @throws java.nio.file.ClosedWatchServiceException if somebody closes the service
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static WatchKey take(WatchService service, CancellationToken token)
      throws InterruptedException {
    requireNonNull(service, "service");
    requireNonNull(token, "token");
    return token.canBeCanceled() ? Interruption.call(() -> service.take(), token) : service.take();
  }

  /**
   * Takes the next key of a watch service that has events, unless the time is over before there is
   * one.
   *
   * <p>The service may be shared: it stays open, and the keys are for whoever takes them next.
   *
   * @param service the service
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return the key, to be reset when its events have been seen; null if the time was over
   * @throws desist.OperationCanceledException if the token is canceled first; no key was taken then
   * @throws InterruptedException if the thread is interrupted
   * @throws java.nio.file.ClosedWatchServiceException if somebody closes the service
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static @Nullable WatchKey poll(
      WatchService service, Duration timeout, CancellationToken token) throws InterruptedException {
    requireNonNull(service, "service");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Interruption.call(() -> service.poll(nanos, NANOSECONDS), token)
        : service.poll(nanos, NANOSECONDS);
  }

  /** Passes on what is unchecked, of a call whose checked exceptions have been dealt with. */
  private static RuntimeException unexpected(Exception e) {
    if (e instanceof RuntimeException unchecked) {
      return unchecked;
    }
    throw new AssertionError(e);
  }

  private static <T extends @Nullable Object> Answer<T> answer(Future<? extends T> future)
      throws InterruptedException {
    try {
      T result = future.get();
      return () -> result;
    } catch (ExecutionException | CancellationException e) {
      return () -> {
        throw e;
      };
    }
  }

  private static <T extends @Nullable Object> Answer<T> answer(
      Future<? extends T> future, long nanos) throws InterruptedException, TimeoutException {
    try {
      T result = future.get(nanos, NANOSECONDS);
      return () -> result;
    } catch (ExecutionException | CancellationException e) {
      return () -> {
        throw e;
      };
    }
  }

  private static boolean joined(Thread thread, long nanos) throws InterruptedException {
    NANOSECONDS.timedJoin(thread, nanos);
    return thread.getState() == Thread.State.TERMINATED;
  }

  /** What a future has answered. Also its own failure is one, whatever that tells of. */
  private interface Answer<T extends @Nullable Object> {
    T get() throws ExecutionException;
  }
}
