// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A provider whose timers are fired by hand, and that keeps what it is asked for. */
final class HandTime extends TimeProvider {
  final List<HandTimer> timers = new CopyOnWriteArrayList<>();
  private boolean fires;
  private boolean refuses;

  /** Calls back while the timer is being made. */
  HandTime firingAtOnce() {
    fires = true;
    return this;
  }

  /** Makes no timer, and throws. */
  HandTime refusing() {
    refuses = true;
    return this;
  }

  @Override
  public Timer createTimer(Runnable callback, Duration dueTime, Duration period) {
    if (refuses) {
      throw new Boom("timer");
    }
    HandTimer timer = new HandTimer(callback, dueTime, period);
    timers.add(timer);
    if (fires) {
      timer.fire();
    }
    return timer;
  }

  /** A time span as .NET prints it: 1.00:00:01.5000000, or -1 ms for one that never ends. */
  static String clock(Duration time) {
    if (time.equals(Timeout.INFINITE)) {
      return "-00:00:00.0010000";
    }
    String days = time.toDays() == 0 ? "" : time.toDays() + ".";
    String fraction = time.getNano() == 0 ? "" : String.format(".%07d", time.getNano() / 100);
    return String.format(
        "%s%02d:%02d:%02d%s",
        days, time.toHoursPart(), time.toMinutesPart(), time.toSecondsPart(), fraction);
  }

  /** A timer of this provider. */
  static final class HandTimer implements Timer {
    private final Runnable callback;
    volatile Duration due;
    volatile Duration period;
    volatile boolean closed;

    private HandTimer(Runnable callback, Duration due, Duration period) {
      this.callback = callback;
      this.due = due;
      this.period = period;
    }

    /** Calls back. */
    void fire() {
      callback.run();
    }

    @Override
    public boolean change(Duration dueTime, Duration period) {
      this.due = dueTime;
      this.period = period;
      return !closed;
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public CompletionStage<Void> closeAsync() {
      close();
      return CompletableFuture.completedFuture(null);
    }
  }
}
