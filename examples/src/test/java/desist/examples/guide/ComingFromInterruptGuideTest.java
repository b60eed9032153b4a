// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.Interruption;
import desist.jdk.Waits;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
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
  void blockingCallsEndByTheToken() throws Exception {
    BlockingQueue<String> lines = new ArrayBlockingQueue<>(1);
    lines.add("first");
    Library library = Index::new;
    String folder = "src";
    try (var source = new CancellationTokenSource()) {
      CancellationToken token = source.token();
      // snippet: blocking
      String line = Waits.take(lines, token); // was: lines.take()
      Index index = Interruption.call(() -> library.open(folder), token); // knows interrupts only
      // end
      assertThat(line).isEqualTo("first");
      assertThat(index.folder()).isEqualTo(folder);

      source.cancelAfter(Duration.ofMillis(20));
      assertThatThrownBy(() -> Waits.take(lines, token))
          .isInstanceOf(OperationCanceledException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  private void step() {
    steps.countDown();
  }

  record Index(String folder) {}

  /** What knows of interrupts only. */
  interface Library {
    Index open(String folder) throws InterruptedException;
  }
}
