// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a wait that has taken a {@link Mutex} whose owner ended without releasing it.
 *
 * <p>The thread that catches it owns the mutex, and must release it. What the mutex guards may be
 * half done. The next wait for the mutex is a normal one.
 *
 * @dotnet AbandonedMutexException
 * @since 1.0
 */
public class AbandonedMutexException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String MESSAGE = "The wait completed due to an abandoned mutex.";
  private static final int NO_INDEX = -1;

  /** Absent after the exception was read from a stream. */
  private final transient @Nullable Mutex mutex;

  /** The index of the mutex among the handles waited for; -1 if it is not known. */
  private final int mutexIndex;

  /**
   * Makes an exception with the default message, without index and mutex.
   *
   * @dotnet new AbandonedMutexException()
   * @since 1.0
   */
  public AbandonedMutexException() {
    this(null);
  }

  /**
   * Makes an exception without index and mutex.
   *
   * @param message the message; null means the default one
   * @dotnet new AbandonedMutexException(string)
   * @since 1.0
   */
  public AbandonedMutexException(@Nullable String message) {
    this(message, null);
  }

  /**
   * Makes an exception with a cause, without index and mutex.
   *
   * @param message the message; null means the default one
   * @param cause why, if known
   * @dotnet new AbandonedMutexException(string, Exception)
   * @since 1.0
   */
  public AbandonedMutexException(@Nullable String message, @Nullable Throwable cause) {
    this(message, cause, NO_INDEX, null);
  }

  /**
   * Makes an exception with the default message.
   *
   * @param location the index of the mutex among the handles waited for; -1 if unknown
   * @param handle the mutex; null, or another kind of handle, if unknown
   * @dotnet new AbandonedMutexException(int, WaitHandle)
   * @since 1.0
   */
  public AbandonedMutexException(int location, @Nullable WaitHandle handle) {
    this(null, location, handle);
  }

  /**
   * Makes an exception.
   *
   * @param message the message; null means the default one
   * @param location the index of the mutex among the handles waited for; -1 if unknown
   * @param handle the mutex; null, or another kind of handle, if unknown
   * @dotnet new AbandonedMutexException(string, int, WaitHandle)
   * @since 1.0
   */
  public AbandonedMutexException(
      @Nullable String message, int location, @Nullable WaitHandle handle) {
    this(message, null, location, handle);
  }

  /**
   * Makes an exception with a cause.
   *
   * @param message the message; null means the default one
   * @param cause why, if known
   * @param location the index of the mutex among the handles waited for; -1 if unknown
   * @param handle the mutex; null, or another kind of handle, if unknown
   * @dotnet new AbandonedMutexException(string, Exception, int, WaitHandle)
   * @since 1.0
   */
  public AbandonedMutexException(
      @Nullable String message,
      @Nullable Throwable cause,
      int location,
      @Nullable WaitHandle handle) {
    super(message == null ? MESSAGE : message, cause);
    this.mutexIndex = location;
    this.mutex = handle instanceof Mutex known ? known : null;
  }

  /**
   * Returns the mutex, if a {@link WaitHandle#waitAny waitAny} has thrown this.
   *
   * @return the mutex; null if it is not known: after a wait for one handle or for all of several,
   *     and after reading the exception from a stream
   * @dotnet AbandonedMutexException.Mutex
   * @since 1.0
   */
  public @Nullable Mutex mutex() {
    return mutex;
  }

  /**
   * Returns the index of the mutex among the handles, if a {@link WaitHandle#waitAny waitAny} has
   * thrown this.
   *
   * @return the index; -1 if it is not known
   * @dotnet AbandonedMutexException.MutexIndex
   * @since 1.0
   */
  public int mutexIndex() {
    return mutexIndex;
  }
}
