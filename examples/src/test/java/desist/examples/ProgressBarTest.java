// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
  @Test
  void countsAllPrimesIfNobodyStopsIt() {
    ProgressBar search = new ProgressBar(1000);

    assertThat(search.run(CancellationToken.none())).isTrue();

    assertThat(search.report())
        .isEqualTo("looked at 1,000 of 1,000 numbers, of which 168 are prime");
  }

  @Test
  void looksAtNothingIfItIsStoppedBefore() {
    ProgressBar search = new ProgressBar(1000);

    assertThat(search.run(CancellationToken.canceled())).isFalse();

    assertThat(search.report()).startsWith("looked at 0 of 1,000 numbers");
  }

  @Test
  void programStopsAtAKeyAndTellsHowFarItCame() throws Exception {
    assertThat(Program.output(ProgressBar::main, "c"))
        .containsPattern("\\[=* *\\] \\d+ %\\R")
        .containsPattern("looked at [\\d,]+ of 5,000,000 numbers")
        .containsPattern("stopped \\d+\\.\\d ms after the key");
  }
}
