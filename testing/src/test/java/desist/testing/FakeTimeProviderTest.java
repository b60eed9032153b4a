// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.testing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.TimeProvider;
import desist.TimeProvider.Timer;
import desist.Timeout;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the fake clock promises, one promise per test. */
final class FakeTimeProviderTest {
  private static final Duration NEVER = Timeout.INFINITE;
  private static final Instant NEW_YEAR = Instant.parse("2000-01-01T00:00:00Z");

  private final FakeTimeProvider clock = new FakeTimeProvider();
  private final List<String> ran = new ArrayList<>();
  private final List<Timer> timers = new ArrayList<>(); // so that none is collected

  // Time

  @Test
  void startsAtTheYear2000InUtc() {
    assertThat(clock.start()).isEqualTo(NEW_YEAR);
    assertThat(clock.instant()).isEqualTo(NEW_YEAR);
    assertThat(clock.localTimeZone()).isEqualTo(ZoneOffset.UTC);
    assertThat(clock.autoAdvanceAmount()).isZero();
    assertThat(clock).hasToString("2000-01-01T00:00:00.000");
  }

  @Test
  void startIsKeptHoweverTheClockMoves() {
    Instant start = Instant.parse("2026-11-25T07:00:00Z");
    FakeTimeProvider late = new FakeTimeProvider(start);

    late.advance(Duration.ofDays(1));
    late.adjustTime(Instant.EPOCH);

    assertThat(late.start()).isEqualTo(start);
    assertThat(late.instant()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void standsStillUntilItIsMoved() {
    assertThat(clock.instant()).isEqualTo(clock.instant());
    assertThat(clock.timestamp()).isEqualTo(clock.timestamp());
  }

  @Test
  void advanceMovesTimeAndTimestampToTheNanosecond() {
    long start = clock.timestamp();

    clock.advance(Duration.ofNanos(1));
    clock.advance(Duration.ZERO);

    assertThat(clock.instant()).isEqualTo(NEW_YEAR.plusNanos(1));
    assertThat(clock.elapsed(start)).isEqualTo(Duration.ofNanos(1));
  }

  @Test
  void advanceSaturates() {
    scheduleOnce("at the end of time", Duration.between(NEW_YEAR, Instant.MAX));
    scheduleOnce("never", NEVER);

    clock.advance(Timeout.INFINITE);
    clock.advance(Timeout.INFINITE);

    assertThat(clock.instant()).isEqualTo(Instant.MAX);
    assertThat(ran).containsExactly("at the end of time");
  }

  @Test
  void timestampsMeasureAlsoAfterAThousandYears() {
    clock.advance(Duration.ofDays(365_250));
    long start = clock.timestamp();

    clock.advance(Duration.ofSeconds(5));

    assertThat(clock.elapsed(start)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void setInstantMovesForwardAndFires() {
    scheduleOnce("timer", Duration.ofHours(1));

    clock.setInstant(NEW_YEAR.plusSeconds(3600));

    assertThat(clock.instant()).isEqualTo(NEW_YEAR.plusSeconds(3600));
    assertThat(ran).containsExactly("timer");
  }

  @Test
  void setInstantDoesNotGoBack() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.setInstant(NEW_YEAR.minusNanos(1)))
        .withMessageContaining("1999-12-31T23:59:59.999999999Z");

    clock.setInstant(NEW_YEAR);
    assertThat(clock.instant()).isEqualTo(NEW_YEAR);
  }

  @Test
  void adjustTimeShiftsThePendingTimersAlong() {
    scheduleOnce("timer", Duration.ofMinutes(10));
    long start = clock.timestamp();

    clock.adjustTime(NEW_YEAR.plus(Duration.ofDays(1)));
    assertThat(ran).isEmpty();
    clock.adjustTime(Instant.EPOCH);
    assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
    assertThat(clock.elapsed(start)).isZero();
    clock.advance(Duration.ofMinutes(10).minusNanos(1));
    assertThat(ran).isEmpty();
    clock.advance(Duration.ofNanos(1));

    assertThat(ran).containsExactly("timer");
  }

  @Test
  void readingAdvancesByTheAutomaticAmountAfterwards() {
    scheduleOnce("timer", Duration.ofSeconds(2));
    clock.setAutoAdvanceAmount(Duration.ofSeconds(1));

    assertThat(clock.instant()).isEqualTo(NEW_YEAR);
    assertThat(ran).isEmpty();
    assertThat(clock.timestamp()).isEqualTo(SECONDS.toNanos(1));
    assertThat(ran).containsExactly("timer");
    assertThat(clock).hasToString("2000-01-01T00:00:02.000");
    assertThat(clock).hasToString("2000-01-01T00:00:02.000");
    assertThat(clock.autoAdvanceAmount()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void localTimeZoneIsWhatWasSet() {
    ZoneId zone = ZoneId.of("Asia/Kathmandu");

    clock.setLocalTimeZone(zone);

    assertThat(clock.localTimeZone()).isEqualTo(zone);
  }

  @Test
  void isAnInstantSource() {
    clock.advance(Duration.ofMillis(42));

    assertThat(clock.millis()).isEqualTo(NEW_YEAR.toEpochMilli() + 42);
    assertThat(clock.withZone(ZoneOffset.UTC).instant()).isEqualTo(NEW_YEAR.plusMillis(42));
  }

  // Timers

  @Test
  void timerFiresWhenDueAndNotBefore() {
    Thread here = Thread.currentThread();
    List<Thread> firedOn = new ArrayList<>();
    createTimer(() -> firedOn.add(Thread.currentThread()), Duration.ofNanos(1_500), NEVER);

    clock.advance(Duration.ofNanos(1_499));
    assertThat(firedOn).isEmpty();
    clock.advance(Duration.ofNanos(1));
    assertThat(firedOn).containsExactly(here);
    clock.advance(Duration.ofDays(1));

    assertThat(firedOn).hasSize(1);
  }

  @Test
  void callbacksSeeTheEndTime() {
    List<Instant> seen = new ArrayList<>();
    createTimer(() -> seen.add(clock.instant()), Duration.ofSeconds(1), NEVER);
    createTimer(() -> seen.add(clock.instant()), Duration.ofSeconds(2), NEVER);

    clock.advance(Duration.ofSeconds(5));

    assertThat(seen).containsExactly(NEW_YEAR.plusSeconds(5), NEW_YEAR.plusSeconds(5));
  }

  @Test
  void timersFireInTheOrderOfTheirDueTimesThenOfTheirScheduling() {
    scheduleOnce("third", Duration.ofSeconds(2));
    Timer second = scheduleOnce("second", NEVER);
    scheduleOnce("first", Duration.ofSeconds(1));
    scheduleOnce("fourth", Duration.ofSeconds(2));
    second.change(Duration.ofSeconds(1), NEVER);

    clock.advance(Duration.ofSeconds(2));

    assertThat(ran).containsExactly("first", "second", "third", "fourth");
  }

  @Test
  void timerThatIsDueAtOnceFiresBeforeTheCallReturns() {
    scheduleOnce("zero", Duration.ZERO);
    assertThat(ran).containsExactly("zero");

    scheduleOnce("already passed", Duration.ofMillis(-5));
    assertThat(ran).containsExactly("zero", "already passed");

    Timer timer = scheduleOnce("changed", NEVER);
    assertThat(ran).hasSize(2);
    assertThat(timer.change(Duration.ZERO, NEVER)).isTrue();
    assertThat(ran).containsExactly("zero", "already passed", "changed");
  }

  @Test
  void dueTimeThatHasPassedCountsAsNow() {
    createTimer(() -> ran.add("timer"), Duration.ofSeconds(-5), Duration.ofSeconds(10));
    assertThat(ran).hasSize(1);

    clock.advance(Duration.ofSeconds(10).minusNanos(1));
    assertThat(ran).hasSize(1);
    clock.advance(Duration.ofNanos(1));

    assertThat(ran).hasSize(2);
  }

  @Test
  void changeReplacesTheDueTimeAndCountsFromNow() {
    Timer timer = scheduleOnce("timer", Duration.ofSeconds(2));

    clock.advance(Duration.ofSeconds(1));
    timer.change(Duration.ofSeconds(2), NEVER);
    clock.advance(Duration.ofSeconds(1));
    assertThat(ran).isEmpty();
    clock.advance(Duration.ofSeconds(1));

    assertThat(ran).containsExactly("timer");
  }

  @Test
  void timerThatIsSwitchedOffCanBeSwitchedOnAgain() {
    Timer timer = scheduleOnce("timer", Duration.ofSeconds(1));

    timer.change(NEVER, NEVER);
    clock.advance(Duration.ofDays(1));
    assertThat(ran).isEmpty();
    timer.change(Duration.ofSeconds(1), NEVER);
    clock.advance(Duration.ofSeconds(1));

    assertThat(ran).containsExactly("timer");
  }

  @Test
  void periodicTimerFiresOnceForEachPeriodPassed() {
    createTimer(() -> ran.add(clock.toString()), Duration.ofSeconds(1), Duration.ofSeconds(2));

    clock.advance(Duration.ofSeconds(6));
    assertThat(ran).hasSize(3).containsOnly("2000-01-01T00:00:06.000");
    clock.advance(Duration.ofSeconds(1));

    assertThat(ran).hasSize(4).endsWith("2000-01-01T00:00:07.000");
  }

  @Test
  void periodicTimersTakeTurnsInTheOrderOfTheirDueTimes() {
    createTimer(() -> ran.add("a"), Duration.ofSeconds(1), Duration.ofSeconds(2));
    createTimer(() -> ran.add("b"), Duration.ofSeconds(2), Duration.ofSeconds(2));

    clock.advance(Duration.ofSeconds(4));

    assertThat(ran).containsExactly("a", "b", "a", "b");
  }

  @Test
  void periodCountsFromTheMoveIfTheClockMovedDuringTheCallback() {
    createTimer(
        () -> {
          ran.add(clock.toString());
          if (ran.size() == 1) {
            clock.advance(Duration.ofSeconds(7));
          }
        },
        Duration.ofSeconds(1),
        Duration.ofSeconds(2));

    clock.advance(Duration.ofSeconds(1)); // the callback moves the clock on to second 8
    assertThat(ran).hasSize(1);
    clock.advance(Duration.ofSeconds(2).minusNanos(1));
    assertThat(ran).hasSize(1);
    clock.advance(Duration.ofNanos(1));

    assertThat(ran).containsExactly("2000-01-01T00:00:01.000", "2000-01-01T00:00:10.000");
  }

  @Test
  void changeWithoutAPeriodEndsAPeriodicTimer() {
    Timer timer = createTimer(() -> ran.add("timer"), Duration.ofSeconds(1), Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));

    timer.change(Duration.ofSeconds(1), NEVER);
    clock.advance(Duration.ofSeconds(10));

    assertThat(ran).containsExactly("timer", "timer");
  }

  @Test
  void callbackMayCloseItsOwnTimer() {
    AtomicReference<Timer> timer = new AtomicReference<>();
    timer.set(
        createTimer(
            () -> {
              ran.add("timer");
              timer.get().close();
            },
            Duration.ofSeconds(1),
            Duration.ofSeconds(1)));

    clock.advance(Duration.ofSeconds(10));

    assertThat(ran).containsExactly("timer");
  }

  @Test
  void callbackMayChangeItsOwnTimer() {
    AtomicReference<Timer> timer = new AtomicReference<>();
    timer.set(
        createTimer(
            () -> {
              ran.add(clock.toString());
              timer.get().change(Duration.ofSeconds(5), Duration.ofSeconds(1));
            },
            Duration.ofSeconds(1),
            Duration.ofSeconds(1)));

    clock.advance(Duration.ofSeconds(3));
    clock.advance(Duration.ofSeconds(5));

    assertThat(ran).containsExactly("2000-01-01T00:00:03.000", "2000-01-01T00:00:08.000");
  }

  @Test
  void callbackMaySwitchOffItsOwnTimer() {
    AtomicReference<Timer> timer = new AtomicReference<>();
    timer.set(
        createTimer(
            () -> {
              ran.add("timer");
              timer.get().change(NEVER, Duration.ofSeconds(1));
            },
            Duration.ofSeconds(1),
            Duration.ofSeconds(1)));

    clock.advance(Duration.ofSeconds(10));

    assertThat(ran).containsExactly("timer");
  }

  @Test
  void closedTimerNeverFiresAgain() {
    Timer timer = createTimer(() -> ran.add("timer"), Duration.ofSeconds(1), Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));

    timer.close();
    timer.close();
    assertThat(timer.change(Duration.ZERO, NEVER)).isFalse();
    assertThat(timer.closeAsync().toCompletableFuture()).isCompleted();
    clock.advance(Duration.ofDays(1));

    assertThat(ran).containsExactly("timer");
  }

  @Test
  void timerThatNobodyRefersToIsCollected() {
    WeakReference<Object> held = new WeakReference<>(scheduleAndForget(Duration.ofSeconds(1)));

    Garbage.awaitCollection(held, clock);
    clock.advance(Duration.ofSeconds(1));

    assertThat(ran).isEmpty();
  }

  @Test
  void pendingTimerThatItsCallbackRefersToIsKept() {
    AtomicReference<Timer> timer = new AtomicReference<>();
    timer.set(
        clock.createTimer(
            () -> ran.add(timer.get() == null ? "lost" : "kept"), Duration.ofSeconds(1), NEVER));

    for (int i = 0; i < 5; i++) {
      System.gc();
      clock.advance(Duration.ZERO);
    }
    clock.advance(Duration.ofSeconds(1));

    assertThat(ran).containsExactly("kept");
  }

  // One at a time

  @Test
  void advanceInACallbackOnlyMovesTheTimeAndTheOuterOneGoesOn() {
    scheduleOnce("later", Duration.ofSeconds(5));
    createTimer(
        () -> {
          ran.add("begin");
          clock.advance(Duration.ofSeconds(10));
          scheduleOnce("at once", Duration.ZERO);
          ran.add("end");
        },
        Duration.ofSeconds(1),
        NEVER);

    clock.advance(Duration.ofSeconds(1));

    assertThat(ran).containsExactly("begin", "end", "later", "at once");
  }

  @Test
  void advanceOnAnotherThreadOnlyMovesTheTimeWhileACallbackRuns() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    List<Thread> firedOn = new ArrayList<>();
    createTimer(
        () -> {
          entered.countDown();
          awaitUninterruptibly(leave);
        },
        Duration.ofSeconds(1),
        NEVER);
    createTimer(() -> firedOn.add(Thread.currentThread()), Duration.ofSeconds(2), NEVER);
    Thread first = new Thread(() -> clock.advance(Duration.ofSeconds(1)), "first");

    first.start();
    entered.await();
    clock.advance(Duration.ofSeconds(1));
    assertThat(clock.instant()).isEqualTo(NEW_YEAR.plusSeconds(2));
    leave.countDown();
    first.join();

    assertThat(firedOn).containsExactly(first);
  }

  @Test
  void noDueTimerIsLeftBehindByThreadsThatAdvanceTogether() throws InterruptedException {
    int steps = 20_000;
    Runnable advance =
        () -> {
          for (int i = 0; i < steps; i++) {
            clock.advance(Duration.ofNanos(1));
          }
        };
    for (int i = 1; i <= 2 * steps; i++) {
      scheduleOnce("timer", Duration.ofNanos(i));
    }
    Thread one = new Thread(advance, "one");
    Thread other = new Thread(advance, "other");

    one.start();
    other.start();
    one.join();
    other.join();

    assertThat(ran).hasSize(2 * steps);
  }

  // Failures

  @Test
  void failureLeavesAdvanceAfterAllDueTimersHaveFired() {
    IllegalStateException failure = new IllegalStateException("from a callback");
    scheduleThrowing(failure, Duration.ofSeconds(1));
    scheduleOnce("next", Duration.ofSeconds(2));

    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(2))).isSameAs(failure);

