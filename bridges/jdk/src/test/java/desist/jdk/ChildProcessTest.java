// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import desist.TimeProvider;
import desist.testing.CancellationSweep;
import desist.testing.FakeTimeProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** When a process is told what, on a fake clock; real processes are in {@link ProcessesTest}. */
final class ChildProcessTest {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration FIRST_LOOK = Duration.ofMillis(10);
  private static final Duration KILL_LIMIT = Duration.ofSeconds(2);
  private static final Duration TICK = Duration.ofNanos(1);

  private final FakeTimeProvider clock = new FakeTimeProvider();
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final List<List<ProcessHandle>> reports = new ArrayList<>();
  private final ProcessOptions options =
      new ProcessOptions().withGrace(GRACE).withTimeProvider(clock).withReport(reports::add);
  private final FakeProcess process = new FakeProcess();

  private ChildProcess adopt() {
    return Processes.adopt(process, options, source.token());
  }

  private void awaitSignals(String... signals) {
    TestThreads.await("told", () -> process.signals.size() >= signals.length);
    assertThat(process.signals).containsExactly(signals);
  }

  /** Moves the clock in two, as a step's grace begins when the step before it is taken. */
  private void passGrace() {
    clock.advance(FIRST_LOOK);
    clock.advance(GRACE.minus(FIRST_LOOK));
  }

  /** Moves the clock over what looks whether the tree is gone, until it has noticed. */
  private OperationCanceledException awaitCanceled(ChildProcess child) {
    var waiting = TestThreads.start(child::waitFor);
    TestThreads.await(
        "noticed",
        () -> {
          clock.advance(FIRST_LOOK);
          return waiting.task().isDone();
        });
    return catchThrowableOfType(OperationCanceledException.class, waiting::join);
  }

  @Test
  void processThatEndsByItselfIsToldNothing() throws Exception {
    ChildProcess child = adopt();
    assertThat(source.registrationCount()).isEqualTo(1);
    process.exit(3);
    assertThat(child.waitFor()).isEqualTo(3);
    assertThat(source.registrationCount()).isZero();
    source.cancel();
    child.close();
    assertThat(child.waitFor()).isEqualTo(3);
    assertThat(process.signals).isEmpty();
  }

  @Test
  void endOfWhichNobodyTellsIsNoticed() throws Exception {
    ChildProcess child = adopt();
    process.exitSilently(3);
    assertThat(child.waitFor()).isEqualTo(3);
  }

  @Test
  void treeIsToldFromItsRoot() {
    process.fork();
    process.fork();
    adopt();
    source.cancel();
    awaitSignals("TERM 0", "TERM 1", "TERM 2");
  }

  @Test
  void treeThatObeysIsNotKilled() {
    process.fork();
    ChildProcess child = adopt();
    IOException reason = new IOException("connection lost");
    source.cancelBecause(reason);
    awaitSignals("TERM 0", "TERM 1"); // before the clock moves on beyond the grace
    assertThat(awaitCanceled(child))
        .hasCause(reason)
        .hasNoSuppressedExceptions()
        .extracting(OperationCanceledException::token)
        .isSameAs(source.token());
    clock.advance(GRACE.plus(KILL_LIMIT));
    assertThat(process.signals).containsExactly("TERM 0", "TERM 1");
    TestThreads.await("timers are closed", () -> clock.timerCount() == 0);
  }

  @Test
  void treeIsKilledWhenTheGraceHasPassed() {
    process.fork();
    process.obeyingTerm(1, false);
    ChildProcess child = adopt();
    source.cancel();
    awaitSignals("TERM 0", "TERM 1");
    clock.advance(FIRST_LOOK);
    clock.advance(GRACE.minus(FIRST_LOOK).minus(TICK));
    assertThat(process.signals).hasSize(2);
    clock.advance(TICK);
    awaitSignals("TERM 0", "TERM 1", "KILL 1");
    awaitCanceled(child);
    assertThat(reports).isEmpty();
  }

  @Test
  void whatHasStartedMeanwhileIsKilledToo() {
    process.obeyingTerm(0, false);
    adopt();
    source.cancel();
    awaitSignals("TERM 0");
    process.fork();
    passGrace();
    awaitSignals("TERM 0", "KILL 0", "KILL 1");
  }

