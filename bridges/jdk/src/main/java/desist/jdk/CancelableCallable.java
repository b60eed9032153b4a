// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import org.jspecify.annotations.Nullable;

/**
 * Work with a result that is given the token it has to obey.
 *
 * @param <T> the type of the result
 * @dotnet Func&lt;CancellationToken, TResult&gt;
 * @since 1.0
 */
@FunctionalInterface
public interface CancelableCallable<T extends @Nullable Object> {
  /**
   * Does the work.
   *
   * @param token what tells it to stop
   * @return the result
   * @throws Exception if the work fails
   * @dotnet Func&lt;CancellationToken, TResult&gt;.Invoke
   * @since 1.0
   */
  T call(CancellationToken token) throws Exception;
}
