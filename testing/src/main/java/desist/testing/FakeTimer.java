// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.testing;

import static java.util.Objects.requireNonNull;

import desist.TimeProvider;
import desist.Timeout;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the user holds of a fake clock's timer. The clock holds its {@link Alarm}, which refers to
 * the timer weakly, so that a timer may be collected while it is pending.
 */
final class FakeTimer implements TimeProvider.Timer {
  private final FakeTimers timers;
  private final Alarm alarm;

  FakeTimer(FakeTimers timers, Runnable callback, ReferenceQueue<FakeTimer> abandoned) {
    this.timers = timers;
    this.alarm = new Alarm(callback, this, abandoned);
  }

  @Override
  public boolean change(Duration dueTime, Duration period) {
    requireNonNull(dueTime, "dueTime");
    requireNonNull(period, "period");
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("period is not positive: " + period);
    }
    return timers.change(alarm, dueTime, period);
  }

  @Override
  public void close() {
    timers.close(alarm);
  }

  @Override
  public CompletionStage<@Nullable Void> closeAsync() {
    close();
    return CompletableFuture.completedStage(null);
  }

  /** What the clock holds of a timer. */
  static final class Alarm extends WeakReference<FakeTimer> {
    static final Comparator<Alarm> FIRING_ORDER =
        Comparator.comparing((Alarm alarm) -> alarm.due).thenComparing(alarm -> alarm.number);

    final Runnable callback;

    // Guarded by the clock's lock.
    Duration due = Duration.ZERO;
    Duration period = Timeout.INFINITE;
    long number; // which scheduling this is; 0: none
    long taken; // the number under which the alarm last went off
    Duration takenAt = Duration.ZERO;
    boolean closed;

    Alarm(Runnable callback, FakeTimer timer, ReferenceQueue<FakeTimer> abandoned) {
      super(timer, abandoned);
      this.callback = callback;
    }
  }
}
