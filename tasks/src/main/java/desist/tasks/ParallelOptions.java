// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How a parallel loop runs: until which token is canceled, on how many threads, and where.
 *
 * <p>Immutable, so it may be shared by any number of loops.
 *
 * {@snippet lang = java:
 * ParallelOptions options =
 *     new ParallelOptions().withCancellationToken(token).withMaxDegreeOfParallelism(4);
 * }
 *
 * @dotnet ParallelOptions
 * @since 1.0
 */
public final class ParallelOptions {
  static final ParallelOptions DEFAULT = new ParallelOptions();

  private final CancellationToken token;
  private final int degree;
  private final @Nullable TaskScheduler scheduler;

  /**
   * Makes options with no token, no limit, and the {@linkplain TaskScheduler#defaultScheduler()
   * default scheduler}.
   *
   * @dotnet new ParallelOptions()
   * @since 1.0
   */
  public ParallelOptions() {
    this(CancellationToken.none(), -1, DefaultScheduler.INSTANCE);
  }

  private ParallelOptions(CancellationToken token, int degree, @Nullable TaskScheduler scheduler) {
    this.token = token;
    this.degree = degree;
    this.scheduler = scheduler;
  }

  /**
   * Returns these options with another token.
   *
   * @param token ends the loop, with an {@link desist.OperationCanceledException}, before its next
   *     iteration
   * @return new options
   * @throws NullPointerException if {@code token} is null
   * @dotnet ParallelOptions.CancellationToken
   * @since 1.0
   */
  public ParallelOptions withCancellationToken(CancellationToken token) {
    return new ParallelOptions(requireNonNull(token, "token"), degree, scheduler);
  }

  /**
   * Returns these options with another limit.
   *
   * @param degree how many iterations may run at once, at least 1; or -1 for no limit, which for
   *     the asynchronous loops means as many as there are processors
   * @return new options
   * @throws IllegalArgumentException if {@code degree} is 0, or below -1
   * @dotnet ParallelOptions.MaxDegreeOfParallelism
   * @since 1.0
   */
  public ParallelOptions withMaxDegreeOfParallelism(int degree) {
    if (degree == 0 || degree < -1) {
      throw new IllegalArgumentException("degree must be positive, or -1: " + degree);
    }
    return new ParallelOptions(token, degree, scheduler);
  }

  /**
   * Returns these options with another scheduler.
   *
   * <p>On the default scheduler and on an {@link Executor} the calling thread works, too, so that a
   * loop ends even where neither has a thread to spare. On any other {@link TaskScheduler} it works
   * only if that runs a task in place.
   *
   * @param scheduler runs the iterations; null means that of the task that calls the loop
   * @return new options
   * @dotnet ParallelOptions.TaskScheduler
   * @since 1.0
   */
  public ParallelOptions withTaskScheduler(@Nullable Executor scheduler) {
    return new ParallelOptions(
        token, degree, scheduler == null ? null : TaskScheduler.of(scheduler));
  }

  /**
   * Returns the token that ends the loop.
   *
   * @return the token
   * @dotnet ParallelOptions.CancellationToken
   * @since 1.0
   */
  public CancellationToken cancellationToken() {
    return token;
  }

  /**
   * Returns how many iterations may run at once.
   *
   * @return the limit; -1 if there is none
   * @dotnet ParallelOptions.MaxDegreeOfParallelism
   * @since 1.0
   */
  public int maxDegreeOfParallelism() {
    return degree;
  }

  /**
   * Returns the scheduler that runs the iterations.
   *
   * @return the scheduler; null if it is that of the task that calls the loop
   * @dotnet ParallelOptions.TaskScheduler
   * @since 1.0
   */
  public @Nullable TaskScheduler taskScheduler() {
    return scheduler;
  }

  /** Returns the scheduler of a loop that is called now. */
  TaskScheduler schedulerNow() {
    return scheduler == null ? Current.scheduler() : scheduler;
  }

  /** Returns how many iterations may run at once on the scheduler. */
  int limitOn(TaskScheduler scheduler) {
    int own = degree == -1 ? Integer.MAX_VALUE : degree;
    return Math.max(1, Math.min(own, scheduler.maximumConcurrencyLevel()));
  }

  @Override
  public String toString() {
    return "ParallelOptions[maxDegreeOfParallelism="
        + degree
        + ", token="
        + token
        + ", scheduler="
        + scheduler
        + "]";
  }
}
