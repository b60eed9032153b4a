// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kotlin reads from the jar what may be null, and holds the user to it. */
class KotlinTest {
  /** Holds the compiler and its library. */
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private static final Path LIBRARY =
      Stream.of(CLASS_PATH.split(File.pathSeparator))
          .filter(entry -> entry.contains("kotlin-stdlib"))
          .map(Path::of)
          .findFirst()
          .orElseThrow();

  @Test
  void whatMayBeNullIsKnown(@TempDir Path classes) throws Exception {
    kotlinc("Accepted.kt", classes, "-Werror").succeeds();

    Workshop.Result result =
        Workshop.java("-cp", Workshop.path(classes, Workshop.CORE, LIBRARY), "AcceptedKt")
            .succeeds();

    assertThat(result.output().strip()).isEqualTo("null enough 7");
  }

  @Test
  void nullInTheWrongPlaceIsRefused(@TempDir Path classes) throws Exception {
    Workshop.Result result = kotlinc("Refused.kt", classes).fails();

    assertThat(result.output().lines().filter(line -> line.contains("error: ")))
        .satisfiesExactly(
            line ->
                assertThat(line).contains("null cannot be a value of a non-null type 'Runnable'"),
            line ->
                assertThat(line).contains("null cannot be a value of a non-null type 'Duration'"),
            line -> assertThat(line).contains("only safe (?.) or non-null asserted (!!.) calls"));
  }

  private static Workshop.Result kotlinc(String file, Path classes, String... options)
      throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("-cp", CLASS_PATH, "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler"));
    arguments.add(Workshop.program("kotlin").resolve(file).toString());
    arguments.addAll(List.of("-cp", Workshop.path(Workshop.CORE, LIBRARY)));
    arguments.addAll(List.of("-d", classes.toString(), "-jvm-target", "17"));
    arguments.addAll(List.of("-no-stdlib", "-no-reflect", "-Xjspecify-annotations=strict"));
    arguments.addAll(List.of(options));
    return Workshop.java(arguments.toArray(String[]::new));
  }
}
