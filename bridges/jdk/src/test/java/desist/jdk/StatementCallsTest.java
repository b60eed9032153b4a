// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.Timeout;
import desist.jdk.TestThreads.Running;
import desist.testing.FakeTimeProvider;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How a call to a database is stopped, with a driver that does what the test says. */
class StatementCallsTest {
  /** The one that the options have by themselves. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();
  private final FakeTimeProvider clock = new FakeTimeProvider();
  private final JdbcOptions options = new JdbcOptions().withTimeProvider(clock);
  private final ScriptedDriver driver = new ScriptedDriver();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final StatementCalls calls = callsWith(options);

  /** For tests that move the clock until a cancel has come, which may take its thread a while. */
  private final StatementCalls patient = callsWith(options.withAbortGrace(Duration.ofDays(1)));

  private StatementCalls callsWith(JdbcOptions options) {
    return StatementCalls.of(new Binding(options, token), driver.connection).with(driver.statement);
  }

  @AfterEach
  void nothingIsLeftRegistered() {
    hanging.countDown();
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void nothingIsCalledWhenTheTokenIsCanceledAlready() {
    source.cancel();

    assertThatThrownBy(() -> calls.execute(driver.statement::execute))
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(token));

    assertThat(driver.calls()).isEmpty();
  }

  @Test
  void aStatementThatIsCanceledTellsTokenAndReasonAndWhatTheDriverThrew() throws Exception {
    driver.blocking("execute");
    Exception reason = new Exception("enough");
    Running<Boolean> call = execute();

    source.cancelBecause(reason);

    var thrown = catchThrowableOfType(OperationCanceledException.class, call::join);
    assertThat(thrown.token()).isSameAs(token);
    assertThat(thrown).hasCause(reason);
    assertThat(thrown.getSuppressed())
        .singleElement()
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    assertThat(driver.count("abort")).isZero();
  }

  @Test
  void aCancelThatOvertakesItsStatementIsRepeated() throws Exception {
    driver
        .blocking("execute")
        .on("cancel", args -> driver.count("cancel") < 3 ? null : driver.cancel());
    Running<Boolean> call = execute(patient);

    source.cancel();
    advanceUntil("is canceled for the third time", () -> driver.count("cancel") == 3);

    assertThatThrownBy(call::join).isInstanceOf(OperationCanceledException.class);
    assertThat(driver.count("abort")).isZero();
  }

  @Test
  void aCancelThatThrowsIsRepeatedAndTold() throws Exception {
    SQLException refused = new SQLException("no more connections");
    driver
        .blocking("execute")
        .on(
            "cancel",
            args -> {
              if (driver.count("cancel") == 1) {
                throw refused;
              }
              return driver.cancel();
            });
    Running<Boolean> call = execute(patient);

    source.cancel();
    advanceUntil("is canceled again", () -> driver.count("cancel") == 2);

    var thrown = catchThrowableOfType(OperationCanceledException.class, call::join);
    assertThat(thrown.getSuppressed()).contains(refused);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aCancelThatThrowsEachTimeCostsTheConnection(Throwable failure) throws Exception {
    driver
        .on("execute", args -> driver.runUntilCanceled(new SQLException("closed", "08006")))
        .on(
            "cancel",
            args -> {
              throw failure;
            })
        .on("abort", args -> driver.cancel());
    Running<Boolean> call = execute(patient);

    source.cancel();
    advanceUntil("is canceled again and again", () -> driver.count("cancel") == 3);
    clock.advance(Duration.ofDays(1));

    var thrown = catchThrowableOfType(OperationCanceledException.class, call::join);
    assertThat(thrown.getSuppressed()).contains(failure);
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new SQLException("no more connections"),
        new IllegalStateException("not in this state"),
        new AbstractMethodError("a driver from before there was such a thing"));
  }

