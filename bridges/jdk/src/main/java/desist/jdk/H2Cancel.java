// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.lang.invoke.MethodHandles.foldArguments;
import static java.lang.invoke.MethodHandles.permuteArguments;
import static java.lang.invoke.MethodHandles.publicLookup;
import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.sql.Connection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cancels the session of an embedded H2. Its Statement.cancel() marks the command, which is used
 * again for the same SQL: a mark that comes as the statement ends stays, and ends the next
 * execution. What marks the session can be taken back, by setting its time-out to what it is.
 */
final class H2Cancel extends DriverCancel {
  private static final ClassValue<Optional<Methods>> METHODS = byConnection(Methods::seenFrom);

  private final Object session;
  private final Methods methods;

  private H2Cancel(Object session, Methods methods) {
    this.session = session;
    this.methods = methods;
  }

  static @Nullable DriverCancel lookUp(Connection connection) throws Exception {
    Optional<Methods> seen = METHODS.get(connection.getClass());
    if (seen.isEmpty()) {
      return null;
    }
    Methods methods = seen.get();
    if (!connection.isWrapperFor(methods.type)) {
      return null;
    }
    Object session = call(methods.session, connection.unwrap(methods.type));
    return session != null && methods.local.isInstance(session)
        ? new H2Cancel(session, methods)
        : null;
  }

  @Override
  void run() throws Exception {
    call(methods.cancel, session);
  }

  @Override
  void forget() {
    try {
      call(methods.forget, session);
    } catch (Exception e) {
      // The session is closed.
    }
  }

  /**
   * What is needed of the driver.
   *
   * @param type its connections
   * @param session their sessions
   * @param local the sessions that are in this virtual machine
   * @param cancel cancels one
   * @param forget sets its time-out to what it is
   */
  private record Methods(
      Class<?> type,
      MethodHandle session,
      Class<?> local,
      MethodHandle cancel,
      MethodHandle forget) {
    static Methods seenFrom(Class<?> from) throws ReflectiveOperationException {
      Class<?> type = find("org.h2.jdbc.JdbcConnection", from);
      Class<?> session = find("org.h2.engine.Session", from);
      Class<?> local = find("org.h2.engine.SessionLocal", from);
      MethodHandle get =
          publicLookup().findVirtual(local, "getQueryTimeout", methodType(int.class));
      MethodHandle set =
          publicLookup().findVirtual(local, "setQueryTimeout", methodType(void.class, int.class));
      return new Methods(
          type,
          generic(publicLookup().findVirtual(type, "getSession", methodType(session))),
          local,
          generic(publicLookup().findVirtual(local, "cancel", methodType(void.class))),
          generic(
              foldArguments(
                  permuteArguments(set, methodType(void.class, int.class, local), 1, 0), get)));
    }
  }
}
