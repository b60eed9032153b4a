// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

/**
 * How the results of a query are buffered between its workers and its iterator.
 *
 * <p>What needs all elements before it has the first result, such as a sort, is fully buffered
 * whatever the option. A buffer that is full holds its worker up until the iterator goes on.
 *
 * @dotnet ParallelMergeOptions
 * @since 1.0
 */
public enum ParallelMergeOptions {
  /**
   * As {@link #AUTO_BUFFERED}.
   *
   * @dotnet ParallelMergeOptions.Default
   * @since 1.0
   */
  DEFAULT,

  /**
   * Each result is handed over as soon as it is there.
   *
   * @dotnet ParallelMergeOptions.NotBuffered
   * @since 1.0
   */
  NOT_BUFFERED,

  /**
   * Results are handed over in chunks.
   *
   * @dotnet ParallelMergeOptions.AutoBuffered
   * @since 1.0
   */
  AUTO_BUFFERED,

  /**
   * No result is handed over before all are there.
   *
   * @dotnet ParallelMergeOptions.FullyBuffered
   * @since 1.0
   */
  FULLY_BUFFERED
}
