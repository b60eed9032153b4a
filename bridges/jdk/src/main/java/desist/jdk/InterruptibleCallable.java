// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import org.jspecify.annotations.Nullable;

/**
 * Work with a result that an interrupt may end.
 *
 * @param <T> the type of the result
 * @param <X> what else it may throw; for a lambda, what its body throws
 * @dotnet none
 * @since 1.0
 */
@FunctionalInterface
public interface InterruptibleCallable<T extends @Nullable Object, X extends Throwable> {
  /**
   * Does the work.
   *
   * @return the result
   * @throws X if the work fails
   * @throws InterruptedException if the thread is interrupted
   * @dotnet none
   * @since 1.0
   */
  T call() throws X, InterruptedException;
}
