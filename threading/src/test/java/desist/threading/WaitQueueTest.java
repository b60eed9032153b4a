// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import desist.threading.TestThreads.Running;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class WaitQueueTest {
  private final WaitQueue queue = new WaitQueue();
  private final Ended ended = new Ended();

  @Test
  void whoWasServedReturnsWhenTheLockIsFree() throws Exception {
    Running<Integer> waiter = TestThreads.start(this::enterAndWait).awaitBlocked();
    queue.lock();
    try {
      assertThat(queue.serve(1, ended)).isEqualTo(1);

      LockSupport.unpark(waiter.thread());

      TestThreads.await(
          "waits for the lock, or does not wait at all",
          () -> isBlockedByLock(waiter.thread()) || waiter.task().isDone());
      assertThat(waiter.task().isDone()).as("has returned").isFalse();
    } finally {
      queue.unlock();
    }

    assertThat(waiter.join()).isEqualTo(7);
  }

  private int enterAndWait() throws InterruptedException {
    ThreadWaiter waiter = new ThreadWaiter(this);
    queue.lock();
    try {
      queue.add(waiter, 7);
    } finally {
      queue.unlock();
    }
    return waiter.await(CancellationToken.none(), Durations.FOREVER);
  }

  private static boolean isBlockedByLock(Thread thread) {
    return LockSupport.getBlocker(thread) instanceof AbstractOwnableSynchronizer;
  }
}
