// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import desist.CancellationToken;
import org.jspecify.annotations.Nullable;

/**
 * What a query was told about how to run; null where it was told nothing.
 *
 * @param isUntouched whether it was told nothing at all, not even a token that is never canceled
 */
record QuerySettings(
    CancellationToken token,
    @Nullable Integer degree,
    @Nullable ParallelExecutionMode mode,
    @Nullable ParallelMergeOptions mergeOptions,
    boolean isUntouched) {
  static final QuerySettings NONE =
      new QuerySettings(CancellationToken.none(), null, null, null, true);

  private static final int MOST_WORKERS = 512;

  QuerySettings withToken(CancellationToken given) {
    if (!given.canBeCanceled()) {
      return new QuerySettings(token, degree, mode, mergeOptions, false);
    }
    check(token.canBeCanceled(), "withCancellation");
    return new QuerySettings(given, degree, mode, mergeOptions, false);
  }

  QuerySettings withDegree(int given) {
    if (given < 1 || given > MOST_WORKERS) {
      throw new IllegalArgumentException(
          "degreeOfParallelism must be 1 to " + MOST_WORKERS + ": " + given);
    }
    check(degree != null, "withDegreeOfParallelism");
    return new QuerySettings(token, given, mode, mergeOptions, false);
  }

  QuerySettings withMode(ParallelExecutionMode given) {
    check(mode != null, "withExecutionMode");
    return new QuerySettings(token, degree, given, mergeOptions, false);
  }

  QuerySettings withMergeOptions(ParallelMergeOptions given) {
    check(mergeOptions != null, "withMergeOptions");
    return new QuerySettings(token, degree, mode, given, false);
  }

  /** Returns the settings of two sides, each of which may come from one side only. */
  QuerySettings merge(QuerySettings second) {
    QuerySettings merged = withToken(second.token);
    merged = second.degree == null ? merged : merged.withDegree(second.degree);
    merged = second.mode == null ? merged : merged.withMode(second.mode);
    return second.mergeOptions == null ? merged : merged.withMergeOptions(second.mergeOptions);
  }

  /** Returns how many workers the query has. */
  int workers() {
    return degree != null
        ? degree
        : Math.min(Runtime.getRuntime().availableProcessors(), MOST_WORKERS);
  }

  private static void check(boolean isSetAlready, String operator) {
    if (isSetAlready) {
      throw new IllegalStateException(
          operator + " may be given once in a query, or on one side of it.");
    }
  }
}
