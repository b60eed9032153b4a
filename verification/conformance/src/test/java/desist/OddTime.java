// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A provider whose timers call back when told, at any time, and do nothing else. */
final class OddTime extends TimeProvider {
  private final boolean fireAtOnce;
  private final Supplier<@Nullable Timer> timers;
  private @Nullable Runnable callback;

  /** A timer that never calls back by itself. */
  static Timer timer(Runnable onClose) {
    return new Timer() {
      @Override
      public boolean change(Duration dueTime, Duration period) {
        return true;
      }

      @Override
      public void close() {
        onClose.run();
      }

      @Override
      public CompletionStage<Void> closeAsync() {
        close();
        return CompletableFuture.completedFuture(null);
      }
    };
  }

  OddTime(Supplier<@Nullable Timer> timers) {
    this(false, timers);
  }

  OddTime(boolean fireAtOnce, Supplier<@Nullable Timer> timers) {
    this.fireAtOnce = fireAtOnce;
    this.timers = timers;
  }

  @Override
  @SuppressWarnings("NullAway") // the probe core/time/null-timer breaks the contract on purpose
  public Timer createTimer(Runnable callback, Duration dueTime, Duration period) {
    this.callback = callback;
    if (fireAtOnce) {
      fire();
    }
    return timers.get();
  }

  /** Calls back, whatever has become of the timer. */
  void fire() {
    callback.run();
  }
}
