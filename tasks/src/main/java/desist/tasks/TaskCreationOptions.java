// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

/**
 * How a task is to run, and what it is to others.
 *
 * @dotnet TaskCreationOptions
 * @since 1.0
 */
public enum TaskCreationOptions {
  /**
   * Those that were started first should run first. It is a hint: the default scheduler is fair
   * already.
   *
   * @dotnet TaskCreationOptions.PreferFairness
   * @since 1.0
   */
  PREFER_FAIRNESS(0x1),

  /**
   * The body will take long, or block: the default scheduler gives it a thread of its own.
   *
   * @dotnet TaskCreationOptions.LongRunning
   * @since 1.0
   */
  LONG_RUNNING(0x2),

  /**
   * The task is a child of the one in whose body it is made, if there is one and it does not
   * {@linkplain #DENY_CHILD_ATTACH refuse}: that one ends after its children, and faults if one
   * does.
   *
   * @dotnet TaskCreationOptions.AttachedToParent
   * @since 1.0
   */
  ATTACHED_TO_PARENT(0x4),

  /**
   * Tasks made in the body run detached, also if they ask to be attached.
   *
   * @dotnet TaskCreationOptions.DenyChildAttach
   * @since 1.0
   */
  DENY_CHILD_ATTACH(0x8),

  /**
   * In the body the current scheduler is the default one.
   *
   * @dotnet TaskCreationOptions.HideScheduler
   * @since 1.0
   */
  HIDE_SCHEDULER(0x10),

  /**
   * Continuations of the task that wait when it ends do not run inside the call that ends it, also
   * if they ask to.
   *
   * @dotnet TaskCreationOptions.RunContinuationsAsynchronously
   * @since 1.0
   */
  RUN_CONTINUATIONS_ASYNCHRONOUSLY(0x40);

  /** The number that stands for it in .NET, and in the flags of a task. */
  final int bits;

  TaskCreationOptions(int bits) {
    this.bits = bits;
  }
}
