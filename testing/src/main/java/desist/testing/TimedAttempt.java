// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.testing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** An attempt that another thread cancels some time after it has begun. */
final class TimedAttempt {
  /*
   * Overview
   *
   * The canceling thread is running before the body begins, so that a moment of microseconds is not
   * missed for the start of a thread. It parks while its moment is far, a little at a time so that
   * it sees the body end, and yields when the moment is near or the body about to begin.
   */

  private static final long NEAR_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private final CancellationSweep.Attempt attempt = new CancellationSweep.Attempt();
  private final long moment;
  private final CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();

  private long begin; // written before "begun"
  private volatile boolean begun;
  private long end;

  /** Makes an attempt that is canceled so many nanoseconds after it has begun. */
  TimedAttempt(long moment) {
    this.moment = moment;
  }

  /** Runs the body; returns whether cancellation was requested before it ended. */
  boolean run(CancellationSweep.Body body) {
    CompletableFuture<?> canceling =
        CompletableFuture.runAsync(this::cancelInTime, TimedAttempt::start);
    ready.join();
    begin = System.nanoTime();
    begun = true;
    try {
      return attempt.run(body);
    } finally {
      end = System.nanoTime();
      canceling.join();
    }
  }

  /** Returns how long the body took. */
  long nanosTaken() {
    return end - begin;
  }

  private void cancelInTime() {
    ready.complete(null);
    while (!begun) {
      Thread.yield();
    }
    for (long left; (left = begin + moment - System.nanoTime()) > 0 && !attempt.isDecided(); ) {
      if (left > NEAR_NANOS) {
        LockSupport.parkNanos(Math.min(left - NEAR_NANOS, NEAR_NANOS));
      } else {
        Thread.yield();
      }
    }
    attempt.tryCancel(Duration.ofNanos(moment) + " after it began");
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "desist-sweep");
    thread.setDaemon(true);
    thread.start();
  }
}
