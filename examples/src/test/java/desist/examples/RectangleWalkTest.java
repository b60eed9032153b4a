// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RectangleWalkTest {
  private final List<String> steps = new ArrayList<>();

  @Test
  void walksRowByRow() {
    int count = RectangleWalk.walk(2, 3, this::step, CancellationToken.none());

    assertThat(count).isEqualTo(6);
    assertThat(steps).containsExactly("0,0", "0,1", "0,2", "1,0", "1,1", "1,2");
  }

  @Test
  void stopsAtTheStepAfterTheRequest() {
    try (var source = new CancellationTokenSource()) {
      int count =
          RectangleWalk.walk(
              2,
              3,
              (row, column) -> {
                step(row, column);
                if (row == 1) {
                  source.cancel();
                }
              },
              source.token());

      assertThat(count).isEqualTo(4);
      assertThat(steps).endsWith("1,0");
    }
  }

  @Test
  void programStopsAtAKey() throws Exception {
    assertThat(Program.output(RectangleWalk::main, "c"))
        .containsPattern("\\d+ of 720 steps")
        .doesNotContain("720 of 720");
  }

  private void step(int row, int column) {
    steps.add(row + "," + column);
  }
}
