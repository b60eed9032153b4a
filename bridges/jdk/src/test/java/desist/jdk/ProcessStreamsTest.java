// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.TestThreads.Kind;
import desist.jdk.TestThreads.Running;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reading from a process and writing to it, which closing a stream would not end. */
class ProcessStreamsTest {
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();

  static List<Kind> threads() {
    return TestThreads.kinds();
  }

  @ParameterizedTest
  @MethodSource("threads")
  void aReadEndsWithTheProcessWhichTellsThatItWasCanceled(Kind threads) throws Exception {
    try (ChildProcess child = Processes.start(new ProcessBuilder("sleep", "60"), token)) {
      Running<Integer> reader = threads.start(() -> child.process().getInputStream().read());

      source.cancel();

      assertThat(reader.join()).isEqualTo(-1);
      assertThatThrownBy(child::waitFor).isInstanceOf(OperationCanceledException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("threads")
  void aWriteThatNobodyReadsIsStopped(Kind threads) throws Exception {
    CancellationToken none = CancellationToken.none(); // so that the write ends by the close alone
    try (ChildProcess child = Processes.start(new ProcessBuilder("sleep", "60"), none)) {
      OutputStream input = child.process().getOutputStream();
      Running<Void> writer =
          threads.start(
              () -> {
                Owned.run(child::close, () -> input.write(new byte[1 << 20]), token);
                return null;
              });
      TestThreads.await("writes", () -> source.registrationCount() == 1);

      source.cancel();

      assertThatThrownBy(writer::join).isInstanceOf(OperationCanceledException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("threads")
  void aLineIsWaitedForAndTheProcessLivesOn(Kind threads) throws Exception {
    Process process = new ProcessBuilder("cat").start();
    try {
      LineReader lines = new LineReader(process.inputReader());
      Running<String> reader = threads.start(() -> lines.readLine(token)).awaitBlocked();
      source.cancel();
      assertThatThrownBy(reader::join).isInstanceOf(OperationCanceledException.class);
      assertThat(process.isAlive()).isTrue();

      process.getOutputStream().write("line\n".getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();

      assertThat(lines.readLine(CancellationToken.none())).isEqualTo("line");
    } finally {
      process.destroyForcibly();
    }
  }
}
