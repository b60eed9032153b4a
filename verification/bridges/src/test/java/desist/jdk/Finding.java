// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

/**
 * What was found of one operation that was asked to stop in one way, on one kind of threads.
 *
 * @param stopped in how many of the runs the call has ended
 * @param goingOn in how many of these something went on that it had begun elsewhere
 * @param medianMicros until the call had ended
 * @param left what has become of what it worked on
 */
record Finding(
    String group,
    String operation,
    String bridge,
    String threads,
    Way way,
    int runs,
    int stopped,
    int goingOn,
    long medianMicros,
    long worstMicros,
    String left) {

  private static final String NONE = "-";

  static Finding parse(String line) {
    String[] fields = line.split("\t");
    return new Finding(
        fields[0],
        fields[1],
        fields[2],
        fields[3],
        Way.valueOf(fields[4]),
        Integer.parseInt(fields[5]),
        Integer.parseInt(fields[6]),
        Integer.parseInt(fields[7]),
        Long.parseLong(fields[8]),
        Long.parseLong(fields[9]),
        fields[10].equals(NONE) ? "" : fields[10]);
  }

  String toLine() {
    return String.join(
        "\t",
        group,
        operation,
        bridge,
        threads,
        way.name(),
        String.valueOf(runs),
        String.valueOf(stopped),
        String.valueOf(goingOn),
        String.valueOf(medianMicros),
        String.valueOf(worstMicros),
        left.isEmpty() ? NONE : left);
  }
}
