// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.TimeProvider;
import desist.testing.FakeTimeProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LadderOperationTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final FakeTimeProvider clock = new FakeTimeProvider();
  private final AtomicInteger steps = new AtomicInteger();
  private final CountDownLatch free = new CountDownLatch(1);

  @AfterEach
  void freeWhatHangs() {
    free.countDown();
  }

  @Test
  void nothingBeginsWithATokenThatIsCanceled() {
    Operation operation = operation(Step.quick(steps::incrementAndGet));
    source.cancel();

    assertThatThrownBy(() -> operation.begin(source.token()))
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(source.token()));

    operation.end();
    assertThat(operation.isStopped()).isFalse();
    assertThat(steps).hasValue(0);
  }

  @Test
  void anOperationIsOneRegistrationUntilItEnds() {
    Operation operation = operation(Step.quick(steps::incrementAndGet));

    operation.begin(source.token());
    assertThat(source.registrationCount()).isEqualTo(1);
    operation.end();

    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void nothingStopsAnOperationThatHasEnded() {
    Operation operation = operation(Step.quick(steps::incrementAndGet));
    operation.begin(source.token());
    operation.end();

    source.cancel();
    operation.end();

    assertThat(operation.isStopped()).isFalse();
    assertThat(steps).hasValue(0);
  }

  @Test
  void aQuickStepIsTakenByTheThreadThatCancels() {
    AtomicReference<Thread> thread = new AtomicReference<>();
    Operation operation = operation(Step.quick(() -> thread.set(Thread.currentThread())));
    operation.begin(source.token());

    source.cancel();

    assertThat(thread).hasValue(Thread.currentThread());
    assertThat(operation.isStopped()).isTrue();
    operation.end();
  }

  @Test
  void whoeverCancelsIsNotHeldUp() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<Thread> thread = new AtomicReference<>();
    Operation operation =
        operation(
            Step.of(
                () -> {
                  thread.set(Thread.currentThread());
                  begun.countDown();
                  free.await();
                }));
    operation.begin(source.token());

    source.cancel();

    begun.await();
    assertThat(thread.get().getName()).startsWith("desist-bridge-");
    assertThat(thread.get().isDaemon()).isTrue();
    free.countDown();
    operation.end();
  }

  @Test
  void theEndWaitsForTheStepInFlight() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Operation operation =
        operation(
            Step.of(
                () -> {
                  begun.countDown();
                  free.await();
                  steps.incrementAndGet();
                }));
    operation.begin(source.token());
    source.cancel();
    begun.await();

    TestThreads.Running<Integer> end =
        TestThreads.start(
            () -> {
              operation.end();
              return steps.get();
            });
    end.awaitBlocked();
    free.countDown();

    assertThat(end.join()).isEqualTo(1);
  }

  @Test
  void theEndWaitsNoLongerThanTheLimit() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    LadderOperation operation = operation(hanging(begun).within(SECOND));
    operation.begin(source.token());
    source.cancel();
    begun.await();
    clock.awaitTimers(1);
    TestThreads.Running<Void> end = TestThreads.run(operation::end).awaitBlocked();

    clock.advance(SECOND);

    end.join();
    assertThat(operation.isHanging()).isTrue();
    free.countDown();
    TestThreads.await("is free", () -> !operation.isHanging());
  }

  @Test
  void whatHasToBeginAlthoughItIsCanceledIsStoppedAtOnce() {
    Operation operation = operation(Step.quick(steps::incrementAndGet));
    source.cancel();

    operation.beginAnyway(source.token());

    assertThat(operation.isStopped()).isTrue();
    assertThat(steps).hasValue(1);
    operation.end();
  }

  @Test
  void aLimitThatPassesLateCountsForItsOwnRunAlone() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    Step step =
        Step.of(
            () -> {
              begun.countDown();
              if (steps.incrementAndGet() == 2) {
                free.await();
              }
            });
    Operation operation =
        operation(new Unclosed(clock), step.every(SECOND).within(Duration.ofSeconds(10)));
    operation.begin(source.token());
    source.cancel();
    clock.awaitTimers(2); // the limit, and the next time
    clock.advance(SECOND);
    begun.await();
    TestThreads.Running<Void> end = TestThreads.run(operation::end).awaitBlocked();

    clock.advance(Duration.ofSeconds(9));
    end.awaitBlocked();
    clock.advance(SECOND);

    end.join();
  }

  @Test
  void anInterruptedEndWaitsOnAndKeepsTheInterrupt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Operation operation = operation(hanging(begun));
    operation.begin(source.token());
    source.cancel();
    begun.await();
    TestThreads.Running<Boolean> end =
        TestThreads.start(
            () -> {
              operation.end();
              return Thread.interrupted();
            });
    end.awaitBlocked();

    end.thread().interrupt();
    free.countDown();

    assertThat(end.join()).isTrue();
  }

  @Test
  void noStepIsTakenAfterTheEnd() {
    Operation operation =
        operation(
            Step.quick(steps::incrementAndGet), Step.quick(steps::incrementAndGet).after(SECOND));
    operation.begin(source.token());
    source.cancel();
    assertThat(clock.timerCount()).isEqualTo(1);

    operation.end();

    assertThat(clock.timerCount()).isZero();
    clock.advance(SECOND);
    assertThat(steps).hasValue(1);
  }

  @Test
  void aStepWithAGraceIsTakenAfterIt() {
    Operation operation = operation(Step.quick(steps::incrementAndGet).after(SECOND));
    operation.begin(source.token());
    source.cancel();

    clock.advance(SECOND.minusNanos(1));
    assertThat(steps).hasValue(0);
    assertThat(operation.isStopped()).isFalse();
    clock.advance(Duration.ofNanos(1));

    assertThat(steps).hasValue(1);
    assertThat(operation.isStopped()).isTrue();
    operation.end();
  }

  @Test
  void stepsWithoutAGraceAreTakenTogether() {
    List<String> taken = new ArrayList<>();
    Operation operation =
        operation(
            Step.quick(() -> taken.add("one")),
            Step.quick(() -> taken.add("two")),
            Step.quick(() -> taken.add("three")).after(SECOND));
    operation.begin(source.token());

    source.cancel();

    assertThat(taken).containsExactly("one", "two");
    operation.end();
  }

  @Test
  void theNextStepIsTakenAlthoughTheOneBeforeHangs() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch next = new CountDownLatch(1);
    Operation operation = operation(hanging(begun), Step.quick(next::countDown).after(SECOND));
    operation.begin(source.token());
    source.cancel();
    begun.await();

    clock.advance(SECOND);

    assertThat(next.getCount()).isZero();
    free.countDown();
    operation.end();
  }

  @Test
  void aStepIsRepeatedUntilTheNextIsDue() {
    List<String> taken = new ArrayList<>();
    Operation operation =
        operation(
            Step.quick(() -> taken.add("ask")).every(SECOND),
            Step.quick(() -> taken.add("abort")).after(Duration.ofMillis(2500)));
    operation.begin(source.token());
    source.cancel();

    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofMillis(500));
    }

    assertThat(taken).containsExactly("ask", "ask", "ask", "abort");
    operation.end();
  }

  @Test
  void theLastStepIsRepeatedUntilTheEnd() {
    Operation operation = operation(Step.quick(steps::incrementAndGet).every(SECOND));
    operation.begin(source.token());
    source.cancel();

    clock.advance(SECOND);
    clock.advance(SECOND);
    assertThat(steps).hasValue(3);
    operation.end();

    assertThat(clock.timerCount()).isZero();
    clock.advance(SECOND);
    assertThat(steps).hasValue(3);
  }

  @Test
  void aStepIsRepeatedLessAndLessOften() {
    Operation operation =
        operation(Step.quick(steps::incrementAndGet).every(SECOND, Duration.ofSeconds(3)));
    operation.begin(source.token());
    source.cancel();
    List<Integer> after = new ArrayList<>();

    for (int second = 1; second <= 9; second++) {
      clock.advance(SECOND);
      after.add(steps.get());
    }

    assertThat(after).containsExactly(2, 2, 3, 3, 3, 4, 4, 4, 5);
    operation.end();
  }

  @Test
  void aStepThatHangsIsNotBegunAgain() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Operation operation = operation(hanging(begun).every(Duration.ofNanos(1)));
    operation.begin(source.token());
    source.cancel();
    begun.await();

    clock.advance(Duration.ofDays(1));
    assertThat(steps).hasValue(1);

    free.countDown();
    operation.end();
  }

  @Test
  void aStepThatFailsIsFollowedByTheNextAndTold() {
    IOException first = new IOException("first");
    IOException own = new IOException("own");
    Operation operation =
        operation(
            Step.quick(
                () -> {
                  throw first;
                }),
            Step.quick(steps::incrementAndGet));
    operation.begin(source.token());

    source.cancel();
    operation.end();

    assertThat(steps).hasValue(1);
    assertThat(operation.canceled(own)).hasSuppressedException(own).hasSuppressedException(first);
  }

  @Test
  void aStepMayEndItsOwnOperation() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    AtomicReference<Operation> itself = new AtomicReference<>();
    Operation operation =
        operation(
            Step.of(
                () -> {
                  itself.get().end();
                  ended.countDown();
                }));
    itself.set(operation);
    operation.begin(source.token());

    source.cancel();

    ended.await();
    operation.end();
  }

  @Test
  void theExceptionHasTheTokenTheReasonAndWhatTheResourceHasThrown() {
    IOException reason = new IOException("reason");
    IOException own = new IOException("own");
    Operation operation = operation(Step.quick(steps::incrementAndGet));
    operation.begin(source.token());
    source.cancelBecause(reason);
    operation.end();

    OperationCanceledException canceled = operation.canceled(own);

    assertThat(canceled.token()).isSameAs(source.token());
    assertThat(canceled).hasCause(reason).hasSuppressedException(own);
  }

  @Test
  void anExceptionOfTheSameTokenIsThrownItself() {
    Operation operation = operation(Step.quick(steps::incrementAndGet));
    operation.begin(source.token());
    source.cancel();
    operation.end();
    OperationCanceledException own = new OperationCanceledException(source.token());

    assertThat(operation.canceled(own)).isSameAs(own);
  }

  @Test
  void threadsThatHangAreMadeUpFor() throws Exception {
    CountDownLatch begun = new CountDownLatch(BridgeThreads.USUAL);
    CountDownLatch taken = new CountDownLatch(1);
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < BridgeThreads.USUAL; i++) {
      operations.add(operation(hanging(begun).within(SECOND)));
    }
    operations.forEach(operation -> operation.begin(source.token()));
    source.cancel();
    begun.await();
    clock.awaitTimers(BridgeThreads.USUAL);

    try (CancellationTokenSource other = new CancellationTokenSource()) {
      Operation late = operation(Step.of(taken::countDown));
      late.begin(other.token());
      other.cancel();
      clock.advance(SECOND);
      taken.await();
      late.end();
    }

    free.countDown();
    operations.forEach(Operation::end);
  }

  /** A step that tells when it begins, and then waits for longer than its thread is waited for. */
  private Step hanging(CountDownLatch begun) {
    return Step.of(
        () -> {
          steps.incrementAndGet();
          begun.countDown();
          free.await();
        });
  }

  private LadderOperation operation(Step... steps) {
    return operation(clock, steps);
  }

  private static LadderOperation operation(TimeProvider timeProvider, Step... steps) {
    return new LadderOperation() {
      @Override
      List<Step> steps() {
        return List.of(steps);
      }

      @Override
      TimeProvider timeProvider() {
        return timeProvider;
      }
    };
  }

  /** A clock whose timers call back although they are closed, as others may that are late. */
  private static final class Unclosed extends TimeProvider {
    private final TimeProvider clock;

    Unclosed(TimeProvider clock) {
      this.clock = clock;
    }

    @Override
    public Timer createTimer(Runnable callback, Duration dueTime, Duration period) {
      Timer timer = clock.createTimer(callback, dueTime, period);
      return new Timer() {
        @Override
        public boolean change(Duration dueTime, Duration period) {
          return timer.change(dueTime, period);
        }

        @Override
        public void close() {}

        @Override
        public CompletionStage<@Nullable Void> closeAsync() {
          return CompletableFuture.completedFuture(null);
        }
      };
    }
  }
}
