// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhatStopsPageTest {
  private static final Path PAGE = Path.of("../../docs/what-stops.md");
  private static final Path RESULTS = Path.of("results");

  @Test
  void theCommittedPageSaysWhatWasFound() throws IOException {
    String text = WhatStopsPage.of(Findings.read(RESULTS));
    if (Boolean.getBoolean("desist.update")) {
      Files.writeString(PAGE, text);
    }
    assertThat(PAGE)
        .as("what \"verification/bridges/what-stops page\" makes of the results")
        .hasContent(text);
  }

  @Test
  void findingsAreReadAsTheyWereWritten(@TempDir Path directory) throws IOException {
    Findings findings =
        new Findings(
            "25",
            List.of("a machine", "a system"),
            List.of(
                finding("platform", Way.TOKEN, 100, 100, 0, "usable"),
                finding("virtual", Way.INTERRUPT, 3, 0, 0, "")));

    findings.write(directory);

    assertThat(Findings.read(directory)).containsExactly(findings);
  }

  @Test
  void placesThatDifferAreToldApart() {
    Findings old =
        new Findings(
            "17",
            List.of("a machine"),
            List.of(
                finding("platform", Way.INTERRUPT, 3, 0, 0, ""),
                finding("platform", Way.FUTURE, 3, 0, 0, ""),
                finding("platform", Way.TOKEN, 3, 0, 0, "")));
    Findings current =
        new Findings(
            "25",
            List.of("another machine"),
            List.of(
                finding("platform", Way.INTERRUPT, 3, 0, 0, ""),
                finding("platform", Way.FUTURE, 100, 100, 0, "usable"),
                finding("platform", Way.TOKEN, 100, 99, 0, "usable"),
                finding("virtual", Way.INTERRUPT, 3, 3, 3, "lost"),
                finding("virtual", Way.FUTURE, 3, 3, 3, "lost"),
                finding("virtual", Way.TOKEN, 100, 100, 0, "usable")));

    assertThat(WhatStopsPage.of(List.of(old, current)))
        .contains("Of 1 operations, `interrupt()` stops 0 everywhere")
        .contains(
            "| a query | platform: **no**; virtual: **goes on**"
                + " | 17: **no**; 25: stops; virtual: **goes on**"
                + " | 17: **no**; 25: **99 of 100**; virtual: stops | `Jdbc.executeQuery` |\n")
        .contains(
            "| a query | 17 | **no** | **no** | - | **no** | - |\n"
                + "| | 25 | **no** | 1.2 / 35 | -; `cancel(true)`: usable"
                + " | **99 of 100**, 1.2 / 35 | usable |\n"
                + "| | 25 virtual | **goes on** | **goes on** | lost"
                + " | 1.2 / 35 | usable |\n")
        .endsWith("- a machine\n- another machine\n");
  }

  private static Finding finding(
      String threads, Way way, int runs, int stopped, int goingOn, String left) {
    return new Finding(
        "Databases",
        "a query",
        "Jdbc.executeQuery",
        threads,
        way,
        runs,
        stopped,
        goingOn,
        1_234,
        34_567,
        left);
  }
}
