// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

/**
 * Work without a result that an interrupt may end.
 *
 * @param <X> what else it may throw; for a lambda, what its body throws
 * @dotnet none
 * @since 1.0
 */
@FunctionalInterface
public interface InterruptibleRunnable<X extends Throwable> {
  /**
   * Does the work.
   *
   * @throws X if the work fails
   * @throws InterruptedException if the thread is interrupted
   * @dotnet none
   * @since 1.0
   */
  void run() throws X, InterruptedException;
}
