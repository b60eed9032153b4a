// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was found on one JDK.
 *
 * @param jdk the feature release, as "17"
 * @param about what it was found on, line by line
 */
record Findings(String jdk, List<String> about, List<Finding> all) {
  private static final Pattern FILE = Pattern.compile("jdk(\\d+)\\.tsv");
  private static final String ABOUT = "# ";

  /** Reads what a directory has, the oldest JDK first. */
  static List<Findings> read(Path directory) throws IOException {
    List<Findings> found = new ArrayList<>();
    try (var files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        if (name.matches()) {
          found.add(read(name.group(1), file));
        }
      }
    }
    return found;
  }

  private static Findings read(String jdk, Path file) throws IOException {
    List<String> about = new ArrayList<>();
    List<Finding> all = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(ABOUT)) {
        about.add(line.substring(ABOUT.length()));
      } else {
        all.add(Finding.parse(line));
      }
    }
    return new Findings(jdk, about, all);
  }

  void write(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    about.forEach(line -> lines.add(ABOUT + line));
    all.forEach(finding -> lines.add(finding.toLine()));
    Files.createDirectories(directory);
    Files.write(directory.resolve("jdk" + jdk + ".tsv"), lines);
  }
}
