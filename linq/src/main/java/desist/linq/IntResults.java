// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.function.IntBinaryOperator;
import java.util.function.IntConsumer;

/** The operators that run a query over {@code int}s and return a result. */
final class IntResults {
  private IntResults() {}

  static void forAll(IntParallelQuery query, IntConsumer action) {
    Terminal<Integer> terminal =
        worker ->
            new IntSink() {
              @Override
              void accept(int value) {
                action.accept(value);
              }
            };
    QueryRun.into(query.settings, query.plan, terminal);
  }

  static int[] toArray(IntParallelQuery query) {
    return QueryRun.of(query.settings, run -> IntGather.all(run, query.plan.open(run)));
  }

  static int aggregate(IntParallelQuery query, IntBinaryOperator func) {
    return combined(QueryRun.into(query.settings, query.plan, new IntFolding(func)), func);
  }

  /** The largest or the smallest number. */
  static int extreme(IntParallelQuery query, IntBinaryOperator func) {
    return combined(QueryRun.intoWrapping(query.settings, query.plan, new IntFolding(func)), func);
  }

  private static int combined(IntFolding folding, IntBinaryOperator func) {
    int[] parts = folding.results();
    if (parts.length == 0) {
      throw Results.noElements();
    }
    return Failures.wrapping(
        () -> {
          int all = parts[0];
          for (int i = 1; i < parts.length; i++) {
            all = func.applyAsInt(all, parts[i]);
          }
          return all;
        });
  }

  static long count(IntParallelQuery query) {
    return tally(query, true).count();
  }

  private static IntTally tally(IntParallelQuery query, boolean counts) {
    return QueryRun.intoWrapping(query.settings, query.plan, new IntTally(counts));
  }

  static int sum(IntParallelQuery query) {
    IntTally tally = tally(query, false);
    return Failures.wrapping(() -> Math.toIntExact(tally.sum()));
  }

  static double average(IntParallelQuery query) {
    IntTally tally = tally(query, true);
    if (tally.count() == 0) {
      throw Results.noElements();
    }
    return (double) Failures.<Long>wrapping(tally::sum) / tally.count();
  }
}
