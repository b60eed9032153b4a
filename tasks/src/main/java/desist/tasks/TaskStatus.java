// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

/**
 * Where a task stands in its life.
 *
 * <p>The order is that of .NET: what comes before {@link #RAN_TO_COMPLETION} is unfinished, and
 * that and what follows is final.
 *
 * @dotnet TaskStatus
 * @since 1.0
 */
public enum TaskStatus {
  /**
   * It was made, and is not started.
   *
   * @dotnet TaskStatus.Created
   * @since 1.0
   */
  CREATED,

  /**
   * It waits for something else to end or start it: a continuation for its antecedent, a promise
   * for whoever keeps it.
   *
   * @dotnet TaskStatus.WaitingForActivation
   * @since 1.0
   */
  WAITING_FOR_ACTIVATION,

  /**
   * Its scheduler has it, and has not begun to run it.
   *
   * @dotnet TaskStatus.WaitingToRun
   * @since 1.0
   */
  WAITING_TO_RUN,

  /**
   * Its body runs.
   *
   * @dotnet TaskStatus.Running
   * @since 1.0
   */
  RUNNING,

  /**
   * Its body has ended, and an attached child has not.
   *
   * @dotnet TaskStatus.WaitingForChildrenToComplete
   * @since 1.0
   */
  WAITING_FOR_CHILDREN_TO_COMPLETE,

  /**
   * It has ended with a result.
   *
   * @dotnet TaskStatus.RanToCompletion
   * @since 1.0
   */
  RAN_TO_COMPLETION,

  /**
   * It was canceled: before its body began, or by a body that says so.
   *
   * @dotnet TaskStatus.Canceled
   * @since 1.0
   */
  CANCELED,

  /**
   * It has ended with an exception.
   *
   * @dotnet TaskStatus.Faulted
   * @since 1.0
   */
  FAULTED
}
