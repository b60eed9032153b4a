// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import com.zaxxer.hikari.HikariDataSource;
import desist.CancellationToken;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Queries in transactions that have changed something, and waits for a pool. */
final class DatabaseBlockers extends BlockerGroup {
  private static final String MARIA_DB = "desist.jdk.MariaDbDatabase";

  private final List<Database> databases = new ArrayList<>();

  DatabaseBlockers() throws Exception {
    Database postgres = open(new PostgresDatabase());
    Database h2 = open(new H2Database());
    addQuery(postgres);
    add(
        product(postgres) + ", rows that are still coming",
        "Jdbc.executeQuery",
        threads -> new Query(postgres, postgres.runawayRows(), 5));
    if (hasMariaDb()) {
      Class<?> mariaDb = Class.forName(MARIA_DB);
      addQuery(open((Database) mariaDb.getDeclaredConstructor().newInstance()));
    }
    addQuery(h2);
    addQuery(open(new SqliteDatabase()));
    add(
        "a connection of a pool that has none free",
        "Jdbc.withCancellation",
        threads -> new PoolWait(h2.dataSource()));
  }

  private static boolean hasMariaDb() {
    return DatabaseBlockers.class.getResource("MariaDbDatabase.class") != null;
  }

  private Database open(Database database) {
    databases.add(database);
    return database;
  }

  private void addQuery(Database database) throws SQLException {
    add(
        product(database) + ", a query",
        "Jdbc.executeQuery",
        threads -> new Query(database, database.runaway(), 0));
  }

  /** Returns its name, and the first word of its version. */
  private static String product(Database database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      var about = connection.getMetaData();
      return about.getDatabaseProductName()
          + " "
          + about.getDatabaseProductVersion().split("[^\\d.]", 2)[0];
    }
  }

  @Override
  public void close() throws Exception {
    for (Database database : databases) {
      database.close();
    }
  }

  private static final class Query implements Blocker {
    private final Database database;
    private final String sql;
    private final int rows;
    private final Connection connection;
    private final Statement statement;

    private volatile int rowsRead;

    /** What the database has said last. */
    private boolean isRunning = true;

    /** Makes one for a query that gives so many rows before it gets stuck. */
    Query(Database database, String sql, int rows) throws SQLException {
      this.database = database;
      this.sql = sql;
      this.rows = rows;
      connection = database.dataSource().getConnection();
      statement = connection.createStatement();
      statement.executeUpdate("delete from t");
      connection.setAutoCommit(false);
      statement.executeUpdate("insert into t values (1)");
      statement.setFetchSize(1);
    }

    @Override
    public void plain() throws SQLException {
      read(statement.executeQuery(sql));
    }

    @Override
    public void bridged(CancellationToken token) throws SQLException {
      read(Jdbc.executeQuery(statement, sql, token));
    }

    private void read(ResultSet found) throws SQLException {
      while (found.next()) {
        rowsRead++;
      }
    }

    @Override
    public boolean isBlocked(Thread thread) throws SQLException {
      return rowsRead == rows && database.isRunning();
    }

    @Override
    public boolean goesOn() throws SQLException {
      isRunning = database.isRunning();
      return isRunning;
    }

    @Override
    public String left() throws SQLException {
      statement.close(); // as anybody does; SQLite's driver stops what comes before that as well
      String query = isRunning ? ", query runs on" : "";
      if (!connection.isValid(1)) {
        return "connection lost" + query;
      }
      return "connection usable, transaction " + Database.Transaction.of(connection) + query;
    }

    @Override
    public void close() throws Exception {
      if (isRunning) {
        cancel();
        if (database instanceof DatabaseServer server) {
          server.terminate();
        }
        TestThreads.await("has left the database", () -> !database.isRunning());
      }
      connection.close();
    }

    private void cancel() {
      try {
        statement.cancel();
      } catch (SQLException e) {
        // has no connection any more
      }
    }
  }

  private static final class PoolWait implements Blocker {
    private final HikariDataSource pool;
    private final Connection only;

    PoolWait(DataSource source) throws SQLException {
      pool = JdbcContract.pool(source);
      only = pool.getConnection();
    }

    @Override
    public void plain() throws SQLException {
      pool.getConnection().close();
    }

    @Override
    public void bridged(CancellationToken token) throws SQLException {
      Jdbc.withCancellation(pool, token).getConnection().close();
    }

    @Override
    public boolean isBlocked(Thread thread) {
      return pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 1;
    }

    @Override
    public String left() throws Exception {
      only.close();
      TestThreads.await(
          "is back",
          () ->
              pool.getHikariPoolMXBean().getIdleConnections() == 1
                  && pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 0);
      return "pool complete";
    }

    @Override
    public void close() throws SQLException {
      only.close();
      pool.close();
    }
  }
}
