// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import org.jspecify.annotations.Nullable;

/**
 * Thrown to all participants of a phase of a {@link Barrier} if what was to be done at its end has
 * failed; the cause tells how.
 *
 * @dotnet BarrierPostPhaseException
 * @since 1.0
 */
public class BarrierPostPhaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String MESSAGE = "The post-phase action failed with an exception.";

  /**
   * Makes an exception with the default message.
   *
   * @dotnet new BarrierPostPhaseException()
   * @since 1.0
   */
  public BarrierPostPhaseException() {
    this(MESSAGE);
  }

  /**
   * Makes an exception with the default message and a cause.
   *
   * @param cause what the action threw; null if that is not known
   * @dotnet new BarrierPostPhaseException(Exception)
   * @since 1.0
   */
  public BarrierPostPhaseException(@Nullable Throwable cause) {
    this(MESSAGE, cause);
  }

  /**
   * Makes an exception.
   *
   * @param message the message; null means the default one
   * @dotnet new BarrierPostPhaseException(string)
   * @since 1.0
   */
  public BarrierPostPhaseException(@Nullable String message) {
    super(message == null ? MESSAGE : message);
  }

  /**
   * Makes an exception with a cause.
   *
   * @param message the message; null means the default one
   * @param cause what the action threw; null if that is not known
   * @dotnet new BarrierPostPhaseException(string, Exception)
   * @since 1.0
   */
  public BarrierPostPhaseException(@Nullable String message, @Nullable Throwable cause) {
    super(message == null ? MESSAGE : message, cause);
  }
}
