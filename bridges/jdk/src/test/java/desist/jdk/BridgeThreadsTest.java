// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BridgeThreadsTest {
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger attempts = new AtomicInteger();
  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

  @Test
  void workForWhichNoThreadCanBeStartedIsTriedAgain() {
    Executor pool =
        work -> {
          startThread();
          queue.add(work);
        };

    BridgeThreads.execute(new BridgeThreads.Work(runs::incrementAndGet), pool);

    TestThreads.await("is queued", () -> queue.size() == 1);
    queue.remove().run();
    assertThat(runs).hasValue(1);
  }

  @Test
  void workThatWasQueuedAllTheSameRunsOnce() {
    Executor pool =
        work -> {
          queue.add(work);
          startThread();
        };

    BridgeThreads.execute(new BridgeThreads.Work(runs::incrementAndGet), pool);

    TestThreads.await("is queued again", () -> queue.size() == 2);
    queue.forEach(Runnable::run);
    assertThat(runs).hasValue(1);
  }

  /** Fails the first time. */
  private void startThread() {
    if (attempts.getAndIncrement() == 0) {
      throw new OutOfMemoryError("unable to create native thread");
    }
  }
}
