// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.CancellationToken;
import desist.OperationCanceledException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown to who waits for a task that was canceled.
 *
 * <p>Its token is the one by which the task was canceled, and its cause that token's reason. When
 * read from a stream it has neither task nor token.
 *
 * @dotnet TaskCanceledException
 * @since 1.0
 */
public class TaskCanceledException extends OperationCanceledException {
  private static final long serialVersionUID = 1L;

  private static final String MESSAGE = "A task was canceled.";

  private final transient @Nullable Task<?> task;

  /**
   * Makes an exception with the default message, without task, token and cause.
   *
   * @dotnet new TaskCanceledException()
   * @since 1.0
   */
  public TaskCanceledException() {
    this(MESSAGE);
  }

  /**
   * Makes an exception without task, token and cause.
   *
   * @param message the message; null means the default one
   * @dotnet new TaskCanceledException(string)
   * @since 1.0
   */
  public TaskCanceledException(@Nullable String message) {
    this(message, null);
  }

  /**
   * Makes an exception without task and token.
   *
   * @param message the message; null means the default one
   * @param cause why, if known
   * @dotnet new TaskCanceledException(string, Exception)
   * @since 1.0
   */
  public TaskCanceledException(@Nullable String message, @Nullable Throwable cause) {
    this(message, cause, CancellationToken.none());
  }

  /**
   * Makes an exception without task.
   *
   * @param message the message; null means the default one
   * @param cause why, if known
   * @param token the token by which the work was canceled; nothing is checked
   * @throws NullPointerException if {@code token} is null
   * @dotnet new TaskCanceledException(string, Exception, CancellationToken)
   * @since 1.0
   */
  public TaskCanceledException(
      @Nullable String message, @Nullable Throwable cause, CancellationToken token) {
    super(message == null ? MESSAGE : message, cause, token);
    this.task = null;
  }

  /**
   * Makes an exception with the default message, and the task's token with its reason.
   *
   * @param task the task that was canceled; may be null, nothing is checked
   * @dotnet new TaskCanceledException(Task)
   * @since 1.0
   */
  public TaskCanceledException(@Nullable Task<?> task) {
    super(MESSAGE, task == null ? CancellationToken.none() : task.cancellationToken());
    this.task = task;
  }

  /**
   * Returns the task that was canceled.
   *
   * @return the task; null if the exception was not made from one, and after reading from a stream
   * @dotnet TaskCanceledException.Task
   * @since 1.0
   */
  public @Nullable Task<?> task() {
    return task;
  }
}
