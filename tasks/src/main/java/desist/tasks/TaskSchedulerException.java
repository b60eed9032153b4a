// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import org.jspecify.annotations.Nullable;

/**
 * Thrown, and kept by the task, when a scheduler or an executor fails to take a task or to run it;
 * the cause tells how.
 *
 * @dotnet TaskSchedulerException
 * @since 1.0
 */
public class TaskSchedulerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String MESSAGE = "An exception was thrown by a TaskScheduler.";

  /**
   * Makes an exception with the default message.
   *
   * @dotnet new TaskSchedulerException()
   * @since 1.0
   */
  public TaskSchedulerException() {
    this(MESSAGE);
  }

  /**
   * Makes an exception.
   *
   * @param message the message; null means the default one
   * @dotnet new TaskSchedulerException(string)
   * @since 1.0
   */
  public TaskSchedulerException(@Nullable String message) {
    super(message == null ? MESSAGE : message);
  }

  /**
   * Makes an exception with the default message and a cause.
   *
   * @param cause what the scheduler threw; null if that is not known
   * @dotnet new TaskSchedulerException(Exception)
   * @since 1.0
   */
  public TaskSchedulerException(@Nullable Throwable cause) {
    this(MESSAGE, cause);
  }

  /**
   * Makes an exception with a cause.
   *
   * @param message the message; null means the default one
   * @param cause what the scheduler threw; null if that is not known
   * @dotnet new TaskSchedulerException(string, Exception)
   * @since 1.0
   */
  public TaskSchedulerException(@Nullable String message, @Nullable Throwable cause) {
    super(message == null ? MESSAGE : message, cause);
  }
}
