// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import desist.CancellationToken;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Bytes that waits allocate which need not wait, with a token that cannot be canceled. */
class WaitsFootprintTest {
  private static final int CALLS = 10_000;

  private final CancellationToken none = CancellationToken.none();
  private final ReentrantLock lock = new ReentrantLock();
  private final Semaphore semaphore = new Semaphore(1);
  private final CountDownLatch open = new CountDownLatch(0);
  private final Phaser phaser = new Phaser(1);
  private final LinkedBlockingDeque<Integer> empty = new LinkedBlockingDeque<>();

  @Test
  void noneOfThemAllocatesWhatThePlainCallDoesNot() throws Exception {
    calls();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    calls();

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(CALLS);
  }

  private void calls() throws Exception {
    int phase = phaser.arrive();
    for (int i = 0; i < CALLS; i++) {
      Waits.lock(lock, none);
      lock.unlock();
      Waits.tryLock(lock, Duration.ZERO, none);
      lock.unlock();
      Waits.acquire(semaphore, none);
      semaphore.release();
      Waits.tryAcquire(semaphore, 1, Duration.ZERO, none);
      semaphore.release();
      Waits.await(open, none);
      Waits.await(open, Duration.ZERO, none);
      Waits.awaitAdvance(phaser, phase, none);
      Waits.pollFirst(empty, Duration.ZERO, none);
    }
  }
}
