// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.util.Objects.requireNonNull;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import desist.TimeProvider;
import desist.Timeout;
import desist.WaitHandle;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done some time, and its result.
 *
 * <p>A task has a body, or is the promise of a {@link TaskCompletionSource}. It ends in one of
 * three ways, and never changes after:
 *
 * <table>
 *   <caption>How a task ends</caption>
 *   <tr><th>status</th><th>because</th><th>{@link #await()}</th><th>{@link #join()}</th></tr>
 *   <tr><td>{@link TaskStatus#RAN_TO_COMPLETION}</td><td>its body returned, or the promise was
 *     kept</td><td>the result</td><td>returns</td></tr>
 *   <tr><td>{@link TaskStatus#CANCELED}</td><td>its token was canceled before the body began, or the
 *     body threw the {@link OperationCanceledException} of that token</td><td>throws that exception,
 *     or a {@link TaskCanceledException}</td><td>throws an {@link AggregateException} with a {@link
 *     TaskCanceledException}</td></tr>
 *   <tr><td>{@link TaskStatus#FAULTED}</td><td>the body threw anything else, or an attached child
 *     faulted</td><td>throws the first exception itself</td><td>throws an {@link
 *     AggregateException} with all of them</td></tr>
 * </table>
 *
 * <p>Before that it is {@link TaskStatus#CREATED} until it is started, {@link
 * TaskStatus#WAITING_FOR_ACTIVATION} if it is a promise or a continuation whose antecedent has not
 * ended, {@link TaskStatus#WAITING_TO_RUN} while its scheduler has it, {@link TaskStatus#RUNNING}
 * while its body runs, and {@link TaskStatus#WAITING_FOR_CHILDREN_TO_COMPLETE} until its attached
 * children have ended.
 *
 * <p>The token a task is given is looked at before its body begins. Canceling it later stops no
 * body: that has to look at the token itself, so it is passed twice.
 *
 * {@snippet lang = java:
 * Task<Integer> count = Task.run(() -> countLines(file, token), token);
 * Task<String> text = count.continueWith(counted -> counted.await() + " lines", token);
 * }
 *
 * <p>All methods are safe to call from any thread.
 *
 * <p>A task without a result is a {@code Task<@Nullable Void>}, and is to be declared so where
 * nullness is checked, in code that is {@code @NullMarked}: its result is null.
 *
 * @param <T> the result; {@link Void} if there is none
 * @dotnet Task, Task&lt;TResult&gt;
 * @since 1.0
 */
public final class Task<T extends @Nullable Object> extends TaskState {
  static {
    StackRoom.load();
  }

  private static final Task<@Nullable Void> COMPLETED = new Task<>(PROMISE | RAN);
  private static final TaskFactory FACTORY = new TaskFactory();

  /** A promise, or one that has ended. */
  private Task(int flags) {
    super(flags);
  }

  private Task(Job job, int flags) {
    super(flags);
    job.task = this;
    value = job;
  }

  /**
   * Makes a task, to be {@linkplain #start() started}.
   *
   * @param body what it does
   * @param options how it is to run
   * @throws NullPointerException if an argument is null
   * @dotnet new Task&lt;TResult&gt;(Func&lt;TResult&gt;, TaskCreationOptions)
   * @since 1.0
   */
  public Task(Callable<? extends T> body, TaskCreationOptions... options) {
    this(body, CancellationToken.none(), options);
  }

  /**
   * Makes a task, to be {@linkplain #start() started} unless its token is canceled before.
   *
   * @param body what it does
   * @param token cancels it, at once, if its body has not begun
   * @param options how it is to run
   * @throws NullPointerException if an argument is null
   * @dotnet new Task&lt;TResult&gt;(Func&lt;TResult&gt;, CancellationToken, TaskCreationOptions)
   * @since 1.0
   */
  public Task(Callable<? extends T> body, CancellationToken token, TaskCreationOptions... options) {
    this(
        new Job.OfCallable(requireNonNull(body, "body"), requireNonNull(token, "token")),
        Options.of(options));
    prepare(null);
  }

  /**
   * Makes a task without a result, to be {@linkplain #start() started}.
   *
   * @param body what it does
   * @param options how it is to run
   * @return the task
   * @throws NullPointerException if an argument is null
   * @dotnet new Task(Action, TaskCreationOptions)
   * @since 1.0
   */
  public static Task<@Nullable Void> ofAction(
      ThrowingRunnable body, TaskCreationOptions... options) {
    return ofAction(body, CancellationToken.none(), options);
  }

  /**
   * Makes a task without a result, to be {@linkplain #start() started} unless its token is canceled
   * before.
   *
   * @param body what it does
   * @param token cancels it, at once, if its body has not begun
   * @param options how it is to run
   * @return the task
   * @throws NullPointerException if an argument is null
   * @dotnet new Task(Action, CancellationToken, TaskCreationOptions)
   * @since 1.0
   */
  public static Task<@Nullable Void> ofAction(
      ThrowingRunnable body, CancellationToken token, TaskCreationOptions... options) {
    return made(
        new Job.OfAction(requireNonNull(body, "body"), requireNonNull(token, "token")),
        null,
        options);
  }

  /**
   * Makes a task whose body is given a state, to be {@linkplain #start() started}.
   *
   * @param <S> the state
   * @param <T> the result
   * @param state what the body is given, and {@link #asyncState()} tells
   * @param body what it does
   * @param options how it is to run
   * @return the task
   * @throws NullPointerException if an argument other than the state is null
   * @dotnet new Task&lt;TResult&gt;(Func&lt;object, TResult&gt;, object, TaskCreationOptions)
   * @since 1.0
   */
  public static <S extends @Nullable Object, T extends @Nullable Object> Task<T> withState(
      S state, ThrowingFunction<? super S, ? extends T> body, TaskCreationOptions... options) {
    return withState(state, body, CancellationToken.none(), options);
  }

  /**
   * Makes a task whose body is given a state, to be {@linkplain #start() started} unless its token
   * is canceled before.
   *
   * @param <S> the state
   * @param <T> the result
   * @param state what the body is given, and {@link #asyncState()} tells
   * @param body what it does
   * @param token cancels it, at once, if its body has not begun
   * @param options how it is to run
   * @return the task
   * @throws NullPointerException if an argument other than the state is null
   * @dotnet new Task&lt;TResult&gt;(Func&lt;object, TResult&gt;, object, CancellationToken,
   *     TaskCreationOptions)
   * @since 1.0
   */
  public static <S extends @Nullable Object, T extends @Nullable Object> Task<T> withState(
      S state,
      ThrowingFunction<? super S, ? extends T> body,
      CancellationToken token,
      TaskCreationOptions... options) {
    return made(
        new Job.OfFunction<>(state, requireNonNull(body, "body"), requireNonNull(token, "token")),
        state,
        options);
  }

  // ---- Started at once ----

  /**
   * Runs a body on the {@linkplain TaskScheduler#defaultScheduler() default scheduler}.
   *
   * @param <T> the result
   * @param body what to do
   * @return the task, which has {@link TaskCreationOptions#DENY_CHILD_ATTACH}
   * @throws NullPointerException if {@code body} is null
   * @dotnet Task.Run&lt;TResult&gt;(Func&lt;TResult&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> Task<T> run(Callable<? extends T> body) {
    return run(body, CancellationToken.none());
  }

  /**
   * Runs a body on the {@linkplain TaskScheduler#defaultScheduler() default scheduler}, unless the
   * token is canceled when its turn comes.
   *
   * @param <T> the result
   * @param body what to do
   * @param token the task's token
   * @return the task, which has {@link TaskCreationOptions#DENY_CHILD_ATTACH}
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Run&lt;TResult&gt;(Func&lt;TResult&gt;, CancellationToken)
   * @since 1.0
   */
  public static <T extends @Nullable Object> Task<T> run(
      Callable<? extends T> body, CancellationToken token) {
    return start(
        new Job.OfCallable(requireNonNull(body, "body"), requireNonNull(token, "token")),
        Options.DENY_CHILD_ATTACH,
        DefaultScheduler.INSTANCE);
  }

  /**
   * Runs a body without a result on the {@linkplain TaskScheduler#defaultScheduler() default
   * scheduler}.
   *
   * @param body what to do
   * @return the task, which has {@link TaskCreationOptions#DENY_CHILD_ATTACH}
   * @throws NullPointerException if {@code body} is null
   * @dotnet Task.Run(Action)
   * @since 1.0
   */
  public static Task<@Nullable Void> runAction(ThrowingRunnable body) {
    return runAction(body, CancellationToken.none());
  }

  /**
   * Runs a body without a result on the {@linkplain TaskScheduler#defaultScheduler() default
   * scheduler}, unless the token is canceled when its turn comes.
   *
   * @param body what to do
   * @param token the task's token
   * @return the task, which has {@link TaskCreationOptions#DENY_CHILD_ATTACH}
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Run(Action, CancellationToken)
   * @since 1.0
   */
  public static Task<@Nullable Void> runAction(ThrowingRunnable body, CancellationToken token) {
    return start(
        new Job.OfAction(requireNonNull(body, "body"), requireNonNull(token, "token")),
        Options.DENY_CHILD_ATTACH,
        DefaultScheduler.INSTANCE);
  }

  /**
   * Runs a body that gives a task on the {@linkplain TaskScheduler#defaultScheduler() default
   * scheduler}, and stands for that task.
   *
   * @param <T> the result
   * @param body what to do
   * @return a promise that ends as the body's task ends; canceled if the body gives null, or throws
   *     an {@link OperationCanceledException} of any token
   * @throws NullPointerException if {@code body} is null
   * @dotnet Task.Run&lt;TResult&gt;(Func&lt;Task&lt;TResult&gt;&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> Task<T> runAsync(
      Callable<? extends @Nullable Task<? extends T>> body) {
    return runAsync(body, CancellationToken.none());
  }

  /**
   * Runs a body that gives a task on the {@linkplain TaskScheduler#defaultScheduler() default
   * scheduler}, and stands for that task. The token is looked at before the body begins, and not
   * after.
   *
   * @param <T> the result
   * @param body what to do
   * @param token the body's token
   * @return a promise that ends as the body's task ends; canceled if the body gives null, or throws
   *     an {@link OperationCanceledException} of any token; canceled already if the token is
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Run&lt;TResult&gt;(Func&lt;Task&lt;TResult&gt;&gt;, CancellationToken)
   * @since 1.0
   */
  public static <T extends @Nullable Object> Task<T> runAsync(
      Callable<? extends @Nullable Task<? extends T>> body, CancellationToken token) {
    requireNonNull(body, "body");
    if (requireNonNull(token, "token").isCancellationRequested()) {
      return fromCanceled(token);
    }
    return Unwrapping.of(Task.<@Nullable Task<? extends T>>run(body, token), true);
  }

  /**
   * Returns the factory with no token, no scheduler and no options.
   *
   * @return always the same factory
   * @dotnet Task.Factory
   * @since 1.0
   */
  public static TaskFactory factory() {
    return FACTORY;
  }

  // ---- Ready-made ----

  /**
   * Returns a task that has run to completion.
   *
   * @return always the same task
   * @dotnet Task.CompletedTask
   * @since 1.0
   */
  public static Task<@Nullable Void> completedTask() {
    return COMPLETED;
  }

  /**
   * Returns a task that has run to completion.
   *
   * @param <T> the result
   * @param result the result; may be null
   * @return a task
   * @dotnet Task.FromResult&lt;TResult&gt;(TResult)
   * @since 1.0
   */
  public static <T extends @Nullable Object> Task<T> fromResult(T result) {
    Task<T> task = new Task<>(PROMISE | RAN);
    task.value = result;
    VarHandle.storeStoreFence();
    return task;
  }

  /**
   * Returns a task that has faulted; also with an {@link OperationCanceledException}.
   *
   * @param <T> the result it does not have
   * @param exception the exception
   * @return a task
   * @throws NullPointerException if {@code exception} is null
   * @dotnet Task.FromException&lt;TResult&gt;(Exception)
   * @since 1.0
   */
  public static <T extends @Nullable Object> Task<T> fromException(Throwable exception) {
    Task<T> task = promise(0);
    task.trySetFaults(List.of(requireNonNull(exception, "exception")));
    return task;
  }

  /**
   * Returns a task that is canceled.
   *
   * @param <T> the result it does not have
   * @param token the token, on which cancellation is requested
   * @return a task
   * @throws IllegalArgumentException if it is not requested
   * @throws NullPointerException if {@code token} is null
   * @dotnet Task.FromCanceled&lt;TResult&gt;(CancellationToken)
   * @since 1.0
   */
  public static <T extends @Nullable Object> Task<T> fromCanceled(CancellationToken token) {
    if (!requireNonNull(token, "token").isCancellationRequested()) {
      throw new IllegalArgumentException("token is not canceled: " + token);
    }
    Task<T> task = promise(0);
    task.trySetCanceled(token, null);
    return task;
  }

  /**
   * Returns a task that runs to completion when some time has passed.
   *
   * <p>Its synchronous continuations run on the timer's thread.
   *
   * @param duration how long, to the nanosecond; zero or less gives {@link #completedTask()},
   *     {@link Timeout#INFINITE} a task that never ends
   * @return the task
   * @throws NullPointerException if {@code duration} is null
   * @dotnet Task.Delay(TimeSpan)
   * @since 1.0
   */
  public static Task<@Nullable Void> delay(Duration duration) {
    return delay(duration, TimeProvider.system(), CancellationToken.none());
  }

  /**
   * Returns a task that runs to completion when some time has passed, unless the token is canceled
   * before.
   *
   * <p>Its synchronous continuations run on the timer's thread, but never in the call that cancels:
   * then they are queued to the default scheduler.
   *
   * @param duration how long, to the nanosecond; zero or less gives {@link #completedTask()},
   *     {@link Timeout#INFINITE} a task that only the token ends
   * @param token cancels the task at once; looked at first
   * @return the task
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Delay(TimeSpan, CancellationToken)
   * @since 1.0
   */
  public static Task<@Nullable Void> delay(Duration duration, CancellationToken token) {
    return delay(duration, TimeProvider.system(), token);
  }

  /**
   * Returns a task that runs to completion when some time has passed on a clock.
   *
   * <p>Its synchronous continuations run in the callback of the provider's timer, which is closed
   * at the end. What the provider throws when it is asked for a timer comes out of this call.
   *
   * @param duration how long; zero or less gives {@link #completedTask()}, {@link Timeout#INFINITE}
   *     a task that never ends; neither asks for a timer
   * @param timeProvider the clock
   * @return the task
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Delay(TimeSpan, TimeProvider)
   * @since 1.0
   */
  public static Task<@Nullable Void> delay(Duration duration, TimeProvider timeProvider) {
    return delay(duration, timeProvider, CancellationToken.none());
  }

  /**
   * Returns a task that runs to completion when some time has passed on a clock, unless the token
   * is canceled before.
   *
   * <p>Its synchronous continuations run in the callback of the provider's timer, but never in the
   * call that cancels: then they are queued to the default scheduler. The timer is closed at the
   * end, whichever it is. What the provider throws when it is asked for a timer comes out of this
   * call.
   *
   * @param duration how long; zero or less gives {@link #completedTask()}, {@link Timeout#INFINITE}
   *     a task that only the token ends; neither asks for a timer
   * @param timeProvider the clock
   * @param token cancels the task at once; looked at first
   * @return the task
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Delay(TimeSpan, TimeProvider, CancellationToken)
   * @since 1.0
   */
  public static Task<@Nullable Void> delay(
      Duration duration, TimeProvider timeProvider, CancellationToken token) {
    return Delay.of(
        requireNonNull(duration, "duration"),
        requireNonNull(timeProvider, "timeProvider"),
        requireNonNull(token, "token"));
  }

  // ---- What it is ----

  /**
   * Returns the task's number, which it gets when it is first asked for.
   *
   * @return the number, never 0; no two tasks that are in use have the same
   * @dotnet Task.Id
   * @since 1.0
   */
  public int id() {
    return idOnDemand();
  }

  /**
   * Returns the number of the task whose body this thread runs.
   *
   * @return the number; empty outside of any task
   * @dotnet Task.CurrentId
   * @since 1.0
   */
  public static OptionalInt currentId() {
    Task<?> current = Current.task();
    return current == null ? OptionalInt.empty() : OptionalInt.of(current.id());
  }

  /**
   * Returns the state that the task was made with.
   *
   * @return the state; null if there is none
   * @dotnet Task.AsyncState
   * @since 1.0
   */
  public @Nullable Object asyncState() {
    Extras extras = extras();
    return extras == null ? null : extras.asyncState;
  }

  /**
   * Returns the options that the task was made with.
   *
   * @return an unmodifiable set
   * @dotnet Task.CreationOptions
   * @since 1.0
   */
  public Set<TaskCreationOptions> creationOptions() {
    return Options.toSet(state);
  }

  /**
   * Returns where the task stands.
   *
   * @return the status
   * @dotnet Task.Status
   * @since 1.0
   */
  public TaskStatus status() {
    return status(state);
  }

  /**
   * Tells whether the task has ended, in whichever way.
   *
   * @return whether it has
   * @dotnet Task.IsCompleted
   * @since 1.0
   */
  public boolean isCompleted() {
    return hasEnded();
  }

  /**
   * Tells whether the task has run to completion.
   *
   * @return whether it has
   * @dotnet Task.IsCompletedSuccessfully
   * @since 1.0
   */
  public boolean isCompletedSuccessfully() {
    return has(RAN);
  }

  /**
   * Tells whether the task was canceled.
   *
   * @return whether it was
   * @dotnet Task.IsCanceled
   * @since 1.0
   */
  public boolean isCanceled() {
    return has(CANCELED);
  }

  /**
   * Tells whether the task has faulted.
   *
   * @return whether it has
   * @dotnet Task.IsFaulted
   * @since 1.0
   */
  public boolean isFaulted() {
    return has(FAULTED);
  }

  /**
   * Returns what the task has faulted with. Never waits.
   *
   * @return a new exception that holds them all; null unless the task has faulted, so also if it
   *     was canceled
   * @dotnet Task.Exception
   * @since 1.0
   */
  public @Nullable AggregateException exception() {
    return isFaulted() ? new AggregateException(faults()) : null;
  }

  /**
   * Returns a handle that is set when the task has ended.
   *
   * @return the handle, always the same
   * @throws ObjectDisposedException if the task is closed
   * @dotnet IAsyncResult.AsyncWaitHandle
   * @since 1.0
   */
  public WaitHandle asyncWaitHandle() {
    if (has(CLOSED)) {
      throw new ObjectDisposedException("Task");
    }
    return handleOnDemand();
  }

  /**
   * Closes the task's wait handle, if it was asked for. Nobody needs to close a task.
   *
   * @throws IllegalStateException if the task has not ended
   * @dotnet Task.Dispose()
   * @since 1.0
   */
  public void close() {
    if (!hasEnded()) {
      throw new IllegalStateException("A task can be closed only when it has ended.");
    }
    if (this != COMPLETED) {
      set(CLOSED);
      Extras extras = extras();
      if (extras != null) {
        extras.closeHandle();
      }
    }
  }

  /**
   * Returns the type with id and status.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    return "Task[" + id() + ", " + status() + "]";
  }

  // ---- Start ----

  /**
   * Starts the task on the {@linkplain TaskScheduler#current() current scheduler}.
   *
   * @throws IllegalStateException if it was started before, or is not one to start
   * @throws TaskSchedulerException if the scheduler refuses it
   * @dotnet Task.Start()
   * @since 1.0
   */
  public void start() {
    start(TaskScheduler.current());
  }

  /**
   * Starts the task.
   *
   * @param scheduler runs it
   * @throws IllegalStateException if it was started before, or is not one to start
   * @throws TaskSchedulerException if the scheduler refuses it
   * @throws NullPointerException if {@code scheduler} is null
   * @dotnet Task.Start(TaskScheduler)
   * @since 1.0
   */
  public void start(Executor scheduler) {
    Starting.checkNotEnded(this);
    Starting.bind(this, TaskScheduler.of(scheduler));
    Starting.start(this);
  }

  /**
   * Runs the task in this thread if the {@linkplain TaskScheduler#current() current scheduler} does
   * so, or has it run there; returns when it has ended.
   *
   * @throws IllegalStateException if it was started before, or is not one to start
   * @throws TaskSchedulerException if the scheduler fails
   * @throws InterruptedException if the thread is interrupted before
   * @dotnet Task.RunSynchronously()
   * @since 1.0
   */
  public void runSynchronously() throws InterruptedException {
    runSynchronously(TaskScheduler.current());
  }

  /**
   * Runs the task in this thread if the scheduler does so, or has it run there; returns when it has
   * ended. Throws nothing that the body does.
   *
   * @param scheduler decides
   * @throws IllegalStateException if it was started before, or is not one to start
   * @throws TaskSchedulerException if the scheduler fails
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if {@code scheduler} is null
   * @dotnet Task.RunSynchronously(TaskScheduler)
   * @since 1.0
   */
  public void runSynchronously(Executor scheduler) throws InterruptedException {
    TaskScheduler bound = TaskScheduler.of(scheduler);
    Waits.throwIfInterrupted();
    Starting.bind(this, bound);
    Starting.runSynchronously(this);
  }

  // ---- Wait ----

  /**
   * Waits until the task has ended.
   *
   * <p>If it waits in the queue of a scheduler, that may run it in this thread.
   *
   * @throws AggregateException if the task has faulted, or was canceled
   * @throws InterruptedException if the thread is interrupted before
   * @dotnet Task.Wait()
   * @since 1.0
   */
  public void join() throws InterruptedException {
    Waits.one(this, Timeout.INFINITE, CancellationToken.none());
    throwIfFailed();
  }

  /**
   * Waits until the task has ended, or the token is canceled.
   *
   * @param token ends the wait; the task goes on
   * @throws AggregateException if the task has faulted, or was canceled and the token is not
   * @throws OperationCanceledException if the token is canceled and the task has not ended, or was
   *     canceled too
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if {@code token} is null
   * @dotnet Task.Wait(CancellationToken)
   * @since 1.0
   */
  public void join(CancellationToken token) throws InterruptedException {
    Waits.one(this, Timeout.INFINITE, requireNonNull(token, "token"));
    throwIfFailed(token);
  }

  /**
   * Waits until the task has ended, but no longer than the timeout.
   *
   * @param timeout how long to wait; zero or less means not at all
   * @return whether the task has ended
   * @throws AggregateException if the task has faulted, or was canceled
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if {@code timeout} is null
   * @dotnet Task.Wait(TimeSpan)
   * @since 1.0
   */
  public boolean join(Duration timeout) throws InterruptedException {
    if (!Waits.one(this, requireNonNull(timeout, "timeout"), CancellationToken.none())) {
      return false;
    }
    throwIfFailed();
    return true;
  }

  /**
   * Waits until the task has ended, or the token is canceled, but no longer than the timeout.
   *
   * @param timeout how long to wait; zero or less means not at all
   * @param token ends the wait; the task goes on
   * @return whether the task has ended
   * @throws AggregateException if the task has faulted, or was canceled
   * @throws OperationCanceledException if the token is canceled, also if the task has ended before
   *     this call
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Wait(TimeSpan, CancellationToken)
   * @since 1.0
   */
  public boolean join(Duration timeout, CancellationToken token) throws InterruptedException {
    requireNonNull(timeout, "timeout");
    requireNonNull(token, "token");
    if (!hasEnded()) {
      Waits.throwIfInterrupted();
    }
    token.throwIfCancellationRequested();
    if (!Waits.one(this, timeout, token)) {
      return false;
    }
    throwIfFailed(token);
    return true;
  }

  /**
   * Waits until the task has ended, and returns its result or throws what it has thrown.
   *
   * <p>The exception is the task's own, the same at each call: an unchecked one as it is, a checked
   * one as the cause of a {@link CompletionException}. If the task was canceled it is the {@link
   * OperationCanceledException} that its body threw, else a {@link TaskCanceledException}.
   *
   * <p>If the task waits in the queue of a scheduler, that may run it in this thread.
   *
   * @return the result
   * @throws OperationCanceledException if the task was canceled
   * @throws CompletionException if it has faulted with a checked exception
   * @throws InterruptedException if the thread is interrupted before
   * @dotnet await, Task.GetAwaiter().GetResult()
   * @since 1.0
   */
  public T await() throws InterruptedException {
    Waits.one(this, Timeout.INFINITE, CancellationToken.none());
    return resultOrOwnException();
  }

  /**
   * Waits until the task has ended, or the token is canceled, and returns its result or throws what
   * it has thrown, as {@link #await()} does.
   *
   * @param token ends the wait; the task goes on
   * @return the result
   * @throws OperationCanceledException if the task was canceled, or the token is and the task has
   *     not ended
   * @throws CompletionException if it has faulted with a checked exception
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if {@code token} is null
   * @dotnet none
   * @since 1.0
   */
  public T await(CancellationToken token) throws InterruptedException {
    Waits.one(this, Timeout.INFINITE, requireNonNull(token, "token"));
    return resultOrOwnException();
  }

  /**
   * Waits until the task has ended, and returns its result.
   *
   * @return the result
   * @throws AggregateException if the task has faulted, or was canceled
   * @throws InterruptedException if the thread is interrupted before
   * @dotnet Task&lt;TResult&gt;.Result
   * @since 1.0
   */
  public T result() throws InterruptedException {
    join();
    return storedResult();
  }

  /**
   * Returns the result of a task that has ended.
   *
   * @return the result
   * @throws AggregateException if the task has faulted, or was canceled
   * @throws IllegalStateException if it has not ended
   * @dotnet none
   * @since 1.0
   */
  public T resultNow() {
    if (!hasEnded()) {
      throw new IllegalStateException("The task has not ended: " + this);
    }
    throwIfFailed();
    return storedResult();
  }

  // ---- Wait for several ----

  /**
   * Waits until all tasks have ended.
   *
   * <p>Tasks that wait in the queue of a scheduler may be run in this thread, the last first.
   *
   * @param tasks the tasks
   * @throws AggregateException if any has faulted or was canceled: with all their exceptions, in
   *     the order of the tasks
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if an argument or a task is null
   * @dotnet Task.WaitAll(params Task[])
   * @since 1.0
   */
  public static void waitAll(Task<?>... tasks) throws InterruptedException {
    Waits.all(requireNonNull(tasks, "tasks"), Timeout.INFINITE, CancellationToken.none());
  }

  /**
   * Waits until all tasks have ended, or the token is canceled.
   *
   * @param tasks the tasks
   * @param token ends the wait; the tasks go on
   * @throws AggregateException if any has faulted or was canceled: with all their exceptions, in
   *     the order of the tasks
   * @throws OperationCanceledException if the token is canceled
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if an argument or a task is null
   * @dotnet Task.WaitAll(Task[], CancellationToken)
   * @since 1.0
   */
  public static void waitAll(Task<?>[] tasks, CancellationToken token) throws InterruptedException {
    Waits.all(requireNonNull(tasks, "tasks"), Timeout.INFINITE, requireNonNull(token, "token"));
  }

  /**
   * Waits until all tasks have ended, but no longer than the timeout.
   *
   * @param tasks the tasks
   * @param timeout how long to wait; zero or less means not at all
   * @return whether all have ended; if not, nothing is thrown that any has
   * @throws AggregateException if any has faulted or was canceled: with all their exceptions, in
   *     the order of the tasks
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if an argument or a task is null
   * @dotnet Task.WaitAll(Task[], TimeSpan)
   * @since 1.0
   */
  public static boolean waitAll(Task<?>[] tasks, Duration timeout) throws InterruptedException {
    return Waits.all(
        requireNonNull(tasks, "tasks"),
        requireNonNull(timeout, "timeout"),
        CancellationToken.none());
  }

  /**
   * Waits until all tasks have ended, or the token is canceled, but no longer than the timeout.
   *
   * @param tasks the tasks
   * @param timeout how long to wait; zero or less means not at all
   * @param token ends the wait; the tasks go on
   * @return whether all have ended; if not, nothing is thrown that any has
   * @throws AggregateException if any has faulted or was canceled: with all their exceptions, in
   *     the order of the tasks
   * @throws OperationCanceledException if the token is canceled
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public static boolean waitAll(Task<?>[] tasks, Duration timeout, CancellationToken token)
      throws InterruptedException {
    return Waits.all(
        requireNonNull(tasks, "tasks"),
        requireNonNull(timeout, "timeout"),
        requireNonNull(token, "token"));
  }

  /**
   * Waits until all tasks have ended.
   *
   * @param tasks the tasks
   * @throws AggregateException if any has faulted or was canceled: with all their exceptions, in
   *     the order of the tasks
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if an argument or a task is null
   * @dotnet Task.WaitAll(IEnumerable&lt;Task&gt;)
   * @since 1.0
   */
  public static void waitAll(Collection<? extends Task<?>> tasks) throws InterruptedException {
    Waits.all(Tasks.copy(tasks), Timeout.INFINITE, CancellationToken.none());
  }

  /**
   * Waits until all tasks have ended, or the token is canceled.
   *
   * @param tasks the tasks
   * @param token ends the wait; the tasks go on
   * @throws AggregateException if any has faulted or was canceled: with all their exceptions, in
   *     the order of the tasks
   * @throws OperationCanceledException if the token is canceled
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if an argument or a task is null
   * @dotnet Task.WaitAll(IEnumerable&lt;Task&gt;, CancellationToken)
   * @since 1.0
   */
  public static void waitAll(Collection<? extends Task<?>> tasks, CancellationToken token)
      throws InterruptedException {
    Waits.all(Tasks.copy(tasks), Timeout.INFINITE, requireNonNull(token, "token"));
  }

  /**
   * Waits until all tasks have ended, but no longer than the timeout.
   *
   * @param tasks the tasks
   * @param timeout how long to wait; zero or less means not at all
   * @return whether all have ended; if not, nothing is thrown that any has
   * @throws AggregateException if any has faulted or was canceled: with all their exceptions, in
   *     the order of the tasks
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public static boolean waitAll(Collection<? extends Task<?>> tasks, Duration timeout)
      throws InterruptedException {
    return Waits.all(
        Tasks.copy(tasks), requireNonNull(timeout, "timeout"), CancellationToken.none());
  }

  /**
   * Waits until all tasks have ended, or the token is canceled, but no longer than the timeout.
   *
   * @param tasks the tasks
   * @param timeout how long to wait; zero or less means not at all
   * @param token ends the wait; the tasks go on
   * @return whether all have ended; if not, nothing is thrown that any has
   * @throws AggregateException if any has faulted or was canceled: with all their exceptions, in
   *     the order of the tasks
   * @throws OperationCanceledException if the token is canceled
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public static boolean waitAll(
      Collection<? extends Task<?>> tasks, Duration timeout, CancellationToken token)
      throws InterruptedException {
    return Waits.all(
        Tasks.copy(tasks), requireNonNull(timeout, "timeout"), requireNonNull(token, "token"));
  }

  /**
   * Waits until one of the tasks has ended.
   *
   * <p>It may have faulted or been canceled; nothing of this is thrown.
   *
   * @param tasks the tasks
   * @return the index of one that has ended, the lowest if several had at the call; -1 if there are
   *     none
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if an argument or a task is null
   * @dotnet Task.WaitAny(params Task[])
   * @since 1.0
   */
  public static int waitAny(Task<?>... tasks) throws InterruptedException {
    return Waits.any(requireNonNull(tasks, "tasks"), Timeout.INFINITE, CancellationToken.none());
  }

  /**
   * Waits until one of the tasks has ended, or the token is canceled.
   *
   * @param tasks the tasks
   * @param token ends the wait; the tasks go on
   * @return the index of one that has ended, the lowest if several had at the call; -1 if there are
   *     none
   * @throws OperationCanceledException if the token is canceled
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if an argument or a task is null
   * @dotnet Task.WaitAny(Task[], CancellationToken)
   * @since 1.0
   */
  public static int waitAny(Task<?>[] tasks, CancellationToken token) throws InterruptedException {
    return Waits.any(
        requireNonNull(tasks, "tasks"), Timeout.INFINITE, requireNonNull(token, "token"));
  }

  /**
   * Waits until one of the tasks has ended, but no longer than the timeout.
   *
   * @param tasks the tasks
   * @param timeout how long to wait; zero or less means not at all
   * @return the index of one that has ended, the lowest if several had at the call; -1 if there are
   *     none, or none has in time
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if an argument or a task is null
   * @dotnet Task.WaitAny(Task[], TimeSpan)
   * @since 1.0
   */
  public static int waitAny(Task<?>[] tasks, Duration timeout) throws InterruptedException {
    return Waits.any(
        requireNonNull(tasks, "tasks"),
        requireNonNull(timeout, "timeout"),
        CancellationToken.none());
  }

  /**
   * Waits until one of the tasks has ended, or the token is canceled, but no longer than the
   * timeout.
   *
   * @param tasks the tasks
   * @param timeout how long to wait; zero or less means not at all
   * @param token ends the wait; the tasks go on
   * @return the index of one that has ended, the lowest if several had at the call; -1 if there are
   *     none, or none has in time
   * @throws OperationCanceledException if the token is canceled
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public static int waitAny(Task<?>[] tasks, Duration timeout, CancellationToken token)
      throws InterruptedException {
    return Waits.any(
        requireNonNull(tasks, "tasks"),
        requireNonNull(timeout, "timeout"),
        requireNonNull(token, "token"));
  }

  /**
   * Waits until one of the tasks has ended.
   *
   * @param tasks the tasks
   * @return the index of one that has ended, the lowest if several had at the call; -1 if there are
   *     none
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public static int waitAny(Collection<? extends Task<?>> tasks) throws InterruptedException {
    return Waits.any(Tasks.copy(tasks), Timeout.INFINITE, CancellationToken.none());
  }

  /**
   * Waits until one of the tasks has ended, or the token is canceled.
   *
   * @param tasks the tasks
   * @param token ends the wait; the tasks go on
   * @return the index of one that has ended, the lowest if several had at the call; -1 if there are
   *     none
   * @throws OperationCanceledException if the token is canceled
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public static int waitAny(Collection<? extends Task<?>> tasks, CancellationToken token)
      throws InterruptedException {
    return Waits.any(Tasks.copy(tasks), Timeout.INFINITE, requireNonNull(token, "token"));
  }

  /**
   * Waits until one of the tasks has ended, but no longer than the timeout.
   *
   * @param tasks the tasks
   * @param timeout how long to wait; zero or less means not at all
   * @return the index of one that has ended, the lowest if several had at the call; -1 if there are
   *     none, or none has in time
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public static int waitAny(Collection<? extends Task<?>> tasks, Duration timeout)
      throws InterruptedException {
    return Waits.any(
        Tasks.copy(tasks), requireNonNull(timeout, "timeout"), CancellationToken.none());
  }

  /**
   * Waits until one of the tasks has ended, or the token is canceled, but no longer than the
   * timeout.
   *
   * @param tasks the tasks
   * @param timeout how long to wait; zero or less means not at all
   * @param token ends the wait; the tasks go on
   * @return the index of one that has ended, the lowest if several had at the call; -1 if there are
   *     none, or none has in time
   * @throws OperationCanceledException if the token is canceled
   * @throws InterruptedException if the thread is interrupted before
   * @throws NullPointerException if an argument or a task is null
   * @dotnet none
   * @since 1.0
   */
  public static int waitAny(
      Collection<? extends Task<?>> tasks, Duration timeout, CancellationToken token)
      throws InterruptedException {
    return Waits.any(
        Tasks.copy(tasks), requireNonNull(timeout, "timeout"), requireNonNull(token, "token"));
  }

  // ---- Go on ----

  /**
   * Goes on with a body that is given this task when it has ended.
   *
   * <p>It runs on the {@linkplain TaskScheduler#current() current scheduler}; options may tie it to
   * how this task ended, and cancel it otherwise.
   *
   * @param <R> the result
   * @param body what to do; it is given this task
   * @param options when it is to run, and how
   * @return the continuation
   * @throws IllegalArgumentException if options exclude each other
   * @throws NullPointerException if an argument is null
   * @dotnet Task&lt;TResult&gt;.ContinueWith(Func&lt;Task&lt;TResult&gt;, TNewResult&gt;,
   *     TaskContinuationOptions)
   * @since 1.0
   */
  public <R extends @Nullable Object> Task<R> continueWith(
      ThrowingFunction<? super Task<T>, ? extends R> body, TaskContinuationOptions... options) {
    return continueWith(body, CancellationToken.none(), TaskScheduler.current(), options);
  }

  /**
   * Goes on with a body that is given this task when it has ended.
   *
   * <p>It runs on the {@linkplain TaskScheduler#current() current scheduler}; options may tie it to
   * how this task ended, and cancel it otherwise.
   *
   * <p>If the token is canceled before it has begun the continuation is canceled, without waiting
   * for this task unless it is {@linkplain TaskContinuationOptions#LAZY_CANCELLATION lazy}. A body
   * that throws an {@link OperationCanceledException} is canceled only if that has this token.
   *
   * @param <R> the result
   * @param body what to do; it is given this task
   * @param token the continuation's token
   * @param options when it is to run, and how
   * @return the continuation
   * @throws IllegalArgumentException if options exclude each other
   * @throws NullPointerException if an argument is null
   * @dotnet Task&lt;TResult&gt;.ContinueWith(Func&lt;Task&lt;TResult&gt;, TNewResult&gt;,
   *     CancellationToken, TaskContinuationOptions)
   * @since 1.0
   */
  public <R extends @Nullable Object> Task<R> continueWith(
      ThrowingFunction<? super Task<T>, ? extends R> body,
      CancellationToken token,
      TaskContinuationOptions... options) {
    return continueWith(body, token, TaskScheduler.current(), options);
  }

  /**
   * Goes on with a body that is given this task when it has ended.
   *
   * <p>It runs on the scheduler; options may tie it to how this task ended, and cancel it
   * otherwise.
   *
   * @param <R> the result
   * @param body what to do; it is given this task
   * @param scheduler runs it
   * @param options when it is to run, and how
   * @return the continuation
   * @throws IllegalArgumentException if options exclude each other
   * @throws NullPointerException if an argument is null
   * @dotnet Task&lt;TResult&gt;.ContinueWith(Func&lt;Task&lt;TResult&gt;, TNewResult&gt;,
   *     TaskContinuationOptions, TaskScheduler)
   * @since 1.0
   */
  public <R extends @Nullable Object> Task<R> continueWith(
      ThrowingFunction<? super Task<T>, ? extends R> body,
      Executor scheduler,
      TaskContinuationOptions... options) {
    return continueWith(body, CancellationToken.none(), scheduler, options);
  }

  /**
   * Goes on with a body that is given this task when it has ended.
   *
   * <p>It runs on the scheduler; options may tie it to how this task ended, and cancel it
   * otherwise.
   *
   * <p>If the token is canceled before it has begun the continuation is canceled, without waiting
   * for this task unless it is {@linkplain TaskContinuationOptions#LAZY_CANCELLATION lazy}. A body
   * that throws an {@link OperationCanceledException} is canceled only if that has this token.
   *
   * @param <R> the result
   * @param body what to do; it is given this task
   * @param token the continuation's token
   * @param scheduler runs it
   * @param options when it is to run, and how
   * @return the continuation
   * @throws IllegalArgumentException if options exclude each other
   * @throws NullPointerException if an argument is null
   * @dotnet Task&lt;TResult&gt;.ContinueWith(Func&lt;Task&lt;TResult&gt;, TNewResult&gt;,
   *     CancellationToken, TaskContinuationOptions, TaskScheduler)
   * @since 1.0
   */
  public <R extends @Nullable Object> Task<R> continueWith(
      ThrowingFunction<? super Task<T>, ? extends R> body,
      CancellationToken token,
      Executor scheduler,
      TaskContinuationOptions... options) {
    requireNonNull(token, "token");
    int bits = Options.of(options);
    return goOn(
        new Job.OfFunction<Task<T>>(this, requireNonNull(body, "body"), token),
        bits,
        TaskScheduler.of(scheduler),
        null);
  }

  /**
   * Goes on with a body without a result that is given this task when it has ended.
   *
   * <p>It runs on the {@linkplain TaskScheduler#current() current scheduler}; options may tie it to
   * how this task ended, and cancel it otherwise.
   *
   * @param body what to do; it is given this task
   * @param options when it is to run, and how
   * @return the continuation
   * @throws IllegalArgumentException if options exclude each other
   * @throws NullPointerException if an argument is null
   * @dotnet Task&lt;TResult&gt;.ContinueWith(Action&lt;Task&lt;TResult&gt;&gt;,
   *     TaskContinuationOptions)
   * @since 1.0
   */
  public Task<@Nullable Void> continueWithAction(
      ThrowingConsumer<? super Task<T>> body, TaskContinuationOptions... options) {
    return continueWithAction(body, CancellationToken.none(), TaskScheduler.current(), options);
  }

  /**
   * Goes on with a body without a result that is given this task when it has ended.
   *
   * <p>It runs on the {@linkplain TaskScheduler#current() current scheduler}; options may tie it to
   * how this task ended, and cancel it otherwise.
   *
   * <p>If the token is canceled before it has begun the continuation is canceled, without waiting
   * for this task unless it is {@linkplain TaskContinuationOptions#LAZY_CANCELLATION lazy}. A body
   * that throws an {@link OperationCanceledException} is canceled only if that has this token.
   *
   * @param body what to do; it is given this task
   * @param token the continuation's token
   * @param options when it is to run, and how
   * @return the continuation
   * @throws IllegalArgumentException if options exclude each other
   * @throws NullPointerException if an argument is null
   * @dotnet Task&lt;TResult&gt;.ContinueWith(Action&lt;Task&lt;TResult&gt;&gt;, CancellationToken,
   *     TaskContinuationOptions)
   * @since 1.0
   */
  public Task<@Nullable Void> continueWithAction(
      ThrowingConsumer<? super Task<T>> body,
      CancellationToken token,
      TaskContinuationOptions... options) {
    return continueWithAction(body, token, TaskScheduler.current(), options);
  }

  /**
   * Goes on with a body without a result that is given this task when it has ended.
   *
   * <p>It runs on the scheduler; options may tie it to how this task ended, and cancel it
   * otherwise.
   *
   * @param body what to do; it is given this task
   * @param scheduler runs it
   * @param options when it is to run, and how
   * @return the continuation
   * @throws IllegalArgumentException if options exclude each other
   * @throws NullPointerException if an argument is null
   * @dotnet Task&lt;TResult&gt;.ContinueWith(Action&lt;Task&lt;TResult&gt;&gt;,
   *     TaskContinuationOptions, TaskScheduler)
   * @since 1.0
   */
  public Task<@Nullable Void> continueWithAction(
      ThrowingConsumer<? super Task<T>> body,
      Executor scheduler,
      TaskContinuationOptions... options) {
    return continueWithAction(body, CancellationToken.none(), scheduler, options);
  }

  /**
   * Goes on with a body without a result that is given this task when it has ended.
   *
   * <p>It runs on the scheduler; options may tie it to how this task ended, and cancel it
   * otherwise.
   *
   * <p>If the token is canceled before it has begun the continuation is canceled, without waiting
   * for this task unless it is {@linkplain TaskContinuationOptions#LAZY_CANCELLATION lazy}. A body
   * that throws an {@link OperationCanceledException} is canceled only if that has this token.
   *
   * @param body what to do; it is given this task
   * @param token the continuation's token
   * @param scheduler runs it
   * @param options when it is to run, and how
   * @return the continuation
   * @throws IllegalArgumentException if options exclude each other
   * @throws NullPointerException if an argument is null
   * @dotnet Task&lt;TResult&gt;.ContinueWith(Action&lt;Task&lt;TResult&gt;&gt;, CancellationToken,
   *     TaskContinuationOptions, TaskScheduler)
   * @since 1.0
   */
  public Task<@Nullable Void> continueWithAction(
      ThrowingConsumer<? super Task<T>> body,
      CancellationToken token,
      Executor scheduler,
      TaskContinuationOptions... options) {
    requireNonNull(token, "token");
    int bits = Options.of(options);
    return goOn(
        new Job.OfConsumer<Task<T>>(this, requireNonNull(body, "body"), token),
        bits,
        TaskScheduler.of(scheduler),
        null);
  }

  /**
   * Goes on with a body that is given this task, when it has ended, and a state.
   *
   * <p>It runs on the {@linkplain TaskScheduler#current() current scheduler}; options may tie it to
   * how this task ended, and cancel it otherwise.
   *
   * @param <S> the state
   * @param <R> the result
   * @param state what the body is given, and {@link #asyncState()} of the continuation tells
   * @param body what to do
   * @param options when it is to run, and how
   * @return the continuation
   * @throws IllegalArgumentException if options exclude each other
   * @throws NullPointerException if an argument other than the state is null
   * @dotnet Task&lt;TResult&gt;.ContinueWith(Func&lt;Task&lt;TResult&gt;, object, TNewResult&gt;,
   *     object, TaskContinuationOptions)
   * @since 1.0
   */
  public <S extends @Nullable Object, R extends @Nullable Object> Task<R> continueWithState(
      S state,
      ThrowingBiFunction<? super Task<T>, ? super S, ? extends R> body,
      TaskContinuationOptions... options) {
    return continueWithState(
        state, body, CancellationToken.none(), TaskScheduler.current(), options);
  }

  /**
   * Goes on with a body that is given this task, when it has ended, and a state.
   *
   * <p>It runs on the {@linkplain TaskScheduler#current() current scheduler}; options may tie it to
   * how this task ended, and cancel it otherwise.
   *
   * <p>If the token is canceled before it has begun the continuation is canceled, without waiting
   * for this task unless it is {@linkplain TaskContinuationOptions#LAZY_CANCELLATION lazy}. A body
   * that throws an {@link OperationCanceledException} is canceled only if that has this token.
   *
   * @param <S> the state
   * @param <R> the result
   * @param state what the body is given, and {@link #asyncState()} of the continuation tells
   * @param body what to do
   * @param token the continuation's token
   * @param options when it is to run, and how
   * @return the continuation
   * @throws IllegalArgumentException if options exclude each other
   * @throws NullPointerException if an argument other than the state is null
   * @dotnet Task&lt;TResult&gt;.ContinueWith(Func&lt;Task&lt;TResult&gt;, object, TNewResult&gt;,
   *     object, CancellationToken, TaskContinuationOptions)
   * @since 1.0
   */
  public <S extends @Nullable Object, R extends @Nullable Object> Task<R> continueWithState(
      S state,
      ThrowingBiFunction<? super Task<T>, ? super S, ? extends R> body,
      CancellationToken token,
      TaskContinuationOptions... options) {
    return continueWithState(state, body, token, TaskScheduler.current(), options);
  }

  /**
   * Goes on with a body that is given this task, when it has ended, and a state.
   *
   * <p>It runs on the scheduler; options may tie it to how this task ended, and cancel it
   * otherwise.
   *
   * @param <S> the state
   * @param <R> the result
   * @param state what the body is given, and {@link #asyncState()} of the continuation tells
   * @param body what to do
   * @param scheduler runs it
   * @param options when it is to run, and how
   * @return the continuation
   * @throws IllegalArgumentException if options exclude each other
   * @throws NullPointerException if an argument other than the state is null
   * @dotnet Task&lt;TResult&gt;.ContinueWith(Func&lt;Task&lt;TResult&gt;, object, TNewResult&gt;,
   *     object, TaskContinuationOptions, TaskScheduler)
   * @since 1.0
   */
  public <S extends @Nullable Object, R extends @Nullable Object> Task<R> continueWithState(
      S state,
      ThrowingBiFunction<? super Task<T>, ? super S, ? extends R> body,
      Executor scheduler,
      TaskContinuationOptions... options) {
    return continueWithState(state, body, CancellationToken.none(), scheduler, options);
  }

  /**
   * Goes on with a body that is given this task, when it has ended, and a state.
   *
   * <p>It runs on the scheduler; options may tie it to how this task ended, and cancel it
   * otherwise.
   *
   * <p>If the token is canceled before it has begun the continuation is canceled, without waiting
   * for this task unless it is {@linkplain TaskContinuationOptions#LAZY_CANCELLATION lazy}. A body
   * that throws an {@link OperationCanceledException} is canceled only if that has this token.
   *
   * @param <S> the state
   * @param <R> the result
   * @param state what the body is given, and {@link #asyncState()} of the continuation tells
   * @param body what to do
   * @param token the continuation's token
   * @param scheduler runs it
   * @param options when it is to run, and how
   * @return the continuation
   * @throws IllegalArgumentException if options exclude each other
   * @throws NullPointerException if an argument other than the state is null
   * @dotnet Task&lt;TResult&gt;.ContinueWith(Func&lt;Task&lt;TResult&gt;, object, TNewResult&gt;,
   *     object, CancellationToken, TaskContinuationOptions, TaskScheduler)
   * @since 1.0
   */
  public <S extends @Nullable Object, R extends @Nullable Object> Task<R> continueWithState(
      S state,
      ThrowingBiFunction<? super Task<T>, ? super S, ? extends R> body,
      CancellationToken token,
      Executor scheduler,
      TaskContinuationOptions... options) {
    requireNonNull(token, "token");
    int bits = Options.of(options);
    return goOn(
        new Job.OfBiFunction<Task<T>, S>(this, state, requireNonNull(body, "body"), token),
        bits,
        TaskScheduler.of(scheduler),
        state);
  }

  private <R extends @Nullable Object> Task<R> goOn(
      Job job, int options, TaskScheduler scheduler, @Nullable Object state) {
    StackRoom.ensure();
    Task<R> next = continuation(job, options, scheduler, state);
    new Continuation(this, next, options).begin(job.token);
    return next;
  }

  // ---- Combine ----

  /**
   * Returns a task that ends when all of these have ended.
   *
   * <p>It faults if any has, with all exceptions of all of them in the order of the arguments; else
   * it is canceled if any is, as the first such in the order of the arguments. A fault or a
   * cancellation does not end it early, and cancels none of the others. It ends in the thread that
   * ends the last one.
   *
   * @param <T> the result of the tasks
   * @param tasks the tasks
   * @return a new task, whose result is the unmodifiable list of theirs in the order of the
   *     arguments; it has ended already if there are no tasks
   * @throws NullPointerException if {@code tasks} or a task is null
   * @dotnet Task.WhenAll&lt;TResult&gt;(params Task&lt;TResult&gt;[])
   * @since 1.0
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // copied, and only read
  public static <T extends @Nullable Object> Task<List<T>> whenAll(Task<? extends T>... tasks) {
    return WhenAll.of(Tasks.copy(tasks));
  }

  /**
   * Returns a task that ends when all of these have ended.
   *
   * <p>It faults if any has, with all exceptions of all of them in the order of the arguments; else
   * it is canceled if any is, as the first such in the order of the arguments. A fault or a
   * cancellation does not end it early, and cancels none of the others. It ends in the thread that
   * ends the last one.
   *
   * @param <T> the result of the tasks
   * @param tasks the tasks
   * @return a new task, whose result is the unmodifiable list of theirs in the order of the
   *     arguments; it has ended already if there are no tasks
   * @throws NullPointerException if {@code tasks} or a task is null
   * @dotnet Task.WhenAll&lt;TResult&gt;(IEnumerable&lt;Task&lt;TResult&gt;&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> Task<List<T>> whenAll(
      Collection<? extends Task<? extends T>> tasks) {
    return WhenAll.of(Tasks.copy(tasks));
  }

  /**
   * Returns a task that runs to completion when the first of these has ended, in whichever way.
   *
   * <p>Of those that have ended already the first in the order of the arguments counts. The others
   * are not canceled, and nothing is left on them. That the first is a result does not count as
   * looking at its exceptions.
   *
   * <p>To ask which of tasks with different results it was, take it as a {@code Task<?>}.
   *
   * @param <T> the result of the tasks
   * @param tasks the tasks
   * @return a new task, whose result is the one that has ended
   * @throws IllegalArgumentException if there are no tasks
   * @throws NullPointerException if {@code tasks} or a task is null
   * @dotnet Task.WhenAny&lt;TResult&gt;(params Task&lt;TResult&gt;[])
   * @since 1.0
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // copied, and only read
  public static <T extends @Nullable Object> Task<Task<T>> whenAny(Task<? extends T>... tasks) {
    return WhenAny.of(Tasks.copy(tasks));
  }

  /**
   * Returns a task that runs to completion when the first of these has ended, in whichever way.
   *
   * <p>Of those that have ended already the first in the order of the arguments counts. The others
   * are not canceled, and nothing is left on them. That the first is a result does not count as
   * looking at its exceptions.
   *
   * <p>To ask which of tasks with different results it was, take it as a {@code Task<?>}.
   *
   * @param <T> the result of the tasks
   * @param tasks the tasks
   * @return a new task, whose result is the one that has ended
   * @throws IllegalArgumentException if there are no tasks
   * @throws NullPointerException if {@code tasks} or a task is null
   * @dotnet Task.WhenAny&lt;TResult&gt;(IEnumerable&lt;Task&lt;TResult&gt;&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> Task<Task<T>> whenAny(
      Collection<? extends Task<? extends T>> tasks) {
    return WhenAny.of(Tasks.copy(tasks));
  }

  /**
   * Returns the tasks in the order in which they end, for a loop that gets each when it has.
   *
   * @param <T> the result of the tasks
   * @param tasks the tasks
   * @return the tasks, once
   * @throws NullPointerException if {@code tasks} or a task is null
   * @dotnet Task.WhenEach&lt;TResult&gt;(params Task&lt;TResult&gt;[])
   * @since 1.0
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // copied, and only read
  public static <T extends @Nullable Object> TaskEnumerable<T> whenEach(
      Task<? extends T>... tasks) {
    return TaskEnumerable.of(Tasks.copy(tasks));
  }

  /**
   * Returns the tasks in the order in which they end, for a loop that gets each when it has.
   *
   * @param <T> the result of the tasks
   * @param tasks the tasks
   * @return the tasks, once
   * @throws NullPointerException if {@code tasks} or a task is null
   * @dotnet Task.WhenEach&lt;TResult&gt;(IEnumerable&lt;Task&lt;TResult&gt;&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> TaskEnumerable<T> whenEach(
      Collection<? extends Task<? extends T>> tasks) {
    return TaskEnumerable.of(Tasks.copy(tasks));
  }

  /**
   * Returns a task that stands for the one which another has as its result.
   *
   * <p>It ends as that one ends. If the outer one does not run to completion it ends as the outer
   * one; if the outer one has null as its result it is canceled.
   *
   * @param <T> the result of the inner task
   * @param task the outer task
   * @return the inner task itself if the outer one has run to completion; else a new one
   * @throws NullPointerException if {@code task} is null
   * @dotnet TaskExtensions.Unwrap&lt;TResult&gt;(Task&lt;Task&lt;TResult&gt;&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> Task<T> unwrap(
      Task<? extends @Nullable Task<? extends T>> task) {
    return Unwrapping.unwrap(requireNonNull(task, "task"));
  }

  /**
   * Returns a task that ends as this one does, unless the token is canceled before.
   *
   * <p>This task goes on, and nothing is left on it. Synchronous continuations of the task that is
   * returned run in the call that ends it: the one that ends this task, or the one that cancels.
   *
   * @param token ends the task that is returned, as canceled
   * @return a task that ends as this one does, or before; this task itself if it has ended, or
   *     nothing else can end it
   * @throws NullPointerException if {@code token} is null
   * @dotnet Task&lt;TResult&gt;.WaitAsync(CancellationToken)
   * @since 1.0
   */
  public Task<T> waitAsync(CancellationToken token) {
    return WaitAsync.of(
        this, Timeout.INFINITE, TimeProvider.system(), requireNonNull(token, "token"));
  }

  /**
   * Returns a task that ends as this one does, but no later than the timeout: then it faults with a
   * {@link java.util.concurrent.TimeoutException}.
   *
   * <p>This task goes on, and nothing is left on it. Synchronous continuations of the task that is
   * returned run in the call that ends it: the one that ends this task, or the timer's callback.
   *
   * @param timeout how long, to the nanosecond; zero or less means not at all, {@link
   *     Timeout#INFINITE} for ever
   * @return a task that ends as this one does, or before; this task itself if it has ended, or
   *     nothing else can end it
   * @throws NullPointerException if {@code timeout} is null
   * @dotnet Task&lt;TResult&gt;.WaitAsync(TimeSpan)
   * @since 1.0
   */
  public Task<T> waitAsync(Duration timeout) {
    return waitAsync(timeout, TimeProvider.system(), CancellationToken.none());
  }

  /**
   * Returns a task that ends as this one does, unless the token is canceled before, but no later
   * than the timeout: then it faults with a {@link java.util.concurrent.TimeoutException}.
   *
   * <p>This task goes on, and nothing is left on it. Synchronous continuations of the task that is
   * returned run in the call that ends it: the one that ends this task, the one that cancels, or
   * the timer's callback.
   *
   * @param timeout how long, to the nanosecond; zero or less means not at all, {@link
   *     Timeout#INFINITE} for ever
   * @param token ends the task that is returned, as canceled; goes before a time that has passed
   * @return a task that ends as this one does, or before; this task itself if it has ended, or
   *     nothing else can end it
   * @throws NullPointerException if an argument is null
   * @dotnet Task&lt;TResult&gt;.WaitAsync(TimeSpan, CancellationToken)
   * @since 1.0
   */
  public Task<T> waitAsync(Duration timeout, CancellationToken token) {
    return waitAsync(timeout, TimeProvider.system(), token);
  }

  /**
   * Returns a task that ends as this one does, but no later than the timeout on a clock: then it
   * faults with a {@link java.util.concurrent.TimeoutException}.
   *
   * <p>This task goes on, and nothing is left on it. Synchronous continuations of the task that is
   * returned run in the call that ends it: the one that ends this task, or the timer's callback.
   *
   * @param timeout how long, to the nanosecond; zero or less means not at all, {@link
   *     Timeout#INFINITE} for ever
   * @param timeProvider the clock; its timer is closed at the end, and what it throws when it is
   *     asked for one comes out of this call
   * @return a task that ends as this one does, or before; this task itself if it has ended, or
   *     nothing else can end it
   * @throws NullPointerException if an argument is null
   * @dotnet Task&lt;TResult&gt;.WaitAsync(TimeSpan, TimeProvider)
   * @since 1.0
   */
  public Task<T> waitAsync(Duration timeout, TimeProvider timeProvider) {
    return waitAsync(timeout, timeProvider, CancellationToken.none());
  }

  /**
   * Returns a task that ends as this one does, unless the token is canceled before, but no later
   * than the timeout on a clock: then it faults with a {@link
   * java.util.concurrent.TimeoutException}.
   *
   * <p>This task goes on, and nothing is left on it. Synchronous continuations of the task that is
   * returned run in the call that ends it: the one that ends this task, the one that cancels, or
   * the timer's callback.
   *
   * @param timeout how long, to the nanosecond; zero or less means not at all, {@link
   *     Timeout#INFINITE} for ever
   * @param timeProvider the clock; its timer is closed at the end, and what it throws when it is
   *     asked for one comes out of this call
   * @param token ends the task that is returned, as canceled; goes before a time that has passed
   * @return a task that ends as this one does, or before; this task itself if it has ended, or
   *     nothing else can end it
   * @throws NullPointerException if an argument is null
   * @dotnet Task&lt;TResult&gt;.WaitAsync(TimeSpan, TimeProvider, CancellationToken)
   * @since 1.0
   */
  public Task<T> waitAsync(Duration timeout, TimeProvider timeProvider, CancellationToken token) {
    return WaitAsync.of(
        this,
        requireNonNull(timeout, "timeout"),
        requireNonNull(timeProvider, "timeProvider"),
        requireNonNull(token, "token"));
  }

  // ---- To and from the JDK's futures ----

  /**
   * Returns a task that ends as the stage completes.
   *
   * <p>It is canceled if the stage fails with an {@link OperationCanceledException}, which {@link
   * #await()} then throws, or with another {@link CancellationException}, which is then the cause
   * of what {@link #await()} throws; it faults with anything else. A {@link CompletionException}
   * that only wraps one of these, as in dependents of a stage that failed, is taken off. What is
   * done to the stage after it has completed changes nothing here, and cancellation of this task's
   * waits nothing there.
   *
   * <p>The task ends in the thread that completes the stage, or in this one if it is complete.
   *
   * @param <T> the result
   * @param stage the stage
   * @return a new task
   * @throws NullPointerException if {@code stage} is null
   * @dotnet none
   * @since 1.0
   */
  public static <T extends @Nullable Object> Task<T> from(CompletionStage<? extends T> stage) {
    return Crossing.from(requireNonNull(stage, "stage"));
  }

  /**
   * Returns a future that completes as this task ends. It is a copy: whoever completes or cancels
   * it changes the copy alone.
   *
   * <p>A task that was canceled completes it with the {@link OperationCanceledException} that
   * {@link #await()} throws, so that {@link CompletableFuture#isCancelled()} is true. One that has
   * faulted completes it with the exception itself, or with an {@link AggregateException} of
   * several, which counts as having looked at them. (If that is an {@link
   * OperationCanceledException} the future cannot tell it from a cancellation.) Beware that on JDK
   * 17 {@link CompletableFuture#join()} throws the {@link OperationCanceledException} itself, and
   * on JDK 25 a {@link CancellationException} with it as the cause.
   *
   * <p>If this task has ended the future is complete. Else it completes a moment after this task,
   * in a thread of the default scheduler, where its dependents run; never in one that ends or
   * cancels this task.
   *
   * @return a new future
   * @dotnet none
   * @since 1.0
   */
  public CompletableFuture<T> toCompletableFuture() {
    return Crossing.toFuture(this);
  }

  /**
   * Returns a view of this task as a future, whose {@link Future#cancel cancel} requests
   * cancellation of the source; it interrupts nobody.
   *
   * <p>The view is done when this task has ended, and {@link Future#isCancelled()} tells whether it
   * was canceled. So when {@code cancel} returns true, cancellation of the source is requested, by
   * it or by another, and this task has not ended: its body may still run, or even run to
   * completion. {@code cancel} returns false if this task has ended, or if the source is closed
   * without a request; it throws what callbacks of the source throw.
   *
   * <p>{@code get} throws the {@link OperationCanceledException} that {@link #await()} throws, or
   * an {@link ExecutionException} whose cause is the exception this task has faulted with, an
   * {@link AggregateException} if there are several. It waits as {@link #await()} does.
   *
   * @param source the source of this task's token; that it is so is not checked
   * @return a new future
   * @throws NullPointerException if {@code source} is null
   * @dotnet none
   * @since 1.0
   */
  public Future<T> asFuture(CancellationTokenSource source) {
    return new TaskFuture<>(this, requireNonNull(source, "source"));
  }

  // ---- For this package: how tasks are made ----

  /** Returns a task that has no body, to be ended with one of the methods below. */
  static <T extends @Nullable Object> Task<T> promise(int options) {
    return new Task<>(PROMISE | options);
  }

  /** Returns a promise with a state, that may be attached to the current task. */
  static <T extends @Nullable Object> Task<T> promise(int options, @Nullable Object state) {
    Task<T> task = new Task<>(PROMISE | options);
    task.adopt(state);
    return task;
  }

  /** Returns a task that is started when it is asked to. */
  private static <T extends @Nullable Object> Task<T> made(
      Job job, @Nullable Object state, TaskCreationOptions... options) {
    Task<T> task = new Task<>(job, Options.of(options));
    task.prepare(state);
    return task;
  }

  /** Returns a task that is to be given to its scheduler, or run in its place. */
  static <T extends @Nullable Object> Task<T> ready(Job job, int options, TaskScheduler scheduler) {
    job.scheduler = scheduler;
    return new Task<>(job, STARTED | BOUND | options);
  }

  /** Starts a job as a task; nothing is registered with its token. */
  static <T extends @Nullable Object> Task<T> start(Job job, int options, TaskScheduler scheduler) {
    return start(job, options, scheduler, null);
  }

  /** Starts a job as a task with a state; nothing is registered with its token. */
  static <T extends @Nullable Object> Task<T> start(
      Job job, int options, TaskScheduler scheduler, @Nullable Object state) {
    StackRoom.ensure();
    Task<T> task = ready(job, options, scheduler);
    if (state != null || (options & Options.ATTACHED_TO_PARENT) != 0) {
      task.adopt(state);
    }
    Starting.give(task);
    return task;
  }

  /** Returns a task that some hook starts; by options of TaskContinuationOptions. */
  static <T extends @Nullable Object> Task<T> continuation(
      Job job, int options, TaskScheduler scheduler, @Nullable Object state) {
    job.scheduler = scheduler;
    Task<T> task = new Task<>(job, CONTINUATION | BOUND | (options & OPTIONS));
    task.adopt(state);
    return task;
  }

  private void prepare(@Nullable Object state) {
    adopt(state);
    CancellationToken token = cancellationToken();
    if (token.canBeCanceled()) {
      heed(token);
    }
  }

  /** Gives the task its state, and the parent it may have asked for. */
  private void adopt(@Nullable Object state) {
    if (state != null) {
      extrasOnDemand().asyncState = state;
    }
    if (has(Options.ATTACHED_TO_PARENT)) {
      Task<?> parent = Current.task();
      if (parent != null && !parent.has(Options.DENY_CHILD_ATTACH)) {
        StackRoom.ensure();
        extrasOnDemand().parent = parent;
        parent.extrasOnDemand().addChild();
      }
    }
  }

  // ---- For this package: how promises end ----

  /** Ends a promise with a result; returns false, when it has ended, if others were quicker. */
  boolean trySetResult(T result) {
    return trySet(RAN, result);
  }

  /** Ends a promise with faults, at least one, in their order. */
  boolean trySetFaults(List<? extends Throwable> faults) {
    return trySet(FAULTED, new Fault(List.copyOf(faults)));
  }

  /**
   * Ends a promise as canceled, by the token, and with the exception that was thrown if any was.
   */
  boolean trySetCanceled(CancellationToken token, @Nullable OperationCanceledException thrown) {
    return trySet(CANCELED, thrown == null ? token : thrown);
  }

  /** Ends a promise as another task has ended; the other's faults count as looked at. */
  boolean trySetFromTask(Task<? extends T> ended) {
    return ended.isCompletedSuccessfully()
        ? trySetResult(ended.storedResult())
        : trySetFailureOf(ended);
  }

  /** Ends a promise as another task has ended, which has faulted or was canceled. */
  boolean trySetFailureOf(Task<?> ended) {
    return ended.isFaulted()
        ? trySetFaults(ended.faults())
        : trySetCanceled(ended.cancellationToken(), ended.acknowledgement());
  }

  private boolean trySet(int how, @Nullable Object outcome) {
    if (tryReserve(0)) {
      end(how, outcome);
      return true;
    }
    awaitEnd();
    return false;
  }

  // ---- For this package: what an end is to others ----

  /** Returns the result of a task that ran to completion. */
  @SuppressWarnings({"unchecked", "NullAway"}) // see "value"
  T storedResult() {
    return (T) value;
  }

  /** Adds what a wait for this task throws to the list; what a parent is told it has seen. */
  void addFailures(List<Throwable> failures) {
    if (isCanceled()) {
      failures.add(new TaskCanceledException(this));
    } else if (isFaulted()) {
      Extras extras = extras();
      if (extras != null && extras.parent != null && extras.parent == Current.task()) {
        set(SEEN_BY_PARENT);
      }
      failures.addAll(faults());
    }
  }

  private void throwIfFailed(CancellationToken token) {
    if (isCanceled()) {
      token.throwIfCancellationRequested();
    }
    throwIfFailed();
  }

  private void throwIfFailed() {
    if (!has(RAN)) {
      List<Throwable> failures = new ArrayList<>();
      addFailures(failures);
      throw new AggregateException(failures);
    }
  }

  /** Returns what {@link #await()} throws for a task that has ended, if anything. */
  @Nullable Throwable ownException() {
    if (isCanceled()) {
      OperationCanceledException thrown = acknowledgement();
      return thrown == null ? new TaskCanceledException(this) : thrown;
    }
    return isFaulted() ? faults().get(0) : null;
  }

  private T resultOrOwnException() {
    Throwable own = ownException();
    if (own == null) {
      return storedResult();
    } else if (own instanceof RuntimeException unchecked) {
      throw unchecked;
    } else if (own instanceof Error error) {
      throw error;
    }
    throw new CompletionException(own);
  }
}
