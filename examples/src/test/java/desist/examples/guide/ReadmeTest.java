// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The listing of README.md. */
class ReadmeTest {
  @Test
  void theTenLinesWork() {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true));
    try {
      tenLines();
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString().lines())
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
}
