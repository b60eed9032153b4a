// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.lang.invoke.MethodType.genericMethodType;

import java.lang.invoke.MethodHandle;
import java.sql.Connection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a driver has to cancel whatever its connection does, where {@link java.sql.Statement#cancel}
 * is not enough. The drivers' classes are found by their names, from where the connection's class
 * is, so that none is needed. A connection is looked at by the thread that uses it, since some
 * drivers lock it even for that.
 */
abstract sealed class DriverCancel permits ConnectionCancel, H2Cancel {
  /** Returns what cancels this connection; null if its driver has nothing better. */
  static @Nullable DriverCancel of(Connection connection) {
    try {
      DriverCancel cancel = ConnectionCancel.lookUp(connection);
      return cancel != null ? cancel : H2Cancel.lookUp(connection);
    } catch (Exception | AbstractMethodError e) {
      return null; // closed, of which whoever uses it is told; or older than wrappers are
    }
  }

  /** Cancels what the connection does at the moment. */
  abstract void run() throws Exception;

  /** Sees to it, when that has ended, that no cancel is left for what the connection does next. */
  void forget() {}

  /** Returns what is needed of a driver, by the class of a connection, where that can see it. */
  static <M> ClassValue<Optional<M>> byConnection(Finder<M> finder) {
    return new ClassValue<>() {
      @Override
      protected Optional<M> computeValue(Class<?> type) {
        try {
          return Optional.of(finder.seenFrom(type));
        } catch (ReflectiveOperationException | LinkageError e) {
          return Optional.empty();
        }
      }
    };
  }

  /** Finds what is needed of a driver. */
  @FunctionalInterface
  interface Finder<M> {
    M seenFrom(Class<?> from) throws ReflectiveOperationException;
  }

  static Class<?> find(String name, Class<?> from) throws ClassNotFoundException {
    return Class.forName(name, false, from.getClassLoader());
  }

  /** Returns a method without arguments in the form in which {@link #call} calls it. */
  static MethodHandle generic(MethodHandle method) {
    return method.asType(genericMethodType(1));
  }

  /** Calls a method of a driver's, which may throw anything. */
  static @Nullable Object call(MethodHandle method, Object target) throws Exception {
    try {
      return (Object) method.invokeExact(target);
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
