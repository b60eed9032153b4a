// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Time-outs as nanoseconds. */
final class Durations {
  /** So long that it is for ever, and that its sums with a clock's time do not overflow. */
  static final long FOREVER = Long.MAX_VALUE / 2;

  private Durations() {}

  /**
   * Returns the time-out in nanoseconds: {@link #FOREVER} for one of more than 146 years, less than
   * one if it has passed.
   */
  static long toNanos(Duration timeout) {
    requireNonNull(timeout, "timeout");
    long seconds = timeout.getSeconds();
    if (seconds >= FOREVER / 1_000_000_000L) {
      return FOREVER;
    }
    return seconds < 0 ? -1 : seconds * 1_000_000_000L + timeout.getNano();
  }
}
