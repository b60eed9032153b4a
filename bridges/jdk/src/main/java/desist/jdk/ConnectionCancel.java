// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.lang.invoke.MethodHandles.publicLookup;
import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cancels by a method that the driver's connections have. Both drivers take notice of
 * Statement.cancel() only while the statement is executed, not while more of its rows are read;
 * MariaDB's not if another thread has closed it meanwhile; and for metadata PostgreSQL's shows no
 * statement at all. Their servers ignore a cancel when they have nothing to do.
 */
final class ConnectionCancel extends DriverCancel {
  private static final List<ClassValue<Optional<Methods>>> METHODS =
      List.of(
          byConnection(
              from -> Methods.seenFrom(from, "org.postgresql.PGConnection", "cancelQuery")),
          byConnection(
              from -> Methods.seenFrom(from, "org.mariadb.jdbc.Connection", "cancelCurrentQuery")));

  private final Object connection;
  private final Methods methods;

  private ConnectionCancel(Object connection, Methods methods) {
    this.connection = connection;
    this.methods = methods;
  }

  static @Nullable DriverCancel lookUp(Connection connection) throws SQLException {
    for (int i = 0; i < METHODS.size(); i++) { // each call comes here, and allocates no iterator
      Optional<Methods> methods = METHODS.get(i).get(connection.getClass());
      if (methods.isPresent() && connection.isWrapperFor(methods.get().type)) {
        return new ConnectionCancel(connection.unwrap(methods.get().type), methods.get());
      }
    }
    return null;
  }

  @Override
  void run() throws Exception {
    call(methods.cancel, connection);
  }

  /**
   * What is needed of a driver.
   *
   * @param type its connections
   * @param cancel their method
   */
  private record Methods(Class<?> type, MethodHandle cancel) {
    static Methods seenFrom(Class<?> from, String name, String method)
        throws ReflectiveOperationException {
      Class<?> type = find(name, from);
      MethodHandle cancel = publicLookup().findVirtual(type, method, methodType(void.class));
      return new Methods(type, generic(cancel));
    }
  }
}
