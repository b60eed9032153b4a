// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@EnabledForJreRange(min = JRE.JAVA_21)
class ManyVirtualThreadsTest {
  private static final int THREADS = 100_000;

  @Test
  void aHundredThousandVirtualThreadsEndByOneToken() throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    AtomicInteger canceled = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      InterruptibleRunnable<RuntimeException> wait = wait(i, source.token());
      Thread thread = VirtualThreads.factory().newThread(() -> countIfCanceled(wait, canceled));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      TestThreads.await("waits", () -> waits(thread));
    }

    source.cancel();

    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(canceled.get()).isEqualTo(THREADS);
  }

  /** Returns one of several waits, each for an object of its own. */
  private static InterruptibleRunnable<RuntimeException> wait(int i, CancellationToken token) {
    BlockingQueue<Integer> empty = new LinkedBlockingQueue<>();
    CountDownLatch closed = new CountDownLatch(1);
    return switch (i % 3) {
      case 0 -> () -> Waits.take(empty, token);
      case 1 -> () -> Waits.await(closed, token);
      default -> () -> Waits.sleep(Duration.ofHours(1), token);
    };
  }

  private static boolean waits(Thread thread) {
    Thread.State state = thread.getState();
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  private static void countIfCanceled(
      InterruptibleRunnable<RuntimeException> wait, AtomicInteger canceled) {
    try {
      wait.run();
    } catch (OperationCanceledException e) {
      canceled.incrementAndGet();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