  @Test
  void aStatementThatAnotherThreadHasClosedFailsAsItIs() throws Exception {
    SQLException closed = new SQLException("the statement is closed", "24000");
    driver
        .on("execute", args -> driver.runUntilCanceled(closed))
        .on("close", args -> driver.cancel())
        .on(
            "cancel",
            args -> {
              driver.statement.close();
              throw new SQLException("the statement is closed");
            });
    Running<Boolean> call = execute();

    source.cancel();

    assertThatThrownBy(call::join).isSameAs(closed);
    assertThat(driver.count("abort")).isZero();
  }

  @Test
  void aStatementThatCannotBeCanceledLosesItsConnection() throws Exception {
    SQLException lost = new SQLException("closed", "08006");
    driver
        .on("execute", args -> driver.runUntilCanceled(lost))
        .on("cancel", args -> hang())
        .on("abort", args -> driver.cancel());
    Running<Boolean> call = execute();

    source.cancel();
    awaitCancels(1);
    assertThat(driver.count("abort")).isZero();
    clock.advance(GRACE);

    var thrown = catchThrowableOfType(OperationCanceledException.class, call::join);
    assertThat(thrown.getSuppressed()).contains(lost);
  }

  @Test
  void theGraceOfTheOptionsCountsBeforeTheAbort() throws Exception {
    Duration grace = Duration.ofMillis(10);
    driver
        .on("execute", args -> driver.runUntilCanceled(new SQLException("closed", "08006")))
        .on("cancel", args -> hang())
        .on("abort", args -> driver.cancel());
    Connection hasty =
        Jdbc.withCancellation(driver.connection, options.withAbortGrace(grace), token);
    Running<Boolean> call = TestThreads.start(() -> hasty.createStatement().execute("select 1"));
    driver.awaitBegun();

    source.cancel();
    awaitCancels(1);
    assertThat(driver.count("abort")).isZero();
    clock.advance(grace);

    assertThatThrownBy(call::join).isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void aGraceWithoutEndMeansThatTheConnectionIsNotAborted() throws Exception {
    driver
        .blocking("execute")
        .on("cancel", args -> driver.count("cancel") < 100 ? null : driver.cancel());
    Connection patient =
        Jdbc.withCancellation(driver.connection, options.withAbortGrace(Timeout.INFINITE), token);
    Running<Boolean> call = TestThreads.start(() -> patient.createStatement().execute("select 1"));
    driver.awaitBegun();

    source.cancel();
    advanceUntil("is canceled a hundred times", () -> driver.count("cancel") == 100);

    assertThatThrownBy(call::join).isInstanceOf(OperationCanceledException.class);
    assertThat(driver.count("abort")).isZero();
  }

  @Test
  void anAbortThatHasNotHelpedIsTriedAgainWithACancel() throws Exception {
    driver
        .blocking("execute")
        .on("cancel", args -> driver.count("abort") < 2 ? null : driver.cancel());
    Running<Boolean> call = execute();

    source.cancel();
    awaitCancels(1);
    clock.advance(GRACE);
    advanceUntil("is aborted again", () -> driver.count("abort") == 2);

    assertThatThrownBy(call::join).isInstanceOf(OperationCanceledException.class);
    assertThat(driver.calls()).endsWith("abort", "cancel");
  }

  @Test
  void whatComesOutOfAnAbortedConnectionIsACancellation() throws Exception {
    IllegalStateException torn = new IllegalStateException("the driver did not expect this");
    driver
        .on(
            "execute",
            args -> {
              try {
                return driver.runUntilCanceled(new SQLException());
              } catch (SQLException e) {
                throw torn;
              }
            })
        .on("isClosed", args -> driver.count("abort") > 0)
        .on("abort", args -> driver.cancel());
    Running<Boolean> call = execute();

    source.cancel();
    awaitCancels(1);
    clock.advance(GRACE);

    var thrown = catchThrowableOfType(OperationCanceledException.class, call::join);
    assertThat(thrown.getSuppressed()).contains(torn);
  }

  @Test
  void aCallWithoutAStatementIsStoppedByItsConnection() throws Exception {
    driver
        .on("prepareStatement", args -> driver.runUntilCanceled(new SQLException("", "08003")))
        .on("abort", args -> driver.cancel());
    StatementCalls none = StatementCalls.of(new Binding(options, token), driver.connection);
    Running<?> call =
        TestThreads.start(() -> none.call(() -> driver.connection.prepareStatement("select 1")));
    driver.awaitBegun();

    source.cancel();
    assertThat(driver.calls()).containsExactly("prepareStatement");
    clock.advance(GRACE);

    assertThatThrownBy(call::join).isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void aResultThatIsThereIsReturnedAlsoIfTheTokenIsCanceledMeanwhile() throws Exception {
    driver.on(
        "execute",
        args -> {
          source.cancel();
          return true;
        });

    assertThat(calls.<Boolean, SQLException>execute(driver.statement::execute)).isTrue();
  }

  @Test
  void anyOtherFailureIsThrownAsItIsAlsoIfTheTokenIsCanceledMeanwhile() {
    SQLException own = new SQLSyntaxErrorException("no such table", "42P01");
    driver.on(
        "execute",
        args -> {
          source.cancel();
          throw own;
        });

    assertThatThrownBy(() -> calls.execute(driver.statement::execute)).isSameAs(own);
    assertThat(own.getSuppressed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "57014, 0",
    "70100, 1317",
    "HY008, 0",
    "72000, 1013",
    ", 9",
    ", 1317",
  })
  void whatDriversSayOfACancelIsACancellation(String state, int code) throws Exception {
    driver
        .on("execute", args -> driver.runUntilCanceled(new SQLException("stopped", state, code)))
        .on("cancel", args -> driver.cancel());
    Running<Boolean> call = execute();

    source.cancel();

    assertThatThrownBy(call::join).isInstanceOf(OperationCanceledException.class);
  }

  @ParameterizedTest
  @CsvSource({"42000, 0", "72000, 942", "40001, 1013", "08006, 0", ", 0"})
  void whatDriversSayOfSomethingElseIsThrownAsItIs(String state, int code) throws Exception {
    SQLException own = new SQLException("failed", state, code);
    driver
        .on("execute", args -> driver.runUntilCanceled(own))
        .on("cancel", args -> driver.cancel());
    Running<Boolean> call = execute();

    source.cancel();

    assertThatThrownBy(call::join).isSameAs(own);
  }

  @Test
  void aCancelBySomebodyElseIsThrownAsItIs() {
    SQLException own = new SQLException("canceled by an administrator", "57014");
    driver.on(
        "execute",
        args -> {
          throw own;
        });

    assertThatThrownBy(() -> calls.execute(driver.statement::execute)).isSameAs(own);
  }

  @Test
  void aBatchOfWhichOneStatementWasCanceledIsACancellation() throws Exception {
    BatchUpdateException batch = new BatchUpdateException("failed", "42000", new int[3]);
    batch.setNextException(new SQLException("duplicate", "23505"));
    batch.setNextException(new SQLException("canceled", "57014"));
    driver
        .on("executeBatch", args -> driver.runUntilCanceled(batch))
        .on("cancel", args -> driver.cancel());
    Running<int[]> call = TestThreads.start(() -> calls.execute(driver.statement::executeBatch));
    driver.awaitBegun();

    source.cancel();

    var thrown = catchThrowableOfType(OperationCanceledException.class, call::join);
    assertThat(thrown.getSuppressed()).containsExactly(batch);
  }

  @Test
  void theCallWaitsForACancelThatIsOnItsWay() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    driver
        .on(
            "cancel",
            args -> {
              free.await();
              return null;
            })
        .on(
            "execute",
            args -> {
              source.cancel();
              awaitCancels(1);
              return true;
            });
    Running<Boolean> call =
        TestThreads.start(() -> calls.<Boolean, SQLException>execute(driver.statement::execute));

    call.awaitBlocked();
    free.countDown();

    assertThat(call.join()).isTrue();
    assertThat(driver.count("abort")).isZero();
  }

  @Test
  void aConnectionThatACancelMayStillReachIsAborted() throws Exception {
    driver
        .on("cancel", args -> hang())
        .on(
            "execute",
            args -> {
              source.cancel();
              awaitCancels(1);
              return true;
            });
    Running<Boolean> call =
        TestThreads.start(() -> calls.<Boolean, SQLException>execute(driver.statement::execute));
    awaitCancels(1); // whose limit is on the clock by now
    call.awaitBlocked();

    clock.advance(StatementOperation.CANCEL_LIMIT);

    assertThat(call.join()).isTrue();
    assertThat(driver.count("abort")).isEqualTo(1);
  }

  @Test
  void noCancelComesAfterTheCall() throws Exception {
    driver.on("execute", args -> true);
    calls.execute(driver.statement::execute);

    source.cancel();
    clock.advance(GRACE);

    assertThat(driver.calls()).containsExactly("execute");
  }

  @Test
  void whatIsClosedByACanceledCallerIsCanceledOnlyIfThatLasts() throws Exception {
    source.cancel();
    calls.close(this::closeStatement);
    assertThat(driver.calls()).containsExactly("close");

    driver.blocking("close");
    Running<Void> closing =
        TestThreads.start(
            () -> {
              patient.close(this::closeStatement);
              return null;
            });
    driver.awaitBegun();
    advanceUntil("is canceled", () -> driver.count("cancel") == 1);

    closing.join();
  }

  @Test
  void aFailureToCloseIsThrownAsItIs() {
    SQLException own = new SQLException("failed", "42000");
    driver.on(
        "close",
        args -> {
          throw own;
        });

    assertThatThrownBy(() -> calls.close(this::closeStatement)).isSameAs(own);
  }

  @Test
  void aStatementThatWasCanceledIsClosedWithoutAWord() throws SQLException {
    SQLException echo = new SQLException("canceled", "57014");
    driver.on(
        "close",
        args -> {
          throw echo;
        });
    assertThatThrownBy(() -> calls.close(this::closeStatement)).isSameAs(echo);

    source.cancel();

    calls.close(this::closeStatement);
  }

  private Void closeStatement() throws SQLException {
    driver.statement.close();
    return null;
  }

  @Test
  void whoeverCancelsIsNotHeldUpAndNoThreadIsInterrupted() throws Exception {
    driver
        .on("execute", args -> driver.runUntilCanceled(new SQLException("", "57014")))
        .on("cancel", args -> hang())
        .on("abort", args -> driver.cancel())
        .on("isClosed", args -> true);
    Running<Boolean> call = execute();

    source.cancel();

    awaitCancels(1);
    clock.advance(GRACE);
    assertThatThrownBy(call::join).isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void anInterruptOfTheCallerStays() throws Exception {
    driver.blocking("execute");
    Running<Boolean> call =
        TestThreads.start(
            () -> {
              Thread.currentThread().interrupt();
              assertThatThrownBy(() -> calls.execute(this::executeUninterruptibly))
                  .isInstanceOf(OperationCanceledException.class);
              return Thread.interrupted();
            });
    driver.awaitBegun();

    source.cancel();

    assertThat(call.join()).isTrue();
  }

  /** As drivers do on platform threads, which take no notice of an interrupt. */
  private boolean executeUninterruptibly() throws SQLException {
    boolean wasInterrupted = Thread.interrupted();
    try {
      return driver.statement.execute();
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Running<Boolean> execute() {
    return execute(calls);
  }

  private Running<Boolean> execute(StatementCalls calls) {
    Running<Boolean> call =
        TestThreads.start(() -> calls.<Boolean, SQLException>execute(driver.statement::execute));
    driver.awaitBegun();
    return call;
  }

  private void awaitCancels(int count) {
    TestThreads.await("is canceled", () -> driver.count("cancel") == count);
  }

  /** Moves the clock in small steps, as timers are set while the test goes on. */
  private void advanceUntil(String what, BooleanSupplier condition) {
    TestThreads.await(
        what,
        () -> {
          clock.advance(Duration.ofMillis(50));
          LockSupport.parkNanos(1_000_000);
          return condition.getAsBoolean();
        });
  }

  private Object hang() throws InterruptedException {
    hanging.await();
    return null;
  }
}
