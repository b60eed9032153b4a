// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.h2.tools.Server;

/** A database in memory, behind a server on this machine, that tells whether a query runs in it. */
final class LocalDatabase implements AutoCloseable {
  /** Counts among a million million pairs of numbers. */
  static final String RUNAWAY =
      "select count(*) from system_range(1, 1000000) a, system_range(1, 1000000) b"
          + " where mod(a.x * b.x, 7) = 3";

  private final String name = "mem:" + UUID.randomUUID();
  private final Connection observer;
  private final Server server;

  LocalDatabase() throws SQLException {
    observer = DriverManager.getConnection("jdbc:h2:" + name); // it lives as long as this
    server = Server.createTcpServer("-tcpPort", "0").start();
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:h2:tcp://localhost:" + server.getPort() + "/" + name);
  }

  boolean isRunning() {
    try (Statement statement = observer.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from information_schema.sessions"
                    + " where executing_statement is not null and session_id <> session_id()")) {
      rows.next();
      return rows.getInt(1) > 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void awaitRunning() {
    while (!isRunning()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Ends the query that runs, from outside, as an administrator would. */
  void cancelQuery() throws SQLException {
    try (Statement statement = observer.createStatement()) {
      statement.execute(
          "select cancel_session(session_id) from information_schema.sessions"
              + " where session_id <> session_id()");
    }
  }

  @Override
  public void close() throws SQLException {
    observer.close();
    server.stop();
  }
}
