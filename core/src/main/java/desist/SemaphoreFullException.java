// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a semaphore is released although its count is its maximum, or would exceed it.
 *
 * @dotnet SemaphoreFullException
 * @since 1.0
 */
public class SemaphoreFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String MESSAGE =
      "Adding the specified count to the semaphore would cause it to exceed its maximum count.";

  /**
   * Makes an exception with the default message.
   *
   * @dotnet new SemaphoreFullException()
   * @since 1.0
   */
  public SemaphoreFullException() {
    this(null);
  }

  /**
   * Makes an exception.
   *
   * @param message the message; null means the default one
   * @dotnet new SemaphoreFullException(string)
   * @since 1.0
   */
  public SemaphoreFullException(@Nullable String message) {
    this(message, null);
  }

  /**
   * Makes an exception with a cause.
   *
   * @param message the message; null means the default one
   * @param cause why, if known
   * @dotnet new SemaphoreFullException(string, Exception)
   * @since 1.0
   */
  public SemaphoreFullException(@Nullable String message, @Nullable Throwable cause) {
    super(message == null ? MESSAGE : message, cause);
  }
}
