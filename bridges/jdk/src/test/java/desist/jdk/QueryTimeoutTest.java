// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.testing.FakeTimeProvider;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a token's remaining time becomes a statement's time-out. */
class QueryTimeoutTest {
  private final FakeTimeProvider clock = new FakeTimeProvider();
  private final ScriptedDriver driver = new ScriptedDriver();
  private final List<Integer> timeouts = new ArrayList<>();
  private final CancellationTokenSource source =
      new CancellationTokenSource(Duration.ofSeconds(3), clock);

  private int timeout;

  QueryTimeoutTest() {
    driver
        .on("execute", args -> true)
        .on("getQueryTimeout", args -> timeout)
        .on(
            "setQueryTimeout",
            args -> {
              timeout = (int) args[0];
              timeouts.add(timeout);
              return null;
            });
  }

  @AfterEach
  void close() {
    source.close();
  }

  @ParameterizedTest
  @CsvSource({"3000, 3", "2999, 3", "2001, 3", "2000, 2", "1, 1"})
  void theTimeLeftIsRoundedUpToSeconds(long millis, int seconds) throws SQLException {
    try (var delayed = new CancellationTokenSource(Duration.ofMillis(millis), clock)) {
      execute(delayed.token());
    }

    assertThat(timeouts).containsExactly(seconds, 0);
  }

  @Test
  void aShorterTimeOutOfTheStatementStays() throws SQLException {
    timeout = 2;

    execute(source.token());

    assertThat(timeouts).isEmpty();
  }

  @Test
  void aLongerOneIsThereAgainAfterwards() throws SQLException {
    timeout = 60;

    execute(source.token());

    assertThat(timeouts).containsExactly(3, 60);
  }

  @Test
  void itIsThereAgainAfterAFailureToo() {
    SQLException own = new SQLException("failed", "42000");
    driver.on(
        "execute",
        args -> {
          throw own;
        });

    assertThatThrownBy(() -> execute(source.token())).isSameAs(own);

    assertThat(timeouts).containsExactly(3, 0);
  }

  @Test
  void withoutADeadlineTheTimeOutIsLeftAlone() throws SQLException {
    try (var plain = new CancellationTokenSource()) {
      execute(plain.token());
    }

    assertThat(driver.calls()).doesNotContain("getQueryTimeout", "setQueryTimeout");
  }

  @Test
  void aDeadlineBeyondWhatDriversCanCountIsLeftToTheToken() throws SQLException {
    try (var far = new CancellationTokenSource(Duration.ofDays(100), clock)) {
      execute(far.token());
    }

    assertThat(timeouts).isEmpty();
  }

  @Test
  void aDriverWithoutTimeOutsExecutesAllTheSame() throws SQLException {
    driver.on(
        "setQueryTimeout",
        args -> {
          throw new SQLFeatureNotSupportedException();
        });

    assertThat(execute(source.token())).isTrue();
  }

  @Test
  void aTimeOutThatWasOursIsACancellation() throws SQLException {
    SQLException own = new SQLTimeoutException("too long");
    try (var deadline =
        CancellationTokenSource.createLinkedTokenSource(
            Duration.ofMillis(50), clock, source.token())) {
      driver.on(
          "execute",
          args -> {
            clock.setAutoAdvanceAmount(Duration.ofMillis(50)); // over when it is next looked at
            throw own;
          });
      var thrown =
          catchThrowableOfType(OperationCanceledException.class, () -> execute(deadline.token()));

      assertThat(thrown.token()).isSameAs(deadline.token());
      assertThat(thrown).hasCauseInstanceOf(TimeoutException.class);
      assertThat(thrown.getSuppressed()).containsExactly(own);
    }
  }

  @Test
  void aTimeOutBeforeTheDeadlineIsThrownAsItIs() {
    SQLException own = new SQLTimeoutException("waited too long for a lock");
    driver.on(
        "execute",
        args -> {
          throw own;
        });

    assertThatThrownBy(() -> execute(source.token())).isSameAs(own);
  }

  @Test
  void aTimeOutOfSomethingElseIsThrownAsItIsAlsoIfTheTokenIsCanceledMeanwhile() {
    SQLException own = new SQLTimeoutException("waited too long for a lock", "HYT00");
    driver.on(
        "execute",
        args -> {
          source.cancel();
          throw own;
        });

    assertThatThrownBy(() -> execute(source.token())).isSameAs(own);
  }

  @Test
  void aTimeOutOfTheStatementsOwnIsThrownAsItIs() {
    timeout = 1;
    SQLException own = new SQLTimeoutException("too long");
    driver.on(
        "execute",
        args -> {
          clock.advance(Duration.ofSeconds(3));
          throw own;
        });

    assertThatThrownBy(() -> execute(source.token())).isSameAs(own);
  }

  private boolean execute(CancellationToken token) throws SQLException {
    return Jdbc.execute(driver.statement, token);
  }
}
