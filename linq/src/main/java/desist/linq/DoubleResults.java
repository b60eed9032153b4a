// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleConsumer;

/** The operators that run a query over {@code double}s and return a result. */
final class DoubleResults {
  private DoubleResults() {}

  static void forAll(DoubleParallelQuery query, DoubleConsumer action) {
    Terminal<Double> terminal =
        worker ->
            new DoubleSink() {
              @Override
              void accept(double value) {
                action.accept(value);
              }
            };
    QueryRun.into(query.settings, query.plan, terminal);
  }

  static double[] toArray(DoubleParallelQuery query) {
    return QueryRun.of(query.settings, run -> DoubleGather.all(run, query.plan.open(run)));
  }

  static double aggregate(DoubleParallelQuery query, DoubleBinaryOperator func) {
    return combined(QueryRun.into(query.settings, query.plan, new DoubleFolding(func)), func);
  }

  /** The largest or the smallest number. */
  static double extreme(DoubleParallelQuery query, DoubleBinaryOperator func) {
    return combined(
        QueryRun.intoWrapping(query.settings, query.plan, new DoubleFolding(func)), func);
  }

  private static double combined(DoubleFolding folding, DoubleBinaryOperator func) {
    double[] parts = folding.results();
    if (parts.length == 0) {
      throw Results.noElements();
    }
    return Failures.wrapping(
        () -> {
          double all = parts[0];
          for (int i = 1; i < parts.length; i++) {
            all = func.applyAsDouble(all, parts[i]);
          }
          return all;
        });
  }

  static long count(DoubleParallelQuery query) {
    return tally(query, true).count();
  }

  private static DoubleTally tally(DoubleParallelQuery query, boolean counts) {
    return QueryRun.intoWrapping(query.settings, query.plan, new DoubleTally(counts));
  }

  static double sum(DoubleParallelQuery query) {
    DoubleTally tally = tally(query, false);
    return tally.sum();
  }

  static double average(DoubleParallelQuery query) {
    DoubleTally tally = tally(query, true);
    if (tally.count() == 0) {
      throw Results.noElements();
    }
    return tally.sum() / tally.count();
  }

  /** Returns the larger one; NaN is smaller than any other. */
  static double max(double a, double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
  }

  /** Returns the smaller one; NaN is smaller than any other. */
  static double min(double a, double b) {
    return Math.min(a, b); // NaN if there is one
  }
}
