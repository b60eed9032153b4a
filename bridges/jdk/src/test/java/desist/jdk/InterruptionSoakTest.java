// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * Two threads of a pool run bodies and cancel each other's, at every point of their lives: ten
 * million times with {@code -Plong}, fewer otherwise.
 */
class InterruptionSoakTest {
  private static final int ROUNDS =
      "long".equals(System.getProperty("desist.budget")) ? 10_000_000 : 200_000;

  private static final int MOST_YIELDS = 20;

  private final AtomicReferenceArray<@Nullable CancellationTokenSource> running =
      new AtomicReferenceArray<>(2);
  private final CyclicBarrier start = new CyclicBarrier(2);

  @Test
  void noInterruptReachesWhatTheThreadDoesNext() throws Exception {
    assertNoStrays(Executors.newFixedThreadPool(2));
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void noInterruptReachesWhatAVirtualThreadDoesNext() throws Exception {
    assertNoStrays(Executors.newFixedThreadPool(2, VirtualThreads.factory()));
  }

  private void assertNoStrays(ExecutorService pool) throws Exception {
    List<Future<Worker>> workers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      workers.add(pool.submit(new Worker(i)::work));
    }

    int canceled = 0;
    int completed = 0;
    for (Future<Worker> worker : workers) {
      assertThat(worker.get().strays).isZero();
      canceled += worker.get().canceled;
      completed += worker.get().completed;
    }
    pool.shutdown();
    System.out.printf(
        "interruption: %,d rounds, %,d canceled amid, %,d completed, no stray interrupt%n",
        ROUNDS, canceled, completed);
    assertThat(canceled).isPositive();
    assertThat(completed).isPositive();
    assertThat(canceled + completed).isLessThanOrEqualTo(ROUNDS);
  }

  private final class Worker {
    private final int index;
    private final SplittableRandom random;
    private int canceled;
    private int completed;
    private int strays;

    Worker(int index) {
      this.index = index;
      this.random = new SplittableRandom(index);
    }

    Worker work() throws Exception {
      start.await();
      for (int i = 0; i < ROUNDS / 2; i++) {
        CancellationTokenSource source = new CancellationTokenSource();
        running.set(index, source);
        try {
          Interruption.run(() -> body(source), source.token());
          completed++;
        } catch (OperationCanceledException e) {
          canceled += e.getSuppressed().length; // none if it was canceled before it began
        }
        next();
      }
      return this;
    }

    /**
     * Goes on for a while, or until it is interrupted, or until the token is canceled, which is
     * when the interrupt is on its way.
     */
    private void body(CancellationTokenSource source) throws InterruptedException {
      int kind = random.nextInt(3);
      for (int n = random.nextInt(MOST_YIELDS); n > 0; n--) {
        if (kind == 0 && Thread.interrupted()) {
          throw new InterruptedException();
        } else if (kind == 1 && source.isCancellationRequested()) {
          return;
        }
        cancelTheOther();
        Thread.yield();
      }
    }

    /** What the thread does next. */
    private void next() {
      cancelTheOther();
      spin();
      if (Thread.interrupted()) {
        strays++;
      }
    }

    private void cancelTheOther() {
      CancellationTokenSource other =
          random.nextInt(4) == 0 ? running.getAndSet(1 - index, null) : null;
      if (other != null) {
        other.cancel();
      }
    }

    private void spin() {
      for (int n = random.nextInt(100); n > 0; n--) {
        Thread.onSpinWait();
      }
    }
  }
}
