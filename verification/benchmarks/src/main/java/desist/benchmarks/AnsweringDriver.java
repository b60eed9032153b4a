// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.jspecify.annotations.Nullable;

/**
 * A driver that answers at once, with the same objects, numbers and rows each time, and counts what
 * it was asked.
 */
final class AnsweringDriver {
  final Connection connection = make(Connection.class);
  final PreparedStatement statement = make(PreparedStatement.class);
  final ResultSet rows = make(ResultSet.class);

  private int asked;

  int asked() {
    return asked;
  }

  private <T> T make(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer(method)));
  }

  private @Nullable Object answer(Method method) {
    asked++;
    Class<?> type = method.getReturnType();
    if (type == int.class) {
      return 1;
    } else if (type == boolean.class) {
      return true;
    } else if (type == ResultSet.class) {
      return rows;
    } else if (type == Connection.class) {
      return connection;
    }
    return type == PreparedStatement.class ? statement : null;
  }
}
