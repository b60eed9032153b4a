// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that are made from the sources and committed, so that a change of them is seen in review.
 */
final class Generated {
  private static final boolean UPDATE = Boolean.getBoolean("desist.update");

  private Generated() {}

  /** Compares a committed file with what it should be, or makes it so when told to update. */
  static void check(Path file, String text) throws IOException {
    if (UPDATE) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(Files.exists(file) ? Files.readString(file) : "")
        .as(
            "%s, which this command brings up to date:%n"
                + "  mvn -q test -pl verification/api -am -Dtest=ApiTextTest,MigrationPageTest -Ddesist.update=true",
            PublishedModule.ROOT.relativize(file))
        .isEqualTo(text);
  }
}
