// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

/** What loops and queries work on, and what they do with it: numbers, the same as .NET is given. */
final class Work {
  private static final int HEAVY_ROUNDS = 600;

  private Work() {}

  /** Returns so many numbers, in no order and with all kinds of bits. */
  static int[] numbers(int size) {
    int[] numbers = new int[size];
    for (int i = 0; i < size; i++) {
      int mixed = i * 0x9E3779B1;
      numbers[i] = mixed ^ mixed >>> 15;
    }
    return numbers;
  }

  /** Takes three instructions. */
  static int light(int number) {
    return number * 31 ^ number >> 3;
  }

  /** Takes about a microsecond. */
  static int heavy(int number) {
    int mixed = number | 1;
    for (int i = 0; i < HEAVY_ROUNDS; i++) {
      mixed ^= mixed << 13;
      mixed ^= mixed >>> 17;
      mixed ^= mixed << 5;
    }
    return mixed;
  }

  /** Is true for three numbers of four. */
  static boolean isTaken(int number) {
    return (number & 3) != 0;
  }

  /** Makes another number of one, in its order. */
  static long scaled(int number) {
    return number * 3L + 1;
  }

  /** Puts the numbers into a thousand groups. */
  static int group(int number) {
    return Math.floorMod(number, 1000);
  }
}
