// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.Jdbc;
import desist.jdk.JdbcOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The listings of docs/guide/databases.md. */
class DatabasesGuideTest {
  private static final String RUNAWAY =
      "select count(*) from system_range(1, 1000000) a, system_range(1, 1000000) b"
          + " where mod(a.x * b.x, 7) = 3";

  private final JdbcDataSource dataSource = new JdbcDataSource();
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID()); // empty, whoever still has another
    connection = dataSource.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table account(id int primary key, balance int)");
      statement.execute("insert into account values (1, 100), (2, 100)");
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  // snippet: call
  List<Integer> poor(Connection connection, int limit, CancellationToken token)
      throws SQLException {
    List<Integer> found = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement("select id from account where balance < ?")) {
      statement.setInt(1, limit);
      try (ResultSet rows = Jdbc.executeQuery(statement, token)) {
        while (rows.next()) { // obeys the token as well
          found.add(rows.getInt(1));
        }
      }
    }
    return found;
  }

  // end

  @Test
  void aCallTakesAToken() throws SQLException {
    assertThat(poor(connection, 101, CancellationToken.none())).containsExactly(1, 2);
    assertThatThrownBy(() -> poor(connection, 101, CancellationToken.canceled()))
        .isInstanceOf(OperationCanceledException.class);
  }

  /** Stands for a repository, a JdbcTemplate, a generated mapper. */
  private record Reports(DataSource dataSource) {
    int total(String sql) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  // snippet: bound
  int report(String sql, CancellationToken token) throws SQLException {
    DataSource bound = Jdbc.withCancellation(dataSource, token);
    return new Reports(bound).total(sql); // which knows nothing of tokens
  }

  // end

  @Test
  void aDataSourceIsBoundToAToken() throws SQLException {
    assertThat(report("select sum(balance) from account", CancellationToken.none())).isEqualTo(200);
    try (var source = new CancellationTokenSource(Duration.ofMillis(50))) {
      assertThatThrownBy(() -> report(RUNAWAY, source.token()))
          .isInstanceOf(OperationCanceledException.class)
          .hasCauseInstanceOf(TimeoutException.class);
    }
  }

  // snippet: transaction
  void transfer(int from, int to, int amount, CancellationToken token) throws SQLException {
    try (Connection own = dataSource.getConnection()) {
      Connection bound = Jdbc.withCancellation(own, token);
      bound.setAutoCommit(false);
      try (PreparedStatement add =
          bound.prepareStatement("update account set balance = balance + ? where id = ?")) {
        change(add, from, -amount);
        change(add, to, amount);
        bound.commit(); // throws if the token has been canceled, and runs to its end otherwise
      } catch (SQLException | OperationCanceledException e) {
        bound.rollback(); // is not stopped
        throw e;
      }
    }
  }

  // end

  private final List<Runnable> afterChange = new ArrayList<>();

  private void change(PreparedStatement add, int id, int amount) throws SQLException {
    add.setInt(1, amount);
    add.setInt(2, id);
    add.executeUpdate();
    afterChange.forEach(Runnable::run);
  }

  @Test
  void whoeverIsCanceledCanRollBack() throws SQLException {
    transfer(1, 2, 10, CancellationToken.none());
    assertThat(poor(connection, 100, CancellationToken.none())).containsExactly(1);

    try (var source = new CancellationTokenSource()) {
      afterChange.add(source::cancel);
      assertThatThrownBy(() -> transfer(1, 2, 50, source.token()))
          .isInstanceOf(OperationCanceledException.class);
    }
    assertThat(poor(connection, 90, CancellationToken.none())).isEmpty();
  }

  @Test
  void aDataSourceIsAskedWhereTheExecutorSays() throws SQLException {
    CancellationToken token = new CancellationTokenSource().token();
    // snippet: executor
    JdbcOptions onTheCaller = new JdbcOptions().withExecutor(Runnable::run);
    DataSource bound = Jdbc.withCancellation(dataSource, onTheCaller, token);
    // end
    try (Connection connection = bound.getConnection()) {
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void theGraceBeforeAnAbortIsAnOption() throws SQLException {
    CancellationToken token = new CancellationTokenSource().token();
    // snippet: grace
    JdbcOptions patient = new JdbcOptions().withAbortGrace(Duration.ofSeconds(30));
    Connection bound = Jdbc.withCancellation(connection, patient, token);
    // end
    assertThat(bound.isValid(1)).isTrue();
  }

  @Test
  void aViewUnwraps() throws SQLException {
    CancellationToken token = new CancellationTokenSource().token();
    Connection bound = Jdbc.withCancellation(connection, token);
    // snippet: unwrap
    org.h2.jdbc.JdbcConnection h2 = bound.unwrap(org.h2.jdbc.JdbcConnection.class);
    // end
    assertThat(h2).isSameAs(connection);
  }
}
