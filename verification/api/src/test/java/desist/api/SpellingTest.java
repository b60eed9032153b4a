// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Our words are American, in code as in prose: "canceled" has one l, except where the JDK has two.
 */
class SpellingTest {
  private static final Set<String> NOT_OURS = Set.of("target", ".git", "verification");

  /** Names of the JDK, and of the facts about .NET. */
  private static final Pattern BORROWED =
      Pattern.compile("\\b(isCancelled|CANCELLED|(?:core|sync|tasks|parallel|plinq)[./][\\w./-]+)");

  private static final Pattern BRITISH =
      Pattern.compile(
          String.join(
              "|",
              "cancell(ed|ing)(?![a-z])",
              "(signal|label|model|travel|marshal|level)l(ed|ing|ers?)(?![a-z])",
              "(behavi|col|fav|hon|neighb|lab)our(?!g)",
              "(initial|serial|synchron|optim|minim|maxim|organ|recogn|normal|util|real|final|summar"
                  + "|priorit|custom|standard|special|general|emphas|local|parallel|linear)is(e|ed"
                  + "|es|ing|ation|able|er)(?![a-z])",
              "(analys|catalys|paralys)(e|ed|es|ing)(?![a-z])",
              "(cent|lit|fib)re(?![a-z])",
              "(defen|offen|licen|preten)ce(?![a-z])",
              "\\b(grey|artefact|fulfil|whilst|amongst|programme|catalogue|judgement)s?\\b"),
          Pattern.CASE_INSENSITIVE);

  @Test
  void everyWordIsAmerican() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : ourTexts()) {
      try (Stream<String> lines = Files.lines(file)) {
        lines
            .filter(line -> isBritish(line))
            .forEach(
                line -> found.add(PublishedModule.ROOT.relativize(file) + ": " + line.strip()));
      } catch (UncheckedIOException e) {
        throw new IOException(file.toString(), e);
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void aBritishWordIsFound() {
    assertThat(isBritish("when it is canc" + "elled")).isTrue();
    assertThat(isBritish("int colo" + "ur;")).isTrue();
    assertThat(isBritish("void whenCance" + "lled()")).isTrue();
    assertThat(isBritish("future.isCancelled() means canceled, after a cancellation")).isFalse();
    assertThat(isBritish("as `core.linked.already-canc" + "elled` says")).isFalse();
    assertThat(isBritish("otherwise it is revised, and an analysis is done")).isFalse();
  }

  private static boolean isBritish(String line) {
    return BRITISH.matcher(BORROWED.matcher(line).replaceAll("")).find();
  }

  private static List<Path> ourTexts() throws IOException {
    List<Path> texts = new ArrayList<>();
    Files.walkFileTree(
        PublishedModule.ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(String.valueOf(folder.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.toString();
            if ((name.endsWith(".java") || name.endsWith(".md"))
                && !file.endsWith("SpellingTest.java")) {
              texts.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return texts;
  }
}
