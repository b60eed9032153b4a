// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationTokenSource;
import desist.testing.CancellationExtension;
import desist.threading.ManualResetEventSlim;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CancellationExtension.class)
final class StartingLineTest {
  private final ManualResetEventSlim start = new ManualResetEventSlim();

  @Test
  void runsWhenTheStartIsGiven(CancellationTokenSource source) throws Exception {
    FutureTask<String> runner = await(source);

    start.set();

    assertThat(runner.get()).isEqualTo("runs");
  }

  @Test
  void cancellationIsCaughtAndTold(CancellationTokenSource source) throws Exception {
    FutureTask<String> runner = await(source);

    source.cancel();

    assertThat(runner.get()).startsWith("walks home: ");
  }

  @Test
  void programObeysItsKeys() throws Exception {
    assertThat(Program.output(StartingLine::main, "s").lines())
        .containsExactlyInAnyOrder("on your marks", "Ada runs", "Grace runs", "Barbara runs");
    assertThat(Program.output(StartingLine::main, "c").lines())
        .hasSize(4)
        .filteredOn(line -> line.contains("walks home"))
        .hasSize(3);
  }

  private FutureTask<String> await(CancellationTokenSource source) {
    FutureTask<String> runner = new FutureTask<>(() -> StartingLine.await(start, source.token()));
    Thread thread = new Thread(runner, "runner");
    thread.start();
    TestThreads.awaitBlocked(thread);
    return runner;
  }
}
