// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CancelQueryTest {
  @Test
  void whoGivesTheTokenGetsOneExceptionAndWhoDoesNotAllInOne() throws Exception {
    assertThat(Program.output(CancelQuery::main, "").lines())
        .hasSize(6)
        .startsWith(
            "the token stops the query",
            "  OperationCanceledException: The operation was canceled.",
            "a delegate throws for the token",
            "  OperationCanceledException: The operation was canceled.",
            "the query was not given the token")
        .last()
        .asString() // each worker has thrown one
        .startsWith(
            "  AggregateException: One or more errors occurred. (The operation was canceled.)");
  }
}
