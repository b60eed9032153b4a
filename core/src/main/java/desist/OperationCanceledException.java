// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when work ends because its cancellation was requested.
 *
 * <p>It tells by which token, and its cause is that token's {@linkplain CancellationToken#reason()
 * reason}. It is a {@link CancellationException}, so that frameworks, and a future that is
 * completed with it, treat it as a cancellation and not as a failure; beware that this makes it an
 * {@link IllegalStateException}, which a broad {@code catch} may swallow. A future may throw it
 * wrapped, as the cause of another exception.
 *
 * <p>When read from a stream the exception has no token.
 *
 * @dotnet OperationCanceledException
 * @since 1.0
 */
public class OperationCanceledException extends CancellationException {
  private static final long serialVersionUID = 1L;

  private static final String MESSAGE = "The operation was canceled.";

  private final transient @Nullable CancellationToken token;

  /**
   * Makes an exception with the default message, without token and cause.
   *
   * @dotnet new OperationCanceledException()
   * @since 1.0
   */
  public OperationCanceledException() {
    this(MESSAGE, null, CancellationToken.none());
  }

  /**
   * Makes an exception without token and cause.
   *
   * @param message the message; null means the default one
   * @dotnet new OperationCanceledException(string)
   * @since 1.0
   */
  public OperationCanceledException(@Nullable String message) {
    this(message, null, CancellationToken.none());
  }

  /**
   * Makes an exception without token.
   *
   * @param message the message; null means the default one
   * @param cause why, if known
   * @dotnet new OperationCanceledException(string, Exception)
   * @since 1.0
   */
  public OperationCanceledException(@Nullable String message, @Nullable Throwable cause) {
    this(message, cause, CancellationToken.none());
  }

  /**
   * Makes an exception with the default message, and the token's reason as its cause.
   *
   * @param token the token by which the work was canceled; nothing is checked
   * @throws NullPointerException if {@code token} is null
   * @dotnet new OperationCanceledException(CancellationToken)
   * @since 1.0
   */
  public OperationCanceledException(CancellationToken token) {
    this(MESSAGE, requireNonNull(token, "token").reason(), token);
  }

  /**
   * Makes an exception with the token's reason as its cause.
   *
   * @param message the message; null means the default one
   * @param token the token by which the work was canceled; nothing is checked
   * @throws NullPointerException if {@code token} is null
   * @dotnet new OperationCanceledException(string, CancellationToken)
   * @since 1.0
   */
  public OperationCanceledException(@Nullable String message, CancellationToken token) {
    this(message, requireNonNull(token, "token").reason(), token);
  }

  /**
   * Makes an exception.
   *
   * @param message the message; null means the default one
   * @param cause why, if known
   * @param token the token by which the work was canceled; nothing is checked
   * @throws NullPointerException if {@code token} is null
   * @dotnet new OperationCanceledException(string, Exception, CancellationToken)
   * @since 1.0
   */
  @SuppressWarnings("this-escape") // initCause is Throwable's
  public OperationCanceledException(
      @Nullable String message, @Nullable Throwable cause, CancellationToken token) {
    super(message == null ? MESSAGE : message);
    this.token = requireNonNull(token, "token");
    if (cause != null) {
      initCause(cause);
    }
  }

  /**
   * Returns the token by which the work was canceled.
   *
   * @return the token; {@link CancellationToken#none()} if none was given, and after reading from a
   *     stream
   * @dotnet OperationCanceledException.CancellationToken
   * @since 1.0
   */
  public final CancellationToken token() {
    return token == null ? CancellationToken.none() : token;
  }
}
