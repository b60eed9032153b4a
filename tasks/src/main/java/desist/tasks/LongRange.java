// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

/**
 * Numbers that follow each other.
 *
 * @param from the first one
 * @param to the one after the last
 * @dotnet Tuple&lt;long, long&gt;
 * @since 1.0
 */
public record LongRange(long from, long to) {
  /**
   * Makes a range.
   *
   * @param from the first number
   * @param to the one after the last; the range is empty if it is not above {@code from}
   * @dotnet new Tuple&lt;long, long&gt;(long, long)
   * @since 1.0
   */
  public LongRange {}
}
