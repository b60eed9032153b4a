// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tour shows every program, and code that is there and fits a terminal of 80 columns. */
final class DemoTest {
  private static final Path ROOT = root();

  @Test
  void everyProgramIsPlayed() {
    List<String> programs =
        sources()
            .filter(file -> read(file).contains("public static void main("))
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .sorted()
            .toList();

    assertThat(programs).hasSize(22);
    assertThat(inDemo("^  play (\\w+)").sorted()).containsExactlyElementsOf(programs);
  }

  @Test
  void codeThatIsShownIsThereAndFits() {
    List<String> regions = inDemo("^  stop .* (\\w+) <<").toList();

    assertThat(regions).hasSize(22).doesNotHaveDuplicates();
    assertThat(regions)
        .allSatisfy(
            region ->
                assertThat(sources().map(DemoTest::read).flatMap(text -> region(text, region)))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80)));
  }

  /** Returns the region's lines as the tour shows them, or nothing if it is not in the text. */
  private static Stream<String> region(String text, String name) {
    Pattern marked = Pattern.compile("(?ms)^ *// snippet: " + name + "\n(.*?)\n *// end$");
    return marked.matcher(text).results().flatMap(match -> match.group(1).stripIndent().lines());
  }

  private static Stream<String> inDemo(String line) {
    return Pattern.compile(line, Pattern.MULTILINE)
        .matcher(read(ROOT.resolve("demo")))
        .results()
        .map((MatchResult match) -> match.group(1));
  }

  private static Stream<Path> sources() {
    Path folder = ROOT.resolve("examples/src/main/java/desist/examples");
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the root of the repository, from wherever in it the tests run. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("demo"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
