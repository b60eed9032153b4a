// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MatrixProductTest {
  @Test
  void theSmallProductIsDoneAndTheLargeOneStopped() throws Exception {
    assertThat(Program.output(MatrixProduct::main, "").lines())
        .hasSize(4)
        .startsWith("100 rows are done", "nothing is missing")
        .anyMatch(line -> line.startsWith("stopped: "))
        .endsWith("some of 3000 are missing");
  }
}
