// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A clock that a probe moves by hand, and that tells what is done with its timers. */
final class ManualTime extends TimeProvider {
  final List<ManualTimer> timers = new ArrayList<>();
  Duration now = Duration.ZERO;
  Consumer<String> log = line -> {};

  @Override
  public long timestamp() {
    return now.toNanos();
  }

  @Override
  public Timer createTimer(Runnable callback, Duration dueTime, Duration period) {
    log.accept("CreateTimer(" + ticks(dueTime) + ", " + ticks(period) + ")");
    ManualTimer timer = new ManualTimer(callback, due(dueTime));
    timers.add(timer);
    return timer;
  }

  void advance(Duration by) {
    now = now.plus(by);
    fire();
  }

  private void fire() {
    for (Optional<ManualTimer> next = next(); next.isPresent(); next = next()) {
      next.get().run();
    }
  }

  private Optional<ManualTimer> next() {
    return timers.stream()
        .filter(timer -> timer.due != null && timer.due.compareTo(now) <= 0)
        .min(Comparator.comparing((ManualTimer timer) -> timer.due));
  }

  private Duration due(Duration dueTime) {
    return dueTime.equals(Timeout.INFINITE) ? null : now.plus(dueTime);
  }

  /** A time as .NET's probes print it, in units of 100 nanoseconds. */
  private static String ticks(Duration time) {
    if (time.equals(Timeout.INFINITE)) {
      return "infinite";
    }
    long nanos = time.toNanos();
    return nanos % 100 == 0 ? nanos / 100 + " ticks" : nanos + " ns";
  }

  /** A timer of this clock. */
  final class ManualTimer implements Timer {
    private final Runnable callback;
    Duration due;
    boolean closed;

    private ManualTimer(Runnable callback, Duration due) {
      this.callback = callback;
      this.due = due;
    }

    @Override
    public boolean change(Duration dueTime, Duration period) {
      log.accept("Change(" + ticks(dueTime) + ", " + ticks(period) + ")");
      if (closed) {
        return false;
      }
      due = due(dueTime);
      fire();
      return true;
    }

    @Override
    public void close() {
      log.accept("Dispose");
      closed = true;
      due = null;
    }

    @Override
    public CompletionStage<Void> closeAsync() {
      close();
      return CompletableFuture.completedStage(null);
    }

    void run() {
      due = null;
      callback.run();
    }
  }
}
