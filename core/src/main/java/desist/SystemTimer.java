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
   * States:
   *
   *     idle <--change, fire--> set --close--> closed
   *
   * Each setting of the timer is an entry of its own in the queue. The lock guards all fields, for a
   * few assignments and the queue's constant-time operations.
   *
   * Invariants:
   *
   *   1. An entry that fires counts only if it is "current", so one that fires just as the timer is
   *      changed or closed does nothing.
   *   2. "running" counts the callbacks from their firing to their end. The stage is completed once:
   *      by who closes the timer when none is running, else by the last of them to end.
   *   3. Callbacks run on CallbackThreads without the lock, and dependents of the stage there too.
   *
   * Periods are counted from deadline to deadline, so that they do not drift. Those that have been
   * missed altogether, as when the machine slept, are dropped, not made up for in a burst.
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
      ended();
    }
  }

  private void ended() {
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

  /** A time at which the timer is due, and with a period those after it. */
  private final class Tick extends TimerEntry {
    private final long period;
    private long deadline; // guarded by the lock

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
          long now = System.nanoTime();
          long next = deadline + period;
          deadline = next - now > 0 ? next : now;
          start(this);
        }
      } finally {
        lock.unlock();
      }
      try {
        CallbackThreads.execute(SystemTimer.this::run);
      } catch (Throwable e) {
        ended();
        throw e;
      }
    }
  }
}
