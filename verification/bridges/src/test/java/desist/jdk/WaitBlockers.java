// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/** Waits of one thread for another. */
final class WaitBlockers extends BlockerGroup {
  WaitBlockers() {
    add("`BlockingQueue.take`", "Waits.take", threads -> take());
    add("`CountDownLatch.await`", "Waits.await", threads -> await());
    add("`Semaphore.acquire`", "Waits.acquire", threads -> acquire());
    add("`CyclicBarrier.await`", "Waits.await", threads -> meet());
    add("`Future.get`", "Waits.get", threads -> get());
    add("`Thread.sleep`", "Waits.sleep", threads -> sleep());
    add("`Lock.lock`", "Waits.lock", threads -> lock());
    add("`synchronized`", "Interruption.run", threads -> enter());
  }

  private static Blocker take() {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    return wait(queue::take, token -> Waits.take(queue, token), () -> queue.add("item"));
  }

  private static Blocker await() {
    CountDownLatch latch = new CountDownLatch(1);
    return wait(latch::await, token -> Waits.await(latch, token), latch::countDown);
  }

  private static Blocker acquire() {
    Semaphore semaphore = new Semaphore(0);
    return wait(semaphore::acquire, token -> Waits.acquire(semaphore, token), semaphore::release);
  }

  private static Blocker meet() {
    CyclicBarrier barrier = new CyclicBarrier(2);
    return new SimpleBlocker(
        barrier::await,
        token -> Waits.await(barrier, token),
        () -> barrier.isBroken() ? "barrier broken" : "barrier whole",
        barrier::reset);
  }

  private static Blocker get() {
    CompletableFuture<String> future = new CompletableFuture<>();
    return wait(future::get, token -> Waits.get(future, token), () -> future.complete("value"));
  }

  private static Blocker sleep() {
    Duration time = Duration.ofMinutes(10);
    return wait(() -> Thread.sleep(time.toMillis()), token -> Waits.sleep(time, token), () -> {});
  }

  /** The thread that makes it has the lock, until it closes it. */
  private static Blocker lock() {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    return wait(
        () -> {
          lock.lock();
          lock.unlock();
        },
        token -> {
          Waits.lock(lock, token);
          lock.unlock();
        },
        lock::unlock);
  }

  private static Blocker enter() throws InterruptedException {
    Object monitor = new Object();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    TestThreads.start(
        () -> {
          synchronized (monitor) {
            entered.countDown();
            release.await();
          }
          return null;
        });
    entered.await();
    InterruptibleRunnable<Exception> enter =
        () -> {
          synchronized (monitor) {
            monitor.notifyAll(); // that it is not empty
          }
        };
    return wait(enter, token -> Interruption.run(enter, token), release::countDown);
  }

  private static Blocker wait(
      InterruptibleRunnable<Exception> plain, CancelableRunnable bridged, AutoCloseable release) {
    return new SimpleBlocker(plain, bridged, () -> "", release);
  }
}
