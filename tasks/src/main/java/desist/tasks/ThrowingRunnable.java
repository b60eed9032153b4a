// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

/**
 * The body of a task without a result; it may throw.
 *
 * @dotnet Action
 * @since 1.0
 */
@FunctionalInterface
public interface ThrowingRunnable {
  /**
   * Does the work.
   *
   * @throws Exception if it fails
   * @dotnet Action.Invoke
   * @since 1.0
   */
  void run() throws Exception;
}
