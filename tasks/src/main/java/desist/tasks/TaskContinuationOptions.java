// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

/**
 * When a continuation is to run, and how.
 *
 * <p>An {@code ONLY_ON} stands for the two {@code NOT_ON} of the other ends.
 *
 * @dotnet TaskContinuationOptions
 * @since 1.0
 */
public enum TaskContinuationOptions {
  /**
   * Those that were started first should run first. It is a hint: the default scheduler is fair
   * already.
   *
   * @dotnet TaskContinuationOptions.PreferFairness
   * @since 1.0
   */
  PREFER_FAIRNESS(0x1),

  /**
   * The body will take long, or block: the default scheduler gives it a thread of its own.
   *
   * @dotnet TaskContinuationOptions.LongRunning
   * @since 1.0
   */
  LONG_RUNNING(0x2),

  /**
   * The task is a child of the one in whose body it is made, if there is one and it does not
   * {@linkplain #DENY_CHILD_ATTACH refuse}: that one ends after its children, and faults if one
   * does.
   *
   * @dotnet TaskContinuationOptions.AttachedToParent
   * @since 1.0
   */
  ATTACHED_TO_PARENT(0x4),

  /**
   * Tasks made in the body run detached, also if they ask to be attached.
   *
   * @dotnet TaskContinuationOptions.DenyChildAttach
   * @since 1.0
   */
  DENY_CHILD_ATTACH(0x8),

  /**
   * In the body the current scheduler is the default one.
   *
   * @dotnet TaskContinuationOptions.HideScheduler
   * @since 1.0
   */
  HIDE_SCHEDULER(0x10),

  /**
   * A cancellation of its token does not end the continuation before its antecedent has ended.
   *
   * @dotnet TaskContinuationOptions.LazyCancellation
   * @since 1.0
   */
  LAZY_CANCELLATION(0x20),

  /**
   * Continuations of the task that wait when it ends do not run inside the call that ends it, also
   * if they ask to.
   *
   * @dotnet TaskContinuationOptions.RunContinuationsAsynchronously
   * @since 1.0
   */
  RUN_CONTINUATIONS_ASYNCHRONOUSLY(0x40),

  /**
   * It is canceled if the antecedent ran to completion.
   *
   * @dotnet TaskContinuationOptions.NotOnRanToCompletion
   * @since 1.0
   */
  NOT_ON_RAN_TO_COMPLETION(0x10000),

  /**
   * It is canceled if the antecedent faulted.
   *
   * @dotnet TaskContinuationOptions.NotOnFaulted
   * @since 1.0
   */
  NOT_ON_FAULTED(0x20000),

  /**
   * It is canceled if the antecedent was canceled.
   *
   * @dotnet TaskContinuationOptions.NotOnCanceled
   * @since 1.0
   */
  NOT_ON_CANCELED(0x40000),

  /**
   * It runs only if the antecedent was canceled.
   *
   * @dotnet TaskContinuationOptions.OnlyOnCanceled
   * @since 1.0
   */
  ONLY_ON_CANCELED(0x30000),

  /**
   * It runs only if the antecedent faulted.
   *
   * @dotnet TaskContinuationOptions.OnlyOnFaulted
   * @since 1.0
   */
  ONLY_ON_FAULTED(0x50000),

  /**
   * It runs only if the antecedent ran to completion.
   *
   * @dotnet TaskContinuationOptions.OnlyOnRanToCompletion
   * @since 1.0
   */
  ONLY_ON_RAN_TO_COMPLETION(0x60000),

  /**
   * It runs in the thread that ends the antecedent, inside that call; at once if that has ended.
   *
   * @dotnet TaskContinuationOptions.ExecuteSynchronously
   * @since 1.0
   */
  EXECUTE_SYNCHRONOUSLY(0x80000);

  /** The number that stands for it in .NET, and in the flags of a task. */
  final int bits;

  TaskContinuationOptions(int bits) {
    this.bits = bits;
  }
}
