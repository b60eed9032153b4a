// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** The system's clock, and its timers. */
class TimeProviderTest {
  private static final Duration NEVER = Timeout.INFINITE;
  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration LATER = Duration.ofHours(1);

  private final TimeProvider system = TimeProvider.system();
  private final BlockingQueue<Thread> calls = new LinkedBlockingQueue<>();
  private final Runnable callback = () -> calls.add(Thread.currentThread());

  @Test
  void theSystemsProviderIsOneObject() {
    assertThat(TimeProvider.system()).isSameAs(system);
  }

  @Test
  void aProviderThatOverridesNothingTellsTheSystemsTime() {
    TimeProvider plain = new TimeProvider() {};

    assertThat(plain.instant()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(plain.localTimeZone()).isEqualTo(ZoneId.systemDefault());
    long before = System.nanoTime();
    long stamp = plain.timestamp();
    assertThat(stamp - before).isNotNegative();
    assertThat(System.nanoTime() - stamp).isNotNegative();
  }

  @Test
  void aProviderThatOverridesNothingHasTheSystemsTimers() throws Exception {
    try (TimeProvider.Timer timer = new TimeProvider() {}.createTimer(callback, SOON, NEVER)) {
      assertThat(calls.take().getName()).startsWith("desist-callback-");
      assertThat(timer.change(NEVER, NEVER)).isTrue();
    }
  }

  @Test
  void elapsedIsTheTimeBetweenTwoReadings() {
    assertThat(system.elapsed(5, 1_000_000_005)).isEqualTo(Duration.ofSeconds(1));
    assertThat(system.elapsed(1_000_000_005, 5)).isEqualTo(Duration.ofSeconds(-1));
    assertThat(system.elapsed(Long.MAX_VALUE, Long.MIN_VALUE)).isEqualTo(Duration.ofNanos(1));
  }

  @Test
  void elapsedSinceAReadingEndsAtTheProvidersOwnNow() {
    TimeProvider atSeven =
        new TimeProvider() {
          @Override
          public long timestamp() {
            return 7;
          }
        };

    assertThat(atSeven.elapsed(4)).isEqualTo(Duration.ofNanos(3));
  }

  @Test
  void aTimerNeverCallsBackEarly() throws Exception {
    long start = System.nanoTime();
    try (TimeProvider.Timer timer = system.createTimer(callback, Duration.ofMillis(20), NEVER)) {
      calls.take();
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
      assertThat(timer).isNotNull();
    }
  }

  @Test
  void aTimePastMeansNow() throws Exception {
    for (Duration due : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(-1_000_000))) {
      try (TimeProvider.Timer timer = system.createTimer(callback, due, NEVER)) {
        assertThat(calls.take()).isNotNull();
        assertThat(timer).isNotNull();
      }
    }
  }

  @Test
  void aTimerThatIsNeverDueCallsBackWhenItIsChanged() throws Exception {
    try (TimeProvider.Timer timer = system.createTimer(callback, NEVER, NEVER)) {
      assertThat(timer.change(Duration.ZERO, NEVER)).isTrue();
      calls.take();
    }
  }

  @Test
  void aChangeReplacesWhatWasSet() throws Exception {
    CountDownLatch other = new CountDownLatch(1);
    try (TimeProvider.Timer timer = createTimerAndChangeItInTime(Duration.ofMillis(200), LATER)) {
      try (TimeProvider.Timer marker =
          system.createTimer(other::countDown, Duration.ofMillis(250), NEVER)) {
        other.await();
        assertThat(marker).isNotNull();
      }
      assertThat(calls).isEmpty();
      timer.change(SOON, NEVER);
      calls.take();
    }
  }

  /** Makes a timer that is changed before it is due, however busy the machine. */
  private TimeProvider.Timer createTimerAndChangeItInTime(Duration first, Duration second)
      throws Exception {
    while (true) {
      long start = System.nanoTime();
      TimeProvider.Timer timer = system.createTimer(callback, first, SOON);
      assertThat(timer.change(second, NEVER)).isTrue();
      if (System.nanoTime() - start < first.toNanos()) {
        return timer;
      }
      timer.closeAsync().toCompletableFuture().get();
      calls.clear();
    }
  }

