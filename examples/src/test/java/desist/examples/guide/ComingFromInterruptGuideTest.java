// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The listings of docs/guide/coming-from-interrupt.md. */
class ComingFromInterruptGuideTest {
  private final CountDownLatch steps = new CountDownLatch(3);

  // snippet: loop
  void run(CancellationToken token) throws InterruptedException {
    while (!token.isCancellationRequested()) { // was: Thread.currentThread().isInterrupted()
      step();
      token.awaitCancellation(Duration.ofMillis(1)); // was: Thread.sleep(1)
    }
  }

  // end

  @Test
  void aLoopEndsWithItsToken() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    // snippet: stop
    var source = new CancellationTokenSource();
    executor.submit(
        () -> {
          run(source.token());
          return null;
        });
    steps.await();
    source.cancel(); // was: future.cancel(true)
    // end
    executor.shutdown();
    assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    source.close();
  }

  @Test
  void theTokensInterruptDoesNotStay() throws InterruptedException {
    assertThat(Interruptibly.call(() -> "done", CancellationToken.none())).isEqualTo("done");
    CountDownLatch never = new CountDownLatch(1);
    try (var source = new CancellationTokenSource(Duration.ofMillis(20))) {
      assertThatThrownBy(
              () ->
                  Interruptibly.call(
                      () -> {
                        never.await();
                        return "never";
                      },
                      source.token()))
          .isInstanceOf(OperationCanceledException.class);
    }
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aForeignInterruptStaysOne() {
    Thread.currentThread().interrupt();
    try (var source = new CancellationTokenSource()) {
      assertThatThrownBy(
              () ->
                  Interruptibly.call(
                      () -> {
                        steps.await();
                        return "never";
                      },
                      source.token()))
          .isInstanceOf(InterruptedException.class);
    }
  }

  private void step() {
    steps.countDown();
  }
}
