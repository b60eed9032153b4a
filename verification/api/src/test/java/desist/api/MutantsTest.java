// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.api;

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

/**
 * The mutants, which the build does not run, can be run: whoever changes the text that one replaces
 * learns of it at once.
 */
class MutantsTest {
  private static final Path FOLDER = Path.of("verification", "mutants");
  private static final String EXTENSION = ".mutant";

  private static final Pattern MUTANT =
      Pattern.compile(
          """
          breaks: .+
          file: (?<file>(?<module>.+)/src/main/java/(?<folder>.+)/\\w+\\.java)
          test: (?<kind>unit|stress|model) (?<test>\\w+)(?:\\$(?<nested>\\w+))?
          ---- find
          (?<find>(?s:.+))
          ---- replace
          (?s:.*)""");

  @Test
  void theTextThatAMutantReplacesIsInItsFileOnce() throws IOException {
    List<String> stale = new ArrayList<>();
    for (Path path : mutants()) {
      Matcher mutant = read(path);
      String find = mutant.group("find");
      String text = Files.readString(PublishedModule.ROOT.resolve(mutant.group("file")));
      int place = text.indexOf(find);
      if (place < 0 || place != text.lastIndexOf(find)) {
        stale.add(path.getFileName() + ", of " + mutant.group("file"));
      }
    }
    assertThat(stale).isEmpty();
  }

  @Test
  void theTestThatHasToNoticeAMutantIsThere() throws IOException {
    List<String> unnoticed = new ArrayList<>();
    for (Path path : mutants()) {
      Matcher mutant = read(path);
      Path test = testOf(mutant);
      String nested = mutant.group("nested");
      if (!Files.exists(test)
          || (nested != null && !Files.readString(test).contains("class " + nested + " "))) {
        unnoticed.add(path.getFileName() + ", by " + mutant.group("test"));
      }
    }
    assertThat(unnoticed).isEmpty();
  }

  @Test
  void theTableOfMutantsIsComplete() throws IOException {
    Path table = PublishedModule.ROOT.resolve("docs/design/concurrency.md");
    List<String> listed =
        Pattern.compile("^\\| .+ \\| `([a-z-]+)` \\| `[\\w.]+` \\|$", Pattern.MULTILINE)
            .matcher(Files.readString(table))
            .results()
            .map(row -> row.group(1) + EXTENSION)
            .toList();
    assertThat(mutants())
        .extracting(path -> path.getFileName().toString())
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  private static List<Path> mutants() throws IOException {
    try (Stream<Path> files = Files.list(PublishedModule.ROOT.resolve(FOLDER))) {
      return files.filter(file -> file.toString().endsWith(EXTENSION)).toList();
    }
  }

  private static Matcher read(Path path) throws IOException {
    Matcher mutant = MUTANT.matcher(Files.readString(path));
    assertThat(mutant.matches()).as("%s is a mutant", path).isTrue();
    return mutant;
  }

  private static Path testOf(Matcher mutant) {
    String sources =
        switch (mutant.group("kind")) {
          case "unit" -> mutant.group("module") + "/src/test/java";
          case "stress" -> "verification/stress/src/main/java";
          default -> "verification/model/src/test/java";
        };
    return PublishedModule.ROOT
        .resolve(sources)
        .resolve(mutant.group("folder"))
        .resolve(mutant.group("test") + ".java");
  }
}
