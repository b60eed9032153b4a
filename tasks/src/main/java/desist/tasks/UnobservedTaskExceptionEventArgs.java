// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.util.Objects.requireNonNull;

import desist.AggregateException;

/**
 * Tells of a task that faulted, and was collected before anybody had looked at its exception.
 *
 * @dotnet UnobservedTaskExceptionEventArgs
 * @since 1.0
 */
public final class UnobservedTaskExceptionEventArgs {
  private final AggregateException exception;
  private volatile boolean isObserved;

  /**
   * Makes what a handler is given.
   *
   * @param exception the exceptions of the task
   * @throws NullPointerException if {@code exception} is null
   * @dotnet new UnobservedTaskExceptionEventArgs(AggregateException)
   * @since 1.0
   */
  public UnobservedTaskExceptionEventArgs(AggregateException exception) {
    this.exception = requireNonNull(exception, "exception");
  }

  /**
   * Returns the exceptions of the task.
   *
   * @return what the task's {@code exception()} would have been
   * @dotnet UnobservedTaskExceptionEventArgs.Exception
   * @since 1.0
   */
  public AggregateException exception() {
    return exception;
  }

  /**
   * Tells whether a handler has {@linkplain #setObserved() said} that this is dealt with.
   *
   * @return whether it is
   * @dotnet UnobservedTaskExceptionEventArgs.Observed
   * @since 1.0
   */
  public boolean observed() {
    return isObserved;
  }

  /**
   * Says that this is dealt with, to the handlers that come after. The process goes on either way.
   *
   * @dotnet UnobservedTaskExceptionEventArgs.SetObserved()
   * @since 1.0
   */
  public void setObserved() {
    isObserved = true;
  }
}
