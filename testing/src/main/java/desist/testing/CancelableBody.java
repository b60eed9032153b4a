// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.testing;

import desist.CancellationToken;

/**
 * What a test runs with a token.
 *
 * @param <X> what it may throw
 * @dotnet none
 * @since 1.0
 */
@FunctionalInterface
public interface CancelableBody<X extends Exception> {
  /**
   * Does the work.
   *
   * @param token the token to give to what is tested
   * @throws X if it fails
   * @dotnet none
   * @since 1.0
   */
  void run(CancellationToken token) throws X;
}
