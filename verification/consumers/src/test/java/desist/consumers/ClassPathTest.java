// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
  @Test
  void theCoreIsUsedAlone(@TempDir Path classes) throws Exception {
    // Not even the annotations are there. javac says so where it meets one, hence "-classfile".
    Workshop.javac(
            Workshop.program("classpath"),
            classes,
            "-Xlint:-classfile",
            "-cp",
            Workshop.CORE.toString())
        .succeeds();

    Workshop.Result result =
        Workshop.java("-cp", Workshop.path(Workshop.CORE, classes), "consumer.Main").succeeds();

    assertThat(result.output().strip()).isEqualTo("[called, enough]");
  }
}
