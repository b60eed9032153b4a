// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

/**
 * A body that is given a number and has no result; it may throw.
 *
 * @dotnet Action&lt;long&gt;
 * @since 1.0
 */
@FunctionalInterface
public interface ThrowingLongConsumer {
  /**
   * Does the work.
   *
   * @param value what it works on
   * @throws Exception if it fails
   * @dotnet Action&lt;long&gt;.Invoke
   * @since 1.0
   */
  void accept(long value) throws Exception;
}
