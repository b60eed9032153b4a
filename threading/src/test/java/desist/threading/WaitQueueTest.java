// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.threading.TestThreads.Running;
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
      queue.isLocked = false;
    }

    assertThat(waiter.join()).isEqualTo(7);
  }

  @Test
  void whoCannotBeWokenStopsNoOther() throws Exception {
    Running<Integer> waiter = TestThreads.start(this::enterAndWait).awaitBlocked();
    OutOfMemoryError failure = new OutOfMemoryError();
    ended.add(new Unwakeable(failure));
    queue.lock();
    queue.endAll(3, ended);
    queue.isLocked = false;

    assertThatThrownBy(ended::wake).isSameAs(failure);

    assertThat(waiter.join()).isEqualTo(3);
  }

  private int enterAndWait() throws InterruptedException {
    ThreadWaiter waiter = new ThreadWaiter(this);
    queue.lock();
    try {
      queue.add(waiter, 7);
    } finally {
      queue.isLocked = false;
    }
    return waiter.await(CancellationToken.none(), Durations.FOREVER);
  }

  private static boolean isBlockedByLock(Thread thread) {
    return LockSupport.getBlocker(thread) instanceof WaitQueue;
  }

  private static final class Unwakeable extends ThreadWaiter {
    private final Error failure;

    Unwakeable(Error failure) {
      super("test");
      this.failure = failure;
    }

    @Override
    void wake() {
      throw failure;
    }
  }
}
