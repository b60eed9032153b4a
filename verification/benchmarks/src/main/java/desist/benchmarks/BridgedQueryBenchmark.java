// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.jdk.Jdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.openjdk.jmh.annotations.Benchmark;

/** What does it cost that a token could cancel a query, and the reading of its rows later? */
public class BridgedQueryBenchmark extends MeasuredDatabase {
  @Benchmark
  public ResultSet plain() throws SQLException {
    return driver.statement.executeQuery();
  }

  @Benchmark
  public ResultSet floor() throws SQLException {
    CancellationTokenRegistration registration = register();
    ResultSet rows = driver.statement.executeQuery();
    registration.close();
    return rows;
  }

  @Benchmark
  public ResultSet desist() throws SQLException {
    return Jdbc.executeQuery(driver.statement, token);
  }

  @Benchmark
  public ResultSet desistBound() throws SQLException {
    return bound.executeQuery();
  }

  @Benchmark
  public ResultSet desistWithoutToken() throws SQLException {
    return Jdbc.executeQuery(driver.statement, CancellationToken.none());
  }
}
