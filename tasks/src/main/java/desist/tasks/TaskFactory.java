// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Starts tasks with a token, a scheduler and options in common.
 *
 * <p>What a call is given takes the place of what the factory has. A factory without a scheduler
 * uses the {@linkplain TaskScheduler#current() current one} of each call. The tasks it starts
 * register nothing with their token: it is looked at when the scheduler comes to run them.
 *
 * @dotnet TaskFactory, TaskFactory&lt;TResult&gt;
 * @since 1.0
 */
public final class TaskFactory {
  private static final int NOT_FOR_SEVERAL =
      Options.NOT_ON_ANYTHING | Options.RUN_CONTINUATIONS_ASYNCHRONOUSLY;

  private final CancellationToken token;
  private final @Nullable Executor scheduler;
  private final Set<TaskCreationOptions> creationOptions;
  private final Set<TaskContinuationOptions> continuationOptions;

  /**
   * Makes a factory without token, scheduler and options.
   *
   * @dotnet new TaskFactory()
   * @since 1.0
   */
  public TaskFactory() {
    this(CancellationToken.none(), Set.of(), Set.of(), null);
  }

  /**
   * Makes a factory with a token.
   *
   * @param token the token of its tasks
   * @throws NullPointerException if {@code token} is null
   * @dotnet new TaskFactory(CancellationToken)
   * @since 1.0
   */
  public TaskFactory(CancellationToken token) {
    this(token, Set.of(), Set.of(), null);
  }

  /**
   * Makes a factory with a scheduler.
   *
   * @param scheduler runs its tasks; null means the current one of each call
   * @dotnet new TaskFactory(TaskScheduler)
   * @since 1.0
   */
  public TaskFactory(@Nullable Executor scheduler) {
    this(CancellationToken.none(), Set.of(), Set.of(), scheduler);
  }

  /**
   * Makes a factory with options.
   *
   * @param creationOptions those of its tasks
   * @param continuationOptions those of its continuations
   * @throws IllegalArgumentException if continuation options exclude each other, or tie a
   *     continuation to how one task ended
   * @throws NullPointerException if an argument or an element is null
   * @dotnet new TaskFactory(TaskCreationOptions, TaskContinuationOptions)
   * @since 1.0
   */
  public TaskFactory(
      Collection<TaskCreationOptions> creationOptions,
      Collection<TaskContinuationOptions> continuationOptions) {
    this(CancellationToken.none(), creationOptions, continuationOptions, null);
  }

  /**
   * Makes a factory.
   *
   * @param token the token of its tasks
   * @param creationOptions those of its tasks
   * @param continuationOptions those of its continuations
   * @param scheduler runs its tasks; null means the current one of each call
   * @throws IllegalArgumentException if continuation options exclude each other, or tie a
   *     continuation to how one task ended
   * @throws NullPointerException if another argument or an element is null
   * @dotnet new TaskFactory(CancellationToken, TaskCreationOptions, TaskContinuationOptions,
   *     TaskScheduler)
   * @since 1.0
   */
  public TaskFactory(
      CancellationToken token,
      Collection<TaskCreationOptions> creationOptions,
      Collection<TaskContinuationOptions> continuationOptions,
      @Nullable Executor scheduler) {
    this.token = requireNonNull(token, "token");
    this.creationOptions = Set.copyOf(requireNonNull(creationOptions, "creationOptions"));
    this.continuationOptions =
        Set.copyOf(requireNonNull(continuationOptions, "continuationOptions"));
    this.scheduler = scheduler;
    checkForSeveral(Options.ofContinuation(continuationOptions), continuationOptions);
  }

  /** Refuses options that make no sense for a continuation of several tasks. */
  static void checkForSeveral(int bits, Collection<TaskContinuationOptions> options) {
    if ((bits & NOT_FOR_SEVERAL) != 0) {
      throw new IllegalArgumentException("not options for several tasks: " + options);
    }
    Options.checkSynchronous(bits);
  }

  /**
   * Returns the token of tasks that are started without one.
   *
   * @return the token
   * @dotnet TaskFactory.CancellationToken
   * @since 1.0
   */
  public CancellationToken cancellationToken() {
    return token;
  }

  /**
   * Returns the options of tasks that are started without any.
   *
   * @return an unmodifiable set
   * @dotnet TaskFactory.CreationOptions
   * @since 1.0
   */
  public Set<TaskCreationOptions> creationOptions() {
    return creationOptions;
  }

  /**
   * Returns the options of continuations that are made without any.
   *
   * @return an unmodifiable set
   * @dotnet TaskFactory.ContinuationOptions
   * @since 1.0
   */
  public Set<TaskContinuationOptions> continuationOptions() {
    return continuationOptions;
  }

  /**
   * Returns the scheduler of tasks that are started without one.
   *
   * @return the scheduler; null if it is the current one of each call
   * @dotnet TaskFactory.Scheduler
   * @since 1.0
   */
  public @Nullable Executor scheduler() {
    return scheduler;
  }

  /**
   * Starts a body, with the factory's token and scheduler.
   *
   * @param <T> the result
   * @param body what to do
   * @param options in place of the factory's; none means those
   * @return the task
   * @throws TaskSchedulerException if the scheduler refuses it
   * @throws NullPointerException if an argument is null
   * @dotnet TaskFactory.StartNew(Func&lt;TResult&gt;, TaskCreationOptions)
   * @since 1.0
   */
  public <T extends @Nullable Object> Task<T> startNew(
      Callable<? extends T> body, TaskCreationOptions... options) {
    return Task.start(
        new Job.OfCallable(requireNonNull(body, "body"), token), bits(options), schedulerOfCall());
  }

  /**
   * Starts a body, with the factory's scheduler.
   *
   * @param <T> the result
   * @param body what to do
   * @param token the task's token
   * @param options in place of the factory's; none means those
   * @return the task
   * @throws TaskSchedulerException if the scheduler refuses it
   * @throws NullPointerException if an argument is null
   * @dotnet TaskFactory.StartNew(Func&lt;TResult&gt;, CancellationToken)
   * @since 1.0
   */
  public <T extends @Nullable Object> Task<T> startNew(
      Callable<? extends T> body, CancellationToken token, TaskCreationOptions... options) {
    return Task.start(
        new Job.OfCallable(requireNonNull(body, "body"), requireNonNull(token, "token")),
        bits(options),
        schedulerOfCall());
  }

  /**
   * Starts a body, with nothing of the factory.
   *
   * @param <T> the result
   * @param body what to do
   * @param token the task's token
   * @param scheduler runs it
   * @param options in place of the factory's, also if there are none
   * @return the task
   * @throws TaskSchedulerException if the scheduler refuses it
   * @throws NullPointerException if an argument is null
   * @dotnet TaskFactory.StartNew(Func&lt;TResult&gt;, CancellationToken, TaskCreationOptions,
   *     TaskScheduler)
   * @since 1.0
   */
  public <T extends @Nullable Object> Task<T> startNew(
      Callable<? extends T> body,
      CancellationToken token,
      Executor scheduler,
      TaskCreationOptions... options) {
    return Task.start(
        new Job.OfCallable(requireNonNull(body, "body"), requireNonNull(token, "token")),
        Options.of(options),
        TaskScheduler.of(scheduler));
  }

  /**
   * Starts a body without a result, with the factory's token and scheduler.
   *
   * @param body what to do
   * @param options in place of the factory's; none means those
   * @return the task
   * @throws TaskSchedulerException if the scheduler refuses it
   * @throws NullPointerException if an argument is null
   * @dotnet TaskFactory.StartNew(Action, TaskCreationOptions)
   * @since 1.0
   */
  public Task<@Nullable Void> startNewAction(
      ThrowingRunnable body, TaskCreationOptions... options) {
    return Task.start(
        new Job.OfAction(requireNonNull(body, "body"), token), bits(options), schedulerOfCall());
  }

  /**
   * Starts a body without a result, with the factory's scheduler.
   *
   * @param body what to do
   * @param token the task's token
   * @param options in place of the factory's; none means those
   * @return the task
   * @throws TaskSchedulerException if the scheduler refuses it
   * @throws NullPointerException if an argument is null
   * @dotnet TaskFactory.StartNew(Action, CancellationToken)
   * @since 1.0
   */
  public Task<@Nullable Void> startNewAction(
      ThrowingRunnable body, CancellationToken token, TaskCreationOptions... options) {
    return Task.start(
        new Job.OfAction(requireNonNull(body, "body"), requireNonNull(token, "token")),
        bits(options),
        schedulerOfCall());
  }

  /**
   * Starts a body without a result, with nothing of the factory.
   *
   * @param body what to do
   * @param token the task's token
   * @param scheduler runs it
   * @param options in place of the factory's, also if there are none
   * @return the task
   * @throws TaskSchedulerException if the scheduler refuses it
   * @throws NullPointerException if an argument is null
   * @dotnet TaskFactory.StartNew(Action, CancellationToken, TaskCreationOptions, TaskScheduler)
   * @since 1.0
   */
  public Task<@Nullable Void> startNewAction(
      ThrowingRunnable body,
      CancellationToken token,
      Executor scheduler,
      TaskCreationOptions... options) {
    return Task.start(
        new Job.OfAction(requireNonNull(body, "body"), requireNonNull(token, "token")),
        Options.of(options),
        TaskScheduler.of(scheduler));
  }

  /**
   * Starts a body that is given a state, with the factory's token and scheduler.
   *
   * @param <S> the state
   * @param <T> the result
   * @param state what the body is given, and {@link Task#asyncState()} tells
   * @param body what to do
   * @param options in place of the factory's; none means those
   * @return the task
   * @throws TaskSchedulerException if the scheduler refuses it
   * @throws NullPointerException if an argument other than the state is null
   * @dotnet TaskFactory.StartNew(Func&lt;object, TResult&gt;, object, TaskCreationOptions)
   * @since 1.0
   */
  public <S extends @Nullable Object, T extends @Nullable Object> Task<T> startNewWithState(
      S state, ThrowingFunction<? super S, ? extends T> body, TaskCreationOptions... options) {
    return Task.start(
        new Job.OfFunction<>(state, requireNonNull(body, "body"), token),
        bits(options),
        schedulerOfCall(),
        state);
  }

  /**
   * Starts a body that is given a state, with the factory's scheduler.
   *
   * @param <S> the state
   * @param <T> the result
   * @param state what the body is given, and {@link Task#asyncState()} tells
   * @param body what to do
   * @param token the task's token
   * @param options in place of the factory's; none means those
   * @return the task
   * @throws TaskSchedulerException if the scheduler refuses it
   * @throws NullPointerException if an argument other than the state is null
   * @dotnet TaskFactory.StartNew(Func&lt;object, TResult&gt;, object, CancellationToken)
   * @since 1.0
   */
  public <S extends @Nullable Object, T extends @Nullable Object> Task<T> startNewWithState(
      S state,
      ThrowingFunction<? super S, ? extends T> body,
      CancellationToken token,
      TaskCreationOptions... options) {
    return Task.start(
        new Job.OfFunction<>(state, requireNonNull(body, "body"), requireNonNull(token, "token")),
        bits(options),
        schedulerOfCall(),
        state);
  }

  /**
   * Starts a body that is given a state, with nothing of the factory.
   *
   * @param <S> the state
   * @param <T> the result
   * @param state what the body is given, and {@link Task#asyncState()} tells
   * @param body what to do
   * @param token the task's token
   * @param scheduler runs it
   * @param options in place of the factory's, also if there are none
   * @return the task
   * @throws TaskSchedulerException if the scheduler refuses it
   * @throws NullPointerException if an argument other than the state is null
   * @dotnet TaskFactory.StartNew(Func&lt;object, TResult&gt;, object, CancellationToken,
   *     TaskCreationOptions, TaskScheduler)
   * @since 1.0
   */
  public <S extends @Nullable Object, T extends @Nullable Object> Task<T> startNewWithState(
      S state,
      ThrowingFunction<? super S, ? extends T> body,
      CancellationToken token,
      Executor scheduler,
      TaskCreationOptions... options) {
    return Task.start(
        new Job.OfFunction<>(state, requireNonNull(body, "body"), requireNonNull(token, "token")),
        Options.of(options),
        TaskScheduler.of(scheduler),
        state);
  }

  // ---- Continuations of several tasks ----

  /**
   * Goes on with a body when all of the tasks have ended, in whichever way, with the factory's
   * token and scheduler.
   *
   * <p>What the tasks have faulted with is not passed on, and does not count as looked at. If the
   * token is canceled before the body has begun the continuation is canceled, without waiting for
   * the tasks unless it is {@linkplain TaskContinuationOptions#LAZY_CANCELLATION lazy}; nothing is
   * left on them.
   *
   * @param <A> the result of the tasks
   * @param <R> the result
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the tasks, in an unmodifiable list
   * @param options in place of the factory's; none means those
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks, or options exclude each other or are
   *     tied to how one task ended
   * @throws NullPointerException if an argument or a task is null
   * @dotnet TaskFactory.ContinueWhenAll&lt;TAntecedent, TResult&gt;(Task&lt;TAntecedent&gt;[],
   *     Func&lt;Task&lt;TAntecedent&gt;[], TResult&gt;, TaskContinuationOptions)
   * @since 1.0
   */
  public <A extends @Nullable Object, R extends @Nullable Object> Task<R> continueWhenAll(
      Task<? extends A>[] tasks,
      ThrowingFunction<? super List<Task<A>>, ? extends R> body,
      TaskContinuationOptions... options) {
    return ContinueWhen.all(
        several(tasks),
        requireNonNull(body, "body"),
        token,
        bitsForSeveral(options),
        schedulerOfCall());
  }

  /**
   * Goes on with a body when all of the tasks have ended, in whichever way, with the factory's
   * scheduler and options.
   *
   * @param <A> the result of the tasks
   * @param <R> the result
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the tasks, in an unmodifiable list
   * @param token the continuation's token
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks
   * @throws NullPointerException if an argument or a task is null
   * @dotnet TaskFactory.ContinueWhenAll&lt;TAntecedent, TResult&gt;(Task&lt;TAntecedent&gt;[],
   *     Func&lt;Task&lt;TAntecedent&gt;[], TResult&gt;, CancellationToken)
   * @since 1.0
   */
  public <A extends @Nullable Object, R extends @Nullable Object> Task<R> continueWhenAll(
      Task<? extends A>[] tasks,
      ThrowingFunction<? super List<Task<A>>, ? extends R> body,
      CancellationToken token) {
    return ContinueWhen.all(
        several(tasks),
        requireNonNull(body, "body"),
        requireNonNull(token, "token"),
        bitsForSeveral(),
        schedulerOfCall());
  }

  /**
   * Goes on with a body when all of the tasks have ended, in whichever way, with nothing of the
   * factory.
   *
   * @param <A> the result of the tasks
   * @param <R> the result
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the tasks, in an unmodifiable list
   * @param token the continuation's token
   * @param scheduler runs it
   * @param options in place of the factory's, also if there are none
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks, or options exclude each other or are
   *     tied to how one task ended
   * @throws NullPointerException if an argument or a task is null
   * @dotnet TaskFactory.ContinueWhenAll&lt;TAntecedent, TResult&gt;(Task&lt;TAntecedent&gt;[],
   *     Func&lt;Task&lt;TAntecedent&gt;[], TResult&gt;, CancellationToken, TaskContinuationOptions,
   *     TaskScheduler)
   * @since 1.0
   */
  public <A extends @Nullable Object, R extends @Nullable Object> Task<R> continueWhenAll(
      Task<? extends A>[] tasks,
      ThrowingFunction<? super List<Task<A>>, ? extends R> body,
      CancellationToken token,
      Executor scheduler,
      TaskContinuationOptions... options) {
    return ContinueWhen.all(
        several(tasks),
        requireNonNull(body, "body"),
        requireNonNull(token, "token"),
        checkedForSeveral(options),
        TaskScheduler.of(scheduler));
  }

  /**
   * Goes on with a body when all of the tasks have ended, in whichever way, with the factory's
   * token and scheduler.
   *
   * <p>What the tasks have faulted with is not passed on, and does not count as looked at. If the
   * token is canceled before the body has begun the continuation is canceled, without waiting for
   * the tasks unless it is {@linkplain TaskContinuationOptions#LAZY_CANCELLATION lazy}; nothing is
   * left on them.
   *
   * @param <A> the result of the tasks
   * @param <R> the result
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the tasks, in an unmodifiable list
   * @param options in place of the factory's; none means those
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks, or options exclude each other or are
   *     tied to how one task ended
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public <A extends @Nullable Object, R extends @Nullable Object> Task<R> continueWhenAll(
      Collection<? extends Task<? extends A>> tasks,
      ThrowingFunction<? super List<Task<A>>, ? extends R> body,
      TaskContinuationOptions... options) {
    return ContinueWhen.all(
        several(tasks),
        requireNonNull(body, "body"),
        token,
        bitsForSeveral(options),
        schedulerOfCall());
  }

  /**
   * Goes on with a body when all of the tasks have ended, in whichever way, with the factory's
   * scheduler and options.
   *
   * @param <A> the result of the tasks
   * @param <R> the result
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the tasks, in an unmodifiable list
   * @param token the continuation's token
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public <A extends @Nullable Object, R extends @Nullable Object> Task<R> continueWhenAll(
      Collection<? extends Task<? extends A>> tasks,
      ThrowingFunction<? super List<Task<A>>, ? extends R> body,
      CancellationToken token) {
    return ContinueWhen.all(
        several(tasks),
        requireNonNull(body, "body"),
        requireNonNull(token, "token"),
        bitsForSeveral(),
        schedulerOfCall());
  }

  /**
   * Goes on with a body when all of the tasks have ended, in whichever way, with nothing of the
   * factory.
   *
   * @param <A> the result of the tasks
   * @param <R> the result
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the tasks, in an unmodifiable list
   * @param token the continuation's token
   * @param scheduler runs it
   * @param options in place of the factory's, also if there are none
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks, or options exclude each other or are
   *     tied to how one task ended
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public <A extends @Nullable Object, R extends @Nullable Object> Task<R> continueWhenAll(
      Collection<? extends Task<? extends A>> tasks,
      ThrowingFunction<? super List<Task<A>>, ? extends R> body,
      CancellationToken token,
      Executor scheduler,
      TaskContinuationOptions... options) {
    return ContinueWhen.all(
        several(tasks),
        requireNonNull(body, "body"),
        requireNonNull(token, "token"),
        checkedForSeveral(options),
        TaskScheduler.of(scheduler));
  }

  /**
   * Goes on with a body without a result when all of the tasks have ended, in whichever way, with
   * the factory's token and scheduler.
   *
   * <p>What the tasks have faulted with is not passed on, and does not count as looked at. If the
   * token is canceled before the body has begun the continuation is canceled, without waiting for
   * the tasks unless it is {@linkplain TaskContinuationOptions#LAZY_CANCELLATION lazy}; nothing is
   * left on them.
   *
   * @param <A> the result of the tasks
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the tasks, in an unmodifiable list
   * @param options in place of the factory's; none means those
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks, or options exclude each other or are
   *     tied to how one task ended
   * @throws NullPointerException if an argument or a task is null
   * @dotnet TaskFactory.ContinueWhenAll&lt;TAntecedent&gt;(Task&lt;TAntecedent&gt;[],
   *     Action&lt;Task&lt;TAntecedent&gt;[]&gt;, TaskContinuationOptions)
   * @since 1.0
   */
  public <A extends @Nullable Object> Task<@Nullable Void> continueWhenAllAction(
      Task<? extends A>[] tasks,
      ThrowingConsumer<? super List<Task<A>>> body,
      TaskContinuationOptions... options) {
    return ContinueWhen.all(
        several(tasks), asFunction(body), token, bitsForSeveral(options), schedulerOfCall());
  }

  /**
   * Goes on with a body without a result when all of the tasks have ended, in whichever way, with
   * the factory's scheduler and options.
   *
   * @param <A> the result of the tasks
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the tasks, in an unmodifiable list
   * @param token the continuation's token
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks
   * @throws NullPointerException if an argument or a task is null
   * @dotnet TaskFactory.ContinueWhenAll&lt;TAntecedent&gt;(Task&lt;TAntecedent&gt;[],
   *     Action&lt;Task&lt;TAntecedent&gt;[]&gt;, CancellationToken)
   * @since 1.0
   */
  public <A extends @Nullable Object> Task<@Nullable Void> continueWhenAllAction(
      Task<? extends A>[] tasks,
      ThrowingConsumer<? super List<Task<A>>> body,
      CancellationToken token) {
    return ContinueWhen.all(
        several(tasks),
        asFunction(body),
        requireNonNull(token, "token"),
        bitsForSeveral(),
        schedulerOfCall());
  }

  /**
   * Goes on with a body without a result when all of the tasks have ended, in whichever way, with
   * nothing of the factory.
   *
   * @param <A> the result of the tasks
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the tasks, in an unmodifiable list
   * @param token the continuation's token
   * @param scheduler runs it
   * @param options in place of the factory's, also if there are none
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks, or options exclude each other or are
   *     tied to how one task ended
   * @throws NullPointerException if an argument or a task is null
   * @dotnet TaskFactory.ContinueWhenAll&lt;TAntecedent&gt;(Task&lt;TAntecedent&gt;[],
   *     Action&lt;Task&lt;TAntecedent&gt;[]&gt;, CancellationToken, TaskContinuationOptions,
   *     TaskScheduler)
   * @since 1.0
   */
  public <A extends @Nullable Object> Task<@Nullable Void> continueWhenAllAction(
      Task<? extends A>[] tasks,
      ThrowingConsumer<? super List<Task<A>>> body,
      CancellationToken token,
      Executor scheduler,
      TaskContinuationOptions... options) {
    return ContinueWhen.all(
        several(tasks),
        asFunction(body),
        requireNonNull(token, "token"),
        checkedForSeveral(options),
        TaskScheduler.of(scheduler));
  }

  /**
   * Goes on with a body without a result when all of the tasks have ended, in whichever way, with
   * the factory's token and scheduler.
   *
   * <p>What the tasks have faulted with is not passed on, and does not count as looked at. If the
   * token is canceled before the body has begun the continuation is canceled, without waiting for
   * the tasks unless it is {@linkplain TaskContinuationOptions#LAZY_CANCELLATION lazy}; nothing is
   * left on them.
   *
   * @param <A> the result of the tasks
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the tasks, in an unmodifiable list
   * @param options in place of the factory's; none means those
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks, or options exclude each other or are
   *     tied to how one task ended
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public <A extends @Nullable Object> Task<@Nullable Void> continueWhenAllAction(
      Collection<? extends Task<? extends A>> tasks,
      ThrowingConsumer<? super List<Task<A>>> body,
      TaskContinuationOptions... options) {
    return ContinueWhen.all(
        several(tasks), asFunction(body), token, bitsForSeveral(options), schedulerOfCall());
  }

  /**
   * Goes on with a body without a result when all of the tasks have ended, in whichever way, with
   * the factory's scheduler and options.
   *
   * @param <A> the result of the tasks
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the tasks, in an unmodifiable list
   * @param token the continuation's token
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public <A extends @Nullable Object> Task<@Nullable Void> continueWhenAllAction(
      Collection<? extends Task<? extends A>> tasks,
      ThrowingConsumer<? super List<Task<A>>> body,
      CancellationToken token) {
    return ContinueWhen.all(
        several(tasks),
        asFunction(body),
        requireNonNull(token, "token"),
        bitsForSeveral(),
        schedulerOfCall());
  }

  /**
   * Goes on with a body without a result when all of the tasks have ended, in whichever way, with
   * nothing of the factory.
   *
   * @param <A> the result of the tasks
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the tasks, in an unmodifiable list
   * @param token the continuation's token
   * @param scheduler runs it
   * @param options in place of the factory's, also if there are none
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks, or options exclude each other or are
   *     tied to how one task ended
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public <A extends @Nullable Object> Task<@Nullable Void> continueWhenAllAction(
      Collection<? extends Task<? extends A>> tasks,
      ThrowingConsumer<? super List<Task<A>>> body,
      CancellationToken token,
      Executor scheduler,
      TaskContinuationOptions... options) {
    return ContinueWhen.all(
        several(tasks),
        asFunction(body),
        requireNonNull(token, "token"),
        checkedForSeveral(options),
        TaskScheduler.of(scheduler));
  }

  /**
   * Goes on with a body when the first of the tasks has ended, in whichever way, with the factory's
   * token and scheduler.
   *
   * <p>Of those that have ended already the first in the order of the arguments counts. What it has
   * faulted with is not passed on, and does not count as looked at. If the token is canceled before
   * the body has begun the continuation is canceled, without waiting for the tasks unless it is
   * {@linkplain TaskContinuationOptions#LAZY_CANCELLATION lazy}. Nothing is left on the tasks.
   *
   * @param <A> the result of the tasks
   * @param <R> the result
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the first to end
   * @param options in place of the factory's; none means those
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks, or options exclude each other or are
   *     tied to how one task ended
   * @throws NullPointerException if an argument or a task is null
   * @dotnet TaskFactory.ContinueWhenAny&lt;TAntecedent, TResult&gt;(Task&lt;TAntecedent&gt;[],
   *     Func&lt;Task&lt;TAntecedent&gt;, TResult&gt;, TaskContinuationOptions)
   * @since 1.0
   */
  public <A extends @Nullable Object, R extends @Nullable Object> Task<R> continueWhenAny(
      Task<? extends A>[] tasks,
      ThrowingFunction<? super Task<A>, ? extends R> body,
      TaskContinuationOptions... options) {
    return ContinueWhen.any(
        several(tasks),
        requireNonNull(body, "body"),
        token,
        bitsForSeveral(options),
        schedulerOfCall());
  }

  /**
   * Goes on with a body when the first of the tasks has ended, in whichever way, with the factory's
   * scheduler and options.
   *
   * @param <A> the result of the tasks
   * @param <R> the result
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the first to end
   * @param token the continuation's token
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks
   * @throws NullPointerException if an argument or a task is null
   * @dotnet TaskFactory.ContinueWhenAny&lt;TAntecedent, TResult&gt;(Task&lt;TAntecedent&gt;[],
   *     Func&lt;Task&lt;TAntecedent&gt;, TResult&gt;, CancellationToken)
   * @since 1.0
   */
  public <A extends @Nullable Object, R extends @Nullable Object> Task<R> continueWhenAny(
      Task<? extends A>[] tasks,
      ThrowingFunction<? super Task<A>, ? extends R> body,
      CancellationToken token) {
    return ContinueWhen.any(
        several(tasks),
        requireNonNull(body, "body"),
        requireNonNull(token, "token"),
        bitsForSeveral(),
        schedulerOfCall());
  }

  /**
   * Goes on with a body when the first of the tasks has ended, in whichever way, with nothing of
   * the factory.
   *
   * @param <A> the result of the tasks
   * @param <R> the result
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the first to end
   * @param token the continuation's token
   * @param scheduler runs it
   * @param options in place of the factory's, also if there are none
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks, or options exclude each other or are
   *     tied to how one task ended
   * @throws NullPointerException if an argument or a task is null
   * @dotnet TaskFactory.ContinueWhenAny&lt;TAntecedent, TResult&gt;(Task&lt;TAntecedent&gt;[],
   *     Func&lt;Task&lt;TAntecedent&gt;, TResult&gt;, CancellationToken, TaskContinuationOptions,
   *     TaskScheduler)
   * @since 1.0
   */
  public <A extends @Nullable Object, R extends @Nullable Object> Task<R> continueWhenAny(
      Task<? extends A>[] tasks,
      ThrowingFunction<? super Task<A>, ? extends R> body,
      CancellationToken token,
      Executor scheduler,
      TaskContinuationOptions... options) {
    return ContinueWhen.any(
        several(tasks),
        requireNonNull(body, "body"),
        requireNonNull(token, "token"),
        checkedForSeveral(options),
        TaskScheduler.of(scheduler));
  }

  /**
   * Goes on with a body when the first of the tasks has ended, in whichever way, with the factory's
   * token and scheduler.
   *
   * <p>Of those that have ended already the first in the order of the arguments counts. What it has
   * faulted with is not passed on, and does not count as looked at. If the token is canceled before
   * the body has begun the continuation is canceled, without waiting for the tasks unless it is
   * {@linkplain TaskContinuationOptions#LAZY_CANCELLATION lazy}. Nothing is left on the tasks.
   *
   * @param <A> the result of the tasks
   * @param <R> the result
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the first to end
   * @param options in place of the factory's; none means those
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks, or options exclude each other or are
   *     tied to how one task ended
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public <A extends @Nullable Object, R extends @Nullable Object> Task<R> continueWhenAny(
      Collection<? extends Task<? extends A>> tasks,
      ThrowingFunction<? super Task<A>, ? extends R> body,
      TaskContinuationOptions... options) {
    return ContinueWhen.any(
        several(tasks),
        requireNonNull(body, "body"),
        token,
        bitsForSeveral(options),
        schedulerOfCall());
  }

  /**
   * Goes on with a body when the first of the tasks has ended, in whichever way, with the factory's
   * scheduler and options.
   *
   * @param <A> the result of the tasks
   * @param <R> the result
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the first to end
   * @param token the continuation's token
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public <A extends @Nullable Object, R extends @Nullable Object> Task<R> continueWhenAny(
      Collection<? extends Task<? extends A>> tasks,
      ThrowingFunction<? super Task<A>, ? extends R> body,
      CancellationToken token) {
    return ContinueWhen.any(
        several(tasks),
        requireNonNull(body, "body"),
        requireNonNull(token, "token"),
        bitsForSeveral(),
        schedulerOfCall());
  }

  /**
   * Goes on with a body when the first of the tasks has ended, in whichever way, with nothing of
   * the factory.
   *
   * @param <A> the result of the tasks
   * @param <R> the result
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the first to end
   * @param token the continuation's token
   * @param scheduler runs it
   * @param options in place of the factory's, also if there are none
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks, or options exclude each other or are
   *     tied to how one task ended
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public <A extends @Nullable Object, R extends @Nullable Object> Task<R> continueWhenAny(
      Collection<? extends Task<? extends A>> tasks,
      ThrowingFunction<? super Task<A>, ? extends R> body,
      CancellationToken token,
      Executor scheduler,
      TaskContinuationOptions... options) {
    return ContinueWhen.any(
        several(tasks),
        requireNonNull(body, "body"),
        requireNonNull(token, "token"),
        checkedForSeveral(options),
        TaskScheduler.of(scheduler));
  }

  /**
   * Goes on with a body without a result when the first of the tasks has ended, in whichever way,
   * with the factory's token and scheduler.
   *
   * <p>Of those that have ended already the first in the order of the arguments counts. What it has
   * faulted with is not passed on, and does not count as looked at. If the token is canceled before
   * the body has begun the continuation is canceled, without waiting for the tasks unless it is
   * {@linkplain TaskContinuationOptions#LAZY_CANCELLATION lazy}. Nothing is left on the tasks.
   *
   * @param <A> the result of the tasks
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the first to end
   * @param options in place of the factory's; none means those
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks, or options exclude each other or are
   *     tied to how one task ended
   * @throws NullPointerException if an argument or a task is null
   * @dotnet TaskFactory.ContinueWhenAny&lt;TAntecedent&gt;(Task&lt;TAntecedent&gt;[],
   *     Action&lt;Task&lt;TAntecedent&gt;&gt;, TaskContinuationOptions)
   * @since 1.0
   */
  public <A extends @Nullable Object> Task<@Nullable Void> continueWhenAnyAction(
      Task<? extends A>[] tasks,
      ThrowingConsumer<? super Task<A>> body,
      TaskContinuationOptions... options) {
    return ContinueWhen.any(
        several(tasks), asFunction(body), token, bitsForSeveral(options), schedulerOfCall());
  }

  /**
   * Goes on with a body without a result when the first of the tasks has ended, in whichever way,
   * with the factory's scheduler and options.
   *
   * @param <A> the result of the tasks
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the first to end
   * @param token the continuation's token
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks
   * @throws NullPointerException if an argument or a task is null
   * @dotnet TaskFactory.ContinueWhenAny&lt;TAntecedent&gt;(Task&lt;TAntecedent&gt;[],
   *     Action&lt;Task&lt;TAntecedent&gt;&gt;, CancellationToken)
   * @since 1.0
   */
  public <A extends @Nullable Object> Task<@Nullable Void> continueWhenAnyAction(
      Task<? extends A>[] tasks, ThrowingConsumer<? super Task<A>> body, CancellationToken token) {
    return ContinueWhen.any(
        several(tasks),
        asFunction(body),
        requireNonNull(token, "token"),
        bitsForSeveral(),
        schedulerOfCall());
  }

  /**
   * Goes on with a body without a result when the first of the tasks has ended, in whichever way,
   * with nothing of the factory.
   *
   * @param <A> the result of the tasks
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the first to end
   * @param token the continuation's token
   * @param scheduler runs it
   * @param options in place of the factory's, also if there are none
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks, or options exclude each other or are
   *     tied to how one task ended
   * @throws NullPointerException if an argument or a task is null
   * @dotnet TaskFactory.ContinueWhenAny&lt;TAntecedent&gt;(Task&lt;TAntecedent&gt;[],
   *     Action&lt;Task&lt;TAntecedent&gt;&gt;, CancellationToken, TaskContinuationOptions,
   *     TaskScheduler)
   * @since 1.0
   */
  public <A extends @Nullable Object> Task<@Nullable Void> continueWhenAnyAction(
      Task<? extends A>[] tasks,
      ThrowingConsumer<? super Task<A>> body,
      CancellationToken token,
      Executor scheduler,
      TaskContinuationOptions... options) {
    return ContinueWhen.any(
        several(tasks),
        asFunction(body),
        requireNonNull(token, "token"),
        checkedForSeveral(options),
        TaskScheduler.of(scheduler));
  }

  /**
   * Goes on with a body without a result when the first of the tasks has ended, in whichever way,
   * with the factory's token and scheduler.
   *
   * <p>Of those that have ended already the first in the order of the arguments counts. What it has
   * faulted with is not passed on, and does not count as looked at. If the token is canceled before
   * the body has begun the continuation is canceled, without waiting for the tasks unless it is
   * {@linkplain TaskContinuationOptions#LAZY_CANCELLATION lazy}. Nothing is left on the tasks.
   *
   * @param <A> the result of the tasks
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the first to end
   * @param options in place of the factory's; none means those
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks, or options exclude each other or are
   *     tied to how one task ended
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public <A extends @Nullable Object> Task<@Nullable Void> continueWhenAnyAction(
      Collection<? extends Task<? extends A>> tasks,
      ThrowingConsumer<? super Task<A>> body,
      TaskContinuationOptions... options) {
    return ContinueWhen.any(
        several(tasks), asFunction(body), token, bitsForSeveral(options), schedulerOfCall());
  }

  /**
   * Goes on with a body without a result when the first of the tasks has ended, in whichever way,
   * with the factory's scheduler and options.
   *
   * @param <A> the result of the tasks
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the first to end
   * @param token the continuation's token
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public <A extends @Nullable Object> Task<@Nullable Void> continueWhenAnyAction(
      Collection<? extends Task<? extends A>> tasks,
      ThrowingConsumer<? super Task<A>> body,
      CancellationToken token) {
    return ContinueWhen.any(
        several(tasks),
        asFunction(body),
        requireNonNull(token, "token"),
        bitsForSeveral(),
        schedulerOfCall());
  }

  /**
   * Goes on with a body without a result when the first of the tasks has ended, in whichever way,
   * with nothing of the factory.
   *
   * @param <A> the result of the tasks
   * @param tasks the tasks, at least one
   * @param body what to do; it is given the first to end
   * @param token the continuation's token
   * @param scheduler runs it
   * @param options in place of the factory's, also if there are none
   * @return the continuation
   * @throws IllegalArgumentException if there are no tasks, or options exclude each other or are
   *     tied to how one task ended
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public <A extends @Nullable Object> Task<@Nullable Void> continueWhenAnyAction(
      Collection<? extends Task<? extends A>> tasks,
      ThrowingConsumer<? super Task<A>> body,
      CancellationToken token,
      Executor scheduler,
      TaskContinuationOptions... options) {
    return ContinueWhen.any(
        several(tasks),
        asFunction(body),
        requireNonNull(token, "token"),
        checkedForSeveral(options),
        TaskScheduler.of(scheduler));
  }

  /** Returns the scheduler that a call uses which is given none. */
  TaskScheduler schedulerOfCall() {
    return scheduler == null ? TaskScheduler.current() : TaskScheduler.of(scheduler);
  }

  private int bits(TaskCreationOptions... options) {
    return options.length == 0 ? Options.ofCreation(creationOptions) : Options.of(options);
  }

  private int bitsForSeveral(TaskContinuationOptions... options) {
    return requireNonNull(options, "options").length == 0
        ? Options.ofContinuation(continuationOptions)
        : checkedForSeveral(options);
  }

  private static int checkedForSeveral(TaskContinuationOptions... options) {
    List<TaskContinuationOptions> list = List.of(requireNonNull(options, "options"));
    int bits = Options.ofContinuation(list);
    checkForSeveral(bits, list);
    return bits;
  }

  private static <A extends @Nullable Object> Task<? extends A>[] several(
      Task<? extends A>[] tasks) {
    Task<? extends A>[] copy = Tasks.copy(tasks);
    Tasks.checkNotEmpty(copy);
    return copy;
  }

  private static <A extends @Nullable Object> Task<? extends A>[] several(
      Collection<? extends Task<? extends A>> tasks) {
    Task<? extends A>[] copy = Tasks.copy(tasks);
    Tasks.checkNotEmpty(copy);
    return copy;
  }

  private static <S> ThrowingFunction<S, @Nullable Void> asFunction(
      ThrowingConsumer<? super S> body) {
    requireNonNull(body, "body");
    return argument -> {
      body.accept(argument);
      return null;
    };
  }
}
