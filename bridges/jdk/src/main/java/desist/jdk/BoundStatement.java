// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A statement, prepared or not, that obeys a token. */
final class BoundStatement extends BoundObject<Statement> {
  private final Connection connection;
  private final StatementCalls calls;

  private BoundStatement(Statement target, StatementCalls calls, Connection connection) {
    super(target, calls.binding());
    this.connection = connection;
    this.calls = calls.with(target);
  }

  /**
   * Makes the view of a statement.
   *
   * @param calls those of its connection
   * @param connection the view of that
   */
  static Statement of(Statement target, StatementCalls calls, Connection connection) {
    BoundStatement handler = new BoundStatement(target, calls, connection);
    if (target instanceof CallableStatement) {
      return handler.as(CallableStatement.class);
    } else if (target instanceof PreparedStatement) {
      return handler.as(PreparedStatement.class);
    }
    return handler.as(Statement.class);
  }

  @Override
  @Nullable Object answer(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    return switch (method.getName()) {
      case "execute",
          "executeQuery",
          "executeUpdate",
          "executeLargeUpdate",
          "executeBatch",
          "executeLargeBatch" ->
          bind(proxy, calls.<@Nullable Object, Throwable>execute(() -> pass(method, args)));
      case "getMoreResults", "getMetaData", "getParameterMetaData" ->
          calls.<@Nullable Object, Throwable>call(() -> pass(method, args));
      case "close" -> close(method);
      case "getConnection" -> {
        pass(method, args); // throws if this is closed
        yield connection;
      }
      default -> bind(proxy, pass(method, args));
    };
  }

  private @Nullable Object close(Method method) throws Throwable {
    calls.<Throwable>close(() -> pass(method, null));
    return null;
  }

  private @Nullable Object bind(Object proxy, @Nullable Object result) {
    return result instanceof ResultSet rows
        ? BoundResultSet.of(rows, (Statement) proxy, calls)
        : result;
  }
}
