// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.TimeProvider;
import desist.testing.CancellationExtension;
import desist.testing.FakeTimeProvider;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CancellationExtension.class)
final class TimeoutOrCallerTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Duration LATE = Duration.ofDays(1);

  @Test
  void answerInTimeIsNeither(FakeTimeProvider clock, CancellationToken caller) throws Exception {
    assertThat(TimeoutOrCaller.ask(Duration.ZERO, TIMEOUT, clock, caller))
        .isEqualTo("answered in time");
  }

  @Test
  void timeoutIsToldByItsReason(FakeTimeProvider clock, CancellationToken caller) throws Exception {
    FutureTask<String> asking = askOnAnotherThread(clock, caller);

    clock.advance(TIMEOUT);

    assertThat(asking.get()).startsWith("time-out: ").contains("TimeoutException");
  }

  @Test
  void timeoutOfTheCallerIsTheCallers(FakeTimeProvider clock) throws Exception {
    try (var caller = new CancellationTokenSource(TIMEOUT.minusMillis(1), clock)) {
      FutureTask<String> asking = askOnAnotherThread(clock, caller.token());

      clock.advance(TIMEOUT);

      assertThat(asking.get()).startsWith("caller: ").contains("TimeoutException");
    }
  }

  @Test
  void callerNeedsNoReason(FakeTimeProvider clock, CancellationTokenSource caller)
      throws Exception {
    FutureTask<String> asking = askOnAnotherThread(clock, caller.token());

    caller.cancel();

    assertThat(asking.get()).isEqualTo("caller: null");
  }

  @Test
  void callerIsToldByHisReason(FakeTimeProvider clock, CancellationTokenSource caller)
      throws Exception {
    FutureTask<String> asking = askOnAnotherThread(clock, caller.token());

    caller.cancelBecause(new IllegalStateException("changed his mind"));

    assertThat(asking.get()).startsWith("caller: ").endsWith("changed his mind");
  }

  @Test
  void programShowsAllThree() throws Exception {
    assertThat(Program.output(TimeoutOrCaller::main, ""))
        .startsWith("answered in time")
        .contains("time-out: java.util.concurrent.TimeoutException: ")
        .contains("caller: java.lang.IllegalStateException: window closed");
  }

  /** Asks for what will not be answered, and returns when the question waits. */
  private static FutureTask<String> askOnAnotherThread(
      TimeProvider clock, CancellationToken caller) {
    FutureTask<String> asking =
        new FutureTask<>(() -> TimeoutOrCaller.ask(LATE, TIMEOUT, clock, caller));
    Thread thread = new Thread(asking, "asking");
    thread.start();
    TestThreads.awaitBlocked(thread);
    return asking;
  }
}
