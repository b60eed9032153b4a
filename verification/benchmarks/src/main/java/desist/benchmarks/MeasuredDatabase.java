// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.jdk.Jdbc;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A call to a database that takes no time, so that ours is left. */
public abstract class MeasuredDatabase extends MeasuredBridge {
  final AnsweringDriver driver = new AnsweringDriver();

  /** The driver's statement, of a connection that is bound to the token. */
  PreparedStatement bound = driver.statement;

  @Setup
  public void bind() throws SQLException {
    Connection connection = Jdbc.withCancellation(driver.connection, token);
    bound = connection.prepareStatement("");
  }

  @TearDown
  public void tearDown() {
    check(driver.asked() != 0, "the driver was not asked");
  }
}
