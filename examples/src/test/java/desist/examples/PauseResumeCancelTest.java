// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationTokenSource;
import desist.ManualResetEvent;
import desist.testing.CancellationExtension;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CancellationExtension.class)
final class PauseResumeCancelTest {
  private final AtomicInteger steps = new AtomicInteger();

  @Test
  void cancellationStopsTheWork(CancellationTokenSource source) throws Exception {
    try (var mayWork = new ManualResetEvent(true)) {
      Runnable cancelAtThree =
          () -> {
            if (steps.incrementAndGet() == 3) {
              source.cancel();
            }
          };

      assertThat(PauseResumeCancel.work(cancelAtThree, mayWork, source.token())).isEqualTo(3);
    }
  }

  @Test
  void pausedWorkerIsResumedAndCanBeCanceledWhilePaused(CancellationTokenSource source)
      throws Exception {
    CountDownLatch stepped = new CountDownLatch(1);
    try (var mayWork = new ManualResetEvent(false)) {
      Thread worker =
          new Thread(
              () -> {
                try {
                  PauseResumeCancel.work(
                      () -> {
                        steps.incrementAndGet();
                        mayWork.reset();
                        stepped.countDown();
                      },
                      mayWork,
                      source.token());
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              },
              "worker");

      worker.start();
      TestThreads.awaitBlocked(worker);
      assertThat(steps).hasValue(0);
      mayWork.set();
      stepped.await();
      TestThreads.awaitBlocked(worker);
      source.cancel();
      worker.join();

      assertThat(steps).hasValue(1);
    }
  }

  @Test
  void programObeysItsKeys() throws Exception {
    String printed = Program.output(PauseResumeCancel::main, "prc");

    assertThat(printed.replace(".", "")) // the step that runs may end in between
        .contains(" paused  resumed ")
        .containsPattern("stopped after \\d+ steps");
  }
}
