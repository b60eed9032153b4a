// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.annotations.Actor;

/**
 * Runs every race of this module in jcstress's harness: briefly, or with {@code -Plong} at length.
 */
class RacesTest {
  private static final Path OUTPUT = Path.of("target", "jcstress");
  private static final Pattern RESULTS =
      Pattern.compile(
          "Results: (\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard");

  /** The binary name of a class with a race, of which each is nested in another. */
  private static final Pattern NAME =
      Pattern.compile("(desist\\.(?:[a-z]+\\.)?\\w+\\$[A-Z][a-z]\\w*?)\\d+S");

  /** One virtual machine for each race and one short iteration. */
  private static final List<String> SHORT =
      List.of("-jvmArgs -Xmx256m -pth false -f 1 -iters 1 -time 10 -sc false -af NONE".split(" "));

  /**
   * Most of a short race is the start of its machine; so one harness starts some while another
   * races.
   */
  private static final List<String> SHARES =
      List.of("^desist\\.([A-Z]|jdk|linq)", "^desist\\.(tasks|threading)");

  /** Every compilation mode, every scheduling class and the randomized compiler. */
  private static final List<String> LONG = List.of("-m", "default");

  /** A harness at work, and where it prints. */
  private record Harness(Process process, Path log) {}

  @Test
  void noRaceEndsInAForbiddenOutcome() throws Exception {
    boolean isLong = "long".equals(System.getProperty("desist.budget"));
    List<Harness> harnesses = new ArrayList<>();
    long planned = 0;
    try {
      for (String share : isLong ? List.of("") : SHARES) {
        harnesses.add(start("share-" + harnesses.size(), share, isLong ? LONG : SHORT));
      }
      for (Harness harness : harnesses) {
        planned += passed(harness);
      }
    } finally {
      harnesses.forEach(harness -> harness.process.destroy());
    }

    long races = races();
    System.out.printf("jcstress: %d races, %d runs%n", races, planned);
    assertThat(planned).isGreaterThanOrEqualTo(races);
  }

  /** The races for which there are processors: the harness leaves out those of more threads. */
  private static long races() throws IOException, ReflectiveOperationException {
    int processors = Runtime.getRuntime().availableProcessors();
    long races = 0;
    for (String line : Files.readAllLines(Path.of("target", "classes", "META-INF", "TestList"))) {
      Matcher name = NAME.matcher(line);
      assertThat(name.find()).as("name of a class in %s", line).isTrue();
      long actors =
          Stream.of(Class.forName(name.group(1)).getMethods())
              .filter(method -> method.isAnnotationPresent(Actor.class))
              .count();
      races += actors <= processors ? 1 : 0;
    }
    return races;
  }

  private static Harness start(String name, String share, List<String> budget) throws IOException {
    Path directory = Files.createDirectories(OUTPUT.resolve(name));
    Path log = directory.resolve("log.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath()));
    command.add("org.openjdk.jcstress.Main");
    command.addAll(budget);
    command.addAll(List.of("-t", share, "-r", "report"));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new Harness(process, log);
  }

  /** Returns how many runs there were, all of which have passed. */
  private static long passed(Harness harness) throws IOException, InterruptedException {
    int exitCode = harness.process.waitFor();
    String log = Files.readString(harness.log);
    assertThat(exitCode).as("exit code of jcstress, which printed%n%s", log).isZero();
    Matcher results = lastResults(log);
    assertThat(results.group(2))
        .as("runs that passed, of those planned: %s", results.group())
        .isEqualTo(results.group(1));
    return Long.parseLong(results.group(1));
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static Matcher lastResults(String log) {
    Matcher matcher = RESULTS.matcher(log);
    int end = log.lastIndexOf("(Results:");
    assertThat(end).as("results in what jcstress printed:%n%s", log).isNotNegative();
    assertThat(matcher.find(end)).isTrue();
    return matcher;
  }
}
