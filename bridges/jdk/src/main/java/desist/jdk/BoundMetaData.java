// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** What a connection tells of its database, with queries that obey a token. */
final class BoundMetaData extends BoundObject<DatabaseMetaData> {
  private final Connection connection;
  private final StatementCalls calls;

  private BoundMetaData(DatabaseMetaData target, StatementCalls calls, Connection connection) {
    super(target, calls.binding());
    this.calls = calls;
    this.connection = connection;
  }

  /**
   * Makes the view of a connection's metadata.
   *
   * @param calls those of the connection
   * @param connection the view of that
   */
  static DatabaseMetaData of(DatabaseMetaData target, StatementCalls calls, Connection connection) {
    return new BoundMetaData(target, calls, connection).as(DatabaseMetaData.class);
  }

  /**
   * The statement of a query is not known before it has run, so that there is nothing to cancel
   * unless the driver has something for its connection.
   */
  @Override
  @Nullable Object answer(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (method.getReturnType() == ResultSet.class) {
      return bind((ResultSet) calls.<@Nullable Object, Throwable>call(() -> pass(method, args)));
    }
    return method.getName().equals("getConnection") ? connection : pass(method, args);
  }

  private @Nullable ResultSet bind(@Nullable ResultSet rows) {
    if (rows == null) {
      return null;
    }
    Statement statement = statementOf(rows);
    return BoundResultSet.of(
        rows,
        statement == null ? null : BoundStatement.of(statement, calls, connection),
        calls.with(statement));
  }

  private static @Nullable Statement statementOf(ResultSet rows) {
    try {
      return rows.getStatement();
    } catch (SQLException e) {
      return null; // as it has none to show
    }
  }
}
