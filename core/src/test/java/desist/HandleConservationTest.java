// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/**
 * Nothing is lost or made up, whatever coincides: releases, time-outs, interrupts, cancellations
 * and owners that end race for a million waits with {@code -Plong}, for fewer otherwise.
 */
class HandleConservationTest {
  private static final int WAITS =
      "long".equals(System.getProperty("desist.budget")) ? 1_000_000 : 50_000;

  private static final int THREADS = 4;
  private static final int MOST = 4;
  private static final Duration[] TIMEOUTS = {
    Duration.ZERO, Duration.ofNanos(1_000), Duration.ofNanos(20_000), Timeout.INFINITE
  };

  private final Semaphore left = new Semaphore(0, MOST);
  private final Semaphore right = new Semaphore(0, MOST);
  private final ManualResetEvent set = new ManualResetEvent(true);
  private final Mutex mutex = new Mutex();
  private int owners; // guarded by the mutex

  private final LongAdder released = new LongAdder();
  private final LongAdder taken = new LongAdder();
  private final LongAdder interrupted = new LongAdder();
  private final LongAdder nothing = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final LongAdder told = new LongAdder();

  private final AtomicInteger waitsLeft = new AtomicInteger(WAITS);
  private final Thread[] waiting = new Thread[THREADS];
  private volatile CancellationTokenSource source = new CancellationTokenSource();
  private volatile boolean isOver;

  @Test
  void whatIsReleasedIsTakenOnceOrLeft() throws Exception {
    race(this::waitForSemaphores, this::release);

    for (Semaphore semaphore : List.of(left, right)) {
      while (semaphore.waitOne(Duration.ZERO)) {
        taken.increment();
      }
      assertThat(semaphore.releaseMany(MOST)).isZero();
      assertThat(semaphore.state).isEqualTo(QueuedWaitHandle.SIGNALED);
    }
    assertThat(taken.sum()).isEqualTo(released.sum());
  }

  @Test
  void aMutexHasOneOwnerAndEachThatEndsIsToldOfOnce() throws Exception {
    race(this::waitForMutex, random -> set.set());

    assertThat(TestThreads.start(this::isFreeUnlessTold).join()).isTrue();
    assertThat(told.sum()).isEqualTo(ended.sum());
    assertThat(owners).isEqualTo(taken.intValue());
  }

  /** Has threads wait as often as is to be done, while others disturb them. */
  private void race(Step wait, Step give) throws Exception {
    List<TestThreads.Running<Void>> lines = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int line = i;
      lines.add(TestThreads.start(() -> waitInThreads(line, wait)));
    }
    var giving = TestThreads.start(() -> disturb(give));
    var disturbing = TestThreads.start(() -> disturb(this::interruptOrCancel));
    for (TestThreads.Running<Void> line : lines) {
      line.task().get();
    }
    isOver = true;
    giving.join();
    disturbing.join();
    System.out.printf(
        "%,d waits: %s took something, %s were interrupted, %s took nothing; %s owners ended%n",
        WAITS, taken, interrupted, nothing, ended);
  }

  /** Waits in one thread after another: each until it ends as the owner of the mutex. */
  private Void waitInThreads(int line, Step wait) throws Exception {
    while (waitsLeft.get() > 0) {
      var thread =
          TestThreads.start(
              () -> {
                SplittableRandom random = new SplittableRandom();
                while (waitsLeft.getAndDecrement() > 0 && wait.run(random)) {}
                return null;
              });
      waiting[line] = thread.thread();
      thread.task().get();
    }
    return null;
  }

  private Void disturb(Step step) throws Exception {
    SplittableRandom random = new SplittableRandom();
    while (!isOver) {
      step.run(random);
      Thread.yield();
    }
    return null;
  }

  private boolean release(SplittableRandom random) {
    int count = 1 + random.nextInt(3);
    try {
      (random.nextBoolean() ? left : right).releaseMany(count);
      released.add(count);
    } catch (SemaphoreFullException e) {
      // and nothing was added
    }
    return true;
  }

  private boolean interruptOrCancel(SplittableRandom random) {
    Thread thread = waiting[random.nextInt(THREADS)];
    int what = random.nextInt(16);
    if (what == 0 && thread != null) {
      thread.interrupt();
    } else if (what < 4) {
      CancellationTokenSource last = source;
      source = new CancellationTokenSource();
      last.cancel();
    }
    return true;
  }

  private boolean waitForSemaphores(SplittableRandom random) {
    WaitHandle ofToken = source.token().waitHandle();
    Duration timeout = timeout(random);
    try {
      int took =
          switch (random.nextInt(4)) {
            case 0 -> left.waitOne(timeout) ? 1 : 0;
            case 1 -> any(timeout, ofToken, left, right, left) > 0 ? 1 : 0;
            case 2 -> WaitHandle.waitAll(new WaitHandle[] {left, set, right}, timeout) ? 2 : 0;
            default -> WaitHandle.signalAndWait(set, right, timeout) ? 1 : 0;
          };
      (took == 0 ? nothing : taken).add(Math.max(took, 1));
    } catch (InterruptedException e) {
      interrupted.increment();
    }
    return true;
  }

  /** Returns false if the thread is to end as the owner. */
  private boolean waitForMutex(SplittableRandom random) {
    WaitHandle ofToken = source.token().waitHandle();
    Duration timeout = timeout(random);
    try {
      boolean took =
          switch (random.nextInt(4)) {
            case 0 -> mutex.waitOne(timeout);
            case 1 -> any(timeout, ofToken, mutex) > 0;
            case 2 -> any(timeout, mutex, ofToken, mutex) == 0;
            default -> WaitHandle.waitAll(new WaitHandle[] {set, mutex}, timeout);
          };
      if (!took) {
        nothing.increment();
        return true;
      }
    } catch (AbandonedMutexException e) {
      told.increment();
    } catch (InterruptedException e) {
      interrupted.increment();
      return true;
    }
    taken.increment();
    owners++;
    if (random.nextInt(100) == 0) {
      ended.increment();
      return false;
    }
    mutex.releaseMutex();
    return true;
  }

  /** Whether a mutex is free in the end; that its last owner ended counts as told. */
  private boolean isFreeUnlessTold() throws InterruptedException {
    try {
      return mutex.waitOne(Duration.ZERO);
    } catch (AbandonedMutexException e) {
      told.increment();
      return true;
    }
  }

  private static Duration timeout(SplittableRandom random) {
    return TIMEOUTS[random.nextInt(TIMEOUTS.length)];
  }

  private static int any(Duration timeout, WaitHandle... handles) throws InterruptedException {
    return WaitHandle.waitAny(handles, timeout);
  }

  /** Something done again and again; returns whether the thread goes on. */
  private interface Step {
    boolean run(SplittableRandom random) throws Exception;
  }
}
