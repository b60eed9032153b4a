// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Breaks the library in one place at a time and runs the test that has to notice.
 *
 * <p>A mutant is a file of three lines ("breaks", "file", "test") and a text to find, once, and to
 * replace. The changed class is compiled into a directory of its own, which then precedes the right
 * ones on the class path; nothing in the source tree changes.
 */
final class Mutants {
  private static final long LIMIT_SECONDS = 120;
  private static final String MOST_SECONDS = "60";
  private static final Path OUTPUT = Path.of("verification", "mutants", "target");

  private static final List<String> UNIT =
      List.of(
          "execute",
          "--disable-banner",
          "--details=testfeed",
          "--config=junit.jupiter.execution.timeout.default=60 s",
          "--config=junit.jupiter.execution.timeout.thread.mode.default=SEPARATE_THREAD",
          "--select-class");

  private Mutants() {}

  /** Takes the names of mutants, or none for all. */
  public static void main(String[] names) throws IOException, InterruptedException {
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of("verification", "mutants"))) {
      files =
          found
              .filter(file -> file.toString().endsWith(".mutant"))
              .filter(file -> names.length == 0 || List.of(names).contains(nameOf(file)))
              .sorted()
              .toList();
    }
    int survivors = files.isEmpty() ? 1 : 0;
    System.out.println("| Mutant | Breaks | Killed by | |\n|---|---|---|---|");
    for (Path file : files) {
      Mutant mutant = Mutant.read(file);
      String fate = fate(mutant);
      if (!fate.startsWith("killed")) {
        survivors++;
      }
      System.out.printf("| %s | %s | `%s` | %s |%n", mutant.name, mutant.breaks, mutant.test, fate);
    }
    System.exit(survivors == 0 ? 0 : 1);
  }

  private static String fate(Mutant mutant) throws IOException, InterruptedException {
    Path source = Path.of(mutant.file);
    String text = Files.readString(source);
    int place = text.indexOf(mutant.find);
    if (place < 0 || text.indexOf(mutant.find, place + 1) >= 0) {
      return "DOES NOT APPLY";
    }
    Path directory = Files.createDirectories(OUTPUT.resolve(mutant.name));
    Path changed = directory.resolve("src").resolve(source.getFileName());
    Files.createDirectories(changed.getParent());
    Files.writeString(changed, text.replace(mutant.find, mutant.replace));
    String log = directory.resolve("log.txt").toString();
    Path classes = directory.resolve("classes");
    List<String> javac =
        new ArrayList<>(List.of(java("javac"), "-nowarn", "-cp", classPath(mutant.module())));
    javac.addAll(List.of("-d", classes.toString(), changed.toString()));
    if (run(javac, Path.of("."), log, ": error: ") != 0) {
      return "DOES NOT COMPILE, see " + log;
    }
    String[] test = mutant.test.split(" ");
    String failure = test[0].equals("stress") ? "[FAILED]" : ":: FAILED";
    long start = System.nanoTime();
    int exit = run(command(mutant, test[0], test[1], classes), directory, log, failure);
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    if (exit == 0) {
      return "SURVIVED";
    }
    if (prints(log, failure)) { // and so the test, not the harness, has failed
      return "killed, " + seconds + " s";
    }
    return (exit < 0 ? "HUNG, see " : "NOT TESTED, see ") + log;
  }

  private static List<String> command(Mutant mutant, String kind, String test, Path classes) {
    String module = kind.equals("unit") ? mutant.module() : "verification/" + kind;
    String name = mutant.packageName() + "." + test;
    String path = classes.toAbsolutePath() + File.pathSeparator + classPath(module);
    List<String> command = new ArrayList<>(List.of(java("java"), "-cp", path));
    if (kind.equals("stress")) {
      command.addAll(List.of("desist.Rounds", name, MOST_SECONDS));
    } else {
      command.add(1, "-Djdk.attach.allowAttachSelf=true");
      command.add("org.junit.platform.console.ConsoleLauncher");
      command.addAll(UNIT);
      command.add(name);
    }
    return command;
  }

  /** The classes of the library and of a module, and what they need: prepared by "run". */
  private static String classPath(String module) {
    try {
      List<String> parts = new ArrayList<>();
      for (String of : List.of("core", "threading", "tasks", "linq", "bridges/jdk", module)) {
        parts.add(Path.of(of, "target", "classes").toAbsolutePath().toString());
      }
      parts.add(Path.of(module, "target", "test-classes").toAbsolutePath().toString());
      parts.add(Files.readString(Path.of(module, "target", "classpath.txt")).strip());
      parts.add(OUTPUT.toAbsolutePath() + File.separator + "*");
      return String.join(File.pathSeparator, parts);
    } catch (IOException e) {
      throw new IllegalStateException("not prepared by \"run\"", e);
    }
  }

  private static String java(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }

  /**
   * Runs the command until it ends, prints the text, or the time is up. Returns the exit code; less
   * than zero if it had to be stopped.
   */
  private static int run(List<String> command, Path directory, String log, String text)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(new File(log))
            .start();
    for (long left = LIMIT_SECONDS; left > 0 && !prints(log, text); left--) {
      if (process.waitFor(1, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    return -1;
  }

  private static boolean prints(String log, String text) throws IOException {
    return Files.readString(Path.of(log), ISO_8859_1).contains(text); // which may end amid a letter
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString().replace(".mutant", "");
  }

  private record Mutant(
      String name, String breaks, String file, String test, String find, String replace) {
    static Mutant read(Path file) throws IOException {
      String text = Files.readString(file);
      int find = text.indexOf("---- find\n");
      int replace = text.indexOf("---- replace\n");
      return new Mutant(
          nameOf(file),
          line(text, "breaks: "),
          line(text, "file: "),
          line(text, "test: "),
          withoutLastNewline(text.substring(find + "---- find\n".length(), replace)),
          withoutLastNewline(text.substring(replace + "---- replace\n".length())));
    }

    /** The module that is broken; its unit tests are those that may notice. */
    String module() {
      return file.substring(0, file.indexOf("/src/"));
    }

    /** The package of the class that is broken, and of its tests. */
    String packageName() {
      Path folder = Path.of(module(), "src", "main", "java").relativize(Path.of(file).getParent());
      return folder.toString().replace(File.separatorChar, '.');
    }

    private static String line(String text, String key) {
      int begin = text.indexOf(key) + key.length();
      return text.substring(begin, text.indexOf('\n', begin));
    }

    private static String withoutLastNewline(String text) {
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
  }
}
