// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.OperationCanceledException;
import desist.jdk.TestThreads.Running;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresJdbcTest extends ServerJdbcContract {
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
  DatabaseServer database() {
    return database;
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
