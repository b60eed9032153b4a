// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * A driver that does what a test tells it, with one object of each kind. What it is not told it
 * does by returning nothing, false or 0, or the object of the kind that is asked for.
 */
final class ScriptedDriver {
  final DataSource dataSource = make(DataSource.class);
  final Connection connection = make(Connection.class);
  final DatabaseMetaData metaData = make(DatabaseMetaData.class);
  final CallableStatement statement = make(CallableStatement.class);
  final ResultSet rows = make(ResultSet.class);

  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Semaphore begun = new Semaphore(0);
  private final Semaphore canceled = new Semaphore(0);

  /** Tells what a method does, of whatever object. */
  ScriptedDriver on(String method, Script script) {
    scripts.put(method, script);
    return this;
  }

  /** Has a method run until the statement is canceled, and then fail as PostgreSQL does. */
  ScriptedDriver blocking(String method) {
    return on(method, args -> runUntilCanceled(new SQLException("canceled", "57014")))
        .on("cancel", args -> cancel());
  }

  Object runUntilCanceled(SQLException failure) throws SQLException {
    begun.release();
    acquire(canceled);
    throw failure;
  }

  /** What cancel() does where it helps. */
  Object cancel() {
    canceled.release();
    return null;
  }

  /** Waits until the statement runs. */
  void awaitBegun() {
    acquire(begun);
  }

  /** Returns the methods that were called, in their order. */
  List<String> calls() {
    return calls;
  }

  long count(String method) {
    return calls.stream().filter(method::equals).count();
  }

  private static void acquire(Semaphore semaphore) {
    try {
      if (!semaphore.tryAcquire(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("still not after " + TestThreads.LIMIT);
      }
    } catch (InterruptedException e) {
      throw new AssertionError("was interrupted", e);
    }
  }

  private <T> T make(Class<T> type) {
    InvocationHandler handler = (proxy, method, args) -> call(proxy, method, args);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Object call(Object proxy, Method method, Object[] args) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return switch (method.getName()) {
        case "equals" -> proxy == args[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> "scripted";
      };
    }
    calls.add(method.getName());
    Script script = scripts.get(method.getName());
    return script == null ? ordinary(method.getReturnType()) : script.run(args);
  }

  private Object ordinary(Class<?> type) {
    for (Object made : new Object[] {connection, metaData, statement, rows}) {
      if (type != Object.class && type.isInstance(made)) {
        return made;
      }
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == long.class) {
      return 0L;
    }
    return type == int.class ? 0 : null;
  }

  /** What a method does. */
  @FunctionalInterface
  interface Script {
    Object run(Object[] args) throws Throwable;
  }
}
