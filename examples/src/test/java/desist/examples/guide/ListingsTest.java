// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every Java listing of the README and the guide is cut from a test: the comment {@code <!--
 * snippet: Class#name -->} before it names a region of that class, from {@code // snippet: name} to
 * {@code // end}.
 */
class ListingsTest {
  static final Path ROOT = root();
  private static final String MARK = "<!-- snippet: ";

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> guide = Files.list(ROOT.resolve("docs/guide"))) {
      return Stream.concat(
          Stream.of(ROOT.resolve("README.md")),
          guide.filter(page -> page.toString().endsWith(".md")).sorted())
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyListingEqualsItsRegion(Path page) throws IOException {
    List<String> lines = Files.readAllLines(page);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("```java")) {
        String name = i == 0 ? "" : lines.get(i - 1);
        assertThat(name).as("line %d of %s names its region", i, page).startsWith(MARK);
        int end = i + lines.subList(i, lines.size()).indexOf("```");
        assertThat(lines.subList(i + 1, end))
            .as("listing at line %d of %s", i + 1, page)
            .isEqualTo(region(name.substring(MARK.length(), name.length() - " -->".length())));
      }
    }
  }

  /** Returns the region's lines, moved to the left as far as they all can be. */
  private static List<String> region(String name) {
    String[] parts = name.split("#", 2);
    List<String> region = new ArrayList<>();
    boolean inside = false;
    for (String line : read(parts[0])) {
      if (line.strip().equals("// snippet: " + parts[1])) {
        inside = true;
      } else if (inside && line.strip().equals("// end")) {
        return unindent(region);
      } else if (inside) {
        region.add(line);
      }
    }
    throw new AssertionError("no region " + name);
  }

  private static List<String> unindent(List<String> region) {
    return String.join("\n", region).stripTrailing().stripIndent().strip().lines().toList();
  }

  private static List<String> read(String simpleName) {
    try (Stream<Path> files = Files.walk(ROOT.resolve("examples/src"))) {
      Path file =
          files
              .filter(path -> path.endsWith(simpleName + ".java"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no class " + simpleName));
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the root of the repository, from wherever in it the tests run. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("docs/guide"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
