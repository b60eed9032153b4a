// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.OperationCanceledException;
import org.jspecify.annotations.Nullable;

/**
 * Runs code that knows of interrupts only, so that a token interrupts it.
 *
 * <p>The body runs on the calling thread, platform or virtual. When the token is canceled the
 * thread is interrupted, after the body has begun and before it has ended. When the call returns
 * the interrupt has been noticed or taken back: it reaches nothing that the thread does next.
 *
 * <ul>
 *   <li>A result counts, also if the token was canceled meanwhile.
 *   <li>If the body ends by an exception that tells of the interrupt, the call throws an {@link
 *       OperationCanceledException}. These are {@link InterruptedException}, {@link
 *       java.nio.channels.ClosedByInterruptException}, {@link
 *       java.nio.channels.FileLockInterruptionException}, {@link java.io.InterruptedIOException}
 *       unless it is a {@link java.net.SocketTimeoutException}, the {@link
 *       java.net.SocketException} by which a socket tells a virtual thread that it was closed by an
 *       interrupt, and each exception that has one of these among its causes.
 *   <li>Anything else that it throws is thrown as it is.
 * </ul>
 *
 * <p>An interrupt that does not come from the token stays one. Java has one flag for both, so this
 * is how they are told apart: if the other came first, its exception is thrown as it is or the flag
 * stays set; if it came when the body had noticed the token's, the flag is set when the call
 * returns or throws. If it came while the token's had not been noticed, the two are one. A body
 * that sets the flag again before it returns, or throws something else than an {@code
 * InterruptedException}, leaves no trace of the token's interrupt.
 *
 * <p>Calls may be nested, with the same token or with others; each interrupts its own body. A body
 * that swallows the interrupt goes on; {@link Escalation} does more.
 *
 * {@snippet lang = java:
 * String line = Interruption.call(() -> queue.take(), token);
 * }
 *
 * @dotnet Thread.Interrupt
 * @since 1.0
 */
public final class Interruption {
  private Interruption() {}

  /**
   * Runs a body that has a result.
   *
   * <p>An interrupt that is pending on entry is thrown before anything else is looked at.
   *
   * @param <T> the type of the result
   * @param <X> what the body may throw
   * @param body what to run
   * @param token what interrupts it
   * @return the body's result
   * @throws X what the body throws
   * @throws InterruptedException if the thread is interrupted by another than the token
   * @throws OperationCanceledException if the body has ended because of the token's interrupt, or
   *     cancellation was requested before it began
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <T extends @Nullable Object, X extends Throwable> T call(
      InterruptibleCallable<T, X> body, CancellationToken token) throws X, InterruptedException {
    requireNonNull(body, "body");
    return isWatched(token) ? callAnyway(body, token) : body.call();
  }

  /**
   * Runs a body that has no result.
   *
   * <p>Otherwise as {@link #call}.
   *
   * @param <X> what the body may throw
   * @param body what to run
   * @param token what interrupts it
   * @throws X what the body throws
   * @throws InterruptedException if the thread is interrupted by another than the token
   * @throws OperationCanceledException if the body has ended because of the token's interrupt, or
   *     cancellation was requested before it began
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <X extends Throwable> void run(
      InterruptibleRunnable<X> body, CancellationToken token) throws X, InterruptedException {
    requireNonNull(body, "body");
    if (!isWatched(token)) {
      body.run();
      return;
    }
    Interrupt interrupt = new Interrupt(Thread.currentThread());
    try {
      try {
        interrupt.begin(token);
        body.run();
      } catch (Throwable e) {
        if (interrupt.settle(e)) {
          throw interrupt.canceled(e);
        }
        throw e;
      }
      interrupt.settle(null);
    } catch (VirtualMachineError e) { // of settle() itself, perhaps
      interrupt.isAbandoned = true;
      Interrupt.isAnyAbandoned = true;
      throw e;
    }
  }

  /**
   * Runs a body that a pending interrupt does not keep from beginning: the interrupt is the body's
   * affair, as in the plain call. The token is one that can be canceled.
   */
  static <T extends @Nullable Object, X extends Throwable> T callAnyway(
      InterruptibleCallable<T, X> body, CancellationToken token) throws X, InterruptedException {
    Interrupt interrupt = new Interrupt(Thread.currentThread());
    try {
      T result;
      try {
        interrupt.begin(token);
        result = body.call();
      } catch (Throwable e) {
        if (interrupt.settle(e)) {
          throw interrupt.canceled(e);
        }
        throw e;
      }
      interrupt.settle(null);
      return result;
    } catch (VirtualMachineError e) { // of settle() itself, perhaps
      interrupt.isAbandoned = true;
      Interrupt.isAnyAbandoned = true;
      throw e;
    }
  }

  /** Throws if the thread has been interrupted, and takes note of it. */
  static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** Throws if the thread has been interrupted, or if cancellation has been requested. */
  static void checkEntry(CancellationToken token) throws InterruptedException {
    throwIfInterrupted();
    token.throwIfCancellationRequested();
  }

  /** Looks at what comes before the body; returns whether the token can be canceled at all. */
  static boolean isWatched(CancellationToken token) throws InterruptedException {
    requireNonNull(token, "token");
    throwIfInterrupted();
    return token.canBeCanceled();
  }
}
