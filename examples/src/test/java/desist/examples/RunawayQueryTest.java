// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

final class RunawayQueryTest {
  @Test
  void interruptStopsNothingAndTheTokenDoes() throws Exception {
    List<String> lines = Program.output(RunawayQuery::main, "c").lines().toList();

    assertThat(lines.get(0))
        .startsWith("interrupted on a platform thread")
        .endsWith(": the query runs on, the connection is alive");
    assertThat(lines.get(lines.size() - 1))
        .matches("stopped within [\\d.]+ ms: no query runs, the connection is alive");
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void interruptOfAVirtualThreadCostsTheConnection() throws Exception {
    assertThat(Program.output(RunawayQuery::main, "c").lines().toList().get(1))
        .startsWith("interrupted on a virtual thread")
        .endsWith(": the query runs on, the connection is gone");
  }
}
