// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModulePathTest {
  @Test
  void noOtherModuleGetsFromTokenToSource(@TempDir Path classes) throws Exception {
    compile("modulepath", classes).succeeds();

    Workshop.Result result =
        Workshop.java(
                "--module-path",
                Workshop.path(Workshop.CORE, Workshop.TESTING, classes),
                "--module",
                "consumer/consumer.Main")
            .succeeds();

    assertThat(result.output().lines())
        .containsExactly(
            "modules: module desist, module desist.testing",
            "canceled: true",
            "opened: []",
            "looked into: false");
  }

  @Test
  void noOtherModuleSharesThePackage(@TempDir Path classes) throws Exception {
    Workshop.Result result = compile("splitpackage", classes).fails();

    assertThat(result.output()).contains("package exists in another module: desist");
  }

  private static Workshop.Result compile(String program, Path classes) throws IOException {
    return Workshop.javac(
        Workshop.program(program),
        classes,
        "-Xlint:-classfile",
        "--class-path",
        classes.toString(),
        "--module-path",
        Workshop.path(Workshop.CORE, Workshop.TESTING));
  }
}
