// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

/** Counts that are given as arguments. */
final class Counts {
  private Counts() {}

  static void requirePositive(int count, String name) {
    if (count <= 0) {
      throw new IllegalArgumentException(name + " is not positive: " + count);
    }
  }

  static void requireNotNegative(int count, String name) {
    if (count < 0) {
      throw new IllegalArgumentException(name + " is negative: " + count);
    }
  }
}
