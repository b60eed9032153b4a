// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.jdk.Jdbc;
import java.sql.SQLException;
import org.openjdk.jmh.annotations.Benchmark;

/** What does it cost that a token could cancel a statement that changes rows? */
public class BridgedUpdateBenchmark extends MeasuredDatabase {
  @Benchmark
  public int plain() throws SQLException {
    return driver.statement.executeUpdate();
  }

  @Benchmark
  public int floor() throws SQLException {
    CancellationTokenRegistration registration = register();
    int count = driver.statement.executeUpdate();
    registration.close();
    return count;
  }

  @Benchmark
  public int desist() throws SQLException {
    return Jdbc.executeUpdate(driver.statement, token);
  }

  @Benchmark
  public int desistBound() throws SQLException {
    return bound.executeUpdate();
  }

  @Benchmark
  public int desistWithoutToken() throws SQLException {
    return Jdbc.executeUpdate(driver.statement, CancellationToken.none());
  }
}
