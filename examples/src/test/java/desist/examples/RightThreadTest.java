// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

final class RightThreadTest {
  @Test
  void callbackRunsOnTheWindowsThread() throws Exception {
    String canceler = Thread.currentThread().getName();

    assertThat(Program.output(RightThread::main, "").lines())
        .containsExactly(
            "cancel() on thread " + canceler,
            "setText() on thread window",
            "the label says canceled");
  }

  @Test
  void labelRefusesEveryOtherThread() {
    assertThatIllegalStateException().isThrownBy(() -> new RightThread.Label().setText("x"));
  }
}
