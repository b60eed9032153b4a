// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import desist.CancellationToken;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;

/** A task that runs again and again until it is canceled or fails. */
final class PeriodicTask extends ScheduledTask<Object> {
  /*
   * Overview
   *
   * The state goes back from BEGUN to QUEUED after each run, the last one too. The registration
   * stays on the token from the start to the end: in a run it finds BEGUN and leaves the body to its
   * interruption; so the token is looked at after the state is QUEUED again.
   */

  private final long periodNanos;
  private final boolean isAtFixedRate;

  private PeriodicTask(
      Runnable body,
      Duration delay,
      long periodNanos,
      boolean isAtFixedRate,
      CancellationToken token) {
    super(Executors.callable(body), delay, token);
    this.periodNanos = periodNanos;
    this.isAtFixedRate = isAtFixedRate;
  }

  static PeriodicTask atFixedRate(
      Runnable body, Duration delay, long periodNanos, CancellationToken token) {
    return new PeriodicTask(body, delay, periodNanos, true, token);
  }

  static PeriodicTask withFixedDelay(
      Runnable body, Duration delay, long periodNanos, CancellationToken token) {
    return new PeriodicTask(body, delay, periodNanos, false, token);
  }

  @Override
  Future<?> handOver(Executor executor) {
    ScheduledExecutorService scheduler = (ScheduledExecutorService) executor;
    return isAtFixedRate
        ? scheduler.scheduleAtFixedRate(this, delayNanos, periodNanos, NANOSECONDS)
        : scheduler.scheduleWithFixedDelay(this, delayNanos, periodNanos, NANOSECONDS);
  }

  @Override
  public void run() {
    if (begin()) {
      runAndReset();
      dropInterrupt();
      rearm();
    }
  }
}
