// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.TimeProvider;
import desist.Timeout;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskDelayTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final HandTime time = new HandTime();

  @Test
  void noTimeIsTheCompletedTask() {
    assertThat(Task.delay(Duration.ZERO)).isSameAs(Task.completedTask());
    assertThat(Task.delay(SECOND.negated(), source.token())).isSameAs(Task.completedTask());
  }

  @Test
  void theTokenIsLookedAtFirst() {
    source.cancel();

    assertThat(Task.delay(Duration.ZERO, source.token()).isCanceled()).isTrue();
  }

  @Test
  void itRunsToCompletionWhenTheTimeIsOverAndNotBefore() throws Exception {
    long start = System.nanoTime();

    Task.delay(Duration.ofMillis(5)).join();

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(5_000_000);
  }

  @Test
  void theTimerIsClosedAfterTheEnd() {
    List<Boolean> hadEnded = new ArrayList<>();
    Task<Void> late = Task.delay(SECOND, time);
    Task<Void> canceled = Task.delay(SECOND, time, source.token());

    time.onClose = () -> hadEnded.add(late.isCompleted());
    time.timers.get(0).fire();
    time.onClose = () -> hadEnded.add(canceled.isCompleted());
    source.cancel();

    assertThat(hadEnded).containsExactly(true, true);
  }

  @Test
  void theTimerIsTheProvidersAndClosedAtTheEnd() {
    Task<Void> delay = Task.delay(Duration.ofNanos(1_999_999), time, source.token());
    HandTime.HandTimer timer = time.timers.get(0);
    assertThat(timer.dueTime).isEqualTo(Duration.ofNanos(1_999_999));
    assertThat(timer.period).isEqualTo(Timeout.INFINITE);
    assertThat(delay.status()).isEqualTo(TaskStatus.WAITING_FOR_ACTIVATION);

    timer.fire();

    assertThat(delay.isCompletedSuccessfully()).isTrue();
    assertThat(timer.closed).isEqualTo(1);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void canceledItEndsInsideTheCallWithTheReason() {
    Task<Void> delay = Task.delay(SECOND, time, source.token());
    IOException reason = new IOException();

    source.cancelBecause(reason);

    TaskCanceledException thrown = (TaskCanceledException) catchThrowable(delay::await);
    assertThat(thrown.token()).isSameAs(source.token());
    assertThat(thrown.task()).isSameAs(delay);
    assertThat(thrown).hasCause(reason);
    assertThat(time.timers.get(0).closed).isEqualTo(1);
  }

  @Test
  void noTimerIsMadeThatIsNotNeeded() {
    source.cancel();
    Task.delay(Timeout.INFINITE, time);
    Task.delay(Timeout.INFINITE, time, new CancellationTokenSource().token());
    Task.delay(Duration.ZERO, time);
    Task.delay(SECOND, time, source.token());

    assertThat(time.timers).isEmpty();
  }

  @Test
  void continuationsNeverRunInTheCallThatCancels() throws Exception {
    Task<Thread> next =
        Task.delay(Timeout.INFINITE, source.token())
            .continueWith(
                t -> Thread.currentThread(), TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);

    source.cancel();

    assertThat(next.result()).isNotSameAs(Thread.currentThread());
  }

  @Test
  void continuationsRunInTheTimersCallback() {
    Task<Thread> next =
        Task.delay(SECOND, time)
            .continueWith(
                t -> Thread.currentThread(), TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);

    time.timers.get(0).fire();

    assertThat(next.resultNow()).isSameAs(Thread.currentThread());
  }

  @Test
  void onlyACancellationShowsInItsOptions() {
    Task<Void> delay = Task.delay(Timeout.INFINITE, source.token());
    assertThat(delay.creationOptions()).isEmpty();

    source.cancel();

    assertThat(delay.creationOptions())
        .containsExactly(TaskCreationOptions.RUN_CONTINUATIONS_ASYNCHRONOUSLY);
  }

  @Test
  void cancelingAfterTheEndChangesNothing() {
    Task<Void> delay = Task.delay(SECOND, time, source.token());
    time.timers.get(0).fire();

    source.cancel();

    assertThat(delay.isCompletedSuccessfully()).isTrue();
    assertThat(delay.creationOptions()).isEmpty();
  }

  @Test
  void aProviderMayCallBackWhileItMakesTheTimer() {
    time.firesAtOnce = true;

    Task<Void> delay = Task.delay(SECOND, time, source.token());

    assertThat(delay.isCompletedSuccessfully()).isTrue();
    assertThat(time.timers.get(0).closed).isEqualTo(1);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void whatTheProviderThrowsComesOutAndNothingIsLeft() {
    time.failure = new IllegalStateException("no timers today");

    assertThatThrownBy(() -> Task.delay(SECOND, time, source.token())).isSameAs(time.failure);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void nullsAreRefusedAlsoWithACanceledToken() {
    source.cancel();

    assertThatThrownBy(() -> Task.delay(null, source.token()))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("duration");
    assertThatThrownBy(() -> Task.delay(SECOND, (TimeProvider) null, source.token()))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("timeProvider");
    assertThatThrownBy(() -> Task.delay(SECOND, (CancellationToken) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("token");
  }
}
