// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

/**
 * A handler that was added to an event; closing it takes the handler off.
 *
 * @dotnet none
 * @since 1.0
 */
@FunctionalInterface
public interface EventRegistration extends AutoCloseable {
  /**
   * Takes the handler off. Does not wait for one that is running. Calls after the first do nothing.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  void close();
}
