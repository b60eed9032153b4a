// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs({OS.LINUX, OS.MAC})
final class ScriptAndChildrenTest {
  @Test
  void tokenTakesTheChildrenAlong() throws Exception {
    assertThat(Program.output(ScriptAndChildren::main, "c").lines())
        .containsExactly("destroyed: 2 of 3 still run", "canceled: 0 of 3 still run");
  }
}
