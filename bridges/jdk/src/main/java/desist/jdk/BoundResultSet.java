// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Rows whose reading obeys a token, as they may come from the database one after another. Whether a
 * row is the last one is known when the next has been read.
 */
final class BoundResultSet extends BoundObject<ResultSet> {
  private final @Nullable Statement statement;
  private final StatementCalls calls;

  private BoundResultSet(ResultSet target, @Nullable Statement statement, StatementCalls calls) {
    super(target, calls.binding());
    this.statement = statement;
    this.calls = calls;
  }

  /**
   * Makes the view of a result set.
   *
   * @param statement what it tells to be its statement
   * @param calls those of the statement
   */
  static ResultSet of(ResultSet target, @Nullable Statement statement, StatementCalls calls) {
    return new BoundResultSet(target, statement, calls).as(ResultSet.class);
  }

  @Override
  @Nullable Object answer(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    return switch (method.getName()) {
      case "next",
          "previous",
          "first",
          "last",
          "absolute",
          "relative",
          "beforeFirst",
          "afterLast",
          "isLast",
          "isAfterLast",
          "insertRow",
          "updateRow",
          "deleteRow",
          "refreshRow" ->
          calls.<@Nullable Object, Throwable>call(() -> pass(method, args));
      case "close" -> close(method);
      case "getStatement" -> {
        pass(method, args); // throws if this is closed
        yield statement;
      }
      default -> bind(pass(method, args));
    };
  }

  private @Nullable Object close(Method method) throws Throwable {
    calls.<Throwable>close(() -> pass(method, null));
    return null;
  }

  private @Nullable Object bind(@Nullable Object value) {
    return value instanceof ResultSet nested ? of(nested, statement, calls) : value;
  }
}