    assertThat(ran).containsExactly("next");
    assertThat(failure.getSuppressed()).isEmpty();
    assertWorks();
  }

  @Test
  void laterFailuresAreSuppressedOnTheFirst() {
    AssertionError first = new AssertionError("first");
    IllegalStateException second = new IllegalStateException("second");
    scheduleThrowing(second, Duration.ofSeconds(2));
    scheduleThrowing(first, Duration.ofSeconds(1));
    scheduleThrowing(first, Duration.ofSeconds(3));

    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(3))).isSameAs(first);

    assertThat(first.getSuppressed()).containsExactly(second);
    assertWorks();
  }

  @Test
  void checkedExceptionThatACallbackSneaksOutIsThrownAsItIs() {
    IOException failure = new IOException("sneaky");
    scheduleThrowing(failure, Duration.ofSeconds(1));

    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(1))).isSameAs(failure);

    assertWorks();
  }

  @Test
  void failureLeavesWhateverCallMovedTheClock() {
    IllegalStateException failure = new IllegalStateException("from a callback");

    assertThatThrownBy(() -> scheduleThrowing(failure, Duration.ZERO)).isSameAs(failure);
    scheduleThrowing(failure, Duration.ofSeconds(1));
    assertThatThrownBy(() -> clock.setInstant(NEW_YEAR.plusSeconds(1))).isSameAs(failure);
    scheduleThrowing(failure, Duration.ofSeconds(1));
    clock.setAutoAdvanceAmount(Duration.ofSeconds(1));
    assertThatThrownBy(clock::instant).isSameAs(failure);

    clock.setAutoAdvanceAmount(Duration.ZERO);
    assertWorks();
  }

  @Test
  void periodicTimerThatFailsGoesOn() {
    Timer timer =
        createTimer(
            () -> {
              ran.add("timer");
              throw new IllegalStateException("again");
            },
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    Throwable thrown = catchThrowable(() -> clock.advance(Duration.ofSeconds(3)));

    assertThat(ran).hasSize(3);
    assertThat(thrown.getSuppressed()).hasSize(2);
    timer.close();
    assertWorks();
  }

  // Arguments

  @Test
  void nullIsRefusedByName() {
    Timer timer = scheduleOnce("timer", NEVER);
    Duration second = Duration.ofSeconds(1);

    assertNames("start", () -> new FakeTimeProvider(null));
    assertNames("amount", () -> clock.advance(null));
    assertNames("time", () -> clock.setInstant(null));
    assertNames("time", () -> clock.adjustTime(null));
    assertNames("amount", () -> clock.setAutoAdvanceAmount(null));
    assertNames("zone", () -> clock.setLocalTimeZone(null));
    assertNames("callback", () -> clock.createTimer(null, second, second));
    assertNames("dueTime", () -> createTimer(() -> {}, null, second));
    assertNames("period", () -> createTimer(() -> {}, second, null));
    assertNames("dueTime", () -> timer.change(null, second));
    assertNames("period", () -> timer.change(second, null));
  }

  @Test
  void amountsMustNotBeNegativeAndPeriodsMustBePositive() {
    Timer timer = scheduleOnce("timer", Duration.ofSeconds(1));
    timer.close();

    assertRefuses("PT-0.000000001S", () -> clock.advance(Duration.ofNanos(-1)));
    assertRefuses("PT-5S", () -> clock.setAutoAdvanceAmount(Duration.ofSeconds(-5)));
    assertRefuses("PT0S", () -> createTimer(() -> {}, Duration.ZERO, Duration.ZERO));
    assertRefuses("PT-1S", () -> timer.change(Duration.ZERO, Duration.ofSeconds(-1)));
    assertThat(clock.instant()).isEqualTo(NEW_YEAR);
  }

  private Timer createTimer(Runnable callback, Duration dueTime, Duration period) {
    Timer timer = clock.createTimer(callback, dueTime, period);
    timers.add(timer);
    return timer;
  }

  private Timer scheduleOnce(String name, Duration dueTime) {
    return createTimer(() -> ran.add(name), dueTime, NEVER);
  }

  /** Returns what the callback, and nobody else, refers to. */
  private Object scheduleAndForget(Duration dueTime) {
    Object held = new Object();
    clock.createTimer(() -> ran.add("forgotten " + held), dueTime, NEVER);
    return held;
  }

  private void scheduleThrowing(Throwable failure, Duration dueTime) {
    createTimer(() -> FakeTimeProviderTest.<RuntimeException>sneak(failure), dueTime, NEVER);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable failure) throws T {
    throw (T) failure;
  }

  // How many are pending

  @Test
  void countsTimersThatAreToFire() {
    createTimer(() -> {}, Duration.ofSeconds(1), NEVER);
    createTimer(() -> {}, Duration.ofSeconds(1), Duration.ofSeconds(1));
    createTimer(() -> {}, NEVER, NEVER);
    assertThat(clock.timerCount()).isEqualTo(2);

    clock.advance(Duration.ofSeconds(1));
    assertThat(clock.timerCount()).isOne();

    timers.forEach(Timer::close);
    assertThat(clock.timerCount()).isZero();
  }

  @Test
  void waitForTimersEndsWhenThereAreEnough() throws Exception {
    FutureTask<Boolean> wait = new FutureTask<>(() -> clock.awaitTimers(2, Duration.ofDays(1)));
    Thread thread = new Thread(wait);
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      assertThat(thread.isAlive()).isTrue();
      Thread.onSpinWait();
    }
    createTimer(() -> {}, Duration.ofSeconds(1), NEVER);
    assertThat(wait.isDone()).isFalse();
    createTimer(() -> {}, Duration.ofSeconds(1), NEVER);

    assertThat(wait.get(10, SECONDS)).isTrue();
    clock.awaitTimers(2);
  }

  @Test
  void waitForTimersEndsWithItsTime() throws Exception {
    createTimer(() -> {}, Duration.ofSeconds(1), NEVER);

    assertThat(clock.awaitTimers(1, Duration.ZERO)).isTrue();
    assertThat(clock.awaitTimers(2, Duration.ZERO)).isFalse();
    assertThat(clock.awaitTimers(2, Duration.ofNanos(1))).isFalse();
  }

  @Test
  void waitForTimersCanBeInterrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> clock.awaitTimers(1)).isInstanceOf(InterruptedException.class);
  }

  /** Pokes a clock that had a failing timer. */
  private void assertWorks() {
    Instant before = clock.instant();
    List<Instant> fired = new ArrayList<>();
    TimeProvider.Timer timer =
        createTimer(() -> fired.add(clock.instant()), Duration.ofSeconds(1), NEVER);
    clock.advance(Duration.ofSeconds(1));
    assertThat(fired).containsExactly(before.plusSeconds(1));
    assertThat(timer.change(Duration.ZERO, NEVER)).isTrue();
    assertThat(fired).hasSize(2);
  }

  private static void assertNames(String parameter, Runnable call) {
    assertThatNullPointerException().isThrownBy(call::run).withMessage(parameter);
  }

  private static void assertRefuses(String value, Runnable call) {
    assertThatIllegalArgumentException().isThrownBy(call::run).withMessageContaining(value);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
