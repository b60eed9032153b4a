// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;

/**
 * Work without a result that is given the token it has to obey.
 *
 * @dotnet Action&lt;CancellationToken&gt;
 * @since 1.0
 */
@FunctionalInterface
public interface CancelableRunnable {
  /**
   * Does the work.
   *
   * @param token what tells it to stop
   * @throws Exception if the work fails
   * @dotnet Action&lt;CancellationToken&gt;.Invoke
   * @since 1.0
   */
  void run(CancellationToken token) throws Exception;
}
