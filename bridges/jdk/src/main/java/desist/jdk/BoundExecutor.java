// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An executor that gives every task the token.
 *
 * <p>It is an AbstractExecutorService for the sake of ExecutorCompletionService, which hides the
 * task that it hands over in another: it asks such a one for the task, and so has one of ours.
 */
sealed class BoundExecutor extends AbstractExecutorService permits BoundScheduledExecutor {
  final CancellationToken token;
  private final ExecutorService executor;

  BoundExecutor(ExecutorService executor, CancellationToken token) {
    this.executor = executor;
    this.token = token;
  }

  @Override
  protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Callable<T> callable) {
    return new UnqueuedTask<>(callable, token);
  }

  @Override
  protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Runnable runnable, T value) {
    return newTaskFor(Executors.callable(runnable, value));
  }

  @Override
  public void execute(Runnable command) {
    ExecutorServices.execute(executor, command, token);
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
    return ExecutorServices.submit(executor, task, token);
  }

  @Override
  public Future<?> submit(Runnable task) {
    return ExecutorServices.submitAction(executor, task, token);
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
    return submit(Executors.callable(task, result));
  }

  @Override
  public <T extends @Nullable Object> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks) throws InterruptedException {
    return ExecutorServices.invokeAll(executor, tasks, token);
  }

  @Override
  public <T extends @Nullable Object> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException {
    return ExecutorServices.invokeAll(executor, tasks, of(timeout, unit), token);
  }

  @Override
  public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    return ExecutorServices.invokeAny(executor, tasks, token);
  }

  @Override
  public <T extends @Nullable Object> T invokeAny(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return ExecutorServices.invokeAny(executor, tasks, of(timeout, unit), token);
  }

  @Override
  public void shutdown() {
    executor.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return executor.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return executor.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return executor.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return executor.awaitTermination(timeout, unit);
  }

  /**
   * Closes the executor by its own method, where it has one: from JDK 19 on this overrides that of
   * the interface, which would wait for ever for a pool that never ends, as the common one is.
   */
  public void close() {
    if (executor instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new AssertionError(e); // none is declared
      }
    }
  }

  static Duration of(long time, TimeUnit unit) {
    return Duration.ofNanos(unit.toNanos(time));
  }

  @Override
  public String toString() {
    return executor + " with " + token;
  }
}
