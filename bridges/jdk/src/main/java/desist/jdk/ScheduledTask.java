// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import desist.CancellationToken;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A task that begins after a delay. */
sealed class ScheduledTask<T extends @Nullable Object> extends QueuedTask<T>
    implements ScheduledFuture<T> permits PeriodicTask {
  final long delayNanos;

  ScheduledTask(Callable<T> body, Duration delay, CancellationToken token) {
    super(stoppable(body, token), token);
    delayNanos = NANOSECONDS.convert(delay);
  }

  @Override
  Future<?> handOver(Executor executor) {
    return ((ScheduledExecutorService) executor).schedule(this, delayNanos, NANOSECONDS);
  }

  @Override
  public long getDelay(TimeUnit unit) {
    return handle() instanceof Delayed delayed ? delayed.getDelay(unit) : 0;
  }

  @Override
  public int compareTo(Delayed other) {
    return Long.compare(getDelay(NANOSECONDS), other.getDelay(NANOSECONDS));
  }
}
