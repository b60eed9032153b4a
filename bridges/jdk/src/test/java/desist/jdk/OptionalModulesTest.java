// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Each part runs in a JVM that has the modules of the JDK which it needs, and no others. */
class OptionalModulesTest {
  @Test
  void interruptionNeedsNoneButTheBase() throws Exception {
    assertRuns("interruption", "java.base");
  }

  @Test
  void jdbcNeedsJavaSql() throws Exception {
    assertRuns("jdbc", "java.sql");
  }

  private static void assertRuns(String part, String module) throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--limit-modules",
            module,
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            OptionalModulesPrograms.class.getName(),
            part);

    ProcessResult result = Processes.run(java, CancellationToken.none());

    assertThat(result.error()).isEmpty();
    assertThat(result.output().lines()).containsExactly("done");
  }
}
