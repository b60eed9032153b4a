// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;

import desist.TimeProvider;
import desist.Timeout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A timer that calls back once, and is closed once. */
final class Expiry {
  /*
   * Overview
   *
   * A provider may call back while it makes the timer, on this thread or another, so close() may
   * come before there is a timer to close.
   *
   * Invariants:
   *
   *   1. A timer that was made is closed, by close() or by start(): start() writes "timer", then
   *      reads "isClosed"; close() writes "isClosed", then reads "timer".
   *   2. Whoever closes it takes it out of "timer" first, so that it is closed once.
   */

  private static final VarHandle TIMER =
      fieldVarHandle(
          MethodHandles.lookup(), "timer", VarHandle.class, Expiry.class, TimeProvider.Timer.class);

  private volatile TimeProvider.@Nullable Timer timer;
  private volatile boolean isClosed;

  /** Makes the timer, and throws what the provider throws. */
  void start(TimeProvider provider, Duration dueTime, Runnable callback) {
    timer = provider.createTimer(() -> StackRoom.call(callback), dueTime, Timeout.INFINITE);
    if (isClosed) {
      closeTimer();
    }
  }

  /** Whether there is a timer that is not closed. */
  boolean isStarted() {
    return timer != null;
  }

  /**
   * Closes the timer, now or when it has been made; what it throws goes to the thread's handler.
   */
  void close() {
    isClosed = true;
    closeTimer();
  }

  private void closeTimer() {
    TimeProvider.Timer made =
        timer == null ? null : (TimeProvider.Timer) TIMER.getAndSet(this, null);
    if (made != null) {
      Current.callOut(
          () -> {
            try {
              made.close();
            } catch (Throwable e) {
              Threads.tellHandler(e);
            }
          });
    }
  }
}
