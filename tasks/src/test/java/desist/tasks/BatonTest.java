// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.Thread.State;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BatonTest {
  @Test
  void aPoolThatCannotMakeUpForTheWaitGoesWithout() throws Exception {
    ForkJoinPool full =
        new ForkJoinPool(
            1,
            ForkJoinPool.defaultForkJoinWorkerThreadFactory,
            null,
            false,
            1,
            1,
            1,
            null,
            1,
            TimeUnit.SECONDS);
    Baton baton = new Baton();
    AtomicReference<Thread> worker = new AtomicReference<>();
    baton.take();
    ForkJoinTask<?> waiting =
        full.submit(
            () -> {
              worker.set(Thread.currentThread());
              baton.take();
            });
    TestThreads.await(
        "waits", () -> worker.get() != null && worker.get().getState() == State.WAITING);

    baton.pass();

    waiting.get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(waiting.isCompletedNormally()).isTrue();
    full.shutdown();
  }
}
