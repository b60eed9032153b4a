// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A database, and what the tests need to know of it. */
interface Database {
  /** Returns where its connections come from. It has a table {@code t} with a number {@code x}. */
  DataSource dataSource();

  /** Returns a query for one number that does not come to an end by itself. */
  String runaway();

  /** Returns a query that gives five rows and then does not come to an end by itself. */
  String runawayRows();

  /** Returns a query that takes about a millisecond and gives the number 286. */
  String brief();

  /** How often that is canceled, at one moment or another, in a test. */
  int rounds();

  /** Returns what has become of a transaction one of whose queries was canceled. */
  Transaction afterQuery();

  /** Returns what has become of a transaction one of whose changes was canceled. */
  Transaction afterChange();

  /** Sees to it that the connection reads rows as the database finds them. */
  void stream(Connection connection) throws SQLException;

  /** Whether the database is working on one of those, as it says itself. */
  boolean isRunning() throws SQLException;

  /** Ends the database. */
  void close() throws Exception;

  /** What may become of a transaction. */
  enum Transaction {
    /** It can be gone on with, and committed. */
    GOES_ON("goes on"),
    /** It can only be rolled back. */
    HAS_FAILED("has failed"),
    /** It was rolled back, and the connection is out of it. */
    IS_ROLLED_BACK("rolled back");

    private final String text;

    Transaction(String text) {
      this.text = text;
    }

    /** Looks what has become of one that had put a row into the empty table, and ends it. */
    static Transaction of(Connection connection) throws SQLException {
      int rows;
      try {
        rows = rowsInTable(connection);
      } catch (SQLException e) {
        connection.rollback();
        assertThat(rowsInTable(connection)).isZero();
        return HAS_FAILED;
      }
      if (rows == 0) {
        return IS_ROLLED_BACK;
      }
      connection.commit();
      assertThat(rowsInTable(connection)).isEqualTo(1);
      return GOES_ON;
    }

    private static int rowsInTable(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select count(*) from t")) {
        assertThat(rows.next()).isTrue();
        return rows.getInt(1);
      }
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
