// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarTest {
  @Test
  void theCoreNeedsTheBaseModuleAlone() {
    ModuleDescriptor module =
        ModuleFinder.of(Workshop.CORE).find("desist").orElseThrow().descriptor();

    assertThat(module.requires())
        .filteredOn(
            needed -> !needed.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactly("java.base");
    assertThat(module.exports())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactly("desist");
    assertThat(module.opens()).isEmpty();
    assertThat(module.isOpen()).isFalse();
  }

  @Test
  void threadingNeedsTheCoreAlone() {
    ModuleDescriptor module =
        ModuleFinder.of(Workshop.THREADING).find("desist.threading").orElseThrow().descriptor();

    assertThat(module.requires())
        .filteredOn(
            needed -> !needed.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactlyInAnyOrder("java.base", "desist");
    assertThat(module.exports())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactly("desist.threading");
  }

  @Test
  void tasksNeedCoreAndThreadingAlone() {
    ModuleDescriptor module =
        ModuleFinder.of(Workshop.TASKS).find("desist.tasks").orElseThrow().descriptor();

    assertThat(module.requires())
        .filteredOn(
            needed -> !needed.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactlyInAnyOrder("java.base", "desist", "desist.threading");
    assertThat(module.exports())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactly("desist.tasks");
  }

  @Test
  void linqNeedsWhatLiesBelowAlone() {
    ModuleDescriptor module =
        ModuleFinder.of(Workshop.LINQ).find("desist.linq").orElseThrow().descriptor();

    assertThat(module.requires())
        .filteredOn(
            needed -> !needed.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactlyInAnyOrder("java.base", "desist", "desist.threading", "desist.tasks");
    assertThat(module.exports())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactly("desist.linq");
  }

  @Test
  void bridgesToTheJdkNeedTheCoreAlone() {
    ModuleDescriptor module =
        ModuleFinder.of(Workshop.JDK).find("desist.jdk").orElseThrow().descriptor();

    assertThat(module.requires())
        .filteredOn(
            needed -> !needed.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactlyInAnyOrder("java.base", "desist");
    assertThat(module.exports())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactly("desist.jdk");
  }

  @Test
  void noClassOfTheCoreNeedsMoreThanItsModuleSays() {
    String annotations =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.contains("jspecify"))
            .findFirst()
            .orElseThrow();

    Workshop.Result result =
        Workshop.tool(
                "jdeps",
                List.of(
                    "-s", "--multi-release", "17", "-cp", annotations, Workshop.CORE.toString()))
            .succeeds();

    assertThat(result.output().replace(annotations, "jspecify").lines().map(String::strip))
        .containsExactlyInAnyOrder("desist -> java.base", "desist -> jspecify");
  }

  @Test
  void buildingAgainGivesTheSameBytes(@TempDir Path again) throws Exception {
    copySources(Workshop.ROOT, again);
    String maven = System.getProperty("os.name").startsWith("Windows") ? "mvn.cmd" : "mvn";
    Workshop.run(
            again,
            List.of(
                Path.of(System.getProperty("maven.home"), "bin", maven).toString(),
                "-q",
                "-B",
                "-o",
                "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                "-Dmaven.test.skip=true",
                "-pl",
                "core,threading,tasks,linq,testing,bridges/jdk",
                "-am",
                "package"))
        .succeeds();

    List<String> compared = new ArrayList<>();
    for (String module : List.of("core", "threading", "tasks", "linq", "testing", "bridges/jdk")) {
      try (var jars = Files.newDirectoryStream(again.resolve(module).resolve("target"), "*.jar")) {
        for (Path jar : jars) {
          Path ours = Workshop.ROOT.resolve(again.relativize(jar));
          assertThat(Files.mismatch(ours, jar))
              .as("first different byte of %s", ours)
              .isEqualTo(-1);
          compared.add(jar.getFileName().toString());
        }
      }
    }
    String version = System.getProperty("project.version");
    assertThat(compared)
        .contains(
            "desist-core-" + version + ".jar",
            "desist-core-" + version + "-sources.jar",
            "desist-threading-" + version + ".jar",
            "desist-threading-" + version + "-sources.jar",
            "desist-tasks-" + version + ".jar",
            "desist-tasks-" + version + "-sources.jar",
            "desist-linq-" + version + ".jar",
            "desist-linq-" + version + "-sources.jar",
            "desist-testing-" + version + ".jar",
            "desist-testing-" + version + "-sources.jar",
            "desist-jdk-" + version + ".jar",
            "desist-jdk-" + version + "-sources.jar");
  }

  private static void copySources(Path from, Path to) throws Exception {
    Set<String> leftOut = Set.of("target", ".git", "docs");
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (leftOut.contains(String.valueOf(folder.getFileName()))) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
