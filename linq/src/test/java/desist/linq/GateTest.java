// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GateTest {
  @Test
  void nobodyComesInOnceItIsClosed() {
    Gate gate = new Gate();
    assertThat(gate.tryEnter()).isTrue();
    gate.leave();
    gate.close();

    assertThat(gate.tryEnter()).isFalse();
  }

  @Test
  void closeWaitsForAllInside() throws Exception {
    assertCloseWaits(GateTest::close);
  }

  @Test
  void interruptEndsNoWaitAndIsKept() throws Exception {
    assertCloseWaits(
        made -> {
          Thread.currentThread().interrupt();
          close(made);
          assertThat(Thread.interrupted()).isTrue();
        });
  }

  @Test
  void closeWaitsAlsoInAPoolThatCannotMakeUpForIt() throws Exception {
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

    assertCloseWaits(gate -> full.submit(() -> close(gate)).join());
    full.shutdown();
  }

  /** Closes a gate with somebody inside in another thread, and lets that one out. */
  private static void assertCloseWaits(Consumer<AtomicReference<Gate>> closing) throws Exception {
    AtomicReference<Gate> made = new AtomicReference<>();

    var closer = TestThreads.run(() -> closing.accept(made));
    TestThreads.await("is made", () -> made.get() != null);
    Gate gate = made.get();
    TestThreads.await("is closed", () -> !enters(gate));
    closer.awaitBlocked();
    gate.leave();

    closer.join();
  }

  /** Closes a new gate with somebody inside, who is let out by another thread. */
  private static void close(AtomicReference<Gate> made) {
    Gate gate = new Gate();
    gate.tryEnter();
    made.set(gate);
    gate.close();
  }

  private static boolean enters(Gate gate) {
    boolean isIn = gate.tryEnter();
    if (isIn) {
      gate.leave();
    }
    return isIn;
  }
}
