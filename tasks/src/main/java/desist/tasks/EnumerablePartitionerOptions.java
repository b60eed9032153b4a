// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

/**
 * How a {@link Partitioner} reads its source.
 *
 * @dotnet EnumerablePartitionerOptions
 * @since 1.0
 */
public enum EnumerablePartitionerOptions {
  /**
   * Elements are read one at a time, when they are asked for.
   *
   * @dotnet EnumerablePartitionerOptions.NoBuffering
   * @since 1.0
   */
  NO_BUFFERING
}
