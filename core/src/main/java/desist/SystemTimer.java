// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A timer of the system's clock. */
final class SystemTimer implements TimeProvider.Timer {
  /*
   * Overview
   *
   * Each setting of the timer, and each period, is an entry of its own in the queue; one that fires
   * counts only if it is "current". The lock guards all fields, for a few assignments and the queue's
   * constant-time operations; callbacks run without it, on CallbackThreads. The last callback to end
   * after the timer was closed completes the stage.
   */

  private final Runnable callback;
  private final ReentrantLock lock = new ReentrantLock();
  private final ReadOnlyStage<@Nullable Void> ended = new ReadOnlyStage<>();

  // Guarded by the lock.
  private @Nullable Tick current;
  private int running;
  private boolean closed;

  SystemTimer(Runnable callback) {
    this.callback = callback;
  }

  @Override
  public boolean change(Duration dueTime, Duration period) {
    requireNonNull(dueTime, "dueTime");
    requireNonNull(period, "period");
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("period is not positive: " + period);
    }
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      stop();
      if (!dueTime.equals(Timeout.INFINITE)) {
        long nanos = period.equals(Timeout.INFINITE) ? 0 : Durations.toNanos(period);
        start(new Tick(System.nanoTime() + Durations.toNanos(dueTime), nanos));
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    closeAsync();
  }

  @Override
  public CompletionStage<@Nullable Void> closeAsync() {
    lock.lock();
    try {
      stop();
      if (!closed && running == 0) {
        ended.finish(null); // nobody has seen it yet
      }
      closed = true;
      return ended;
    } finally {
      lock.unlock();
    }
  }

  private void stop() {
    if (current != null) {
      TimerQueue.cancel(current);
      current = null;
    }
  }

  private void start(Tick tick) {
    current = tick;
    TimerQueue.schedule(tick, tick.deadline);
  }

  private void run() {
    try {
      callback.run();
    } finally {
      boolean last;
      lock.lock();
      try {
        running--;
        last = closed && running == 0;
      } finally {
        lock.unlock();
      }
      if (last) {
        ended.finish(null);
      }
    }
  }

  /** One time at which the timer is due. */
  private final class Tick extends TimerEntry {
    private final long deadline;
    private final long period;

    Tick(long deadline, long period) {
      this.deadline = deadline;
      this.period = period;
    }

    @Override
    void fire() {
      lock.lock();
      try {
        if (current != this) {
          return;
        }
        current = null;
        running++;
        if (period > 0) {
          start(new Tick(deadline + period, period));
        }
      } finally {
        lock.unlock();
      }
      CallbackThreads.execute(SystemTimer.this::run);
    }
  }
}
