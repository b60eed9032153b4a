// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.time.Duration;

/** Durations as nanoseconds. */
final class Durations {
  /**
   * So long that it is for ever, and still far from where sums of it with a clock's time overflow.
   */
  private static final long LONGEST = Long.MAX_VALUE / 2;

  private Durations() {}

  /**
   * Returns the duration in nanoseconds, and for one of more than 146 years that many, which can be
   * added to {@link System#nanoTime()}; zero or less for a time that has passed.
   */
  static long toNanos(Duration duration) {
    long seconds = duration.getSeconds();
    if (seconds >= LONGEST / 1_000_000_000L) {
      return LONGEST;
    }
    return seconds < 0 ? -1 : seconds * 1_000_000_000L + duration.getNano();
  }
}
