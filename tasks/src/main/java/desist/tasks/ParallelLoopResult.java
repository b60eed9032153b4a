// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * How a parallel loop has ended that was not canceled and has not failed.
 *
 * @param isCompleted whether all iterations were run: none has stopped or broken the loop
 * @param lowestBreakIteration the lowest iteration that has broken the loop, if any has
 * @dotnet ParallelLoopResult
 * @since 1.0
 */
public record ParallelLoopResult(boolean isCompleted, OptionalLong lowestBreakIteration) {
  static final ParallelLoopResult COMPLETED = new ParallelLoopResult(true, OptionalLong.empty());

  /**
   * Makes a result.
   *
   * @param isCompleted whether all iterations were run
   * @param lowestBreakIteration the lowest iteration that has broken the loop, if any has
   * @throws NullPointerException if {@code lowestBreakIteration} is null
   * @dotnet default(ParallelLoopResult)
   * @since 1.0
   */
  public ParallelLoopResult {
    requireNonNull(lowestBreakIteration, "lowestBreakIteration");
  }
}
