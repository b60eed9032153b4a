// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.testing.CancellationSweep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Real processes of a shell, looked for in the table of processes. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class ProcessesTest {
  private static final CancellationToken NONE = CancellationToken.none();

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final ProcessOptions hasty = new ProcessOptions().withGrace(Duration.ofMillis(200));

  private static ProcessBuilder shell(String script) {
    return new ProcessBuilder("sh", "-c", script);
  }

  /** Cancels when the script has written pids and "ready", and returns those pids. */
  private List<ProcessHandle> cancelWhenReady(String script) throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (ChildProcess child = Processes.start(shell(script), hasty, source.token())) {
      var waiting = TestThreads.start(() -> child.waitFor(output, OutputStream.nullOutputStream()));
      TestThreads.await("ready", () -> output.toString(UTF_8).contains("ready"));
      List<ProcessHandle> processes = handles(output.toString(UTF_8));
      assertThat(processes).isNotEmpty().allMatch(ProcessTree::isRunning);
      source.cancel();
      assertThatThrownBy(waiting::join)
          .isInstanceOf(OperationCanceledException.class)
          .hasNoSuppressedExceptions();
      return processes;
    }
  }

  private static List<ProcessHandle> handles(String output) {
    return output
        .lines()
        .filter(line -> line.matches("[0-9]+"))
        .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
        .toList();
  }

  @Test
  void runReturnsExitCodeAndOutput() throws Exception {
    ProcessResult result = Processes.run(shell("echo out; echo err >&2; exit 3"), source.token());

    assertThat(result).isEqualTo(new ProcessResult(3, "out\n", "err\n"));
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void outputThatFillsBothPipesBlocksNobody() throws Exception {
    ProcessResult result =
        Processes.run(
            shell("head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2"), source.token());

    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).hasSize(1_000_000);
    assertThat(result.error()).hasSize(1_000_000);
  }

  @Test
  void outputIsDecodedAsTold() throws Exception {
    ProcessOptions options = new ProcessOptions().withCharset(UTF_8);
    assertThat(Processes.run(shell("printf '\\303\\244'"), options, NONE).output()).isEqualTo("ä");
  }

  @Test
  void inputIsEmpty() throws Exception {
    assertThat(Processes.run(new ProcessBuilder("cat"), NONE).output()).isEmpty();
  }

  @Test
  void streamsThatAreRedirectedAreEmpty() throws Exception {
    ProcessBuilder builder = shell("echo out; echo err >&2").redirectErrorStream(true);
    assertThat(Processes.run(builder, NONE)).isEqualTo(new ProcessResult(0, "out\nerr\n", ""));
  }

  @Test
  void nothingIsStartedWithACanceledToken() {
    ProcessBuilder missing = new ProcessBuilder("./no-such-program");
    assertThatThrownBy(() -> Processes.run(missing, CancellationToken.canceled()))
        .isInstanceOf(OperationCanceledException.class);
    assertThatThrownBy(() -> Processes.start(missing, CancellationToken.canceled()))
        .isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void programThatIsMissingIsToldAsUsual() {
    ProcessBuilder missing = new ProcessBuilder("./no-such-program");
    assertThatThrownBy(() -> Processes.run(missing, source.token()))
        .isInstanceOf(IOException.class);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void deadlineEndsTheProcessAndIsTheReason() {
    try (var deadline = new CancellationTokenSource(Duration.ofMillis(50))) {
      assertThatThrownBy(() -> Processes.run(shell("sleep 1000"), deadline.token()))
          .isInstanceOf(OperationCanceledException.class)
          .hasCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void grandchildrenAreStopped() throws Exception {
    List<ProcessHandle> processes =
        cancelWhenReady("echo $$; sleep 1000 & echo $!; (sleep 1001 & echo $!; echo ready; wait)");

    assertThat(processes).hasSize(3).noneMatch(ProcessTree::isRunning);
  }

  @Test
  void processThatIgnoresTermIsKilled() throws Exception {
    List<ProcessHandle> processes =
        cancelWhenReady("trap '' TERM; echo $$; echo ready; while :; do sleep 1; done");

    assertThat(processes).noneMatch(ProcessTree::isRunning);
  }

  @Test
  void grandchildThatIgnoresTermIsKilledThoughItsParentObeys() throws Exception {
    List<ProcessHandle> processes =
        cancelWhenReady("echo $$; sh -c 'trap \"\" TERM; echo $$; echo ready; sleep 1000; :' ; :");

    assertThat(processes).hasSize(2).noneMatch(ProcessTree::isRunning);
  }

  @Test
  void outputIsReadWhileTheProcessIsBeingStopped() throws Exception {
    String script =
        "trap 'head -c 300000 /dev/zero; exit 0' TERM; echo ready; while :; do sleep 0.05; done";
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (ChildProcess child = Processes.start(shell(script), source.token())) {
      var waiting = TestThreads.start(() -> child.waitFor(output, output));
      TestThreads.await("ready", () -> output.size() > 0);
      source.cancel();
      assertThatThrownBy(waiting::join).isInstanceOf(OperationCanceledException.class);
    }
    assertThat(output.size()).isGreaterThanOrEqualTo(300_000);
  }

  @Test
  void interruptOfRunStopsTheProcess() throws Exception {
    List<ProcessHandle> before = ProcessHandle.current().children().toList();
    var running = TestThreads.start(() -> Processes.run(shell("sleep 1000"), NONE));
    TestThreads.await(
        "started", () -> ProcessHandle.current().children().anyMatch(p -> !before.contains(p)));
    ProcessHandle started =
        ProcessHandle.current().children().filter(p -> !before.contains(p)).findAny().orElseThrow();
    running.thread().interrupt();
    assertThatThrownBy(running::join).isInstanceOf(InterruptedException.class);
    assertThat(ProcessTree.isRunning(started)).isFalse();
  }

  @Test
  void interruptEndsTheWaitThoughOutputNeverCeases() throws Exception {
    try (ChildProcess child = Processes.start(new ProcessBuilder("yes"), NONE)) {
      ByteCount output = new ByteCount();
      var waiting = TestThreads.start(() -> child.waitFor(output, output));
      TestThreads.await("flows", () -> output.count > 1_000_000);
      waiting.thread().interrupt();
      assertThatThrownBy(waiting::join).isInstanceOf(InterruptedException.class);
    }
  }

  /** Counts what is written. */
  private static final class ByteCount extends OutputStream {
    private volatile long count;

    @Override
    public void write(int b) {
      write(new byte[1], 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }

  @Test
  void pendingInterruptIsThrownBeforeAnythingIsStarted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Processes.run(new ProcessBuilder("./no-such-program"), NONE))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void processThatIsLeftBehindOnPurposeIsNotWaitedFor() throws Exception {
    ProcessResult result = Processes.run(shell("sleep 1000 & echo $!"), source.token());

    ProcessHandle left = handles(result.output()).get(0);
    assertThat(ProcessTree.isRunning(left)).isTrue();
    left.destroyForcibly();
  }

  @Test
  void closeStopsAStartedProcess() throws Exception {
    Process process;
    try (ChildProcess child = Processes.start(shell("sleep 1000"), NONE)) {
      process = child.process();
      assertThat(process.isAlive()).isTrue();
    }
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void destructionByAnotherIsAnEndLikeAnyOther() throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (ChildProcess child = Processes.start(shell("echo out; exec sleep 1000"), source.token())) {
      var waiting = TestThreads.start(() -> child.waitFor(output, output));
      TestThreads.await("runs", () -> output.size() > 0);
      child.process().toHandle().destroyForcibly();
      assertThat(waiting.join()).isEqualTo(128 + 9);
    }
  }

  @Test
  void adoptedProcessIsStopped() throws Exception {
    Process process = shell("sleep 1000").start();
    try (ChildProcess child = Processes.adopt(process, source.token())) {
      source.cancel();
      assertThatThrownBy(child::waitFor).isInstanceOf(OperationCanceledException.class);
    }
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void failureOfAStreamLeavesTheProcessToItsOwner() throws Exception {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("disk full");
          }
        };
    try (ChildProcess child = Processes.start(shell("echo out; sleep 1000"), NONE)) {
      assertThatThrownBy(() -> child.waitFor(broken, broken)).hasMessage("disk full");
      assertThat(child.process().isAlive()).isTrue();
    }
  }

  @Test
  void noProcessIsLeftWheneverTheTokenIsCanceled() {
    boolean isLong = "long".equals(System.getProperty("desist.budget"));
    int attempts = isLong ? 10_000 : 100;
    int canceled =
        CancellationSweep.overTime(
            attempts,
            attempt -> {
              try {
                assertThat(Processes.run(shell("sleep 0.01 & wait; echo done"), attempt.token()))
                    .isEqualTo(new ProcessResult(0, "done\n", ""));
              } finally {
                assertThat(ProcessHandle.current().children().filter(ProcessTree::isRunning))
                    .isEmpty();
              }
            });
    System.out.printf("processes: %d runs, %d canceled in their midst%n", attempts, canceled);
  }
}
