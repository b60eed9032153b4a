// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The right to end a task that has no body.
 *
 * <p>Of several calls that end it one wins; a {@code set} that comes later throws, and a {@code
 * trySet} returns false, when the task has ended. Continuations that ask for it run inside the call
 * that wins, in its thread, unless the source was made with {@link
 * TaskCreationOptions#RUN_CONTINUATIONS_ASYNCHRONOUSLY}.
 *
 * <p>Memory consistency effects: actions in a thread before it ends the task <i>happen-before</i>
 * actions in another once that has seen the end.
 *
 * @param <T> the result; {@link Void} if there is none
 * @dotnet TaskCompletionSource, TaskCompletionSource&lt;TResult&gt;
 * @since 1.0
 */
public final class TaskCompletionSource<T extends @Nullable Object> {
  private static final int ALLOWED =
      Options.ATTACHED_TO_PARENT | Options.RUN_CONTINUATIONS_ASYNCHRONOUSLY;

  private final Task<T> task;

  /**
   * Makes a source.
   *
   * @param options of the task; only {@link TaskCreationOptions#ATTACHED_TO_PARENT} and {@link
   *     TaskCreationOptions#RUN_CONTINUATIONS_ASYNCHRONOUSLY}
   * @throws IllegalArgumentException if there are others
   * @throws NullPointerException if an argument is null
   * @dotnet new TaskCompletionSource&lt;TResult&gt;(TaskCreationOptions)
   * @since 1.0
   */
  public TaskCompletionSource(TaskCreationOptions... options) {
    this(options, null);
  }

  private TaskCompletionSource(TaskCreationOptions[] options, @Nullable Object state) {
    int bits = Options.of(options);
    if ((bits & ~ALLOWED) != 0) {
      throw new IllegalArgumentException("options that need a body: " + List.of(options));
    }
    task = Task.promise(bits, state);
  }

  /**
   * Makes a source whose task has a state.
   *
   * @param <T> the result
   * @param state what {@link Task#asyncState()} tells
   * @param options of the task, as for the constructor
   * @return the source
   * @throws IllegalArgumentException if there are other options
   * @throws NullPointerException if {@code options} or one of them is null
   * @dotnet new TaskCompletionSource&lt;TResult&gt;(object, TaskCreationOptions)
   * @since 1.0
   */
  public static <T extends @Nullable Object> TaskCompletionSource<T> withState(
      @Nullable Object state, TaskCreationOptions... options) {
    return new TaskCompletionSource<>(options, state);
  }

  /**
   * Returns the task.
   *
   * @return always the same task
   * @dotnet TaskCompletionSource&lt;TResult&gt;.Task
   * @since 1.0
   */
  public Task<T> task() {
    return task;
  }

  /**
   * Ends the task with a result.
   *
   * @param result the result; may be null
   * @throws IllegalStateException if it has ended already
   * @dotnet TaskCompletionSource&lt;TResult&gt;.SetResult(TResult)
   * @since 1.0
   */
  public void setResult(T result) {
    check(trySetResult(result));
  }

  /**
   * Ends the task with a result, if it has not ended already.
   *
   * @param result the result; may be null
   * @return whether this call has
   * @dotnet TaskCompletionSource&lt;TResult&gt;.TrySetResult(TResult)
   * @since 1.0
   */
  public boolean trySetResult(T result) {
    StackRoom.ensure();
    return task.trySetResult(result);
  }

  /**
   * Ends the task as faulted.
   *
   * @param exception what it faults with; also if it is an {@link
   *     desist.OperationCanceledException}
   * @throws IllegalStateException if it has ended already
   * @throws NullPointerException if {@code exception} is null
   * @dotnet TaskCompletionSource&lt;TResult&gt;.SetException(Exception)
   * @since 1.0
   */
  public void setException(Throwable exception) {
    check(trySetException(exception));
  }

  /**
   * Ends the task as faulted, if it has not ended already.
   *
   * @param exception what it faults with; also if it is an {@link
   *     desist.OperationCanceledException}
   * @return whether this call has
   * @throws NullPointerException if {@code exception} is null
   * @dotnet TaskCompletionSource&lt;TResult&gt;.TrySetException(Exception)
   * @since 1.0
   */
  public boolean trySetException(Throwable exception) {
    StackRoom.ensure();
    return task.trySetFaults(List.of(requireNonNull(exception, "exception")));
  }

  /**
   * Ends the task as faulted, with several exceptions.
   *
   * @param exceptions what it faults with, at least one
   * @throws IllegalArgumentException if {@code exceptions} is empty
   * @throws IllegalStateException if it has ended already
   * @throws NullPointerException if {@code exceptions} or one of them is null
   * @dotnet TaskCompletionSource&lt;TResult&gt;.SetException(IEnumerable&lt;Exception&gt;)
   * @since 1.0
   */
  public void setException(Collection<? extends Throwable> exceptions) {
    check(trySetException(exceptions));
  }

  /**
   * Ends the task as faulted, with several exceptions, if it has not ended already.
   *
   * @param exceptions what it faults with, at least one
   * @return whether this call has
   * @throws IllegalArgumentException if {@code exceptions} is empty
   * @throws NullPointerException if {@code exceptions} or one of them is null
   * @dotnet TaskCompletionSource&lt;TResult&gt;.TrySetException(IEnumerable&lt;Exception&gt;)
   * @since 1.0
   */
  public boolean trySetException(Collection<? extends Throwable> exceptions) {
    StackRoom.ensure();
    List<Throwable> faults = List.copyOf(requireNonNull(exceptions, "exceptions"));
    if (faults.isEmpty()) {
      throw new IllegalArgumentException("exceptions is empty");
    }
    return task.trySetFaults(faults);
  }

  /**
   * Ends the task as canceled, without a token.
   *
   * @throws IllegalStateException if it has ended already
   * @dotnet TaskCompletionSource&lt;TResult&gt;.SetCanceled()
   * @since 1.0
   */
  public void setCanceled() {
    check(trySetCanceled());
  }

  /**
   * Ends the task as canceled, without a token, if it has not ended already.
   *
   * @return whether this call has
   * @dotnet TaskCompletionSource&lt;TResult&gt;.TrySetCanceled()
   * @since 1.0
   */
  public boolean trySetCanceled() {
    StackRoom.ensure();
    return task.trySetCanceled(CancellationToken.none(), null);
  }

  /**
   * Ends the task as canceled.
   *
   * @param token what it was canceled by; whether it is canceled is not looked at
   * @throws IllegalStateException if it has ended already
   * @throws NullPointerException if {@code token} is null
   * @dotnet TaskCompletionSource&lt;TResult&gt;.SetCanceled(CancellationToken)
   * @since 1.0
   */
  public void setCanceled(CancellationToken token) {
    check(trySetCanceled(token));
  }

  /**
   * Ends the task as canceled, if it has not ended already.
   *
   * @param token what it was canceled by; whether it is canceled is not looked at
   * @return whether this call has
   * @throws NullPointerException if {@code token} is null
   * @dotnet TaskCompletionSource&lt;TResult&gt;.TrySetCanceled(CancellationToken)
   * @since 1.0
   */
  public boolean trySetCanceled(CancellationToken token) {
    StackRoom.ensure();
    return task.trySetCanceled(requireNonNull(token, "token"), null);
  }

  /**
   * Ends the task as another has ended.
   *
   * @param ended the other task, which has ended
   * @throws IllegalArgumentException if the other has not ended
   * @throws IllegalStateException if it has ended already
   * @throws NullPointerException if {@code ended} is null
   * @dotnet TaskCompletionSource&lt;TResult&gt;.SetFromTask(Task&lt;TResult&gt;)
   * @since 1.0
   */
  public void setFromTask(Task<? extends T> ended) {
    check(trySetFromTask(ended));
  }

  /**
   * Ends the task as another has ended, if it has not ended already.
   *
   * @param ended the other task, which has ended
   * @return whether this call has
   * @throws IllegalArgumentException if the other has not ended
   * @throws NullPointerException if {@code ended} is null
   * @dotnet TaskCompletionSource&lt;TResult&gt;.TrySetFromTask(Task&lt;TResult&gt;)
   * @since 1.0
   */
  public boolean trySetFromTask(Task<? extends T> ended) {
    StackRoom.ensure();
    if (!requireNonNull(ended, "ended").isCompleted()) {
      throw new IllegalArgumentException("the task has not ended: " + ended);
    }
    return task.trySetFromTask(ended);
  }

  private static void check(boolean isSet) {
    if (!isSet) {
      throw new IllegalStateException("The task has ended already.");
    }
  }
}
