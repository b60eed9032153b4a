// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.TimeProvider;
import desist.testing.FakeTimeProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

class EscalationTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();
  private final FakeTimeProvider clock = new FakeTimeProvider();
  private final Escalation escalation = new Escalation().withTimeProvider(new Graces());
  private final AtomicInteger aborts = new AtomicInteger();
  private final BlockingQueue<EscalationReport> reports = new LinkedBlockingQueue<>();

  @Test
  void byItselfItOnlyAsks() {
    Throwable thrown =
        thrownBy(
            escalation,
            () -> {
              source.cancel();
              clock.advance(Duration.ofDays(1));
              assertThat(Thread.currentThread().isInterrupted()).isFalse();
              token.throwIfCancellationRequested();
            });

    assertThat(thrown).isInstanceOf(OperationCanceledException.class).hasNoSuppressedExceptions();
    assertThat(clock.timerCount()).isZero();
  }

  @Test
  void aBodyThatIsLetAloneReturnsItsResult() throws Exception {
    assertThat(full().<String, RuntimeException>call(() -> "result", token)).isEqualTo("result");
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void withATokenThatCannotBeCanceledItIsThePlainCall() throws Exception {
    assertThat(full().<String, RuntimeException>call(() -> "result", CancellationToken.none()))
        .isEqualTo("result");
  }

  @Test
  void aTokenThatIsCanceledLetsNothingBegin() {
    source.cancel();

    assertThat(
            thrownBy(
                full(),
                () -> {
                  throw new AssertionError("begun");
                }))
        .isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void afterItsGraceTheThreadIsInterrupted() {
    Throwable thrown =
        thrownBy(
            full(),
            () -> {
              source.cancel();
              clock.advance(SECOND.minusNanos(1));
              assertThat(Thread.currentThread().isInterrupted()).isFalse();
              clock.advance(Duration.ofNanos(1));
              new CountDownLatch(1).await();
            });

    assertThat(thrown).isInstanceOf(OperationCanceledException.class);
    assertThat(thrown.getSuppressed()).hasExactlyElementsOfTypes(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(aborts).hasValue(0);
  }

  @Test
  void withoutAGraceWhoeverCancelsInterrupts() {
    Throwable thrown =
        thrownBy(
            escalation.withInterruptAfter(Duration.ZERO),
            () -> {
              source.cancel();
              new CountDownLatch(1).await();
            });

    assertThat(thrown).isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void whatSwallowsTheInterruptIsAborted() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    IOException own = new IOException("closed");

    Throwable thrown =
        thrownBy(
            escalation.withInterruptAfter(SECOND).withAbortAfter(SECOND, closed::countDown),
            () -> {
              source.cancel();
              clock.advance(SECOND);
              assertThat(Thread.interrupted()).isTrue();
              clock.advance(SECOND);
              closed.await();
              throw own;
            });

    assertThat(thrown)
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(token))
        .hasSuppressedException(own);
  }

  @Test
  void anAbortThatFailsIsTold() throws Exception {
    IOException failure = new IOException("cannot be closed");
    CountDownLatch begun = new CountDownLatch(1);

    Throwable thrown =
        thrownBy(
            escalation.withAbortAfter(
                SECOND,
                () -> {
                  begun.countDown();
                  throw failure;
                }),
            () -> {
              source.cancel();
              clock.advance(SECOND);
              begun.await();
              throw new IllegalStateException("own");
            });

    assertThat(thrown)
        .isInstanceOf(OperationCanceledException.class)
        .hasSuppressedException(failure);
  }

  @Test
  void anErrorIsThrownAsItIsAlsoAfterTheAbort() {
    AssertionError own = new AssertionError("own");
    CountDownLatch closed = new CountDownLatch(1);

    Throwable thrown =
        thrownBy(
            escalation.withAbortAfter(SECOND, closed::countDown),
            () -> {
              source.cancel();
              clock.advance(SECOND);
              closed.await();
              throw own;
            });

    assertThat(thrown).isSameAs(own);
  }

  @Test
  void anyOtherFailureBeforeTheAbortIsThrownAsItIs() {
    IOException own = new IOException("own");

    Throwable thrown =
        thrownBy(
            full(),
            () -> {
              source.cancel();
              clock.advance(SECOND);
              throw own;
            });

    assertThat(thrown).isSameAs(own);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aResultCountsAlsoAfterTheInterrupt() throws Exception {
    String result =
        full()
            .call(
                () -> {
                  source.cancel();
                  clock.advance(SECOND);
                  return "result";
                },
                token);

    assertThat(result).isEqualTo("result");
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void whatGoesOnIsReportedAgainAndAgain() {
    thrownBy(
        escalation.withReportAfter(SECOND, reports::add),
        () -> {
          source.cancel();
          for (int count = 1; count <= 3; count++) {
            clock.awaitTimers(1);
            clock.advance(SECOND);
            EscalationReport report = next();
            assertThat(report.thread()).isSameAs(Thread.currentThread());
            assertThat(report.token()).isSameAs(token);
            assertThat(report.waited()).isEqualTo(SECOND.multipliedBy(count));
            assertThat(report.count()).isEqualTo(count);
            assertThat(report.stackTrace())
                .extracting(StackTraceElement::getClassName)
                .contains(EscalationTest.class.getName());
          }
        });

    assertThat(clock.timerCount()).isZero();
    clock.advance(SECOND);
    assertThat(reports).isEmpty();
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void theBodyMayRunOnAVirtualThread() throws Exception {
    FutureTask<@Nullable Throwable> body =
        new FutureTask<>(
            () ->
                thrownBy(
                    escalation.withReportAfter(SECOND, reports::add).withInterruptAfter(SECOND),
                    () -> new CountDownLatch(1).await()));
    Thread thread = VirtualThreads.factory().newThread(body);
    thread.start();
    TestThreads.await("waits", () -> thread.getState() == Thread.State.WAITING);

    source.cancel();
    clock.advance(SECOND);

    assertThat(body.get()).isInstanceOf(OperationCanceledException.class);
    assertThat(reports).isEmpty();
  }

  @Test
  void aHandlerThatFailsIsCalledAgain() {
    AtomicInteger calls = new AtomicInteger();

    Throwable thrown =
        thrownBy(
            escalation.withReportAfter(
                SECOND,
                report -> {
                  reports.add(report);
                  throw new IllegalStateException("call " + calls.incrementAndGet());
                }),
            () -> {
              source.cancel();
              for (int i = 0; i < 2; i++) {
                clock.awaitTimers(1);
                clock.advance(SECOND);
                next();
              }
              token.throwIfCancellationRequested();
            });

    assertThat(thrown).isInstanceOf(OperationCanceledException.class);
    assertThat(calls).hasValue(2);
  }

  @Test
  void aReportReadsAsAThreadDumpDoes() {
    EscalationReport report =
        new EscalationReport(
            new Thread("worker"),
            CancellationToken.canceled(),
            SECOND,
            2,
            List.of(new StackTraceElement("Importer", "read", "Importer.java", 7)));

    assertThat(report.toString().lines())
        .containsExactly(
            "\"worker\" has not stopped, PT1S after "
                + "CancellationToken[cancellation requested] (report 2)",
            "\tat Importer.read(Importer.java:7)");
  }

  @Test
  void aReportIsAnEventOfTheFlightRecorder(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("desist.UnresponsiveWork");
      recording.start();
      thrownBy(
          escalation.withReportAfter(SECOND, reports::add),
          () -> {
            source.cancel();
            clock.advance(SECOND);
            next();
          });
      recording.stop();
      recording.dump(file);
    }

    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    assertThat(events).hasSize(1);
    assertThat(events.get(0).getThread("worker").getJavaName())
        .isEqualTo(Thread.currentThread().getName());
    assertThat(events.get(0).getDuration("waited")).isEqualTo(SECOND);
    assertThat(events.get(0).getInt("count")).isEqualTo(1);
    assertThat(events.get(0).getString("calls")).contains(EscalationTest.class.getName());
  }

  @Test
  void eachChangeIsANewEscalation() {
    Escalation other = escalation.withInterruptAfter(SECOND);

    assertThat(other).isNotSameAs(escalation);
    assertThat(
            thrownBy(
                escalation,
                () -> {
                  source.cancel();
                  clock.advance(SECOND);
                  assertThat(Thread.interrupted()).isFalse();
                }))
        .isNull();
  }

  @Test
  void nullIsNamed() {
    assertThatThrownBy(() -> escalation.withInterruptAfter(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("grace");
    assertThatThrownBy(() -> escalation.withAbortAfter(SECOND, null)).hasMessage("resource");
    assertThatThrownBy(() -> escalation.withReportAfter(SECOND, null)).hasMessage("handler");
    assertThatThrownBy(() -> escalation.withTimeProvider(null)).hasMessage("timeProvider");
    assertThatThrownBy(() -> escalation.run(null, token)).hasMessage("body");
    assertThatThrownBy(() -> escalation.run(() -> {}, null)).hasMessage("token");
  }

  private Escalation full() {
    return escalation
        .withInterruptAfter(SECOND)
        .withAbortAfter(SECOND, aborts::incrementAndGet)
        .withReportAfter(SECOND, reports::add);
  }

  private EscalationReport next() throws InterruptedException {
    EscalationReport report = reports.poll(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(report).as("report").isNotNull();
    return report;
  }

  private Throwable thrownBy(Escalation escalation, InterruptibleRunnable<?> body) {
    return catchThrowable(() -> escalation.run(body, token));
  }

  /** The clock, but for limits: so a timer that is pending on it is that of a grace. */
  private final class Graces extends TimeProvider {
    @Override
    public long timestamp() {
      return clock.timestamp();
    }

    @Override
    public Timer createTimer(Runnable callback, Duration dueTime, Duration period) {
      return dueTime.equals(Step.LIMIT)
          ? super.createTimer(callback, dueTime, period)
          : clock.createTimer(callback, dueTime, period);
    }
  }
}
