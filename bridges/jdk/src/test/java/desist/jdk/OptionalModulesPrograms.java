// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationTokenSource;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** Programs that {@link OptionalModulesTest} runs in JVMs without most of the JDK's modules. */
final class OptionalModulesPrograms {
  private OptionalModulesPrograms() {}

  public static void main(String[] args) throws Exception {
    try (var source = new CancellationTokenSource()) {
      switch (args[0]) {
        case "interruption" -> Interruption.run(() -> {}, source.token());
        case "jdbc" -> WithSql.run(source);
        default -> throw new IllegalArgumentException(args[0]);
      }
    }
    System.out.println("done");
  }

  private static final class WithSql {
    static void run(CancellationTokenSource source) throws SQLException {
      Connection connection =
          (Connection)
              Proxy.newProxyInstance(
                  WithSql.class.getClassLoader(),
                  new Class<?>[] {Connection.class},
                  (proxy, method, arguments) -> null);
      Jdbc.withCancellation(connection, source.token()).commit();
    }
  }
}
