// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** A hundred thousand virtual threads that wait for one thing. */
@EnabledForJreRange(minVersion = 21)
final class ManyWaitersTest {
  private static final int WAITERS = 100_000;

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final AtomicInteger canceled = new AtomicInteger();
  private final AtomicInteger letThrough = new AtomicInteger();

  /** Waits on something with the token. */
  private interface Wait {
    void await(CancellationToken token) throws InterruptedException;
  }

  @Test
  void allWaitsOnAnEventAreCanceledAtOnce() throws Exception {
    ManualResetEventSlim event = new ManualResetEventSlim();
    List<Thread> threads = start(event::await);

    source.cancel();
    join(threads);

    assertThat(canceled).hasValue(WAITERS);
    assertThat(source.registrationCount()).isZero();
    assertThat(event.isSet()).isFalse();
  }

  @Test
  void anEventLetsThemAllThrough() throws Exception {
    ManualResetEventSlim event = new ManualResetEventSlim();
    List<Thread> threads = start(event::await);

    event.set();
    join(threads);

    assertThat(letThrough).hasValue(WAITERS);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void allWaitsForAPermitAreCanceledAtOnce() throws Exception {
    SemaphoreSlim semaphore = new SemaphoreSlim(0);
    List<Thread> threads = start(semaphore::await);

    source.cancel();
    join(threads);

    assertThat(canceled).hasValue(WAITERS);
    assertThat(source.registrationCount()).isZero();
    assertThat(semaphore.currentCount()).isZero();
    semaphore.release();
    assertThat(semaphore.currentCount()).isEqualTo(1);
  }

  /** Starts the threads, and returns when all of them wait. */
  private List<Thread> start(Wait wait) {
    ThreadFactory virtual = VirtualThreads.factory();
    List<Thread> threads = new ArrayList<>(WAITERS);
    for (int i = 0; i < WAITERS; i++) {
      Thread thread = virtual.newThread(() -> await(wait));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      TestThreads.await("waits", () -> thread.getState() == Thread.State.WAITING);
    }
    TestThreads.await("all have registered", () -> source.registrationCount() == WAITERS);
    return threads;
  }

  private void await(Wait wait) {
    try {
      wait.await(source.token());
      letThrough.incrementAndGet();
    } catch (OperationCanceledException e) {
      canceled.incrementAndGet();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
