// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.Timeout;
import desist.testing.FakeTimeProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Scopes on a fake clock; that of a JVM is tested with one. */
final class ShutdownScopeTest {
  private static final Duration DRAIN = Duration.ofSeconds(20);
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final Duration TICK = Duration.ofNanos(1);

  private final FakeTimeProvider clock = new FakeTimeProvider();
  private final List<List<UnfinishedWork>> reports = new ArrayList<>();
  private final ShutdownOptions options =
      new ShutdownOptions()
          .withDrainGrace(DRAIN)
          .withStopGrace(STOP)
          .withTimeProvider(clock)
          .withReport(reports::add);
  private final ShutdownScope scope = new ShutdownScope(options);

  private boolean isDraining() {
    return scope.draining().isCancellationRequested();
  }

  private boolean isStopping() {
    return scope.stopping().isCancellationRequested();
  }

  @Test
  void scopeWithoutWorkEndsWithTheRequest() {
    assertThat(isDraining()).isFalse();
    scope.request();
    assertThat(isDraining()).isTrue();
    assertThat(isStopping()).isTrue();
    scope.close(); // does not wait
    assertThat(clock.timerCount()).isZero();
    assertThat(reports).isEmpty();
  }

  @Test
  void workHasTheDrainGraceToFinish() {
    scope.begin("import");
    scope.request();
    assertThat(isDraining()).isTrue();
    clock.advance(DRAIN.minus(TICK));
    assertThat(isStopping()).isFalse();
    assertThat(scope.stopping().remaining()).contains(TICK);
    clock.advance(TICK);
    assertThat(isStopping()).isTrue();
    assertThat(scope.stopping().reason()).isInstanceOf(TimeoutException.class);
  }

  @Test
  void lastWorkThatEndsEndsTheScope() {
    var first = scope.begin("first");
    var second = scope.begin("second");
    scope.request();
    first.close();
    first.close();
    assertThat(isStopping()).isFalse();
    second.close();
    assertThat(isStopping()).isTrue();
    assertThat(scope.stopping().reason()).isNull();
    scope.close(); // does not wait
    assertThat(clock.timerCount()).isZero();
  }

  @Test
  void workThatEndsBeforeTheRequestEndsNothing() {
    scope.begin("first").close();
    assertThat(isDraining()).isFalse();
    assertThat(isStopping()).isFalse();
    scope.begin("second");
    assertThat(scope.running()).containsExactly("second");
  }

  @Test
  void workThatDoesNotStopIsReportedByName() {
    scope.begin("import");
    clock.advance(Duration.ofSeconds(10));
    scope.begin("export");
    scope.begin("backup").close();
    scope.request();
    clock.advance(DRAIN.plus(STOP).minus(TICK));
    assertThat(reports).isEmpty();
    clock.advance(TICK);

    Thread here = Thread.currentThread();
    assertThat(reports)
        .containsExactly(
            List.of(
                new UnfinishedWork("import", here, Duration.ofSeconds(35)),
                new UnfinishedWork("export", here, Duration.ofSeconds(25))));
    scope.close(); // does not wait
    assertThat(reports).hasSize(1);
  }

  @Test
  void workThatStopsInTheStopGraceIsNotReported() {
    var work = scope.begin("import");
    scope.request();
    clock.advance(DRAIN);
    work.close();
    clock.advance(STOP);
    scope.close();
    assertThat(reports).isEmpty();
    assertThat(clock.timerCount()).isZero();
  }

  @Test
  void noWorkBeginsAfterTheRequest() {
    IOException reason = new IOException("lease lost");
    scope.requestBecause(reason);
    assertThatThrownBy(() -> scope.begin("late"))
        .isInstanceOf(OperationCanceledException.class)
        .hasCause(reason);
    assertThat(scope.running()).isEmpty();
  }

  @Test
  void secondRequestChangesNothing() {
    IOException reason = new IOException("lease lost");
    scope.begin("import");
    scope.requestBecause(reason);
    clock.advance(Duration.ofSeconds(1));
    scope.request();
    scope.requestBecause(new IOException("another"));
    assertThat(scope.draining().reason()).isSameAs(reason);
    assertThat(scope.stopping().remaining()).contains(DRAIN.minusSeconds(1));
  }

  @Test
  void gracesMayBeForEver() {
    var patient = new ShutdownScope(options.withDrainGrace(Timeout.INFINITE));
    var work = patient.begin("import");
    patient.request();
    clock.advance(Duration.ofDays(1000));
    assertThat(patient.stopping().isCancellationRequested()).isFalse();
    work.close();
    assertThat(patient.stopping().isCancellationRequested()).isTrue();
  }

  @Test
  void gracesOfZeroOrLessAreNone() {
    Duration past = Duration.ofSeconds(-1);
    var hasty = new ShutdownScope(options.withDrainGrace(past).withStopGrace(past));
    hasty.begin("import");
    hasty.request();
    assertThat(hasty.stopping().isCancellationRequested()).isTrue();
    assertThat(reports).hasSize(1);
  }

  @Test
  void callbackThatBlocksHoldsUpNeitherRequestNorEnd() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    scope
        .draining()
        .register(
            () -> {
              begun.countDown();
              awaitQuietly(released);
            });
    scope.close();
    begun.await();
    released.countDown();
  }

  @Test
  void reportThatBlocksHoldsUpTheEndForItsLimitOnly() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    var silent =
        new ShutdownScope(
            options.withReport(
                unfinished -> {
                  begun.countDown();
                  awaitQuietly(released);
                }));
    silent.begin("import");
    silent.request();
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      var advancing = executor.submit(() -> clock.advance(DRAIN.plus(STOP)));
      begun.await();
      var closing = executor.submit(silent::close);
      assertThat(silent.toString()).contains("stopping");
      assertThat(closing.isDone()).isFalse();
      released.countDown();
      advancing.get();
      closing.get();
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void closeWaitsForTheWorkAndKeepsTheInterrupt() throws Exception {
    var work = scope.begin("import");
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread closing =
        new Thread(
            () -> {
              scope.close();
              if (Thread.interrupted()) {
                interrupted.countDown();
              }
            });
    closing.start();
    clock.awaitTimers(2);
    closing.interrupt();
    assertThat(closing.isAlive()).isTrue();
    work.close();
    closing.join();
    assertThat(interrupted.getCount()).isZero();
  }

  @Test
  void shieldOutlivesStopping() {
    scope.begin("import");
    try (Shield shield = scope.shield(Duration.ofSeconds(3))) {
      scope.request();
      clock.advance(DRAIN);
      clock.advance(Duration.ofSeconds(3).minus(TICK));
      assertThat(shield.token().isCancellationRequested()).isFalse();
      clock.advance(TICK);
      assertThat(shield.token().isCancellationRequested()).isTrue();
    }
  }

  @Test
  void tokenMayRequestTheEnd() {
    try (var source = new CancellationTokenSource()) {
      source.token().register(scope::request);
      source.cancel();
      assertThat(isDraining()).isTrue();
    }
  }

  @Test
  void scopeTellsItsState() {
    var work = scope.begin("import");
    assertThat(scope).hasToString("ShutdownScope[open, running=[import]]");
    scope.request();
    assertThat(scope).hasToString("ShutdownScope[draining, running=[import]]");
    clock.advance(DRAIN);
    assertThat(scope).hasToString("ShutdownScope[stopping, running=[import]]");
    work.close();
    assertThat(scope).hasToString("ShutdownScope[ended, running=[]]");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
