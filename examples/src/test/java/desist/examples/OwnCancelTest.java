// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OwnCancelTest {
  @Test
  void machinesAreToldNewestFirst() throws Exception {
    assertThat(Program.output(OwnCancel::main, "").lines())
        .containsExactly(
            "pump on", "heater on", "stirrer on", "stirrer off", "heater off", "pump off");
  }
}
