// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.ChildProcess;
import desist.jdk.ProcessOptions;
import desist.jdk.ProcessResult;
import desist.jdk.Processes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The listings of docs/guide/processes.md. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ProcessesGuideTest {
  @TempDir Path folder;

  // snippet: run
  static String countLines(Path file, CancellationToken token)
      throws IOException, InterruptedException {
    ProcessResult result = Processes.run(new ProcessBuilder("wc", "-l", file.toString()), token);
    if (result.exitCode() != 0) {
      throw new IOException(result.error());
    }
    return result.output();
  }

  // end

  @Test
  void processThatIsRunToItsEnd() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "one\ntwo\n");
    assertTrue(countLines(file, CancellationToken.none()).strip().startsWith("2"));
  }

  private static int sleep(CancellationToken token) throws IOException, InterruptedException {
    // snippet: start
    ProcessBuilder builder = new ProcessBuilder("sleep", "1000");
    try (ChildProcess child = Processes.start(builder, token)) {
      return child.waitFor();
    }
    // end
  }

  @Test
  void processThatIsStarted() {
    try (var timeout = new CancellationTokenSource(Duration.ofMillis(50))) {
      assertThrows(OperationCanceledException.class, () -> sleep(timeout.token()));
    }
  }

  private static int copy(ProcessBuilder builder, Path file, CancellationToken token)
      throws IOException, InterruptedException {
    // snippet: copy
    try (ChildProcess child = Processes.start(builder, token);
        OutputStream log = Files.newOutputStream(file)) {
      return child.waitFor(log, log);
    }
    // end
  }

  @Test
  void outputThatIsCopied() throws Exception {
    Path log = folder.resolve("log");
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", "echo out; exit 2");
    assertEquals(2, copy(builder, log, CancellationToken.none()));
    assertEquals("out\n", Files.readString(log));
  }

  private static ProcessResult migrate(CancellationToken token)
      throws IOException, InterruptedException {
    // snippet: grace
    ProcessOptions options = new ProcessOptions().withGrace(Duration.ofSeconds(30));
    ProcessResult result = Processes.run(new ProcessBuilder("./migrate"), options, token);
    // end
    return result;
  }

  @Test
  void nothingIsStartedWithACanceledToken() {
    assertThrows(OperationCanceledException.class, () -> migrate(CancellationToken.canceled()));
  }
}
