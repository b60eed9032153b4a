// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import desist.OperationCanceledException;
import desist.jdk.TestThreads.Running;
import java.sql.Connection;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for each database that may be out of reach. */
abstract class ServerJdbcContract extends JdbcContract {
  private TcpProxy proxy;

  @Override
  abstract DatabaseServer database();

  @BeforeEach
  void startProxy() throws Exception {
    proxy = new TcpProxy(database().port());
  }

  @AfterEach
  void stopProxy() throws Exception {
    proxy.close();
    database().terminate();
  }

  @Test
  void aDatabaseThatHangsInCancelLosesItsConnection() throws Exception {
    try (Connection distant = database().dataSource(proxy).getConnection();
        Statement statement = distant.createStatement()) {
      Running<Integer> query =
          TestThreads.start(() -> count(Jdbc.executeQuery(statement, database().runaway(), token)));
      TestThreads.await("runs", database()::isRunning);

      proxy.freeze();
      source.cancel();

      assertThatThrownBy(query::join).isInstanceOf(OperationCanceledException.class);
      assertThat(distant.isClosed()).isTrue();
    }
  }

  @Test
  void aCancelThatHangsCostsTheConnectionAndNotTheResult() throws Exception {
    try (Connection distant = database().dataSource(proxy).getConnection();
        Statement statement = distant.createStatement()) {
      Running<Boolean> query =
          TestThreads.start(() -> Jdbc.execute(statement, database().slow(), token));
      TestThreads.await("runs", database()::isRunning);

      proxy.hold();
      source.cancel();

      assertThat(query.join()).isTrue();
      assertThat(distant.isClosed()).isTrue();
    }
  }

  @Test
  void aPoolReplacesAConnectionThatWasAborted() throws Exception {
    try (HikariDataSource pool = pool(database().dataSource(proxy))) {
      Connection before = physical(pool);
      DataSource bound = Jdbc.withCancellation(pool, token);
      Running<Integer> query = TestThreads.start(() -> plainJdbc(bound, database().runaway()));
      TestThreads.await("runs", database()::isRunning);

      proxy.freeze();
      source.cancel();

      assertThatThrownBy(query::join).isInstanceOf(OperationCanceledException.class);
      proxy.thaw();
      assertReplaced(before, pool);
    }
  }

  @Test
  void aPoolReplacesAConnectionThatACancelMayStillReach() throws Exception {
    try (HikariDataSource pool = pool(database().dataSource(proxy))) {
      Connection before = physical(pool);
      DataSource bound = Jdbc.withCancellation(pool, token);
      Running<Boolean> query =
          TestThreads.start(
              () -> {
                try (Connection own = bound.getConnection();
                    Statement statement = own.createStatement()) {
                  return statement.execute(database().slow());
                }
              });
      TestThreads.await("runs", database()::isRunning);

      proxy.hold();
      source.cancel();

      assertThat(query.join()).isTrue();
      proxy.thaw();
      assertReplaced(before, pool);
    }
  }

  private void assertReplaced(Connection before, HikariDataSource pool) throws Exception {
    assertThat(physical(pool)).isNotSameAs(before);
    assertThat(before.isClosed()).isTrue();
    HikariPoolMXBean counts = pool.getHikariPoolMXBean();
    System.out.printf(
        "%s: an aborted connection was replaced; of a pool of %d now %d idle, %d active, %d waiting%n",
        database().getClass().getSimpleName(),
        counts.getTotalConnections(),
        counts.getIdleConnections(),
        counts.getActiveConnections(),
        counts.getThreadsAwaitingConnection());
    assertThat(counts.getTotalConnections()).isEqualTo(1);
    assertThat(counts.getIdleConnections()).isEqualTo(1);
  }
}
