// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.time.Duration;

/**
 * Work that a {@link ShutdownScope} has given up waiting for.
 *
 * @param name what it was called when it {@linkplain ShutdownScope#begin began}
 * @param thread the thread that began it, which may be at something else by now
 * @param age how long ago that was
 * @dotnet none
 * @since 1.0
 */
public record UnfinishedWork(String name, Thread thread, Duration age) {
  /**
   * Makes an entry of a report.
   *
   * @param name what the work was called
   * @param thread the thread that began it
   * @param age how long ago that was
   * @dotnet none
   * @since 1.0
   */
  public UnfinishedWork {}
}
