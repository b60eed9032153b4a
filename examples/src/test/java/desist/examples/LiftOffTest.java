// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.testing.CancellationExtension;
import desist.testing.FakeTimeProvider;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CancellationExtension.class)
final class LiftOffTest {
  @Test
  void liftsOffWhenTheTimeIsOver(FakeTimeProvider clock, CancellationToken token) throws Exception {
    FutureTask<String> countdown = countDownOnAnotherThread(1, clock, token);

    clock.advance(Duration.ofSeconds(1));

    assertThat(countdown.get()).isEqualTo("lift-off");
  }

  @Test
  void isCalledOffInTheMidstOfASecond(FakeTimeProvider clock, CancellationTokenSource source)
      throws Exception {
    FutureTask<String> countdown = countDownOnAnotherThread(3, clock, source.token());

    clock.advance(Duration.ofMillis(500));
    source.cancel();

    assertThat(countdown.get()).isEqualTo("called off at 3");
  }

  @Test
  void programStopsAtAKey() throws Exception {
    assertThat(Program.output(LiftOff::main, "c").lines())
        .startsWith("10")
        .last()
        .asString()
        .startsWith("called off at ");
  }

  /** Counts down, and returns when the first delay has begun. */
  private static FutureTask<String> countDownOnAnotherThread(
      int from, FakeTimeProvider clock, CancellationToken token) throws InterruptedException {
    FutureTask<String> countdown = new FutureTask<>(() -> LiftOff.countDown(from, clock, token));
    Thread thread = new Thread(countdown, "countdown");
    thread.start();
    clock.awaitTimers(1); // the thread may wait before that, to print
    return countdown;
  }
}
