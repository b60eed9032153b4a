// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

/**
 * A body that is given a number and has no result; it may throw.
 *
 * @dotnet Action&lt;int&gt;
 * @since 1.0
 */
@FunctionalInterface
public interface ThrowingIntConsumer {
  /**
   * Does the work.
   *
   * @param value what it works on
   * @throws Exception if it fails
   * @dotnet Action&lt;int&gt;.Invoke
   * @since 1.0
   */
  void accept(int value) throws Exception;
}
