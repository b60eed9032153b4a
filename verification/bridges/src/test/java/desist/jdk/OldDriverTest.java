// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationTokenSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Wrapper;
import org.junit.jupiter.api.Test;

/** A driver that is older than {@link Wrapper}, as jTDS is, beside one that is looked for. */
class OldDriverTest {
  @Test
  void itsConnectionsAreBoundAsOthersAre() throws SQLException {
    H2Database database = new H2Database();
    try (CancellationTokenSource source = new CancellationTokenSource();
        Connection own = database.dataSource().getConnection();
        Connection bound = Jdbc.withCancellation(older(own), source.token());
        Statement statement = bound.createStatement()) {
      assertThat(JdbcContract.count(statement.executeQuery("select 17"))).isEqualTo(17);
    } finally {
      database.close();
    }
  }

  private static Connection older(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            OldDriverTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> {
              if (method.getDeclaringClass() == Wrapper.class) {
                throw new AbstractMethodError(method.getName());
              }
              try {
                return method.invoke(connection, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
