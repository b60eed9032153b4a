// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** What a call to a database that is not canceled takes beside the plain one. */
class JdbcFootprintTest {
  private static final int CALLS = 10_000;

  private final CancellationTokenSource source = new CancellationTokenSource();
  private IntSupplier result = () -> 1;
  private final Connection connection =
      (Connection)
          Proxy.newProxyInstance(
              Connection.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, args) -> null);
  private final PreparedStatement statement =
      (PreparedStatement)
          Proxy.newProxyInstance(
              PreparedStatement.class.getClassLoader(),
              new Class<?>[] {PreparedStatement.class},
              (proxy, method, args) -> {
                if (method.getReturnType() == Connection.class) {
                  return connection;
                }
                return result.getAsInt();
              });

  @Test
  void aCallIsOneRegistration() throws SQLException {
    result = source::registrationCount;

    assertThat(Jdbc.executeUpdate(statement, source.token())).isEqualTo(1);
  }

  @Test
  void aCallWithATokenThatCannotBeCanceledAllocatesNothing() throws SQLException {
    assertThat(allocatedByCalls(CancellationToken.none())).isLessThan(CALLS);
  }

  @Test
  void aCallWithALiveTokenAllocatesAnOperationARegistrationAndTheirParts() throws SQLException {
    long bytes = allocatedByCalls(source.token());

    assertThat(bytes / CALLS).isLessThanOrEqualTo(32 + 32 + 72);
  }

  private long allocatedByCalls(CancellationToken token) throws SQLException {
    call(token);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    call(token);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private void call(CancellationToken token) throws SQLException {
    for (int i = 0; i < CALLS; i++) {
      Jdbc.executeUpdate(statement, token);
    }
  }
}
