// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jars of this build, the programs that use them, and the tools of the JDK. */
final class Workshop {
  static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  static final Path CORE = jar("desist-core");
  static final Path THREADING = jar("desist-threading");
  static final Path TASKS = jar("desist-tasks");
  static final Path LINQ = jar("desist-linq");
  static final Path TESTING = jar("desist-testing");
  static final Path JDK = jar("desist-jdk");

  /** What a tool or a program said, and how it ended. */
  record Result(int exitCode, String output) {
    Result succeeds() {
      assertThat(exitCode).as("exit code; the output was%n%s", output).isZero();
      return this;
    }

    Result fails() {
      assertThat(exitCode).as("exit code; the output was%n%s", output).isNotZero();
      return this;
    }
  }

  private Workshop() {}

  private static Path jar(String artifact) {
    return Path.of("target", "jars", artifact + ".jar").toAbsolutePath();
  }

  /** The folder of a program below {@code src/consumers}. */
  static Path program(String name) {
    return Path.of("src", "consumers", name).toAbsolutePath();
  }

  static String path(Path... entries) {
    return Arrays.stream(entries)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Compiles all Java sources of a program. */
  static Result javac(Path program, Path classes, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--release", "17", "-Xlint:all", "-Werror"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("-d", classes.toString()));
    try (Stream<Path> files = Files.walk(program)) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
    }
    return tool("javac", arguments);
  }

  /** Runs a tool of the JDK. */
  static Result tool(String name, List<String> arguments) {
    StringWriter output = new StringWriter();
    PrintWriter printer = new PrintWriter(output);
    int exitCode =
        ToolProvider.findFirst(name)
            .orElseThrow()
            .run(printer, printer, arguments.toArray(String[]::new));
    printer.flush();
    return new Result(exitCode, output.toString());
  }

  /** Runs a program on this JDK. */
  static Result java(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    return run(Path.of("."), command);
  }

  static Result run(Path folder, List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("output", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      int exitCode = process.waitFor();
      return new Result(exitCode, Files.readString(output));
    } finally {
      process.destroy();
      Files.delete(output);
    }
  }
}
