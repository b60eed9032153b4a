// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.OperationCanceledException;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MariaDbJdbcTest extends ServerJdbcContract {
  private static MariaDbDatabase database;

  @BeforeAll
  static void open() throws Exception {
    database = new MariaDbDatabase();
  }

  @AfterAll
  static void close() throws Exception {
    database.close();
  }

  @Override
  DatabaseServer database() {
    return database;
  }

  /** Its driver reads them all when a result set is closed, here for ever. */
  @Test
  void rowsThatAreLeftAreNotReadWhenTheyAreClosed() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(1);
      try (ResultSet rows =
          Jdbc.executeQuery(
              statement, "select a.seq from seq_1_to_1000000 a, seq_1_to_1000000 b", token)) {
        assertThat(rows.next()).isTrue();
        source.cancel();
        assertThatThrownBy(rows::next).isInstanceOf(OperationCanceledException.class);
      }
      TestThreads.await("has left the database", () -> !database.isRunning());
      assertThat(connection.isValid(10)).isTrue();
    }
  }
}
