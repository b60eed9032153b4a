// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.consumers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeImageTest {
  @Test
  void theCoreNeedsNoMetadata(@TempDir Path folder) throws Exception {
    Optional<Path> nativeImage = nativeImage();
    assumeTrue(nativeImage.isPresent(), "no native-image in PATH or GRAALVM_HOME");
    Path classes = folder.resolve("classes");
    Path program = folder.resolve("program");
    Workshop.javac(
            Workshop.program("classpath"),
            classes,
            "-Xlint:-classfile",
            "-cp",
            Workshop.CORE.toString())
        .succeeds();

    Workshop.run(
            folder,
            List.of(
                nativeImage.orElseThrow().toString(),
                "--no-fallback",
                "-cp",
                Workshop.path(Workshop.CORE, classes),
                "-o",
                program.toString(),
                "consumer.Main"))
        .succeeds();

    Workshop.Result result = Workshop.run(folder, List.of(program.toString())).succeeds();
    assertThat(result.output().strip()).isEqualTo("[called, enough]");
  }

  private static Optional<Path> nativeImage() {
    Stream<Path> graal =
        Stream.ofNullable(System.getenv("GRAALVM_HOME")).map(home -> Path.of(home, "bin"));
    Stream<Path> path = Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
    return Stream.concat(graal, path)
        .map(folder -> folder.resolve("native-image"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
