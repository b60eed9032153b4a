// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * The time-out that never comes.
 *
 * @dotnet System.Threading.Timeout
 * @since 1.0
 */
public final class Timeout {
  /**
   * For ever. Any duration as long as this one means the same.
   *
   * @dotnet Timeout.InfiniteTimeSpan
   * @since 1.0
   */
  public static final Duration INFINITE = ChronoUnit.FOREVER.getDuration();

  private Timeout() {}
}
