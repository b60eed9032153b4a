// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import desist.OperationCanceledException;
import desist.jdk.TestThreads.Running;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresJdbcTest extends JdbcContract {
  private static PostgresDatabase database;

  @BeforeAll
  static void open() throws Exception {
    database = new PostgresDatabase();
  }

  @AfterAll
  static void close() throws Exception {
    database.close();
  }

  @Override
  Database database() {
    return database;
  }

  @Test
  void aDatabaseThatHangsInCancelLosesItsConnection() throws Exception {
    try (TcpProxy proxy = new TcpProxy(database.port());
        Connection distant = database.dataSource(proxy).getConnection();
        Statement statement = distant.createStatement()) {
      Running<ResultSet> query =
          TestThreads.start(() -> Jdbc.executeQuery(statement, database.runaway(), token));
      TestThreads.await("runs", database::isRunning);

      proxy.freeze();
      source.cancel();

      assertThatThrownBy(query::join).isInstanceOf(OperationCanceledException.class);
      assertThat(distant.isClosed()).isTrue();
    } finally {
      database.terminate();
    }
  }

  @Test
  void aPoolIsToldOfAConnectionThatWasAborted() throws Exception {
    try (TcpProxy proxy = new TcpProxy(database.port());
        HikariDataSource pool = pool(database.dataSource(proxy))) {
      DataSource bound = Jdbc.withCancellation(pool, token);
      Running<Integer> query = TestThreads.start(() -> plainJdbc(bound));
      TestThreads.await("runs", database::isRunning);
      proxy.freeze();
      source.cancel();
      assertThatThrownBy(query::join).isInstanceOf(OperationCanceledException.class);
      proxy.thaw();

      try (Connection next = pool.getConnection();
          Statement statement = next.createStatement()) {
        assertThat(count(statement.executeQuery("select 17"))).isEqualTo(17);
      }
    } finally {
      database.terminate();
    }
  }

  @Test
  void metadataThatIsBeingReadIsStopped() throws Exception {
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table pg_catalog.pg_description in access exclusive mode");
      DatabaseMetaData metaData = Jdbc.withCancellation(connection, token).getMetaData();
      Running<ResultSet> query =
          TestThreads.start(() -> metaData.getTables(null, "public", "%", null));
      TestThreads.await("waits for the lock", database::isWaitingForLock);

      source.cancel();

      assertThatThrownBy(query::join).isInstanceOf(OperationCanceledException.class);
      other.rollback();
    }
  }
}
