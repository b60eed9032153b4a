// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

/** Numbers as {@code long}s that compare as they do. */
final class SortableBits {
  private static final long NAN = Long.MIN_VALUE; // no number has it

  private SortableBits() {}

  /** Returns the bits of a number; NaN is the smallest, and -0.0 smaller than 0.0. */
  static long ofDouble(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return Double.isNaN(value) ? NAN : bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  static double toDouble(long sortable) {
    return sortable == NAN
        ? Double.NaN
        : Double.longBitsToDouble(sortable ^ ((sortable >> 63) & Long.MAX_VALUE));
  }
}
