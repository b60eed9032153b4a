// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.function.LongBinaryOperator;
import java.util.function.LongConsumer;

/** The operators that run a query over {@code long}s and return a result. */
final class LongResults {
  private LongResults() {}

  static void forAll(LongParallelQuery query, LongConsumer action) {
    Terminal<Long> terminal =
        worker ->
            new LongSink() {
              @Override
              void accept(long value) {
                action.accept(value);
              }
            };
    QueryRun.into(query.settings, query.plan, terminal);
  }

  static long[] toArray(LongParallelQuery query) {
    return QueryRun.of(query.settings, run -> LongGather.all(run, query.plan.open(run)));
  }

  static long aggregate(LongParallelQuery query, LongBinaryOperator func) {
    return combined(QueryRun.into(query.settings, query.plan, new LongFolding(func)), func);
  }

  /** The largest or the smallest number. */
  static long extreme(LongParallelQuery query, LongBinaryOperator func) {
    return combined(QueryRun.intoWrapping(query.settings, query.plan, new LongFolding(func)), func);
  }

  private static long combined(LongFolding folding, LongBinaryOperator func) {
    long[] parts = folding.results();
    if (parts.length == 0) {
      throw Results.noElements();
    }
    return Failures.wrapping(
        () -> {
          long all = parts[0];
          for (int i = 1; i < parts.length; i++) {
            all = func.applyAsLong(all, parts[i]);
          }
          return all;
        });
  }

  static long count(LongParallelQuery query) {
    return tally(query, true).count();
  }

  private static LongTally tally(LongParallelQuery query, boolean counts) {
    return QueryRun.intoWrapping(query.settings, query.plan, new LongTally(counts));
  }

  static long sum(LongParallelQuery query) {
    LongTally tally = tally(query, false);
    return Failures.wrapping(tally::sum);
  }

  static double average(LongParallelQuery query) {
    LongTally tally = tally(query, true);
    if (tally.count() == 0) {
      throw Results.noElements();
    }
    return (double) Failures.<Long>wrapping(tally::sum) / tally.count();
  }
}
