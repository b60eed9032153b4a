// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SqliteJdbcTest extends JdbcContract {
  private static SqliteDatabase database;

  @BeforeAll
  static void open() throws Exception {
    database = new SqliteDatabase();
  }

  @AfterAll
  static void close() throws Exception {
    database.close();
  }

  @Override
  Database database() {
    return database;
  }
}
