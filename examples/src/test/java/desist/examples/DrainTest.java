// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DrainTest {
  @Test
  void oneFinishesOneIsStoppedAndOneIsNamed() throws Exception {
    assertThat(Program.output(Drain::main, "c").lines().toList())
        .containsSubsequence(
            "draining",
            "a long job: stopped half-way",
            "a long job: ended",
            "not stopped: a stubborn job",
            "closed")
        .containsSubsequence("draining", "short jobs: one is done", "short jobs: ended", "closed");
  }
}
