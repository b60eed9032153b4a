// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A connection whose statements obey a token. */
final class BoundConnection extends BoundObject<Connection> {
  private final StatementCalls calls;

  private BoundConnection(StatementCalls calls) {
    super(calls.connection(), calls.binding());
    this.calls = calls;
  }

  /**
   * Makes the view of a connection.
   *
   * @param calls those of the connection, for no statement in particular
   */
  static Connection of(StatementCalls calls) {
    return new BoundConnection(calls).as(Connection.class);
  }

  /**
   * What is needed to clean up is passed on as it is, so that a transaction can be rolled back
   * after its token was canceled. A commit is not begun then; one that has begun is left alone.
   */
  @Override
  @Nullable Object answer(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    return switch (method.getName()) {
      case "createStatement", "prepareStatement", "prepareCall" -> {
        Object statement = calls.<@Nullable Object, Throwable>call(() -> pass(method, args));
        yield BoundStatement.of((Statement) requireNonNull(statement), calls, (Connection) proxy);
      }
      case "getMetaData" ->
          BoundMetaData.of(
              (DatabaseMetaData) requireNonNull(pass(method, args)), calls, (Connection) proxy);
      case "close" -> close(method);
      case "commit" -> {
        binding.token().throwIfCancellationRequested();
        yield pass(method, args);
      }
      default -> pass(method, args);
    };
  }

  /**
   * Gives the connection back, or closes it. That it is gone, as when it was aborted, is nothing to
   * tell to whoever was canceled and now closes it; some pools do.
   */
  private @Nullable Object close(Method method) throws Throwable {
    try {
      return pass(method, null);
    } catch (SQLException e) {
      if (binding.token().isCancellationRequested()
          && SqlCancellation.isOfLostConnection(e, target)) {
        return null;
      }
      throw e;
    }
  }
}
