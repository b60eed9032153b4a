// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Delays on the system's clock and on a user's. */
class DelayTest {
  private final List<String> log = new ArrayList<>();

  @Test
  void aDelayCancelsFromADaemonThreadAndSaysWhich() throws Exception {
    CompletableFuture<Thread> ranOn = new CompletableFuture<>();
    CancellationTokenSource source = new CancellationTokenSource();
    source.token().register(() -> ranOn.complete(Thread.currentThread()));

    source.cancelAfter(Duration.ofMillis(1));

    assertThat(ranOn.get().isDaemon()).isTrue();
    assertThat(ranOn.get().getName()).isNotEqualTo("desist-timer");
    assertThat(source.token().reason())
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("PT0.001S")
        .isSameAs(source.token().reason());
  }

  @Test
  void zeroAndLessMeanCanceledFromTheStart() {
    for (Duration delay : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(-1))) {
      CancellationTokenSource source = new CancellationTokenSource(delay);
      assertThat(source.isCancellationRequested()).isTrue();
      assertThat(source.token().reason()).isInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void noDelayIsTooLong() {
    for (Duration delay : List.of(Timeout.INFINITE, Duration.ofDays(365_000_000))) {
      try (CancellationTokenSource source = new CancellationTokenSource(delay)) {
        source.cancelAfter(delay);
        assertThat(source.isCancellationRequested()).isFalse();
      }
    }
    assertThat(new CancellationTokenSource(Timeout.INFINITE).token().remaining()).isEmpty();
  }

  @Test
  void eachCancelAfterReplacesTheOneBefore() throws InterruptedException {
    CancellationTokenSource source = new CancellationTokenSource(Duration.ofNanos(1_000_000));
    source.cancelAfter(Duration.ofDays(1));
    if (!source.isCancellationRequested()) {
      assertThat(source.token().remaining())
          .hasValueSatisfying(left -> assertThat(left).isGreaterThan(Duration.ofHours(23)));
      source.cancelAfter(Timeout.INFINITE);
      assertThat(source.token().remaining()).isEmpty();
    }
    source.cancelAfter(Duration.ZERO);
    assertThat(source.token().awaitCancellation(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void whatCallbacksOfADelayThrowGoesToTheThreadsHandler() throws Exception {
    BlockingQueue<Throwable> handled = new LinkedBlockingQueue<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> handled.add(e));
    try {
      CancellationTokenSource source = new CancellationTokenSource();
      source
          .token()
          .register(
              () -> {
                throw new IllegalStateException("callback");
              });
      source.cancelAfter(Duration.ZERO);

      Throwable failure = handled.poll(10, TimeUnit.SECONDS);

      assertThat(failure).isInstanceOf(AggregateException.class).hasRootCauseMessage("callback");
      CancellationTokenSource next = new CancellationTokenSource(Duration.ofNanos(1));
      assertThat(next.token().awaitCancellation(Duration.ofSeconds(10))).isTrue();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void aBlockingCallbackOfADelayHoldsUpNoOther() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try {
      for (int i = 0; i < 20; i++) {
        CancellationTokenSource blocked = new CancellationTokenSource();
        blocked.token().register(() -> assertThat(catchThrowable(release::await)).isNull());
        blocked.cancelAfter(Duration.ZERO);
      }
      CountDownLatch ran = new CountDownLatch(1);
      CancellationTokenSource other = new CancellationTokenSource();
      other.token().register(ran::countDown);
      other.cancelAfter(Duration.ofMillis(1));

      assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      release.countDown();
    }
  }

  @Test
  void aUsersTimerIsToldEachDelayAndClosedOnce() {
    Clock clock = new Clock();
    CancellationTokenSource source = new CancellationTokenSource(Duration.ofSeconds(1), clock);
    source.cancelAfter(Duration.ofNanos(7));
    assertThat(source.tryReset()).isFalse();
    source.cancel();
    source.cancelAfter(Duration.ofSeconds(3));
    source.close();

    assertThat(log).containsExactly("create PT1S", "change PT0.000000007S", "close");
  }

  @Test
  void aUsersTimerThatThrowsLeavesNothingHalfCanceled() {
    Clock clock = new Clock();
    clock.onClose = new IllegalStateException("timer");
    CancellationTokenSource source = new CancellationTokenSource(Duration.ofSeconds(1), clock);
    source.token().register(() -> log.add("callback"));

    assertThat(catchThrowable(source::cancel))
        .isInstanceOf(AggregateException.class)
        .hasRootCauseMessage("timer");

    assertThat(log).containsExactly("create PT1S", "close", "callback");
  }

  @Test
  void whatCallbacksThrowLeavesTheUsersTimer() {
    Clock clock = new Clock();
    CancellationTokenSource source = new CancellationTokenSource(Duration.ofSeconds(1), clock);
    source
        .token()
        .register(
            () -> {
              throw new IllegalStateException("callback");
            });

    assertThat(catchThrowable(() -> clock.callback.run()))
        .isInstanceOf(AggregateException.class)
        .hasRootCauseMessage("callback");
    assertThat(source.token().reason()).isInstanceOf(TimeoutException.class);
  }

  @Test
  void aTimerThatFiresAfterTheCloseMakesTheTokenRequestedAndRunsNothing() {
    Clock clock = new Clock();
    CancellationTokenSource source = new CancellationTokenSource(Duration.ofSeconds(1), clock);
    CancellationToken token = source.token();
    CancellationToken child = CancellationTokenSource.createLinkedTokenSource(token).token();
    token.register(() -> log.add("callback"));
    source.close();

    clock.callback.run();

    assertThat(token.isCancellationRequested()).isTrue();
    assertThat(child.isCancellationRequested()).isFalse();
    assertThat(log).doesNotContain("callback");
  }

  @Test
  void aClosedSourceRefusesAndItsTokenAnswers() {
    CancellationTokenSource source = new CancellationTokenSource(Duration.ofDays(1));
    CancellationToken token = source.token();
    source.close();
    source.close();

    assertThatIllegalStateException().isThrownBy(source::token);
    assertThat(catchThrowable(source::cancel)).isInstanceOf(ObjectDisposedException.class);
    assertThat(catchThrowable(() -> source.cancelAfter(Duration.ZERO)))
        .isInstanceOf(ObjectDisposedException.class);
    assertThat(catchThrowable(source::tryReset)).isInstanceOf(ObjectDisposedException.class);
    assertThat(token.isCancellationRequested()).isFalse();
    assertThat(token.remaining()).isEmpty();
    assertThat(token.register(() -> {})).isSameAs(CancellationTokenRegistration.none());
  }

  /** A clock that stands still and keeps its one timer's callback. */
  private final class Clock extends TimeProvider {
    private Runnable callback = () -> {};
    private @Nullable RuntimeException onClose;

    @Override
    public long timestamp() {
      return 0;
    }

    @Override
    public Timer createTimer(Runnable timerCallback, Duration dueTime, Duration period) {
      log.add("create " + dueTime);
      callback = timerCallback;
      return new Timer() {
        @Override
        public boolean change(Duration dueTime, Duration period) {
          log.add("change " + dueTime);
          return true;
        }

        @Override
        public void close() {
          log.add("close");
          if (onClose != null) {
            throw onClose;
          }
        }

        @Override
        public CompletionStage<@Nullable Void> closeAsync() {
          close();
          return CompletableFuture.completedFuture(null);
        }
      };
    }
  }
}
