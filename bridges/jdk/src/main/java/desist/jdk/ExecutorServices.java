// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import desist.CancellationToken;
import desist.Timeout;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of any {@link ExecutorService}, stopped by a token.
 *
 * <p>These rules hold for every task that is handed over here:
 *
 * <ul>
 *   <li>A task that has not begun when its token is canceled will not begin. It leaves the queue of
 *       a {@link java.util.concurrent.ThreadPoolExecutor} at once; in any other executor it lies
 *       there until its turn comes, does nothing and holds nothing.
 *   <li>A task that has begun is interrupted by the token as by {@link Interruption}, on every kind
 *       of executor, {@link java.util.concurrent.ForkJoinPool} included. It ends when its body
 *       does: canceled if the body fails because of that, and with the body's result if it has one.
 *   <li>The future of a task that the token has canceled says {@link Future#isCancelled()}, and
 *       throws an {@link desist.OperationCanceledException} with the token from {@code get}. If the
 *       token is canceled before the task is handed over, the future is born so.
 *   <li>{@link Future#cancel} means what it means elsewhere, without the token: the future is done
 *       at once, though the body may run on. It interrupts in every kind of executor.
 *   <li>A task that its executor drops ({@link ExecutorService#shutdownNow()}, a handler that
 *       discards) stays registered on the token until its future is canceled; also if it is a
 *       {@code ForkJoinPool}, which cancels its own. One that a scheduler drops when it is shut
 *       down is canceled, as its own are.
 * </ul>
 *
 * <p>All methods are safe to call from any thread at any time.
 *
 * @dotnet none
 * @since 1.0
 */
public final class ExecutorServices {
  private ExecutorServices() {}

  /**
   * Submits a task whose token interrupts it, and takes it off the queue before it begins.
   *
   * {@snippet lang = java:
   * Future<Page> page = ExecutorServices.submit(executor, () -> load(url), token);
   * }
   *
   * @param <T> the type of the result
   * @param executor who runs it
   * @param body what to run
   * @param token what stops it
   * @return the task's future
   * @throws java.util.concurrent.RejectedExecutionException if the executor refuses the task
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Run(Func, CancellationToken)
   * @since 1.0
   */
  public static <T extends @Nullable Object> Future<T> submit(
      ExecutorService executor, Callable<T> body, CancellationToken token) {
    requireNonNull(executor, "executor");
    requireNonNull(body, "body");
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? started(QueuedTask.interruptible(body, token), executor)
        : executor.submit(body);
  }

  /**
   * Submits a task without a result; otherwise as {@link #submit}.
   *
   * @param executor who runs it
   * @param body what to run
   * @param token what stops it
   * @return the task's future
   * @throws java.util.concurrent.RejectedExecutionException if the executor refuses the task
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Run(Action, CancellationToken)
   * @since 1.0
   */
  public static Future<?> submitAction(
      ExecutorService executor, Runnable body, CancellationToken token) {
    requireNonNull(body, "body");
    return submit(executor, Executors.callable(body), token);
  }

  /**
   * Executes a command whose token interrupts it, and takes it off the queue before it begins.
   *
   * <p>Nobody is told that it was dropped; but if the command is a {@link Future} itself that is
   * canceled. A step of a {@link java.util.concurrent.CompletableFuture}, which cannot be told, is
   * not dropped: it runs in its turn.
   *
   * <p>What the command throws goes where the executor sends what commands throw. Not so what tells
   * that the token has ended it.
   *
   * <p>The executor is given what holds the command, as with {@link ExecutorService#submit}. A
   * queue that compares commands, as a {@link java.util.concurrent.PriorityBlockingQueue} does,
   * cannot compare that.
   *
   * @param executor who runs it
   * @param command what to run
   * @param token what stops it
   * @throws ClassCastException if the executor puts it in a queue that compares commands
   * @throws desist.OperationCanceledException if the token has been canceled already
   * @throws java.util.concurrent.RejectedExecutionException if the executor refuses the command
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static void execute(ExecutorService executor, Runnable command, CancellationToken token) {
    requireNonNull(executor, "executor");
    requireNonNull(command, "command");
    requireNonNull(token, "token");
    if (token.canBeCanceled()) {
      QueuedCommand.execute(executor, command, token);
    } else {
      executor.execute(command);
    }
  }

  /**
   * Runs all tasks and waits until they have ended; the token stops them all.
   *
   * <p>When this throws because of the token, none of them runs any more. If the caller is
   * interrupted they are canceled and not waited for, as in {@link
   * ExecutorService#invokeAll(Collection)}.
   *
   * @param <T> the type of the results
   * @param executor who runs them
   * @param tasks what to run
   * @param token what stops them
   * @return the futures, all done, in the order of the tasks
   * @throws desist.OperationCanceledException if the token has canceled at least one of them
   * @throws InterruptedException if the thread is interrupted
   * @throws java.util.concurrent.RejectedExecutionException if the executor refuses a task
   * @throws NullPointerException if an argument or a task is null
   * @dotnet Task.WaitAll(Task[], CancellationToken)
   * @since 1.0
   */
  public static <T extends @Nullable Object> List<Future<T>> invokeAll(
      ExecutorService executor, Collection<? extends Callable<T>> tasks, CancellationToken token)
      throws InterruptedException {
    requireNonNull(executor, "executor");
    requireNonNull(tasks, "tasks");
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Invocations.all(executor, tasks, Timeout.INFINITE, token)
        : executor.invokeAll(tasks);
  }

  /**
   * Runs all tasks and waits until they have ended or the time is over; then it cancels those that
   * have not ended. Otherwise as {@link #invokeAll(ExecutorService, Collection,
   * CancellationToken)}.
   *
   * @param <T> the type of the results
   * @param executor who runs them
   * @param tasks what to run
   * @param timeout how long to wait
   * @param token what stops them
   * @return the futures, all done, in the order of the tasks
   * @throws desist.OperationCanceledException if the token has canceled at least one of them
   * @throws InterruptedException if the thread is interrupted
   * @throws java.util.concurrent.RejectedExecutionException if the executor refuses a task
   * @throws NullPointerException if an argument or a task is null
   * @dotnet Task.WaitAll(Task[], int, CancellationToken)
   * @since 1.0
   */
  public static <T extends @Nullable Object> List<Future<T>> invokeAll(
      ExecutorService executor,
      Collection<? extends Callable<T>> tasks,
      Duration timeout,
      CancellationToken token)
      throws InterruptedException {
    requireNonNull(executor, "executor");
    requireNonNull(tasks, "tasks");
    requireNonNull(timeout, "timeout");
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Invocations.all(executor, tasks, timeout, token)
        : executor.invokeAll(tasks, NANOSECONDS.convert(timeout), NANOSECONDS);
  }

  /**
   * Runs tasks until one succeeds, then cancels the others; the token stops them all.
   *
   * <p>When this throws because of the token, none of them runs any more. In all other cases those
   * that have not ended are interrupted and not waited for.
   *
   * @param <T> the type of the result
   * @param executor who runs them
   * @param tasks what to run
   * @param token what stops them
   * @return the result of one that has succeeded
   * @throws desist.OperationCanceledException if none succeeds and the token has canceled at least
   *     one of them
   * @throws ExecutionException if all fail
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalArgumentException if there are no tasks
   * @throws java.util.concurrent.RejectedExecutionException if the executor refuses a task
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public static <T extends @Nullable Object> T invokeAny(
      ExecutorService executor, Collection<? extends Callable<T>> tasks, CancellationToken token)
      throws InterruptedException, ExecutionException {
    requireNonNull(executor, "executor");
    requireNonNull(tasks, "tasks");
    requireNonNull(token, "token");
    if (!token.canBeCanceled()) {
      return executor.invokeAny(tasks);
    }
    try {
      return Invocations.any(executor, tasks, Timeout.INFINITE, token);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Runs tasks until one succeeds or the time is over, then cancels the others. Otherwise as {@link
   * #invokeAny(ExecutorService, Collection, CancellationToken)}.
   *
   * @param <T> the type of the result
   * @param executor who runs them
   * @param tasks what to run
   * @param timeout how long to wait
   * @param token what stops them
   * @return the result of one that has succeeded
   * @throws desist.OperationCanceledException if none succeeds and the token has canceled at least
   *     one of them
   * @throws TimeoutException if the time is over first
   * @throws ExecutionException if all fail
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalArgumentException if there are no tasks
   * @throws java.util.concurrent.RejectedExecutionException if the executor refuses a task
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public static <T extends @Nullable Object> T invokeAny(
      ExecutorService executor,
      Collection<? extends Callable<T>> tasks,
      Duration timeout,
      CancellationToken token)
      throws InterruptedException, ExecutionException, TimeoutException {
    requireNonNull(executor, "executor");
    requireNonNull(tasks, "tasks");
    requireNonNull(timeout, "timeout");
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? Invocations.any(executor, tasks, timeout, token)
        : executor.invokeAny(tasks, NANOSECONDS.convert(timeout), NANOSECONDS);
  }

  /**
   * Schedules a task that begins after a delay, unless the token is canceled before.
   *
   * @param <T> the type of the result
   * @param executor who runs it
   * @param body what to run
   * @param delay how long to wait first
   * @param token what stops it
   * @return the task's future
   * @throws java.util.concurrent.RejectedExecutionException if the executor refuses the task
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Delay(TimeSpan, CancellationToken), then ContinueWith
   * @since 1.0
   */
  public static <T extends @Nullable Object> ScheduledFuture<T> schedule(
      ScheduledExecutorService executor,
      Callable<T> body,
      Duration delay,
      CancellationToken token) {
    requireNonNull(executor, "executor");
    requireNonNull(body, "body");
    requireNonNull(delay, "delay");
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? started(new ScheduledTask<>(body, delay, token), executor)
        : executor.schedule(body, NANOSECONDS.convert(delay), NANOSECONDS);
  }

  /**
   * Schedules a task without a result; otherwise as {@link #schedule}.
   *
   * @param executor who runs it
   * @param body what to run
   * @param delay how long to wait first
   * @param token what stops it
   * @return the task's future
   * @throws java.util.concurrent.RejectedExecutionException if the executor refuses the task
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Delay(TimeSpan, CancellationToken), then ContinueWith
   * @since 1.0
   */
  public static ScheduledFuture<?> scheduleAction(
      ScheduledExecutorService executor, Runnable body, Duration delay, CancellationToken token) {
    requireNonNull(body, "body");
    return schedule(executor, Executors.callable(body), delay, token);
  }

  /**
   * Schedules a task that runs again and again, beginning at equal distances, until the token is
   * canceled or it throws.
   *
   * @param executor who runs it
   * @param body what to run
   * @param initialDelay how long to wait first
   * @param period how much later than a run the next is to begin
   * @param token what stops it
   * @return the task's future, which has no result
   * @throws IllegalArgumentException if {@code period} is not positive
   * @throws java.util.concurrent.RejectedExecutionException if the executor refuses the task
   * @throws NullPointerException if an argument is null
   * @dotnet PeriodicTimer.WaitForNextTickAsync(CancellationToken)
   * @since 1.0
   */
  public static ScheduledFuture<?> scheduleAtFixedRate(
      ScheduledExecutorService executor,
      Runnable body,
      Duration initialDelay,
      Duration period,
      CancellationToken token) {
    checkPeriodic(executor, body, initialDelay, token);
    long nanos = positive(period, "period");
    return token.canBeCanceled()
        ? started(PeriodicTask.atFixedRate(body, initialDelay, nanos, token), executor)
        : executor.scheduleAtFixedRate(body, NANOSECONDS.convert(initialDelay), nanos, NANOSECONDS);
  }

  /**
   * Schedules a task that runs again and again, at equal distances between the end of a run and the
   * beginning of the next, until the token is canceled or it throws.
   *
   * @param executor who runs it
   * @param body what to run
   * @param initialDelay how long to wait first
   * @param delay how long to wait between two runs
   * @param token what stops it
   * @return the task's future, which has no result
   * @throws IllegalArgumentException if {@code delay} is not positive
   * @throws java.util.concurrent.RejectedExecutionException if the executor refuses the task
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static ScheduledFuture<?> scheduleWithFixedDelay(
      ScheduledExecutorService executor,
      Runnable body,
      Duration initialDelay,
      Duration delay,
      CancellationToken token) {
    checkPeriodic(executor, body, initialDelay, token);
    long nanos = positive(delay, "delay");
    return token.canBeCanceled()
        ? started(PeriodicTask.withFixedDelay(body, initialDelay, nanos, token), executor)
        : executor.scheduleWithFixedDelay(
            body, NANOSECONDS.convert(initialDelay), nanos, NANOSECONDS);
  }

  /**
   * Returns an executor that gives the token to each of its tasks, for code that knows nothing of
   * tokens.
   *
   * <p>It is a view: what is shut down by it is the executor itself. Once the token is canceled
   * {@code execute}, {@code invokeAll} and {@code invokeAny} throw an {@link
   * desist.OperationCanceledException}, and {@code submit} returns canceled futures. Its {@code
   * execute} is {@link #execute} with the token: an executor whose queue compares commands refuses
   * them.
   *
   * {@snippet lang = java:
   * crawl(site, ExecutorServices.withCancellation(executor, token));
   * }
   *
   * @param executor who runs the tasks
   * @param token what stops them
   * @return the view; the executor itself if the token cannot be canceled
   * @throws NullPointerException if an argument is null
   * @dotnet new TaskFactory(CancellationToken)
   * @since 1.0
   */
  public static ExecutorService withCancellation(
      ExecutorService executor, CancellationToken token) {
    requireNonNull(executor, "executor");
    requireNonNull(token, "token");
    return token.canBeCanceled() ? new BoundExecutor(executor, token) : executor;
  }

  /**
   * Returns a scheduler that gives the token to each of its tasks. Otherwise as {@link
   * #withCancellation(ExecutorService, CancellationToken)}.
   *
   * @param executor who runs the tasks
   * @param token what stops them
   * @return the view; the executor itself if the token cannot be canceled
   * @throws NullPointerException if an argument is null
   * @dotnet new TaskFactory(CancellationToken)
   * @since 1.0
   */
  public static ScheduledExecutorService withCancellation(
      ScheduledExecutorService executor, CancellationToken token) {
    requireNonNull(executor, "executor");
    requireNonNull(token, "token");
    return token.canBeCanceled() ? new BoundScheduledExecutor(executor, token) : executor;
  }

  private static <F extends QueuedTask<?>> F started(F task, ExecutorService executor) {
    task.start(executor);
    return task;
  }

  private static void checkPeriodic(
      ScheduledExecutorService executor,
      Runnable body,
      Duration initialDelay,
      CancellationToken token) {
    requireNonNull(executor, "executor");
    requireNonNull(body, "body");
    requireNonNull(initialDelay, "initialDelay");
    requireNonNull(token, "token");
  }

  private static long positive(Duration duration, String name) {
    long nanos = NANOSECONDS.convert(requireNonNull(duration, name));
    if (nanos <= 0) {
      throw new IllegalArgumentException(name + " is not positive: " + duration);
    }
    return nanos;
  }
}
