// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmokeTest {
  @Test
  void aTaskRuns() throws Exception {
    assertThat(Task.run(() -> 42).await()).isEqualTo(42);
    assertThat(Task.run(() -> Task.run(() -> 42).result()).continueWith(t -> t.result() + 1).result()).isEqualTo(43);
  }
}
