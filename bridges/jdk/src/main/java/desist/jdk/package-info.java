// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the JDK blocks on, stopped by a token.
 *
 * <p>These rules hold for every call here that takes a token:
 *
 * <ul>
 *   <li>If cancellation has been requested already, nothing is begun and the call throws an {@link
 *       desist.OperationCanceledException}, or returns a future or stage that is canceled. With a
 *       token that cannot be canceled it is the plain call, and allocates and registers nothing
 *       beside.
 *   <li>What has finished first wins: a result that is there is returned, also if the token is
 *       canceled meanwhile. If the operation failed because it was canceled, the call throws an
 *       {@code OperationCanceledException} with the token, the token's reason as its cause, and
 *       what the resource has thrown as suppressed. Any other failure is thrown as it is.
 *   <li>Once a call has returned, nothing that its token does reaches what the thread, or the
 *       resource, does next.
 *   <li>An interrupt of the caller stays an interrupt: an {@link InterruptedException} where the
 *       plain call throws one, the flag where it does not.
 *   <li>Whoever cancels is not held up. What can block runs on daemon threads of this library.
 *   <li>Where the resource has a time-out of its own it is given the token's {@linkplain
 *       desist.CancellationToken#remaining() remaining time}.
 * </ul>
 */
@NullMarked
package desist.jdk;

import org.jspecify.annotations.NullMarked;
