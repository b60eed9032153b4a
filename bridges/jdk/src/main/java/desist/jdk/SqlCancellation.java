// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells by an exception whether a statement has ended because it was canceled. */
final class SqlCancellation {
  private SqlCancellation() {}

  /**
   * Whether the exception is a driver's way to say that a statement was canceled, or one of its
   * causes or of those chained to it is: a batch may have one for each of its statements.
   */
  static boolean isToldBy(Throwable thrown) {
    if (thrown instanceof SQLException first) {
      for (Throwable each : first) {
        if (each instanceof SQLException e && isListed(e)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the exception, or the connection, says that the connection is gone. */
  static boolean isOfLostConnection(Throwable thrown, Connection connection) {
    if (thrown instanceof SQLException e && state(e).startsWith("08")) {
      return true;
    }
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true; // it cannot even tell
    }
  }

  private static boolean isListed(SQLException e) {
    return switch (state(e)) {
      case "57014" -> true; // PostgreSQL, H2, Db2
      case "70100" -> true; // MariaDB, MySQL
      case "HY008" -> true; // SQL Server
      case "72000" -> e.getErrorCode() == 1013; // Oracle: ORA-01013
      case "" -> e.getErrorCode() == 9 || e.getErrorCode() == 1317; // SQLITE_INTERRUPT; MySQL
      default -> false;
    };
  }

  private static String state(SQLException e) {
    @Nullable String state = e.getSQLState();
    return state == null ? "" : state;
  }
}
