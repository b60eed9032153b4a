// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.InterruptibleRunnable;
import desist.jdk.Jdbc;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The listings of README.md. */
class ReadmeTest {
  private static final String RUNAWAY =
      "select count(*) from system_range(1, 1000000) a, system_range(1, 1000000) b"
          + " where mod(a.x * b.x, 7) = 3";

  @Test
  void theQueryIsStoppedAndItsConnectionAlive() throws Exception {
    String printed = printed(() -> query("jdbc:h2:mem:", RUNAWAY));

    assertThat(printed).startsWith("stopped: java.util.concurrent.TimeoutException");
    assertThat(printed.lines()).last().isEqualTo("alive: true");
  }

  private static void query(String url, String runaway) throws SQLException {
    // snippet: query
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        var source = new CancellationTokenSource(Duration.ofSeconds(1))) {
      try {
        Jdbc.executeQuery(statement, runaway, source.token());
      } catch (OperationCanceledException e) {
        System.out.println("stopped: " + e.getCause());
      }
      System.out.println("alive: " + connection.isValid(1));
    }
    // end
  }

  @Test
  void theTenLinesWork() throws Exception {
    assertThat(printed(ReadmeTest::tenLines).lines())
        .startsWith("counted to 0")
        .last()
        .asString()
        .startsWith("stopped: java.util.concurrent.TimeoutException");
  }

  private static void tenLines() {
    // snippet: ten
    try (var source = new CancellationTokenSource(Duration.ofSeconds(1))) {
      CancellationToken token = source.token(); // can ask and listen; only the source can cancel
      for (long n = 0; ; n++) {
        token.throwIfCancellationRequested();
        if (n % 100_000_000 == 0) {
          System.out.println("counted to " + n);
        }
      }
    } catch (OperationCanceledException e) {
      System.out.println("stopped: " + e.getCause());
    }
    // end
  }

  private static String printed(InterruptibleRunnable<Exception> body) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true));
    try {
      body.run();
    } finally {
      System.setOut(before);
    }
    return printed.toString();
  }
}
