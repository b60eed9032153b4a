// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.TimeProvider;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A clock with one timer, which an actor fires. */
final class OneTimer extends TimeProvider implements TimeProvider.Timer {
  private final AtomicInteger closed = new AtomicInteger();
  private volatile @Nullable Runnable callback;

  @Override
  public Timer createTimer(Runnable newCallback, Duration dueTime, Duration period) {
    callback = newCallback;
    return this;
  }

  /** Calls back, as a timer may do that is just being closed; nothing if there is none yet. */
  void fire() {
    Runnable made = callback;
    if (made != null) {
      made.run();
    }
  }

  int timesClosed() {
    return closed.get();
  }

  @Override
  public boolean change(Duration dueTime, Duration period) {
    throw new AssertionError("nobody asked for that");
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  @Override
  public CompletionStage<@Nullable Void> closeAsync() {
    close();
    return CompletableFuture.completedStage(null);
  }
}