  @Test
  void withAPeriodItCallsBackAgainAndAgain() throws Exception {
    long start = System.nanoTime();
    try (TimeProvider.Timer timer =
        system.createTimer(callback, Duration.ZERO, Duration.ofMillis(2))) {
      for (int i = 0; i < 5; i++) {
        calls.take();
      }
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(8_000_000);
      assertThat(timer.change(NEVER, NEVER)).isTrue();
    }
  }

  @Test
  void periodsThatHaveBeenMissedAreDropped() throws Exception {
    long start = System.nanoTime();
    try (TimeProvider.Timer timer =
        system.createTimer(callback, Duration.ZERO, Duration.ofNanos(1))) {
      for (int i = 0; i <= 20; i++) {
        calls.take();
      }
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(19L << TimerWheel.TICK_SHIFT);
      assertThat(timer).isNotNull();
    }
  }

  @Test
  void aCallbackDoesNotWaitForTheOneBefore() throws Exception {
    CountDownLatch bothRun = new CountDownLatch(2);
    try (TimeProvider.Timer timer =
        system.createTimer(
            () -> {
              bothRun.countDown();
              awaitQuietly(bothRun);
            },
            SOON,
            SOON)) {
      bothRun.await();
      assertThat(timer).isNotNull();
    }
  }

  @Test
  void aPeriodMustBePositive() {
    for (Duration period : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> system.createTimer(callback, LATER, period))
          .withMessageContaining("period")
          .withMessageContaining(period.toString());
    }
  }

  @Test
  void nullsAreRefusedByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> system.createTimer(null, LATER, NEVER))
        .withMessage("callback");
    assertThatNullPointerException()
        .isThrownBy(() -> system.createTimer(callback, null, NEVER))
        .withMessage("dueTime");
    assertThatNullPointerException()
        .isThrownBy(() -> system.createTimer(callback, LATER, null))
        .withMessage("period");
  }

  @Test
  void aClosedTimerCannotBeChangedAndMayBeClosedAgain() {
    TimeProvider.Timer timer = system.createTimer(callback, LATER, NEVER);

    timer.close();
    timer.close();

    assertThat(timer.change(Duration.ZERO, NEVER)).isFalse();
    assertThat(timer.closeAsync().toCompletableFuture()).isCompleted();
  }

  @Test
  void closeDoesNotWaitForARunningCallbackButTheStageDoes() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<Void> ended = new CompletableFuture<>();
    TimeProvider.Timer timer =
        system.createTimer(
            () -> {
              begun.countDown();
              awaitQuietly(release);
              ended.complete(null);
            },
            Duration.ZERO,
            NEVER);
    begun.await();

    timer.close();

    CompletableFuture<Void> closed = timer.closeAsync().toCompletableFuture();
    assertThat(closed).isNotDone();
    release.countDown();
    closed.get();
    assertThat(ended).isCompleted();
  }

  @Test
  void theStageOfAnIdleTimerIsComplete() {
    assertThat(system.createTimer(callback, LATER, NEVER).closeAsync().toCompletableFuture())
        .isCompleted();
  }

  @Test
  void aTimerMayBeClosedByItsOwnCallback() throws Exception {
    CompletableFuture<TimeProvider.Timer> self = new CompletableFuture<>();
    CompletableFuture<CompletableFuture<Void>> closing = new CompletableFuture<>();
    self.complete(
        system.createTimer(
            () -> closing.complete(self.join().closeAsync().toCompletableFuture()), SOON, LATER));

    closing.get().get();

    assertThat(self.get().change(SOON, NEVER)).isFalse();
  }

  @Test
  void whatACallbackThrowsGoesToTheHandlerAndThePeriodGoesOn() throws Exception {
    BlockingQueue<Throwable> handled = new LinkedBlockingQueue<>();
    Error thrown = new Error("of a timer's callback");
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> handled.add(e));
    try {
      TimeProvider.Timer timer =
          system.createTimer(
              () -> {
                throw thrown;
              },
              SOON,
              SOON);
      assertThat(handled.take()).isSameAs(thrown);
      assertThat(handled.take()).isSameAs(thrown);
      timer.closeAsync().toCompletableFuture().get();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void aTimerThatNobodyRefersToCallsBackAllTheSame() throws Exception {
    assertThat(system.createTimer(callback, Duration.ofMillis(50), NEVER)).isNotNull();

    System.gc();

    calls.take();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
