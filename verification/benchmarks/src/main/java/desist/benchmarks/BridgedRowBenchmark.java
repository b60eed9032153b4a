// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationTokenRegistration;
import desist.jdk.Jdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * What does it cost that a token could cancel the step to the next row? The columns of a row are
 * read through the same view, without a registration.
 */
public class BridgedRowBenchmark extends MeasuredDatabase {
  private ResultSet view = driver.rows;

  @Setup
  public void query() throws SQLException {
    view = Jdbc.executeQuery(driver.statement, token);
  }

  @Benchmark
  public boolean plain() throws SQLException {
    return driver.rows.next();
  }

  @Benchmark
  public boolean floor() throws SQLException {
    CancellationTokenRegistration registration = register();
    boolean isThere = driver.rows.next();
    registration.close();
    return isThere;
  }

  @Benchmark
  public boolean desist() throws SQLException {
    return view.next();
  }

  @Benchmark
  public int plainColumn() throws SQLException {
    return driver.rows.getInt(1);
  }

  @Benchmark
  public int desistColumn() throws SQLException {
    return view.getInt(1);
  }
}
