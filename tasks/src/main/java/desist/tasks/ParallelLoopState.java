// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.OptionalLong;

/**
 * Lets the iterations of a parallel loop end it, and see that others have.
 *
 * <p>All bodies that one worker of a loop runs are given the same object. It goes on answering when
 * the loop is over; what is called then has no effect on anything else.
 *
 * <p>No iteration is interrupted. One that takes long can look at {@link
 * #shouldExitCurrentIteration()} now and then.
 *
 * @dotnet ParallelLoopState
 * @since 1.0
 */
public final class ParallelLoopState {
  private final LoopFlags flags;

  /** Written by the worker, before each body. */
  private long iteration;

  ParallelLoopState(LoopFlags flags) {
    this.flags = flags;
  }

  void setIteration(long iteration) {
    this.iteration = iteration;
  }

  /**
   * Ends the loop: iterations that have not begun do not.
   *
   * <p>After a cancellation or a failure it is accepted and changes nothing.
   *
   * @throws IllegalStateException if {@link #breakLoop()} was called before, by any iteration
   * @dotnet ParallelLoopState.Stop()
   * @since 1.0
   */
  public void stop() {
    flags.stop();
  }

  /**
   * Ends the loop above this iteration: those above that have not begun do not, those below are all
   * run. Of several breaks the lowest counts.
   *
   * <p>After a cancellation or a failure it does nothing.
   *
   * @throws IllegalStateException if {@link #stop()} was called before, by any iteration
   * @dotnet ParallelLoopState.Break()
   * @since 1.0
   */
  public void breakLoop() {
    flags.breakAt(iteration);
  }

  /**
   * Returns whether this iteration may as well end: because the loop was stopped or canceled,
   * because another iteration has failed, or a lower one has broken the loop.
   *
   * @return whether it may
   * @dotnet ParallelLoopState.ShouldExitCurrentIteration
   * @since 1.0
   */
  public boolean shouldExitCurrentIteration() {
    return flags.mustExit(iteration);
  }

  /**
   * Returns whether an iteration has called {@link #stop()}.
   *
   * @return whether one has
   * @dotnet ParallelLoopState.IsStopped
   * @since 1.0
   */
  public boolean isStopped() {
    return flags.isStopped();
  }

  /**
   * Returns whether an iteration has thrown.
   *
   * @return whether one has
   * @dotnet ParallelLoopState.IsExceptional
   * @since 1.0
   */
  public boolean isExceptional() {
    return flags.isExceptional();
  }

  /**
   * Returns the lowest iteration that has called {@link #breakLoop()}.
   *
   * @return its index, or its element's; empty if there is none
   * @dotnet ParallelLoopState.LowestBreakIteration
   * @since 1.0
   */
  public OptionalLong lowestBreakIteration() {
    return flags.lowestBreak();
  }
}
