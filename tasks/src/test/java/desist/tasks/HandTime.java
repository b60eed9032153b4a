// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.TimeProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A clock whose timers a test fires. */
final class HandTime extends TimeProvider {
  final List<HandTimer> timers = new ArrayList<>();
  boolean firesAtOnce;
  @Nullable RuntimeException failure;
  @Nullable RuntimeException closeFailure;
  Runnable onClose = () -> {};

  @Override
  public Timer createTimer(Runnable callback, Duration dueTime, Duration period) {
    if (failure != null) {
      throw failure;
    }
    HandTimer timer = new HandTimer(callback, dueTime, period);
    timers.add(timer);
    if (firesAtOnce) {
      timer.fire();
    }
    return timer;
  }

  /** One of its timers. */
  final class HandTimer implements Timer {
    final Duration dueTime;
    final Duration period;
    private final Runnable callback;
    int closed;

    HandTimer(Runnable callback, Duration dueTime, Duration period) {
      this.callback = callback;
      this.dueTime = dueTime;
      this.period = period;
    }

    void fire() {
      callback.run();
    }

    @Override
    public boolean change(Duration newDueTime, Duration newPeriod) {
      throw new AssertionError("nobody asked for that");
    }

    @Override
    public void close() {
      closed++;
      onClose.run();
      if (closeFailure != null) {
        throw closeFailure;
      }
    }

    @Override
    public CompletionStage<@Nullable Void> closeAsync() {
      close();
      return CompletableFuture.completedStage(null);
    }
  }
}
