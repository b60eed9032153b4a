// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.OperationCanceledException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call that a token may stop while it runs. Every bridge that begins something is one of these:
 *
 * <pre>{@code
 * if (!token.canBeCanceled()) {
 *   return statement.execute(sql);
 * }
 * Operation operation = new StatementOperation(statement);
 * try {
 *   operation.begin(token);
 *   return statement.execute(sql);
 * } catch (SQLException e) {
 *   operation.end();
 *   if (operation.isStopped() && isCancellation(e)) {
 *     throw operation.canceled(e);
 *   }
 *   throw e;
 * } finally {
 *   operation.end();
 * }
 * }</pre>
 */
abstract class Operation {
  /*
   * Overview
   *
   *     idle --begin--> running --stop--> stopped
   *                        \------end------+------> ended
   *
   * Where nothing is canceled an operation is this object and one registration, and its end takes
   * the registration off again. All else is made by stop().
   *
   * Invariants:
   *
   *   1. stop() is called once at most, by the thread that cancels, and not after end() has returned:
   *      the registration is taken off, or its callback waited for.
   *   2. What stop() has written is seen after end(), which has waited for it.
   *   3. What stop() has begun on other threads has ended when end() returns, or has used up its time.
   *      The subclass sees to that in ended().
   *
   * Why end() does not wait for ever: stop() does not block. Whoever calls end() from a callback of
   * the same token, or from what stop() runs, is not made to wait for itself.
   */

  private static final Consumer<Operation> STOP = Operation::stop;

  // Written by begin() alone.
  private CancellationTokenRegistration registration = CancellationTokenRegistration.none();

  /**
   * Begins, unless cancellation has been requested. The token is one that can be canceled; end() is
   * called also if this throws.
   */
  final void begin(CancellationToken token) {
    token.throwIfCancellationRequested();
    registration = token.registerWith(this, STOP);
    token.throwIfCancellationRequested(); // as it may have been stopped before there is anything
  }

  /**
   * Begins although cancellation may have been requested; if it has, the operation is stopped at
   * once. For what has to be done all the same, as closing is.
   */
  final void beginAnyway(CancellationToken token) {
    registration = token.registerWith(this, STOP);
  }

  /** Ends: from now on nothing stops it. May be called again. */
  final void end() {
    if (!registration.unregister()) {
      registration.close();
      ended();
    }
  }

  /** Ends without waiting, where a stop that comes late does nothing. */
  final void detach() {
    registration.unregister();
  }

  /**
   * Makes the exception for a call that has begun and failed because it was stopped.
   *
   * @param own what the resource has thrown
   */
  OperationCanceledException canceled(@Nullable Throwable own) {
    CancellationToken token = registration.token();
    if (own instanceof OperationCanceledException canceled && canceled.token() == token) {
      return canceled;
    }
    OperationCanceledException canceled = new OperationCanceledException(token);
    if (own != null) {
      canceled.addSuppressed(own);
    }
    return canceled;
  }

  /** Whether something has been done to stop the operation. After end() the answer stands. */
  abstract boolean isStopped();

  /** Stops the operation. Called by the thread that cancels, and must not block. */
  abstract void stop();

  /**
   * Waits for what stop() has begun. Called by end(), if stop() may have been called; also more
   * than once.
   */
  abstract void ended();
}
