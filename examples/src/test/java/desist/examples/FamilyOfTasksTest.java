// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FamilyOfTasksTest {
  @Test
  void allOfTheFamilyAreCanceled() throws Exception {
    List<String> lines = Program.output(FamilyOfTasks::main, "").lines().toList();

    assertThat(lines)
        .hasSize(9)
        .startsWith("the parent's await() throws: The operation was canceled.");
    assertThat(lines.subList(2, 9))
        .extracting(line -> line.replaceAll(" +", " "))
        .containsExactly(
            "1 RUNNING CANCELED",
            "1.1 RUNNING CANCELED",
            "1.1.1 RUNNING CANCELED",
            "1.1.2 RUNNING CANCELED",
            "1.2 RUNNING CANCELED",
            "1.2.1 RUNNING CANCELED",
            "1.2.2 RUNNING CANCELED");
  }
}
