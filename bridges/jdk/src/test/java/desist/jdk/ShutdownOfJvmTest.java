// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationTokenSource;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Scopes in JVMs that are shut down, by SIGTERM or by themselves. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class ShutdownOfJvmTest {
  private static final int SIGTERM = 143;

  /** Runs the program of that name; sends SIGTERM if it says that it is ready. */
  private static ProcessResult run(String program) throws Exception {
    try (var limit = new CancellationTokenSource(Duration.ofSeconds(50));
        var child = Processes.start(java(program), limit.token())) {
      ByteArrayOutputStream output = new TellsWhenReady(child.process().toHandle());
      ByteArrayOutputStream error = new ByteArrayOutputStream();
      int exitCode = child.waitFor(output, error);
      return new ProcessResult(exitCode, output.toString(UTF_8), error.toString(UTF_8));
    }
  }

  /** Sends SIGTERM when the process has said that it is ready. */
  private static final class TellsWhenReady extends ByteArrayOutputStream {
    private final ProcessHandle process;

    TellsWhenReady(ProcessHandle process) {
      this.process = process;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      if (toString(UTF_8).endsWith("ready\n")) {
        process.destroy();
      }
    }
  }

  private static ProcessBuilder java(String program) {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        ShutdownPrograms.class.getName(),
        program);
  }

  @Test
  void sigtermDrainsAndTheExitCodeIsItsOwn() throws Exception {
    ProcessResult result = run("drains");

    assertThat(result.output().lines())
        .containsExactly(
            "ready", "draining: The JVM is shutting down", "job done, stopping: false");
    assertThat(result.error()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(SIGTERM);
  }

  @Test
  void workIsStoppedWhenTheDrainGraceHasPassed() throws Exception {
    ProcessResult result = run("isStopped");

    assertThat(result.output().lines()).containsExactly("ready", "job stopped");
    assertThat(result.error()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(SIGTERM);
  }

  @Test
  void workThatIgnoresAllIsReportedWithItsStackAndLeft() throws Exception {
    ProcessResult result = run("ignoresAll");

    assertThat(result.output().lines()).containsExactly("ready", "draining on a daemon: true");
    assertThat(result.error())
        .startsWith("Shutdown: this has not stopped:\n  stubborn job, begun PT")
        .contains("ago by main\n")
        .contains("desist.jdk.ShutdownPrograms.ignoresAll(");
    assertThat(result.exitCode()).isEqualTo(SIGTERM);
  }

  @Test
  void requestEndsTheScopeAndTheProgramGoesOn() throws Exception {
    ProcessResult result = run("requests");

    assertThat(result.output().lines()).contains("closed");
    assertThat(result.error()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void exitWithinWorkKeepsItsCodeAndIsReported() throws Exception {
    ProcessResult result = run("exitsInItsWork");

    assertThat(result.error()).contains("job that exits").contains("java.lang.Shutdown.exit");
    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void exitInACallbackChangesNothing() throws Exception {
    ProcessResult result = run("exitsInACallback");

    assertThat(result.error()).contains("has not stopped").contains("job");
    assertThat(result.exitCode()).isEqualTo(SIGTERM);
  }

  @Test
  void closedScopeHasNoHook() {
    ShutdownScope scope = ShutdownScope.ofJvm(new ShutdownOptions());
    Thread hook = scope.hook;
    scope.close();
    scope.close();
    assertThat(hook).isNotNull();
    assertThat(Runtime.getRuntime().removeShutdownHook(hook)).isFalse();
  }
}
