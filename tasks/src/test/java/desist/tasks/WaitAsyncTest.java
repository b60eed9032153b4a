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
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class WaitAsyncTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();
  private final Task<Integer> task = promise.task();
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final HandTime time = new HandTime();

  @Test
  void itIsTheTaskItselfIfThatHasEnded() {
    source.cancel();
    Task<Integer> ended = Task.fromException(new IOException());

    assertThat(ended.waitAsync(source.token())).isSameAs(ended);
    assertThat(ended.waitAsync(Duration.ZERO)).isSameAs(ended);
  }

  @Test
  void itIsTheTaskItselfIfNothingElseCanEndIt() {
    assertThat(task.waitAsync(CancellationToken.none())).isSameAs(task);
    assertThat(task.waitAsync(Timeout.INFINITE)).isSameAs(task);
    assertThat(task.waitAsync(source.token())).isNotSameAs(task);
  }

  @Test
  void itEndsAsTheTaskEnds() {
    Task<Integer> result = task.waitAsync(source.token());
    promise.setResult(1);
    assertThat(result.resultNow()).isEqualTo(1);

    TaskCompletionSource<Integer> faulty = new TaskCompletionSource<>();
    Task<Integer> fault = faulty.task().waitAsync(SECOND, time);
    List<Throwable> faults = List.of(new IOException(), new IllegalStateException());
    faulty.setException(faults);
    assertThat(fault.exception().innerExceptions()).containsExactlyElementsOf(faults);
  }

  @Test
  void theTokenCancelsItAtOnceWithItsReason() {
    Task<Integer> wait = task.waitAsync(SECOND, time, source.token());
    IOException reason = new IOException();

    source.cancelBecause(reason);

    assertThat(wait.isCanceled()).isTrue();
    assertThat(task.isCompleted()).isFalse();
    TaskCanceledException thrown = (TaskCanceledException) catchThrowable(wait::await);
    assertThat(thrown.token()).isSameAs(source.token());
    assertThat(thrown.task()).isSameAs(wait);
    assertThat(thrown).hasCause(reason);
  }

  @Test
  void whoeverIsToBeToldOfTheEndIsToldBeforeTheTimerIsClosed() {
    List<String> order = new ArrayList<>();
    time.onClose = () -> order.add("closed");
    for (int i = 0; i < 3; i++) {
      task.waitAsync(SECOND, time, i == 1 ? source.token() : CancellationToken.none())
          .continueWithAction(
              wait -> order.add(wait.status().name()),
              TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);
    }

    time.timers.get(0).fire();
    source.cancel();
    promise.setResult(1);

    assertThat(order)
        .containsExactly("FAULTED", "closed", "CANCELED", "closed", "RAN_TO_COMPLETION", "closed");
  }

  @Test
  void aCanceledTokenGoesBeforeATimeThatHasPassed() {
    source.cancel();

    assertThat(task.waitAsync(source.token()).isCanceled()).isTrue();
    assertThat(task.waitAsync(Duration.ZERO, source.token()).isCanceled()).isTrue();
  }

  @Test
  void aTimeThatHasPassedIsATimeoutAtOnce() {
    for (Duration passed : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      assertThat(task.waitAsync(passed).exception().innerExceptions())
          .singleElement()
          .isInstanceOf(TimeoutException.class)
          .extracting(Throwable::getMessage)
          .isEqualTo("The task has not ended within " + passed + ".");
    }
  }

  @Test
  void theSystemsClockTimesOutToo() {
    Task<Integer> wait = task.waitAsync(Duration.ofMillis(1));

    assertThatThrownBy(wait::join).hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void theTimerIsTheProvidersToTheNanosecond() {
    task.waitAsync(Duration.ofNanos(1_999_999), time);

    assertThat(time.timers.get(0).dueTime).isEqualTo(Duration.ofNanos(1_999_999));
    assertThat(time.timers.get(0).period).isEqualTo(Timeout.INFINITE);
  }

  @Test
  void nothingIsLeftBehindHoweverItEnds() {
    Task<Integer> expired = task.waitAsync(SECOND, time, source.token());
    assertThat(task.hookCount() + source.registrationCount()).isEqualTo(2);
    time.timers.get(0).fire();
    assertNothingIsLeft(expired);

    CancellationTokenSource other = new CancellationTokenSource();
    Task<Integer> canceled = task.waitAsync(SECOND, time, other.token());
    other.cancel();
    assertNothingIsLeft(canceled);

    Task<Integer> ended = task.waitAsync(SECOND, time, source.token());
    promise.setResult(1);
    assertNothingIsLeft(ended);
  }

  private void assertNothingIsLeft(Task<Integer> wait) {
    assertThat(wait.isCompleted()).isTrue();
    assertThat(task.hookCount()).isZero();
    assertThat(source.registrationCount()).isZero();
    assertThat(time.timers).last().extracting(timer -> timer.closed).isEqualTo(1);
  }

  @Test
  void aProviderMayCallBackWhileItMakesTheTimer() {
    time.firesAtOnce = true;

    Task<Integer> wait = task.waitAsync(SECOND, time, source.token());

    assertThat(wait.isFaulted()).isTrue();
    assertNothingIsLeft(wait);
  }

  @Test
  void whatTheProviderThrowsComesOutAndNothingIsLeft() {
    time.failure = new IllegalStateException("no timers today");

    assertThatThrownBy(() -> task.waitAsync(SECOND, time, source.token())).isSameAs(time.failure);
    assertThat(source.registrationCount()).isZero();
    assertThat(task.hookCount()).isZero();
  }

  @Test
  void whatClosingTheTimerThrowsHoldsNothingUp() throws Exception {
    time.closeFailure = new IllegalStateException("will not close");
    Task<Integer> wait = task.waitAsync(SECOND, time);
    Throwable[] handled = new Throwable[1];
    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> handled[0] = e);

    promise.setResult(1);

    assertThat(wait.result()).isEqualTo(1);
    assertThat(handled[0]).isSameAs(time.closeFailure);
  }

  @Test
  void itsContinuationsRunInTheCallThatCancels() {
    Task<Thread> next =
        task.waitAsync(source.token())
            .continueWith(
                t -> Thread.currentThread(), TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);

    source.cancel();

    assertThat(next.resultNow()).isSameAs(Thread.currentThread());
  }

  @Test
  void whatRacesLeavesNothing() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      CancellationTokenSource racing = new CancellationTokenSource();
      TestThreads.Running<Void> canceler = TestThreads.run(racing::cancel);

      Task<Integer> wait = task.waitAsync(SECOND, time, racing.token());

      canceler.join();
      assertThat(wait.isCanceled()).isTrue();
      assertThat(task.hookCount()).isZero();
    }
    assertThat(time.timers).allMatch(timer -> timer.closed == 1);
  }

  @Test
  void nullsAreRefused() {
    Task<Integer> ended = Task.fromResult(1);
    assertThatThrownBy(() -> ended.waitAsync((CancellationToken) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("token");
    assertThatThrownBy(() -> ended.waitAsync((Duration) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("timeout");
    assertThatThrownBy(() -> ended.waitAsync(SECOND, (TimeProvider) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("timeProvider");
  }
}
