// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationTokenSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is used needs neither the modules nor the classes of what is not. */
class PartsTest {
  private static final Pattern LOADED = Pattern.compile(" desist\\.jdk\\.(\\w+)[$\\w]* source:");

  @ParameterizedTest
  @ValueSource(strings = {"interruption", "escalation", "selection"})
  void eachPartWorksWithTheBaseModuleAlone(String part) throws Exception {
    String output = run(part, "--limit-modules", "java.base");

    assertThat(output.lines()).containsAnyOf("canceled", "reported");
  }

  @Test
  void interruptionLoadsNothingElse() throws Exception {
    assertThat(loadedBy("interruption"))
        .containsExactlyInAnyOrder(
            "Interrupt", "InterruptibleRunnable", "Interruption", "Operation", "PartsPrograms");
  }

  @Test
  void aReportDoesNotWaitForAFlightRecorderThatNobodyUses() throws Exception {
    assertThat(loadedBy("escalation"))
        .contains("EscalationReport")
        .doesNotContain("UnresponsiveWorkEvent");
  }

  /** Returns the top-level classes of the module that the program loads. */
  private static Set<String> loadedBy(String part) throws Exception {
    Set<String> loaded = new TreeSet<>();
    Matcher matcher = LOADED.matcher(run(part, "-Xlog:class+load"));
    while (matcher.find()) {
      loaded.add(matcher.group(1));
    }
    return loaded;
  }

  private static String run(String part, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(PartsPrograms.class.getName());
    command.add(part);
    try (var limit = new CancellationTokenSource(Duration.ofSeconds(50))) {
      ProcessResult result = Processes.run(new ProcessBuilder(command), limit.token());
      assertThat(result.exitCode()).as(result.error()).isZero();
      return result.output();
    }
  }
}
