// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** H2 in memory. */
final class H2Database implements Database {
  private final JdbcDataSource dataSource = new JdbcDataSource();
  private final Connection observer;

  H2Database() throws SQLException {
    this("jdbc:h2:");
  }

  /** Opens a database at a server, or in this virtual machine. */
  H2Database(String url) throws SQLException {
    dataSource.setURL(url + "mem:" + UUID.randomUUID());
    observer = dataSource.getConnection(); // the database lives as long as this
    try (Statement statement = observer.createStatement()) {
      statement.execute("create table t(x bigint)");
    }
  }

  @Override
  public DataSource dataSource() {
    return dataSource;
  }

  @Override
  public String runaway() {
    return "select count(*) from system_range(1, 1000000) a, system_range(1, 1000000) b"
        + " where mod(a.x * b.x, 7) = 3";
  }

  @Override
  public String runawayRows() {
    return "select x from system_range(1, 1000000000000) where x + 0 <= 5";
  }

  /** H2 finds all rows before it gives the first, unless told otherwise. */
  @Override
  public void stream(Connection connection) {}

  /** Not without something random, or H2 gives the former result again. */
  @Override
  public String brief() {
    return "select count(*) from system_range(1, 5000) where mod(x, 35) in (3, 20) and rand() < 1";
  }

  @Override
  public int rounds() {
    return 10_000;
  }

  @Override
  public Transaction afterQuery() {
    return Transaction.GOES_ON;
  }

  @Override
  public Transaction afterChange() {
    return Transaction.GOES_ON;
  }

  @Override
  public boolean isRunning() throws SQLException {
    try (Statement statement = observer.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from information_schema.sessions"
                    + " where executing_statement like '%system\\_range%'"
                    + " and session_id <> session_id()")) {
      rows.next();
      return rows.getInt(1) > 0;
    }
  }

  @Override
  public void close() throws SQLException {
    observer.close();
  }
}
