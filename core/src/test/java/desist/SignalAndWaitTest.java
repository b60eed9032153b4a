// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What signalAndWait promises: the first handle is signaled, and then the second waited for. */
class SignalAndWaitTest {
  private static final Duration NOW = Duration.ZERO;

  private final AutoResetEvent there = new AutoResetEvent(false);
  private final AutoResetEvent back = new AutoResetEvent(false);
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final WaitHandle ofToken = source.token().waitHandle();

  @Test
  void theFirstIsSignaledAndTheSecondWaitedFor() throws Exception {
    var ping = TestThreads.start(() -> WaitHandle.signalAndWait(there, back)).awaitBlocked();

    assertThat(there.waitOne()).isTrue();
    back.set();

    assertThat(ping.join()).isTrue();
    assertNoneSet();
  }

  @Test
  void theFirstStaysSignaledIfTheTimeIsOver() throws Exception {
    assertThat(WaitHandle.signalAndWait(there, back, Duration.ofNanos(1))).isFalse();
    assertThat(there.waitOne(NOW)).isTrue();

    assertThat(WaitHandle.signalAndWait(there, back, NOW)).isFalse();
    assertThat(there.waitOne(NOW)).isTrue();
  }

  @Test
  void bothMayBeTheSameHandle() throws Exception {
    Mutex mutex = new Mutex(true);

    assertThat(WaitHandle.signalAndWait(there, there)).isTrue();
    assertThat(WaitHandle.signalAndWait(mutex, mutex)).isTrue();

    assertNoneSet();
    mutex.releaseMutex();
  }

  @Test
  void aSemaphoreIsReleasedOnce() throws Exception {
    Semaphore semaphore = new Semaphore(0, 2);
    back.set();

    assertThat(WaitHandle.signalAndWait(semaphore, back)).isTrue();

    assertThat(semaphore.waitOne(NOW)).isTrue();
    assertThat(semaphore.waitOne(NOW)).isFalse();
  }

  @Test
  void aFullSemaphoreIsAnIllegalStateAndTheSecondIsNotTaken() throws Exception {
    back.set();

    assertThat(catchThrowable(() -> WaitHandle.signalAndWait(new Semaphore(1, 1), back)))
        .isExactlyInstanceOf(IllegalStateException.class);

    assertThat(back.waitOne(NOW)).isTrue();
  }

  @Test
  void aMutexIsReleasedByItsOwnerAlone() throws Exception {
    Mutex mutex = new Mutex(true);
    back.set();
    assertThat(WaitHandle.signalAndWait(mutex, back)).isTrue();
    back.set();

    assertThat(catchThrowable(() -> WaitHandle.signalAndWait(mutex, back)))
        .isInstanceOf(IllegalMonitorStateException.class);

    assertThat(back.waitOne(NOW)).isTrue();
  }

  @Test
  void anAbandonedMutexIsToldWhenTheFirstHasBeenSignaled() throws Exception {
    Mutex mutex = new Mutex();
    var owner = TestThreads.start(() -> mutex.waitOne());
    owner.join();
    owner.thread().join();

    assertThat(catchThrowable(() -> WaitHandle.signalAndWait(there, mutex)))
        .isInstanceOf(AbandonedMutexException.class);

    assertThat(there.waitOne(NOW)).isTrue();
    mutex.releaseMutex();
  }

  @Test
  void aTokensHandleIsWaitedForAndNotSignaled() throws Exception {
    back.set();
    assertThat(catchThrowable(() -> WaitHandle.signalAndWait(ofToken, back)))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(back.waitOne(NOW)).isTrue();

    source.cancel();

    assertThat(WaitHandle.signalAndWait(there, ofToken)).isTrue();
    assertThat(there.waitOne(NOW)).isTrue();
  }

  @Test
  void aPendingInterruptComesBeforeTheSignal() throws Exception {
    Thread.currentThread().interrupt();

    assertThat(catchThrowable(() -> WaitHandle.signalAndWait(there, back)))
        .isInstanceOf(InterruptedException.class);

    assertNoneSet();
  }

  @Test
  void anInterruptOfTheWaitLeavesTheFirstSignaled() throws Exception {
    var waiting = TestThreads.start(() -> WaitHandle.signalAndWait(there, back)).awaitBlocked();

    waiting.thread().interrupt();

    assertThat(catchThrowable(waiting::join)).isInstanceOf(InterruptedException.class);
    assertThat(there.waitOne(NOW)).isTrue();
  }

  @Test
  void nothingIsSignaledIfEitherIsClosed() throws Exception {
    back.close();

    assertThat(catchThrowable(() -> WaitHandle.signalAndWait(there, back)))
        .isInstanceOf(ObjectDisposedException.class);
    assertThat(catchThrowable(() -> WaitHandle.signalAndWait(back, there)))
        .isInstanceOf(ObjectDisposedException.class);

    assertThat(there.waitOne(NOW)).isFalse();
  }

  @Test
  void nullsAreRefusedByNameAndNothingIsSignaled() throws Exception {
    assertThatNullPointerException()
        .isThrownBy(() -> WaitHandle.signalAndWait(null, back))
        .withMessage("toSignal");
    assertThatNullPointerException()
        .isThrownBy(() -> WaitHandle.signalAndWait(there, null))
        .withMessage("toWaitOn");
    assertThatNullPointerException()
        .isThrownBy(() -> WaitHandle.signalAndWait(there, back, null))
        .withMessage("timeout");

    assertNoneSet();
  }

  private void assertNoneSet() throws InterruptedException {
    assertThat(there.waitOne(NOW)).isFalse();
    assertThat(back.waitOne(NOW)).isFalse();
  }
}
