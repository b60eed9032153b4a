// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static desist.testing.CancellationAssertions.assertNothingLeftRegistered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.ObjectDisposedException;
import desist.testing.CancellationSweep;
import desist.testing.FakeTimeProvider;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

final class ShieldTest {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration TICK = Duration.ofNanos(1);

  private final FakeTimeProvider clock = new FakeTimeProvider();
  private final CancellationTokenSource source = new CancellationTokenSource();

  @Test
  void tokenOutlivesTheOtherByTheGrace() {
    try (Shield shield = Shield.of(GRACE, clock, source.token())) {
      clock.advance(Duration.ofHours(1));
      source.cancel();
      clock.advance(GRACE.minus(TICK));
      assertThat(shield.token().isCancellationRequested()).isFalse();
      clock.advance(TICK);
      assertThat(shield.token().isCancellationRequested()).isTrue();
      assertThat(shield.token().reason()).isInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void tokenTellsHowMuchOfTheGraceIsLeft() {
    try (Shield shield = Shield.of(GRACE, clock, source.token())) {
      assertThat(shield.token().remaining()).isEmpty();
      source.cancel();
      clock.advance(Duration.ofSeconds(2));
      assertThat(shield.token().remaining()).contains(Duration.ofSeconds(3));
    }
  }

  @Test
  void graceOfAShieldThatIsMadeTooLateCountsFromThen() {
    source.cancel();
    clock.advance(Duration.ofHours(1));
    try (Shield shield = Shield.of(GRACE, clock, source.token())) {
      assertThat(shield.token().remaining()).contains(GRACE);
    }
  }

  @Test
  void graceOfZeroIsNone() {
    try (Shield shield = Shield.of(Duration.ZERO, clock, source.token())) {
      source.cancel();
      assertThat(shield.token().isCancellationRequested()).isTrue();
    }
  }

  @Test
  void shieldOfATokenThatIsNeverCanceledIsNeverEither() {
    try (Shield shield = Shield.of(GRACE, clock, CancellationToken.none())) {
      clock.advance(Duration.ofHours(1));
      assertThat(shield.token().isCancellationRequested()).isFalse();
    }
  }

  @Test
  void closedShieldIsNotCanceledAnyMore() {
    Shield shield = Shield.of(GRACE, clock, source.token());
    CancellationToken token = shield.token();
    source.cancel();
    shield.close();
    shield.close();
    clock.advance(GRACE);
    assertThat(token.isCancellationRequested()).isFalse();
    assertThat(clock.timerCount()).isZero();
    assertThatThrownBy(shield::token).isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void closedShieldLeavesNothingOnTheToken() {
    assertNothingLeftRegistered(token -> Shield.of(GRACE, clock, token).close());
  }

  @Test
  void shieldMayBeClosedWhileTheTokenIsCanceled() {
    CancellationSweep.overTime(200, attempt -> Shield.of(GRACE, clock, attempt.token()).close());
    assertThat(clock.timerCount()).isZero();
  }

  @Test
  void systemsClockIsTheDefault() {
    try (Shield shield = Shield.of(Duration.ofHours(1), source.token())) {
      source.cancel();
      assertThat(shield.token().remaining()).isPresent();
    }
  }
}