  @Test
  void survivorsAreReportedByPid() {
    process.immortal(process.fork());
    ChildProcess child = adopt();
    source.cancel();
    awaitSignals("TERM 0", "TERM 1");
    passGrace();
    TestThreads.await("killed", () -> process.signals.contains("KILL 1"));
    clock.advance(KILL_LIMIT);
    OperationCanceledException canceled = awaitCanceled(child);
    assertThat(canceled.getSuppressed())
        .singleElement()
        .satisfies(
            suppressed ->
                assertThat(suppressed)
                    .hasMessage("Killed, and still running: " + process.handle(1).pid()));
    TestThreads.await("reported", () -> !reports.isEmpty());
    assertThat(reports).containsExactly(List.of(process.handle(1)));
  }

  @Test
  void graceOfZeroKillsAtOnce() {
    ChildProcess child = Processes.adopt(process, options.withGrace(Duration.ZERO), source.token());
    source.cancel();
    awaitSignals("KILL 0");
    awaitCanceled(child);
  }

  @Test
  void processOfACanceledTokenIsToldAtOnce() {
    source.cancel();
    ChildProcess child = adopt();
    awaitSignals("TERM 0");
    awaitCanceled(child);
  }

  @Test
  void processThatHasEndedBeforeItWasToldHasEndedByItself() throws Exception {
    ChildProcess child = adopt();
    process.exitSilently(4);
    source.cancel();
    assertThat(child.waitFor()).isEqualTo(4);
    assertThat(process.signals).isEmpty();
  }

  @Test
  void processThatEndsAsItIsAboutToBeToldHasEndedByItself() throws Exception {
    Thread canceler = Thread.currentThread();
    CountDownLatch looked = new CountDownLatch(1);
    TimeProvider late =
        new TimeProvider() {
          @Override
          public Timer createTimer(Runnable callback, Duration dueTime, Duration period) {
            if (Thread.currentThread() == canceler) {
              process.exit(4);
            } else { // who would tell it, if that had not been noticed
              TestThreads.await("looked at", () -> looked.getCount() == 0);
            }
            return clock.createTimer(callback, dueTime, period);
          }
        };
    ChildProcess child = Processes.adopt(process, options.withTimeProvider(late), source.token());
    source.cancel();
    assertThat(child).hasToString("ChildProcess[" + process.pid() + ", ended]");
    looked.countDown();
    assertThat(child.waitFor()).isEqualTo(4);
    assertThat(process.signals).isEmpty();
  }

  @Test
  void closeStopsTheProcess() {
    ChildProcess child = adopt();
    child.close();
    assertThat(process.signals).containsExactly("TERM 0");
    assertThat(source.registrationCount()).isZero();
    TestThreads.await("timers are closed", () -> clock.timerCount() == 0);
    assertThatThrownBy(child::waitFor).isInstanceOf(ObjectDisposedException.class);
    child.close();
    source.cancel();
    assertThat(process.signals).containsExactly("TERM 0");
  }

  @Test
  void interruptEndsTheWaitAndNotTheProcess() throws Exception {
    ChildProcess child = adopt();
    var waiting = TestThreads.start(child::waitFor).awaitBlocked();
    waiting.thread().interrupt();
    assertThatThrownBy(waiting::join).isInstanceOf(InterruptedException.class);
    assertThat(process.signals).isEmpty();
    process.exit(0);
    assertThat(child.waitFor()).isZero();
  }

  @Test
  void tokenThatIsNeverCanceledIsNoHindrance() throws Exception {
    ChildProcess child = Processes.adopt(process, CancellationToken.none());
    process.exit(0);
    assertThat(child.waitFor()).isZero();
  }

  @Test
  void endAndCancellationMayCoincide() {
    CancellationSweep.overTime(
        1000,
        attempt -> {
          FakeProcess racing = new FakeProcess();
          ChildProcess child = Processes.adopt(racing, attempt.token());
          racing.exit(5);
          try {
            assertThat(child.waitFor()).isEqualTo(5);
            assertThat(racing.signals).isEmpty();
          } catch (OperationCanceledException e) {
            assertThat(racing.signals).containsExactly("TERM 0");
            throw e;
          }
        });
  }

  @Test
  void stringTellsTheState() {
    ChildProcess child = adopt();
    assertThat(child).hasToString("ChildProcess[" + process.pid() + ", running]");
    process.exit(0);
    assertThat(child).hasToString("ChildProcess[" + process.pid() + ", ended]");
  }
}
