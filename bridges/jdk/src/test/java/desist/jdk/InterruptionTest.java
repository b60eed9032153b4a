// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InterruptionTest {
  /** How many are more than enough to meet each place that is short of stack. */
  private static final int OVERFLOWS = 100;

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();

  @Test
  void aBodyThatIsLetAloneReturnsItsResult() throws Exception {
    assertThat(Interruption.<String, RuntimeException>call(() -> "result", token))
        .isEqualTo("result");
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void withATokenThatCannotBeCanceledItIsThePlainCall() throws Exception {
    assertThat(
            Interruption.<String, RuntimeException>call(() -> "result", CancellationToken.none()))
        .isEqualTo("result");
  }

  @Test
  void aBodyMayThrowWhatItDeclares() {
    InterruptibleRunnable<IOException> body =
        () -> {
          throw new IOException("own");
        };

    assertThatThrownBy(() -> Interruption.run(body, token)).isInstanceOf(IOException.class);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aTokenThatIsCanceledLetsNothingBegin() {
    source.cancel();

    assertThatThrownBy(() -> Interruption.run(() -> fail("begun"), token))
        .isInstanceOf(OperationCanceledException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void anInterruptThatIsPendingOnEntryIsThrown() {
    for (CancellationToken each : new CancellationToken[] {token, CancellationToken.none()}) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> Interruption.run(() -> fail("begun"), each))
          .isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void theTokenInterruptsABodyThatBlocks() throws Exception {
    IOException reason = new IOException("reason");
    TestThreads.Running<String> blocked =
        TestThreads.start(
            () -> {
              OperationCanceledException canceled = canceled(InterruptionTest::block);
              assertThat(canceled.token()).isSameAs(token);
              assertThat(canceled).hasCause(reason);
              assertThat(canceled.getSuppressed()).hasExactlyElementsOfTypes(INTERRUPTED);
              return flag();
            });
    blocked.awaitBlocked();

    source.cancelBecause(reason);

    assertThat(blocked.join()).isEqualTo("clear");
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void theTokenInterruptsAVirtualThread() throws Exception {
    FutureTask<String> body =
        new FutureTask<>(
            () -> {
              canceled(InterruptionTest::block);
              return flag();
            });
    Thread thread = VirtualThreads.factory().newThread(body);
    thread.start();
    TestThreads.await("waits", () -> thread.getState() == Thread.State.WAITING);

    source.cancel();

    assertThat(body.get()).isEqualTo("clear");
  }

  @Test
  void aResultCountsAlsoIfTheTokenIsCanceledMeanwhile() throws Exception {
    String result =
        Interruption.call(
            () -> {
              source.cancel();
              assertThat(Thread.currentThread().isInterrupted()).isTrue();
              return "result";
            },
            token);

    assertThat(result).isEqualTo("result");
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void anyOtherFailureIsThrownAsItIs() {
    IOException own = new IOException("own");

    Throwable thrown = thrownBy(() -> cancelAndThrow(own));

    assertThat(thrown).isSameAs(own);
    assertThat(Thread.interrupted()).isFalse();
  }

  static Stream<Exception> exceptionsThatTellOfAnInterrupt() {
    return Stream.of(
        new InterruptedException(),
        new ClosedByInterruptException(),
        new FileLockInterruptionException(),
        new InterruptedIOException(),
        new SocketException("Closed by interrupt"),
        new UncheckedIOException(new ClosedByInterruptException()),
        new IllegalStateException(new ExecutionException(new InterruptedException())),
        new OperationCanceledException("of an iterator", new InterruptedException()));
  }

  @ParameterizedTest
  @MethodSource("exceptionsThatTellOfAnInterrupt")
  void anExceptionThatTellsOfTheInterruptIsACancellation(Exception own) {
    Throwable thrown = thrownBy(() -> cancelAndThrow(own));

    assertThat(thrown)
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(token))
        .hasSuppressedException(own);
  }

  static Stream<Exception> exceptionsThatDoNot() {
    return Stream.of(
        new SocketTimeoutException(),
        new SocketException("Connection reset"),
        new OperationCanceledException(
            "another's", new InterruptedException(), CancellationToken.canceled()),
        inACircle());
  }

  @ParameterizedTest
  @MethodSource("exceptionsThatDoNot")
  void anExceptionThatDoesNotIsThrownAsItIs(Exception own) {
    assertThat(thrownBy(() -> cancelAndThrow(own))).isSameAs(own);
  }

  @Test
  void anExceptionThatTellsOfAnInterruptIsThrownAsItIsWhereTheTokenIsLive() {
    ClosedByInterruptException own = new ClosedByInterruptException();

    Throwable thrown =
        thrownBy(
            () -> {
              throw own;
            });

    assertThat(thrown).isSameAs(own);
  }

  @Test
  void anInterruptByOthersIsThrownAsItIs() throws Exception {
    TestThreads.Running<Void> blocked =
        TestThreads.start(
            () -> {
              assertThat(thrownBy(InterruptionTest::block)).isInstanceOf(INTERRUPTED);
              return null;
            });
    blocked.awaitBlocked();

    blocked.thread().interrupt();

    blocked.join();
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void anInterruptByOthersThatComesFirstIsThrownAsItIs() {
    Throwable thrown =
        thrownBy(
            () -> {
              Thread.currentThread().interrupt();
              source.cancel();
              block();
            });

    assertThat(thrown).isInstanceOf(INTERRUPTED);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void anInterruptByOthersThatComesFirstStaysWhereNobodyNotices() throws Exception {
    Interruption.run(
        () -> {
          Thread.currentThread().interrupt();
          source.cancel();
        },
        token);

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anInterruptByOthersThatComesAfterTheTokensStays() {
    Throwable thrown =
        thrownBy(
            () -> {
              source.cancel();
              try {
                block();
              } finally {
                Thread.currentThread().interrupt();
              }
            });

    assertThat(thrown).isInstanceOf(OperationCanceledException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aBodyThatSetsTheFlagAgainLeavesNoTrace() {
    IllegalStateException own = new IllegalStateException(new InterruptedException());

    Throwable thrown =
        thrownBy(
            () -> {
              source.cancel();
              throw own; // with the flag as set as if it had been put back
            });

    assertThat(thrown).isInstanceOf(OperationCanceledException.class).hasSuppressedException(own);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void theOuterOfTwoEndsWhatTheInnerOneRuns() {
    try (CancellationTokenSource inner = new CancellationTokenSource()) {
      Throwable thrown =
          thrownBy(
              () ->
                  Interruption.run(
                      () -> {
                        source.cancel();
                        block();
                      },
                      inner.token()));

      assertThat(thrown)
          .isInstanceOfSatisfying(
              OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(token));
      assertThat(inner.registrationCount()).isZero();
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void theInnerOfTwoEndsByItself() throws Exception {
    try (CancellationTokenSource inner = new CancellationTokenSource()) {
      String result =
          Interruption.call(
              () -> {
                Throwable thrown =
                    catchThrowable(
                        () ->
                            Interruption.run(
                                () -> {
                                  inner.cancel();
                                  block();
                                },
                                inner.token()));
                assertThat(thrown).isInstanceOf(OperationCanceledException.class);
                return flag();
              },
              token);

      assertThat(result).isEqualTo("clear");
    }
  }

  @Test
  void theInnerOfTwoTakesOnlyItsOwnInterrupt() {
    try (CancellationTokenSource inner = new CancellationTokenSource()) {
      Throwable thrown =
          thrownBy(
              () -> {
                Throwable first =
                    catchThrowable(
                        () ->
                            Interruption.run(
                                () -> {
                                  source.cancel();
                                  inner.cancel();
                                  block(); // takes one flag for both
                                },
                                inner.token()));
                assertThat(first)
                    .isInstanceOfSatisfying(
                        OperationCanceledException.class,
                        e -> assertThat(e.token()).isSameAs(inner.token()));
                block();
              });

      assertThat(thrown)
          .isInstanceOfSatisfying(
              OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(token));
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void bothOfTwoWithOneTokenEnd() {
    Throwable thrown =
        thrownBy(
            () ->
                Interruption.run(
                    () -> {
                      source.cancel();
                      block();
                    },
                    token));

    assertThat(thrown)
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(token));
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aCancellationAfterTheBodyInterruptsNobody() throws Exception {
    Interruption.run(() -> {}, token);

    source.cancel();

    assertThat(Thread.interrupted()).isFalse();
  }

  private static final Class<InterruptedException> INTERRUPTED = InterruptedException.class;

  @Test
  void whatAFullStackKeepsFromEndingInterruptsNobody() throws Exception {
    for (int i = 0; i < OVERFLOWS; i++) {
      boolean strays =
          onASmallStack(
              () -> {
                CancellationTokenSource late = new CancellationTokenSource();
                overflow(() -> nest(late.token()));
                late.cancel();
                return Thread.interrupted();
              });
      assertThat(strays).isFalse();
    }
  }

  private static void nest(CancellationToken token) throws InterruptedException {
    Interruption.run(() -> nest(token), token);
  }

  private static void overflow(InterruptibleRunnable<RuntimeException> body)
      throws InterruptedException {
    try {
      body.run();
    } catch (StackOverflowError e) {
      // as is to be
    }
  }

  private static boolean onASmallStack(Callable<Boolean> body) throws Exception {
    FutureTask<Boolean> task = new FutureTask<>(body);
    Thread thread = new Thread(null, task, "small", 256 * 1024);
    thread.start();
    return task.get();
  }

  private static void block() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  private static void fail(String message) {
    throw new AssertionError(message);
  }

  private static String flag() {
    return Thread.interrupted() ? "set" : "clear";
  }

  private static Exception inACircle() {
    IllegalStateException first = new IllegalStateException("first");
    first.initCause(new IllegalStateException("second", first));
    return first;
  }

  private void cancelAndThrow(Exception own) throws Exception {
    source.cancel();
    assertThat(Thread.interrupted()).isTrue();
    throw own;
  }

  private Throwable thrownBy(InterruptibleRunnable<?> body) {
    return catchThrowable(() -> Interruption.run(body, token));
  }

  private OperationCanceledException canceled(InterruptibleRunnable<?> body) {
    Throwable thrown = thrownBy(body);
    assertThat(thrown).isInstanceOf(OperationCanceledException.class);
    return (OperationCanceledException) thrown;
  }
}
