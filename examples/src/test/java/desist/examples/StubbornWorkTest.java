// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StubbornWorkTest {
  @Test
  void workIsAskedThenInterruptedThenReportedWithItsStack() throws Exception {
    assertThat(Program.output(StubbornWork::main, "c"))
        .containsSubsequence(
            "asked to stop",
            "tries again after an InterruptedException",
            "has not stopped, PT",
            "(report 1)",
            "desist.examples.StubbornWork.fetch(StubbornWork.java:",
            "has ended after all");
  }
}
