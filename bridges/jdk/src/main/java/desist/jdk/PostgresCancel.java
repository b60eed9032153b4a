// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.lang.invoke.MethodHandles.publicLookup;
import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cancels by PGConnection.cancelQuery(). The driver takes notice of Statement.cancel() only while
 * the statement is executed, not while more of its rows are fetched, and shows no statement at all
 * for its metadata. The server ignores a cancel when it has nothing to do.
 */
final class PostgresCancel extends DriverCancel {
  private static final ClassValue<Optional<Methods>> METHODS = byConnection(Methods::seenFrom);

  private final Object connection;
  private final Methods methods;

  private PostgresCancel(Object connection, Methods methods) {
    this.connection = connection;
    this.methods = methods;
  }

  static @Nullable DriverCancel of(Connection connection) {
    Optional<Methods> seen = METHODS.get(connection.getClass());
    if (seen.isEmpty()) {
      return null;
    }
    Methods methods = seen.get();
    try {
      return connection.isWrapperFor(methods.type)
          ? new PostgresCancel(connection.unwrap(methods.type), methods)
          : null;
    } catch (SQLException e) {
      return null; // whoever uses the connection is told
    }
  }

  @Override
  void run() throws Exception {
    call(methods.cancel, connection);
  }

  /**
   * What is needed of the driver.
   *
   * @param type its connections
   * @param cancel their method
   */
  private record Methods(Class<?> type, MethodHandle cancel) {
    static Methods seenFrom(Class<?> from) throws ReflectiveOperationException {
      Class<?> type = find("org.postgresql.PGConnection", from);
      MethodHandle cancel = publicLookup().findVirtual(type, "cancelQuery", methodType(void.class));
      return new Methods(type, generic(cancel));
    }
  }
}
