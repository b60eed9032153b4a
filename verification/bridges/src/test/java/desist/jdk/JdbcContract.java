// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.Database.Transaction;
import desist.jdk.TestThreads.Kind;
import desist.jdk.TestThreads.Running;
import desist.testing.CancellationSweep;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each database. */
abstract class JdbcContract {
  private static final Exception REASON = new Exception("enough");

  final CancellationTokenSource source = new CancellationTokenSource();
  final CancellationToken token = source.token();
  Connection connection;

  abstract Database database();

  static List<Kind> threads() {
    return TestThreads.kinds();
  }

  @BeforeEach
  void connect() throws SQLException {
    connection = database().dataSource().getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("delete from t");
    }
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
    assertThat(source.registrationCount()).isZero();
  }

  @ParameterizedTest
  @MethodSource("threads")
  void aQueryIsStopped(Kind threads) throws Exception {
    try (Statement statement = connection.createStatement()) {
      assertStopped(
          threads.start(() -> count(Jdbc.executeQuery(statement, database().runaway(), token))));
    }
    assertAlive();
  }

  @ParameterizedTest
  @MethodSource("threads")
  void aPreparedQueryIsStopped(Kind threads) throws Exception {
    try (PreparedStatement statement = connection.prepareStatement(database().runaway())) {
      assertStopped(threads.start(() -> count(Jdbc.executeQuery(statement, token))));
    }
    assertAlive();
  }

  @ParameterizedTest
  @MethodSource("threads")
  void aChangeIsStopped(Kind threads) throws Exception {
    try (Statement statement = connection.createStatement()) {
      assertStopped(
          threads.start(
              () -> Jdbc.executeUpdate(statement, "insert into t " + database().runaway(), token)));
    }
    assertAlive();
    assertThat(count(connection.createStatement().executeQuery("select count(*) from t"))).isZero();
  }

  @ParameterizedTest
  @MethodSource("threads")
  void aBatchIsStopped(Kind threads) throws Exception {
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < 3; i++) {
        statement.addBatch("insert into t " + database().runaway());
      }
      assertStopped(threads.start(() -> Jdbc.executeBatch(statement, token)));
    }
    assertAlive();
  }

  @ParameterizedTest
  @MethodSource("threads")
  void codeThatKnowsNothingOfTokensIsStopped(Kind threads) throws Exception {
    DataSource bound = Jdbc.withCancellation(database().dataSource(), token);
    assertStopped(threads.start(() -> plainJdbc(bound, database().runaway())));
    assertAlive();
  }

  static int plainJdbc(DataSource dataSource, String query) throws SQLException {
    try (Connection own = dataSource.getConnection();
        PreparedStatement statement = own.prepareStatement(query)) {
      return count(statement.executeQuery());
    }
  }

  @ParameterizedTest
  @MethodSource("threads")
  void rowsThatAreStillComingAreStopped(Kind threads) throws Exception {
    database().stream(connection);
    try (Statement statement = Jdbc.withCancellation(connection.createStatement(), token)) {
      statement.setFetchSize(1);
      assertCanceled(
          threads.start(
              () -> {
                ResultSet rows = statement.executeQuery(database().runawayRows());
                int count = 0;
                while (rows.next()) {
                  assertThat(rows.getInt(1)).isEqualTo(++count);
                }
                return count;
              }));
    }
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
    assertAlive();
  }

  @Test
  void aDeadlineStopsAQueryAndIsToldAsItsReason() throws Exception {
    try (var delayed = new CancellationTokenSource(Duration.ofMillis(100));
        Statement statement = connection.createStatement()) {
      var thrown =
          catchThrowableOfType(
              OperationCanceledException.class,
              () -> count(Jdbc.executeQuery(statement, database().runaway(), delayed.token())));

      assertThat(thrown.token()).isSameAs(delayed.token());
      assertThat(thrown).hasCauseInstanceOf(TimeoutException.class);
      assertThat(statement.getQueryTimeout()).isZero();
    }
    assertAlive();
  }

  @Test
  void nothingIsSentWhenTheTokenIsCanceledAlready() throws Exception {
    source.cancel();
    try (Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> Jdbc.executeUpdate(statement, "insert into t values (1)", token))
          .isInstanceOf(OperationCanceledException.class);
      assertThat(count(statement.executeQuery("select count(*) from t"))).isZero();
    }
  }

  @Test
  void whatTheDatabaseRefusesIsThrownAsItIs() throws Exception {
    Connection bound = Jdbc.withCancellation(connection, token);
    assertThatThrownBy(() -> bound.createStatement().executeQuery("select nonsense from nowhere"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void aTransactionWithACanceledQueryIsLeftAsDocumented() throws Exception {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("insert into t values (1)");
      assertStopped(
          TestThreads.start(
              () -> count(Jdbc.executeQuery(statement, database().runaway(), token))));
    }
    assertThat(Transaction.of(connection)).isEqualTo(database().afterQuery());
    assertAlive();
  }

  @Test
  void aTransactionWithACanceledChangeIsLeftAsDocumented() throws Exception {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("insert into t values (1)");
      assertStopped(
          TestThreads.start(
              () -> Jdbc.executeUpdate(statement, "insert into t " + database().runaway(), token)));
    }
    assertThat(Transaction.of(connection)).isEqualTo(database().afterChange());
    assertAlive();
  }

  /** The next statement is plain, and on the same object, so that nothing would guard it. */
  @Test
  void theNextStatementIsNotHitWheneverTheTokenIsCanceled() throws Exception {
    AtomicInteger finished = new AtomicInteger();
    AtomicInteger stopped = new AtomicInteger();
    try (Statement statement = connection.createStatement()) {
      CancellationSweep.overTime(
          database().rounds(),
          attempt -> {
            try {
              ResultSet rows = Jdbc.executeQuery(statement, database().brief(), attempt.token());
              assertThat(count(rows)).isEqualTo(286);
              finished.incrementAndGet();
            } catch (OperationCanceledException e) {
              stopped.incrementAndGet();
            }
            assertThat(count(statement.executeQuery(database().brief()))).isEqualTo(286);
          });
    }
    System.out.printf(
        "%s: %d statements finished, %d were stopped%n",
        database().getClass().getSimpleName(), finished.get(), stopped.get());
    assertThat(finished).hasPositiveValue();
    assertThat(stopped).hasPositiveValue();
    assertThat(finished.get() + stopped.get()).isGreaterThanOrEqualTo(database().rounds());
  }

  /**
   * What the driver makes of that differs, and SQLite's may have the interrupt hit the close; but
   * both calls end, and the connection is as it was.
   */
  @Test
  void aStatementThatAnotherThreadClosesMeanwhileEnds() throws Exception {
    Statement statement = connection.createStatement();
    Running<Integer> query =
        TestThreads.start(() -> count(Jdbc.executeQuery(statement, database().runaway(), token)));
    TestThreads.await("runs", database()::isRunning);
    Running<Void> closing =
        TestThreads.start(
            () -> {
              statement.close();
              return null;
            });
    TestThreads.await("is closed, or waits to be", closing::isBlockedOrDone);

    source.cancel();

    assertThatThrownBy(query::join)
        .isInstanceOfAny(OperationCanceledException.class, SQLException.class);
    try {
      closing.join();
    } catch (SQLException e) {
      assertThat(e.getMessage()).contains("SQLITE_INTERRUPT");
    }
    TestThreads.await("has left the database", () -> !database().isRunning());
    assertAlive();
  }

  @Test
  void aPoolKeepsTheConnection() throws Exception {
    try (HikariDataSource pool = pool(database().dataSource())) {
      Connection before = physical(pool);
      DataSource bound = Jdbc.withCancellation(pool, token);
      assertStopped(TestThreads.start(() -> plainJdbc(bound, database().runaway())));

      assertThat(physical(pool)).isSameAs(before);
      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }
  }

  static Connection physical(DataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(count(statement.executeQuery("select 17"))).isEqualTo(17);
      return connection.unwrap(Connection.class);
    }
  }

  @Test
  void aPoolLosesNoConnectionWheneverTheTokenIsCanceled() throws Exception {
    AtomicInteger finished = new AtomicInteger();
    AtomicInteger stopped = new AtomicInteger();
    try (HikariDataSource pool = pool(database().dataSource())) {
      CancellationSweep.overTime(
          database().rounds() / 10,
          attempt -> {
            try {
              DataSource bound = Jdbc.withCancellation(pool, attempt.token());
              assertThat(plainJdbc(bound, database().brief())).isEqualTo(286);
              finished.incrementAndGet();
            } catch (OperationCanceledException e) {
              stopped.incrementAndGet();
            }
          });
      assertThat(physical(pool)).isNotNull();
      TestThreads.await("is back", () -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
      assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isEqualTo(1);
    }
    System.out.printf(
        "%s: %d uses of a pool finished, %d were stopped, no connection was lost%n",
        database().getClass().getSimpleName(), finished.get(), stopped.get());
    assertThat(finished).hasPositiveValue();
    assertThat(stopped).hasPositiveValue();
  }

  @Test
  void theWaitForAPoolIsGivenUpAndNoConnectionIsLost() throws Exception {
    try (HikariDataSource pool = pool(database().dataSource())) {
      try (Connection only = pool.getConnection()) {
        assertThat(only.isValid(10)).isTrue();
        Running<Connection> waiting =
            TestThreads.start(Jdbc.withCancellation(pool, token)::getConnection);
        TestThreads.await(
            "waits", () -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 1);

        source.cancel();

        assertThatThrownBy(waiting::join).isInstanceOf(OperationCanceledException.class);
      }
      TestThreads.await(
          "is back",
          () ->
              pool.getHikariPoolMXBean().getActiveConnections() == 0
                  && pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 0);
    }
  }

  /** Returns a pool of one connection. */
  static HikariDataSource pool(DataSource source) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(1);
    return new HikariDataSource(config);
  }

  private void assertStopped(Running<?> query) throws Exception {
    assertThat(assertCanceled(query).getSuppressed())
        .hasAtLeastOneElementOfType(SQLException.class);
  }

  /** Waits until the query runs, cancels, and looks how it ends, here and in the database. */
  private OperationCanceledException assertCanceled(Running<?> query) throws Exception {
    TestThreads.await("runs", database()::isRunning);
    source.cancelBecause(REASON);

    var thrown = catchThrowableOfType(OperationCanceledException.class, query::join);

    assertThat(thrown.token()).isSameAs(token);
    assertThat(thrown).hasCause(REASON);
    TestThreads.await("has left the database", () -> !database().isRunning());
    return thrown;
  }

  private void assertAlive() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(count(statement.executeQuery("select 17"))).isEqualTo(17);
    }
  }

  static int count(ResultSet rows) throws SQLException {
    try (rows) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }
}
