// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AwaitAndJoinTest {
  @Test
  void awaitThrowsItselfWhatJoinWraps() throws Exception {
    assertThat(Program.output(AwaitAndJoin::main, "").lines())
        .containsExactly(
            "await() desist.OperationCanceledException: The operation was canceled.",
            "join()  desist.AggregateException: One or more errors occurred. (A task was canceled.)",
            "          holds desist.tasks.TaskCanceledException: A task was canceled.",
            "status  CANCELED",
            "",
            "await() desist.tasks.TaskCanceledException: A task was canceled.",
            "join()  desist.AggregateException: One or more errors occurred. (A task was canceled.)",
            "          holds desist.tasks.TaskCanceledException: A task was canceled.",
            "status  CANCELED");
  }
}
