// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.testing.CancellationSweep.Attempt;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CancellationSweepTest {
  private static final Duration HOUR = Duration.ofHours(1);

  /** Notes how many steps each attempt came to see before it was canceled. */
  private final List<Integer> seen = new ArrayList<>();

  private void threeSteps(Attempt attempt) {
    int step = 0;
    try {
      for (; step < 3; step++) {
        attempt.token().throwIfCancellationRequested();
        attempt.step();
      }
    } finally {
      seen.add(step);
    }
  }

  @Test
  void cancelsBeforeTheBodyBeginsThenAtEachStepThenNotAtAll() {
    int steps = CancellationSweep.overSteps(this::threeSteps);

    assertThat(steps).isEqualTo(3);
    assertThat(seen).containsExactly(0, 1, 2, 3, 3);
  }

  @Test
  void bodyWithoutStepsIsRunTwice() {
    AtomicInteger runs = new AtomicInteger();
    assertThat(CancellationSweep.overSteps(attempt -> runs.incrementAndGet())).isZero();
    assertThat(runs).hasValue(2);
  }

  @Test
  void limitEndsBodiesThatRunUntilCanceled() {
    int steps =
        CancellationSweep.overSteps(
            5,
            attempt -> {
              while (!attempt.token().isCancellationRequested()) {
                attempt.step();
              }
            });

    assertThat(steps).isEqualTo(5);
  }

  @Test
  void bodyThatRunsUntilCanceledIsRefusedWithoutALimit() {
    assertThatThrownBy(
            () ->
                CancellationSweep.overSteps(
                    attempt -> {
                      while (!attempt.token().isCancellationRequested()) {
                        attempt.step();
                      }
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1000 steps");
  }

  @Test
  void callbacksRunWithinTheStep() {
    CancellationSweep.overSteps(
        attempt -> {
          Thread body = Thread.currentThread();
          AtomicInteger runs = new AtomicInteger();
          var registration =
              attempt.token().register(() -> ranOn(Thread.currentThread(), body, runs));
          attempt.step();
          registration.close();
          assertThat(runs).hasValue(attempt.token().isCancellationRequested() ? 1 : 0);
        });
  }

  private static void ranOn(Thread thread, Thread expected, AtomicInteger runs) {
    assertThat(thread).isSameAs(expected);
    runs.incrementAndGet();
  }

  @Test
  void stepsMayBeMarkedOnOtherThreads() {
    int steps =
        CancellationSweep.overSteps(
            attempt -> {
              Thread worker = new Thread(attempt::step);
              worker.start();
              worker.join();
              attempt.token().throwIfCancellationRequested();
            });

    assertThat(steps).isEqualTo(1);
  }

  @Test
  void failureTellsTheStepAndWhereItWasMarked() {
    assertThatThrownBy(() -> CancellationSweep.overSteps(CancellationSweepTest::failsHalfWay))
        .isInstanceOf(AssertionError.class)
        .hasMessage("Canceled at step 2, the body failed: java.io.IOException: half way")
        .hasCauseInstanceOf(IOException.class)
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed()[0].getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals("markSecondStep")));
  }

  private static void failsHalfWay(Attempt attempt) throws IOException {
    attempt.step();
    if (!attempt.token().isCancellationRequested()) {
      markSecondStep(attempt);
      if (attempt.token().isCancellationRequested()) {
        throw new IOException("half way");
      }
    }
  }

  private static void markSecondStep(Attempt attempt) {
    attempt.step();
  }

  @Test
  void reasonOfTheTokenTellsTheStep() {
    CancellationSweep.overSteps(
        attempt -> {
          attempt.step();
          Throwable reason = attempt.token().reason();
          if (reason != null && !reason.getMessage().equals("Canceled before it began")) {
            assertThat(reason).hasMessage("Canceled at step 1");
          }
        });
  }

  @Test
  void exceptionOfALinkedTokenIsAnEndToo() {
    CancellationSweep.overSteps(
        attempt -> {
          try (var linked = CancellationTokenSource.createLinkedTokenSource(attempt.token())) {
            attempt.step();
            linked.token().throwIfCancellationRequested();
          }
        });
  }

  @Test
  void cancellationThatWasNotRequestedIsAFailure() {
    assertThatThrownBy(
            () ->
                CancellationSweep.overSteps(
                    attempt -> CancellationToken.canceled().throwIfCancellationRequested()))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Not canceled, the body failed")
        .hasCauseInstanceOf(OperationCanceledException.class)
        .hasNoSuppressedExceptions();
  }

  @Test
  void callbackThatThrowsIsAFailureAndLeavesTheStepAlone() {
    assertThatThrownBy(() -> CancellationSweep.overSteps(this::registersAFailingCallback))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Canceled at step 1")
        .hasCauseInstanceOf(AggregateException.class);
    assertThat(seen).containsExactly(1);
  }

  private void registersAFailingCallback(Attempt attempt) {
    if (!attempt.token().isCancellationRequested()) {
      attempt.token().register(() -> List.of().get(0));
      attempt.step();
      seen.add(1);
    }
  }

  @Test
  void leftRegistrationIsAFailure() {
    assertThatThrownBy(
            () -> CancellationSweep.overSteps(attempt -> attempt.token().register(() -> {})))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Not canceled, the body failed")
        .hasMessageContaining("left 1 registration behind");
  }

  @Test
  void interruptOfTheBodyFailsAndStaysSet() {
    assertThatThrownBy(
            () ->
                CancellationSweep.overSteps(
                    attempt -> {
                      throw new InterruptedException();
                    }))
        .isInstanceOf(AssertionError.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void overTimeCancelsBodiesThatRunUntilCanceled() {
    AtomicInteger runs = new AtomicInteger();
    int canceled =
        CancellationSweep.overTime(
            50,
            Duration.ofMillis(2),
            attempt -> {
              runs.incrementAndGet();
              attempt.token().awaitCancellation();
            });

    assertThat(canceled).isEqualTo(50);
    assertThat(runs).hasValue(50);
  }

  @Test
  void overTimeCancelsAtOnceInASpanOfZero() {
    int canceled =
        CancellationSweep.overTime(
            3, Duration.ZERO, attempt -> attempt.token().awaitCancellation());

    assertThat(canceled).isEqualTo(3);
  }

  @Test
  void overTimeLearnsHowLongTheBodyTakes() {
    AtomicInteger runs = new AtomicInteger();
    int canceled =
        CancellationSweep.overTime(
            20,
            attempt -> {
              runs.incrementAndGet();
              attempt.token().awaitCancellation(Duration.ofMillis(5));
            });

    assertThat(canceled).isPositive();
    assertThat(runs).hasValue(2 + 20);
  }

  @Test
  void attemptThatEndsBeforeItsMomentIsNotCanceled() {
    List<CancellationToken> tokens = new ArrayList<>();
    int canceled = CancellationSweep.overTime(2, HOUR, attempt -> tokens.add(attempt.token()));

    assertThat(canceled).isLessThanOrEqualTo(1); // the first moment is the beginning
    assertThat(tokens.get(1).isCancellationRequested()).isFalse();
  }

  @Test
  void numbersMustBePositive() {
    assertThatThrownBy(() -> CancellationSweep.overSteps(0, this::threeSteps))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("limit");
    assertThatThrownBy(() -> CancellationSweep.overTime(0, this::threeSteps))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("attempts");
    assertThatThrownBy(() -> CancellationSweep.overTime(-1, HOUR, this::threeSteps))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("attempts");
  }
}
