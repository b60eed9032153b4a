// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One figure of one variant: a line of {@code figures.tsv}.
 *
 * @param item what was measured: the name of a benchmark without its suffix
 * @param params its parameters, as {@code name=value,name=value}
 * @param variant who did it
 * @param median the median of all iterations of all forks
 * @param low the least of the forks' medians
 * @param high the greatest of them
 */
record Figures(String item, String params, String variant, double median, double low, double high) {

  /** Prints a figure for {@link Suite} to read. */
  static void print(
      String item, String params, String variant, double median, double low, double high) {
    System.out.println(new Figures(item, params, variant, median, low, high).line());
  }

  String line() {
    return String.format(
        Locale.ROOT, "%s\t%s\t%s\t%.4g\t%.4g\t%.4g", item, params, variant, median, low, high);
  }

  static Figures parse(String line) {
    String[] cells = line.split("\t");
    return new Figures(
        cells[0],
        cells[1],
        cells[2],
        Double.parseDouble(cells[3]),
        Double.parseDouble(cells[4]),
        Double.parseDouble(cells[5]));
  }

  static List<Figures> read(Path file) {
    List<Figures> all = new ArrayList<>();
    try {
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          if (!line.isBlank() && !line.startsWith("#")) {
            all.add(parse(line));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }
}
