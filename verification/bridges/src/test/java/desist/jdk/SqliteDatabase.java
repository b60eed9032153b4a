// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.sqlite.Function;
import org.sqlite.SQLiteDataSource;

/** SQLite in memory, each connection with a database of its own. */
final class SqliteDatabase implements Database {
  private final AtomicLong ticks = new AtomicLong();
  private final DataSource dataSource =
      new SQLiteDataSource() {
        @Override
        public Connection getConnection() throws SQLException {
          return prepare(super.getConnection());
        }
      };

  SqliteDatabase() {
    ((SQLiteDataSource) dataSource).setUrl("jdbc:sqlite::memory:");
  }

  @Override
  public DataSource dataSource() {
    return dataSource;
  }

  @Override
  public String runaway() {
    return "with recursive n(i) as (select 1 union all select i + tick() from n)"
        + " select count(*) from n";
  }

  @Override
  public String runawayRows() {
    return "with recursive n(i) as (select 1 union all select i + tick() from n)"
        + " select i from n where i <= 5";
  }

  @Override
  public void stream(Connection connection) {}

  @Override
  public String brief() {
    return "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)"
        + " select count(*) from n where i % 7 = 3";
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
    return Transaction.IS_ROLLED_BACK;
  }

  /** Whether queries call our function, as nobody else can be asked. */
  @Override
  public boolean isRunning() {
    long before = ticks.get();
    long start = System.nanoTime();
    while (ticks.get() == before) {
      if (System.nanoTime() - start > 20_000_000) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  @Override
  public void close() {}

  private Connection prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table t(x bigint)");
    }
    Function.create(
        connection,
        "tick",
        new Function() {
          @Override
          protected void xFunc() throws SQLException {
            ticks.incrementAndGet();
            result(1);
          }
        });
    return connection;
  }
}
