// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import org.junit.jupiter.api.Test;

final class WorkItemsTest {
  @Test
  void canceledItemTakesNoStep() {
    assertThat(WorkItems.stepsUntil(CancellationToken.canceled())).isZero();
  }

  @Test
  void allItemsEndWithTheirToken() throws Exception {
    assertThat(Program.output(WorkItems::main, "").lines())
        .hasSize(3)
        .allMatch(line -> line.matches("\\w+ ended at step \\d+"))
        .extracting(line -> line.split(" ")[0])
        .containsExactlyInAnyOrder("washing", "drying", "ironing");
  }
}
