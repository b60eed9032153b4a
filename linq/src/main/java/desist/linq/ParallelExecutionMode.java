// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

/**
 * Whether a query may give parallel execution up.
 *
 * <p>It never does here; the modes are there so that programs can be carried over.
 *
 * @dotnet ParallelExecutionMode
 * @since 1.0
 */
public enum ParallelExecutionMode {
  /**
   * The query runs in parallel.
   *
   * @dotnet ParallelExecutionMode.Default
   * @since 1.0
   */
  DEFAULT,

  /**
   * The query runs in parallel.
   *
   * @dotnet ParallelExecutionMode.ForceParallelism
   * @since 1.0
   */
  FORCE_PARALLELISM
}
