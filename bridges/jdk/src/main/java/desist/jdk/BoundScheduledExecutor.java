// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A scheduler that gives every task the token. */
final class BoundScheduledExecutor extends BoundExecutor implements ScheduledExecutorService {
  private final ScheduledExecutorService scheduler;

  BoundScheduledExecutor(ScheduledExecutorService scheduler, CancellationToken token) {
    super(scheduler, token);
    this.scheduler = scheduler;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return schedule(Executors.callable(command), delay, unit);
  }

  @Override
  public <V extends @Nullable Object> ScheduledFuture<V> schedule(
      Callable<V> callable, long delay, TimeUnit unit) {
    return ExecutorServices.schedule(scheduler, callable, of(delay, unit), token);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return ExecutorServices.scheduleAtFixedRate(
        scheduler, command, of(initialDelay, unit), of(period, unit), token);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return ExecutorServices.scheduleWithFixedDelay(
        scheduler, command, of(initialDelay, unit), of(delay, unit), token);
  }
}
