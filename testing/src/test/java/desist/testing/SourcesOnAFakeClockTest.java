// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.Timeout;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What becomes of sources whose delays go by a fake clock. */
final class SourcesOnAFakeClockTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final FakeTimeProvider clock = new FakeTimeProvider();
  private final List<String> ran = new ArrayList<>();

  @Test
  void sourceIsCanceledOnTheThreadThatMovesTheClock() {
    Thread here = Thread.currentThread();
    List<Thread> ranOn = new ArrayList<>();
    try (var source = new CancellationTokenSource(SECOND, clock)) {
      source.token().register(() -> ranOn.add(Thread.currentThread()));

      clock.advance(SECOND.minusNanos(1));
      assertThat(source.isCancellationRequested()).isFalse();
      clock.advance(Duration.ofNanos(1));

      assertThat(ranOn).containsExactly(here);
      assertThat(source.token().reason()).isInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void delayThatHasPassedCancelsInTheConstructorAndInCancelAfter() {
    try (var born = new CancellationTokenSource(Duration.ofNanos(-1), clock);
        var later = new CancellationTokenSource(Timeout.INFINITE, clock)) {
      assertThat(born.isCancellationRequested()).isTrue();

      assertThat(later.isCancellationRequested()).isFalse();
      later.cancelAfter(Duration.ZERO);
      assertThat(later.isCancellationRequested()).isTrue();
    }
  }

  @Test
  void sourcesAreCanceledInTheOrderOfTheirDelays() {
    for (int seconds : new int[] {3, 1, 2}) {
      var source = new CancellationTokenSource(Duration.ofSeconds(seconds), clock);
      source.token().register(() -> ran.add(seconds + " s"));
    }

    clock.advance(Duration.ofSeconds(3));

    assertThat(ran).containsExactly("1 s", "2 s", "3 s");
  }

  @Test
  void cancelAfterMovesTheDelayAndCloseStopsIt() {
    try (var moved = new CancellationTokenSource(SECOND, clock)) {
      var closed = new CancellationTokenSource(SECOND, clock);
      moved.token().register(() -> ran.add("moved"));
      closed.token().register(() -> ran.add("closed"));

      moved.cancelAfter(Duration.ofSeconds(2));
      closed.close();
      clock.advance(SECOND);
      assertThat(ran).isEmpty();
      clock.advance(SECOND);

      assertThat(ran).containsExactly("moved");
    }
  }

  @Test
  void remainingTimeGoesByTheClockAndNotByTheTimeOfDay() {
    try (var source = new CancellationTokenSource(Duration.ofMinutes(10), clock)) {
      clock.advance(Duration.ofMinutes(4));
      clock.adjustTime(Instant.EPOCH);

      assertThat(source.token().remaining()).contains(Duration.ofMinutes(6));
    }
  }

  @Test
  void failingSourceKeepsNoOtherFromBeingCanceled() {
    try (var failing = new CancellationTokenSource(SECOND, clock);
        var other = new CancellationTokenSource(SECOND, clock)) {
      IllegalStateException failure = new IllegalStateException("from a callback");
      failing
          .token()
          .register(
              () -> {
                throw failure;
              });

      Throwable thrown = catchThrowable(() -> clock.advance(SECOND));

      assertThat(thrown).isInstanceOf(AggregateException.class).hasCause(failure);
      assertThat(other.isCancellationRequested()).isTrue();
      try (var later = new CancellationTokenSource(SECOND, clock)) {
        clock.advance(SECOND);
        assertThat(later.isCancellationRequested()).isTrue();
      }
    }
  }

  @Test
  void tryResetIsFalse() {
    try (var source = new CancellationTokenSource(SECOND, clock)) {
      assertThat(source.tryReset()).isFalse();

      clock.advance(SECOND);
      assertThat(source.isCancellationRequested()).isTrue();
    }
  }

  @Test
  void childIsCanceledByItsOwnDelayOrWithItsParent() {
    try (var parent = new CancellationTokenSource(Duration.ofSeconds(2), clock);
        var first = linked(SECOND, parent.token());
        var second = linked(Duration.ofSeconds(3), parent.token())) {
      clock.advance(SECOND);
      assertThat(first.isCancellationRequested()).isTrue();
      assertThat(second.isCancellationRequested()).isFalse();

      clock.advance(SECOND);
      assertThat(second.isCancellationRequested()).isTrue();
      assertThat(second.token().reason()).isSameAs(parent.token().reason());
    }
  }

  @Test
  void callbackOfAnAbandonedSourceStillRuns() {
    abandonSource();
    WeakReference<Object> held = new WeakReference<>(abandonTimer());

    Garbage.awaitCollection(held, clock);
    clock.advance(SECOND);

    assertThat(ran).containsExactly("abandoned");
  }

  private void abandonSource() {
    new CancellationTokenSource(SECOND, clock).token().register(() -> ran.add("abandoned"));
  }

  /** Returns what the timer's callback, and nobody else, refers to. */
  private Object abandonTimer() {
    Object held = new Object();
    clock.createTimer(() -> ran.add("lost " + held), Duration.ofSeconds(1), Timeout.INFINITE);
    return held;
  }

  private CancellationTokenSource linked(Duration delay, CancellationToken parent) {
    return CancellationTokenSource.createLinkedTokenSource(delay, clock, parent);
  }
}
