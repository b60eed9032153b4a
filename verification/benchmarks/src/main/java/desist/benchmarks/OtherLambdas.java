// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static desist.benchmarks.Measured.check;
import static desist.linq.ParallelEnumerable.asParallel;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/**
 * Ten pairs of lambdas that are none of a benchmark's. When they have gone through the operators,
 * the compiler no longer knows which one it will meet there.
 */
final class OtherLambdas {
  private static final int SIZE = 20_000;
  private static final int ROUNDS = 50;

  private static final List<IntPredicate> FILTERS =
      List.of(
          x -> x > 0,
          x -> x < 0,
          x -> (x & 1) == 0,
          x -> (x & 1) != 0,
          x -> x % 3 == 0,
          x -> x % 3 != 0,
          x -> (x ^ x >>> 16) > 0,
          x -> Integer.bitCount(x) > 9,
          x -> x != 42,
          x -> x * 5 > 0);

  private static final List<IntToLongFunction> MAPS =
      List.of(
          x -> x,
          x -> -x,
          x -> x + 1L,
          x -> x * 7L,
          x -> x & 0xFF,
          x -> x >> 2,
          x -> x ^ 0x55555555,
          x -> Integer.bitCount(x),
          x -> Integer.reverse(x),
          x -> Math.abs((long) x));

  private OtherLambdas() {}

  /** Has them all filter, map and add up, in queries and in parallel streams alike. */
  static void run() {
    int[] numbers = Work.numbers(SIZE);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < FILTERS.size(); i++) {
        IntPredicate filter = FILTERS.get(i);
        IntToLongFunction map = MAPS.get(i);
        long ours = asParallel(numbers).where(filter).selectToLong(map).sum();
        long theirs = Arrays.stream(numbers).parallel().filter(filter).mapToLong(map).sum();
        check(ours == theirs, "the sum is " + ours + ", or " + theirs);
      }
    }
  }
}
