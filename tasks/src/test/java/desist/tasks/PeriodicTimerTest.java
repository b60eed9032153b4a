// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import desist.TimeProvider;
import desist.Timeout;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class PeriodicTimerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final HandTimer hand = new HandTimer();
  private final PeriodicTimer timer = new PeriodicTimer(SECOND, hand);
  private final CancellationTokenSource source = new CancellationTokenSource();

  @Test
  void aTickEndsAWait() throws Exception {
    assertThat(hand.dueTime).isEqualTo(SECOND);
    assertThat(hand.period).isEqualTo(SECOND);
    Task<Boolean> wait = timer.waitForNextTickAsync();
    assertThat(wait.status()).isEqualTo(TaskStatus.WAITING_FOR_ACTIVATION);

    hand.callback.run();
    assertThat(wait.result()).isTrue();
  }

  @Test
  void ticksWithoutAWaitAreKeptAsOne() {
    hand.callback.run();
    hand.callback.run();

    assertThat(timer.waitForNextTickAsync().resultNow()).isTrue();
    assertThat(timer.waitForNextTickAsync().isCompleted()).isFalse();
  }

  @Test
  void continuationsOfAWaitMayBeginTheNext() {
    Task<Task<Boolean>> next =
        timer
            .waitForNextTickAsync()
            .continueWith(
                t -> timer.waitForNextTickAsync(), TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);
    hand.callback.run();
    assertThat(next.resultNow().isCompleted()).isFalse();

    hand.callback.run();
    assertThat(next.resultNow().resultNow()).isTrue();
  }

  @Test
  void closingEndsWaitsWithFalse() {
    Task<Boolean> wait = timer.waitForNextTickAsync();
    timer.close();
    timer.close();
    hand.callback.run();

    assertThat(hand.isClosed).isTrue();
    assertThat(wait.resultNow()).isFalse();
    assertThat(timer.waitForNextTickAsync().resultNow()).isFalse();
    assertThat(timer.waitForNextTickAsync().resultNow()).isFalse();
  }

  @Test
  void closingLosesATickThatWasKept() {
    hand.callback.run();
    timer.close();

    assertThat(timer.waitForNextTickAsync().resultNow()).isFalse();
  }

  @Test
  void closingEndsTheWaitAlsoIfTheProvidersTimerThrows() {
    Task<Boolean> wait = timer.waitForNextTickAsync();
    hand.failure = new IllegalArgumentException("close");

    assertThatThrownBy(timer::close).isSameAs(hand.failure);
    assertThat(wait.resultNow()).isFalse();
  }

  @Test
  void cancellationEndsAWaitAndTheTimerTicksOn() {
    Task<Boolean> wait = timer.waitForNextTickAsync(source.token());
    assertThat(source.registrationCount()).isEqualTo(1);
    source.cancelBecause(new IllegalArgumentException("why"));

    assertThat(wait.isCanceled()).isTrue();
    assertThat(catchThrowable(wait::await))
        .isExactlyInstanceOf(OperationCanceledException.class)
        .hasCause(source.token().reason());
    Task<Boolean> next = timer.waitForNextTickAsync();
    hand.callback.run();
    assertThat(next.resultNow()).isTrue();
  }

  @Test
  void aCanceledTokenGoesBeforeATickAndBeforeTheEnd() {
    hand.callback.run();
    source.cancel();

    Task<Boolean> canceled = timer.waitForNextTickAsync(source.token());
    assertThat(canceled.isCanceled()).isTrue();
    assertThat(timer.waitForNextTickAsync().resultNow()).isTrue();
    timer.close();
    assertThat(timer.waitForNextTickAsync(source.token()).isCanceled()).isTrue();
  }

  @Test
  void nothingIsLeftOnTheTokenWhenAWaitHasEnded() {
    timer.waitForNextTickAsync(source.token());
    hand.callback.run();
    assertThat(source.registrationCount()).isZero();

    timer.waitForNextTickAsync(source.token());
    timer.close();
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void thereIsOneWaitAtATime() {
    source.cancel();
    Task<Boolean> wait = timer.waitForNextTickAsync();

    assertThatThrownBy(() -> timer.waitForNextTickAsync())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> timer.waitForNextTickAsync(source.token()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(wait.isCompleted()).isFalse();
  }

  @Test
  void aNewPeriodCountsFromNow() {
    timer.setPeriod(SECOND.multipliedBy(3));
    assertThat(timer.period()).isEqualTo(hand.dueTime).isEqualTo(hand.period).hasSeconds(3);

    timer.setPeriod(Timeout.INFINITE);
    assertThat(hand.dueTime).isEqualTo(hand.period).isEqualTo(Timeout.INFINITE);
    timer.close();
    assertThatThrownBy(() -> timer.setPeriod(SECOND)).isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void periodsArePositive() {
    for (Duration none : new Duration[] {Duration.ZERO, Duration.ofNanos(-1)}) {
      assertThatThrownBy(() -> new PeriodicTimer(none, null))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> timer.setPeriod(none)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(timer.period()).isEqualTo(SECOND);
    assertThat(new PeriodicTimer(Duration.ofNanos(1), hand).period()).isEqualTo(hand.period);
  }

  @Test
  void nullsAreRefused() {
    assertThatThrownBy(() -> new PeriodicTimer(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> new PeriodicTimer(SECOND, null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> timer.waitForNextTickAsync(null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void theSystemsClockTicks() throws Exception {
    try (PeriodicTimer system = new PeriodicTimer(Duration.ofMillis(1))) {
      assertThat(system.waitForNextTickAsync(CancellationToken.none()).await()).isTrue();
      assertThat(system.waitForNextTickAsync(source.token()).await()).isTrue();
    }
  }

  /** A provider whose one timer a test fires. */
  private static final class HandTimer extends TimeProvider implements TimeProvider.Timer {
    Runnable callback = () -> {};
    Duration dueTime = Duration.ZERO;
    Duration period = Duration.ZERO;
    boolean isClosed;
    RuntimeException failure;

    @Override
    public TimeProvider.Timer createTimer(Runnable callback, Duration dueTime, Duration period) {
      this.callback = callback;
      change(dueTime, period);
      return this;
    }

    @Override
    public boolean change(Duration dueTime, Duration period) {
      this.dueTime = dueTime;
      this.period = period;
      return !isClosed;
    }

    @Override
    public void close() {
      isClosed = true;
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public CompletionStage<Void> closeAsync() {
      close();
      return CompletableFuture.completedFuture(null);
    }
  }
}
