// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.TestThreads.Running;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The views of a driver's objects, and the calls with a token. */
class JdbcTest {
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();
  private final ScriptedDriver driver = new ScriptedDriver();
  private final Connection bound = Jdbc.withCancellation(driver.connection, token);

  @AfterEach
  void nothingIsLeftRegistered() {
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aTokenThatCannotBeCanceledGivesTheArgumentItself() throws SQLException {
    CancellationToken none = CancellationToken.none();

    assertThat(Jdbc.withCancellation(driver.dataSource, none)).isSameAs(driver.dataSource);
    assertThat(Jdbc.withCancellation(driver.connection, none)).isSameAs(driver.connection);
    assertThat(Jdbc.withCancellation((Statement) driver.statement, none))
        .isSameAs(driver.statement);
    assertThat(Jdbc.withCancellation(driver.rows, none)).isSameAs(driver.rows);
    assertThat(Jdbc.executeQuery(driver.statement, none)).isSameAs(driver.rows);
    assertThat(driver.calls()).containsExactly("executeQuery");
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aCallIsTheDriversOwn(String method, Call call) throws SQLException {
    call.run(driver.statement, token);

    assertThat(driver.calls()).contains(method);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aCallIsNotBegunWhenTheTokenIsCanceledAlready(String method, Call call) {
    source.cancel();

    assertThatThrownBy(() -> call.run(driver.statement, token))
        .isInstanceOf(OperationCanceledException.class);

    assertThat(driver.calls()).doesNotContain(method);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aCallIsStoppedByTheToken(String method, Call call) throws Exception {
    driver.blocking(method);
    Running<?> running =
        TestThreads.start(
            () -> {
              call.run(driver.statement, token);
              return null;
            });
    driver.awaitBegun();

    source.cancel();

    assertThatThrownBy(running::join).isInstanceOf(OperationCanceledException.class);
  }

  static Stream<Object[]> calls() {
    return Stream.of(
        call("executeQuery", (s, t) -> Jdbc.executeQuery(s, t)),
        call("executeQuery", (s, t) -> Jdbc.executeQuery(s, "select 1", t)),
        call("executeUpdate", (s, t) -> Jdbc.executeUpdate(s, t)),
        call("executeUpdate", (s, t) -> Jdbc.executeUpdate(s, "delete", t)),
        call("execute", (s, t) -> Jdbc.execute(s, t)),
        call("execute", (s, t) -> Jdbc.execute(s, "delete", t)),
        call("executeBatch", (s, t) -> Jdbc.executeBatch(s, t)),
        call("executeLargeBatch", (s, t) -> Jdbc.withCancellation(s, t).executeLargeBatch()),
        call("executeLargeUpdate", (s, t) -> Jdbc.withCancellation(s, t).executeLargeUpdate()),
        call("getMoreResults", (s, t) -> Jdbc.withCancellation(s, t).getMoreResults()),
        call("getMetaData", (s, t) -> Jdbc.withCancellation(s, t).getMetaData()),
        call("next", (s, t) -> Jdbc.executeQuery(s, t).next()),
        call("next", (s, t) -> Jdbc.withCancellation(s.executeQuery(), t).next()),
        call("absolute", (s, t) -> Jdbc.executeQuery(s, t).absolute(3)),
        call("isLast", (s, t) -> Jdbc.executeQuery(s, t).isLast()),
        call("isAfterLast", (s, t) -> Jdbc.executeQuery(s, t).isAfterLast()),
        call("updateRow", (s, t) -> Jdbc.executeQuery(s, t).updateRow()));
  }

  private static Object[] call(String method, Call call) {
    return new Object[] {method, call};
  }

  @Test
  void whatIsMadeThroughAConnectionObeysTheToken() throws Exception {
    driver.blocking("next");
    try (PreparedStatement statement = bound.prepareStatement("select 1");
        ResultSet rows = statement.executeQuery()) {
      Running<Boolean> reading = TestThreads.start(rows::next);
      driver.awaitBegun();

      source.cancel();

      assertThatThrownBy(reading::join).isInstanceOf(OperationCanceledException.class);
    }
    assertThat(driver.calls()).contains("close");
  }

  @Test
  void whatIsMadeThroughAViewLeadsBackToIt() throws SQLException {
    Statement statement = bound.createStatement();
    DatabaseMetaData metaData = bound.getMetaData();
    ResultSet rows = statement.executeQuery("select 1");

    assertThat(statement.getConnection()).isSameAs(bound);
    assertThat(metaData.getConnection()).isSameAs(bound);
    assertThat(rows.getStatement()).isSameAs(statement);
    assertThat(statement.getResultSet().getStatement()).isSameAs(statement);
    assertThat(metaData.getTables(null, null, null, null).getStatement().getConnection())
        .isSameAs(bound);
    assertThat(Jdbc.withCancellation((Statement) driver.statement, token).getConnection())
        .isEqualTo(bound);
    assertThat(Jdbc.executeQuery(driver.statement, token).getStatement())
        .isSameAs(driver.statement);
  }

  @Test
  void aViewOfWhatIsClosedLeadsNowhere() throws SQLException {
    SQLException closed = new SQLException("closed");
    Statement statement = bound.createStatement();
    ResultSet rows = statement.executeQuery("select 1");
    driver.on("getConnection", throwing(closed)).on("getStatement", throwing(closed));

    assertThatThrownBy(statement::getConnection).isSameAs(closed);
    assertThatThrownBy(rows::getStatement).isSameAs(closed);
  }

  @Test
  void aResultSetInsideAResultSetObeysTheTokenToo() throws SQLException {
    driver.on("getObject", args -> driver.rows);
    try (CallableStatement call = bound.prepareCall("{? = call f()}")) {
      ResultSet cursor = (ResultSet) call.getObject(1);
      ResultSet nested = (ResultSet) cursor.getObject(1);
      source.cancel();

      assertThatThrownBy(cursor::next).isInstanceOf(OperationCanceledException.class);
      assertThatThrownBy(nested::next).isInstanceOf(OperationCanceledException.class);
    }
  }

  @Test
  void cleaningUpIsNotStoppedAndACommitIsNotBegun() throws SQLException {
    Statement statement = bound.createStatement();
    source.cancel();

    statement.close();
    bound.rollback();
    bound.setAutoCommit(true);
    bound.close();

    assertThat(driver.calls())
        .containsExactly("createStatement", "close", "rollback", "setAutoCommit", "close");
    assertThatThrownBy(bound::commit).isInstanceOf(OperationCanceledException.class);
    assertThat(driver.calls()).doesNotContain("commit");
  }

  @Test
  void aConnectionThatIsGoneIsClosedByACanceledCallerWithoutAWord() throws SQLException {
    SQLException gone = new SQLException("aborted", "08003");
    driver.on("close", throwing(gone));
    assertThatThrownBy(bound::close).isSameAs(gone);

    source.cancel();
    bound.close();

    SQLException other = new SQLException("failed", "25000");
    driver.on("close", throwing(other));
    assertThatThrownBy(bound::close).isSameAs(other);
  }

  @Test
  void aViewUnwrapsToItselfAndToWhatItShows() throws SQLException {
    driver.on("isWrapperFor", args -> args[0] == String.class).on("unwrap", args -> "the driver's");

    assertThat(bound.isWrapperFor(Connection.class)).isTrue();
    assertThat(bound.unwrap(Connection.class)).isSameAs(bound);
    assertThat(bound.isWrapperFor(driver.connection.getClass())).isTrue();
    assertThat((Object) bound.unwrap(driver.connection.getClass())).isSameAs(driver.connection);
    assertThat(bound.isWrapperFor(String.class)).isTrue();
    assertThat(bound.unwrap(String.class)).isEqualTo("the driver's");
    assertThat(bound.isWrapperFor(Integer.class)).isFalse();
  }

  @Test
  void viewsOfTheSameUnderTheSameTokenAreEqual() throws SQLException {
    Connection same = Jdbc.withCancellation(driver.connection, token);
    Connection other = Jdbc.withCancellation(driver.connection, CancellationToken.canceled());

    assertThat(bound).isEqualTo(bound).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(bound).isNotEqualTo(other).isNotEqualTo(driver.connection).isNotEqualTo(null);
    assertThat((Object) bound.createStatement()).isNotEqualTo(bound);
    assertThat(bound.toString()).contains("scripted", token.toString());
  }

  @Test
  void anExceptionOfTheDriversIsThrownAsItIs() throws SQLException {
    SQLException checked = new SQLException("failed");
    RuntimeException unchecked = new IllegalStateException();
    Error error = new AbstractMethodError();
    SQLClientInfoException info = new SQLClientInfoException();
    driver
        .on("createStatement", throwing(checked))
        .on("nativeSQL", throwing(unchecked))
        .on("getSchema", throwing(error))
        .on("setClientInfo", throwing(info));

    assertThatThrownBy(bound::createStatement).isSameAs(checked);
    assertThatThrownBy(() -> bound.nativeSQL("")).isSameAs(unchecked);
    assertThatThrownBy(bound::getSchema).isSameAs(error);
    assertThatThrownBy(() -> bound.setClientInfo("a", "b")).isSameAs(info);
  }

  @Test
  void whatTheInterfacesHaveABodyForReachesTheDriver() throws SQLException {
    driver.on("enquoteLiteral", args -> "quoted by the driver").on("isWrapperFor", args -> false);

    assertThat(bound.createStatement().enquoteLiteral("x")).isEqualTo("quoted by the driver");
    bound.beginRequest();
    assertThat(driver.calls()).contains("beginRequest");
  }

  @Test
  void aResultSetThatIsNotThereStaysSo() throws SQLException {
    driver.on("getResultSet", args -> null).on("getTables", args -> null);

    assertThat(bound.createStatement().getResultSet()).isNull();
    assertThat(bound.getMetaData().getTables(null, null, null, null)).isNull();
  }

  @Test
  void rowsWithoutAStatementCannotBeBoundByThemselves() {
    driver.on("getStatement", args -> null);

    assertThatThrownBy(() -> Jdbc.withCancellation(driver.rows, token))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("statement");
  }

  private static ScriptedDriver.Script throwing(Throwable thrown) {
    return args -> {
      throw thrown;
    };
  }

  /** A call with a token. */
  @FunctionalInterface
  interface Call {
    void run(CallableStatement statement, CancellationToken token) throws SQLException;
  }
}
