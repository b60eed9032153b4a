// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.OperationCanceledException;
import desist.jdk.TestThreads.Running;
import desist.testing.CancellationSweep;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class H2JdbcTest extends JdbcContract {
  private static H2Database database;

  @BeforeAll
  static void open() throws Exception {
    database = new H2Database();
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
  void aQueryIsStoppedInAServerToo() throws Exception {
    Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    H2Database distant = new H2Database("jdbc:h2:tcp://localhost:" + server.getPort() + "/");
    try (Connection own = distant.dataSource().getConnection();
        Statement statement = own.createStatement()) {
      Running<ResultSet> query =
          TestThreads.start(() -> Jdbc.executeQuery(statement, distant.runaway(), token));
      TestThreads.await("runs", distant::isRunning);

      source.cancel();

      assertThatThrownBy(query::join).isInstanceOf(OperationCanceledException.class);
      TestThreads.await("has left the database", () -> !distant.isRunning());
      assertThat(count(statement.executeQuery("select 17"))).isEqualTo(17);
    } finally {
      distant.close();
      server.stop();
    }
  }

  @Test
  void aPreparedStatementIsNotHitTheNextTimeEither() throws Exception {
    try (PreparedStatement statement = connection.prepareStatement(database.brief())) {
      CancellationSweep.overTime(
          1_000,
          attempt -> {
            try {
              assertThat(count(Jdbc.executeQuery(statement, attempt.token()))).isEqualTo(286);
            } catch (OperationCanceledException e) {
              assertThat(attempt.token().isCancellationRequested()).isTrue();
            }
            assertThat(count(statement.executeQuery())).isEqualTo(286);
          });
    }
  }
}
