// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import desist.threading.TestThreads.Running;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.GraphLayout;

/** Bytes per object with compressed oops, bytes allocated by waits, and what is held by whom. */
final class WaitFootprintTest {
  private static final int ROUNDS = 10_000;

  /** Less than half a byte a round: what the measurement itself allocates. */
  private static final long NOTHING = ROUNDS / 2;

  private static final long REGISTRATION = 32;
  private static final Duration LONG = Duration.ofDays(1);

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();

  @Test
  void aSemaphoreTakesFiftySixBytesAndAnEventFortyEight() {
    assertThat(GraphLayout.parseInstance(new SemaphoreSlim(1)).totalSize()).isEqualTo(56);
    assertThat(GraphLayout.parseInstance(new ManualResetEventSlim()).totalSize()).isEqualTo(48);
    assertThat(GraphLayout.parseInstance(new WaitQueue()).totalSize()).isEqualTo(24);
  }

  @Test
  void aThreadThatWaitsTakesHundredTwentyEightBytesWithItsRegistration() {
    long waiter = ClassLayout.parseClass(ThreadWaiter.class).instanceSize();
    long place = ClassLayout.parseClass(Place.class).instanceSize();

    assertThat(waiter + place + REGISTRATION).isEqualTo(128);
  }

  @Test
  void aStageThatWaitsTakesHundredFiftyTwoBytesWithItsRegistration() {
    SemaphoreSlim semaphore = new SemaphoreSlim(0);
    long before = GraphLayout.parseInstance(semaphore, source).totalSize();

    semaphore.awaitAsync(token);

    long name = GraphLayout.parseInstance("SemaphoreSlim").totalSize();
    long sentinel = 16; // which all registrations without a state share
    assertThat(GraphLayout.parseInstance(semaphore, source).totalSize() - before - name - sentinel)
        .isEqualTo(152);
  }

  @Test
  void takingAndReleasingAFreePermitAllocatesNothing() throws Exception {
    SemaphoreSlim semaphore = new SemaphoreSlim(1);

    assertThat(
            allocated(
                () -> {
                  semaphore.await(token);
                  semaphore.release();
                }))
        .isLessThan(NOTHING);
  }

  @Test
  void askingForAPermitInVainAllocatesNothing() throws Exception {
    SemaphoreSlim semaphore = new SemaphoreSlim(0);

    assertThat(allocated(() -> semaphore.await(Duration.ZERO, token))).isLessThan(NOTHING);
  }

  @Test
  void aFreePermitForAStageAllocatesTheStageAlone() throws Exception {
    SemaphoreSlim semaphore = new SemaphoreSlim(1);
    long stage = ClassLayout.parseClass(ReadOnlyStage.class).instanceSize();

    assertThat(
            allocated(
                () -> {
                  semaphore.awaitAsync(token);
                  semaphore.release();
                }))
        .isLessThan(ROUNDS * stage + NOTHING);
  }

  @Test
  void waitingOnASetEventAllocatesNothing() throws Exception {
    ManualResetEventSlim event = new ManualResetEventSlim(true);

    assertThat(
            allocated(
                () -> {
                  event.await(token);
                  event.set();
                }))
        .isLessThan(NOTHING);
  }

  @Test
  void aStageIsReleasedByWhateverEndsItsWait() throws Exception {
    for (Ending ending : Ending.values()) {
      SemaphoreSlim semaphore = new SemaphoreSlim(0);
      CancellationTokenSource own = new CancellationTokenSource();
      CompletionStage<?>[] held = {semaphore.awaitAsync(LONG, own.token())};
      WeakReference<CompletionStage<?>> stage = new WeakReference<>(held[0]);
      held[0] = null;

      ending.apply(semaphore, own);

      TestThreads.awaitCollection(stage);
      assertThat(own.registrationCount()).as("registrations after %s", ending).isZero();
      assertThat(semaphore.currentCount()).as("permits after %s", ending).isZero();
    }
  }

  @Test
  void aThreadThatWaitedIsReleasedByWhateverEndsItsWait() throws Exception {
    for (Ending ending : Ending.values()) {
      SemaphoreSlim semaphore = new SemaphoreSlim(0);
      CancellationTokenSource own = new CancellationTokenSource();
      WeakReference<Thread> thread = waitAndEnd(semaphore, own, ending);

      TestThreads.awaitCollection(thread);
      assertThat(own.registrationCount()).as("registrations after %s", ending).isZero();
      assertThat(semaphore.currentCount()).as("permits after %s", ending).isZero();
    }
  }

  private static WeakReference<Thread> waitAndEnd(
      SemaphoreSlim semaphore, CancellationTokenSource own, Ending ending) {
    Running<String> waiting =
        TestThreads.start(
                () -> {
                  try {
                    return "has it: " + semaphore.await(LONG, own.token());
                  } catch (OperationCanceledException | ObjectDisposedException e) {
                    return e.getClass().getSimpleName();
                  }
                })
            .awaitBlocked();
    ending.apply(semaphore, own);
    try {
      waiting.join();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return new WeakReference<>(waiting.thread());
  }

  private static long allocated(Round round) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      round.run();
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      round.run();
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private enum Ending {
    RELEASE {
      @Override
      void apply(SemaphoreSlim semaphore, CancellationTokenSource source) {
        semaphore.release();
      }
    },
    CANCEL {
      @Override
      void apply(SemaphoreSlim semaphore, CancellationTokenSource source) {
        source.cancel();
      }
    },
    CLOSE {
      @Override
      void apply(SemaphoreSlim semaphore, CancellationTokenSource source) {
        semaphore.close();
      }
    };

    abstract void apply(SemaphoreSlim semaphore, CancellationTokenSource source);
  }

  @FunctionalInterface
  private interface Round {
    void run() throws Exception;
  }
}
