// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL, started for the tests. */
final class PostgresDatabase implements DatabaseServer {
  private final EmbeddedPostgres server;
  private final Connection observer;

  PostgresDatabase() throws IOException, SQLException {
    server = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start();
    observer = dataSource().getConnection();
    try (Statement statement = observer.createStatement()) {
      statement.execute("create table t(x bigint)");
    }
  }

  @Override
  public DataSource dataSource(TcpProxy proxy) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setPortNumbers(new int[] {proxy.port()});
    dataSource.setUser("postgres");
    dataSource.setDatabaseName("postgres");
    return dataSource;
  }

  @Override
  public int port() {
    return server.getPort();
  }

  /** Whether somebody waits for a lock. */
  boolean isWaitingForLock() throws SQLException {
    return isAny("wait_event_type = 'Lock'");
  }

  @Override
  public void terminate() throws SQLException {
    try (Statement statement = observer.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where query like '%generate_series%' and pid <> pg_backend_pid()");
    }
  }

  @Override
  public DataSource dataSource() {
    return server.getPostgresDatabase();
  }

  @Override
  public String runaway() {
    return "select count(*) from generate_series(1, 1000000) a, generate_series(1, 1000000) b";
  }

  @Override
  public String slow() {
    return "select 17 from generate_series(1, 1), pg_sleep(2)";
  }

  @Override
  public String runawayRows() {
    return "select case when n <= 5 then n else length(pg_sleep(600)::text) end"
        + " from (select generate_series(1, 10) n) s";
  }

  @Override
  public void stream(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
  }

  @Override
  public String brief() {
    return "select count(*) from generate_series(1, 2000) a where a % 7 = 3";
  }

  @Override
  public int rounds() {
    return "long".equals(System.getProperty("desist.budget")) ? 10_000 : 1_000;
  }

  @Override
  public Transaction afterQuery() {
    return Transaction.HAS_FAILED;
  }

  @Override
  public Transaction afterChange() {
    return Transaction.HAS_FAILED;
  }

  @Override
  public boolean isRunning() throws SQLException {
    return isAny("state = 'active' and query like '%generate_series%'");
  }

  @Override
  public void close() throws SQLException, IOException {
    observer.close();
    server.close();
  }

  private boolean isAny(String condition) throws SQLException {
    try (Statement statement = observer.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where pid <> pg_backend_pid() and "
                    + condition)) {
      rows.next();
      return rows.getInt(1) > 0;
    }
  }
}
