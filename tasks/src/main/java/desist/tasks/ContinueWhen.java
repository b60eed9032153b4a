// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts a task when several others have ended, or the first of them has. */
final class ContinueWhen {
  /*
   * Overview
   *
   * The task is a continuation that a quorum starts. Its token may cancel it before: the callback
   * stops the quorum, which leaves nothing on the antecedents, and then ends the task; or, if it was
   * started before, asks the scheduler to give it back.
   *
   * The task is given its registration before the quorum begins, when only the token can end it. A
   * quorum that is stopped before it begins adds nothing.
   */

  private ContinueWhen() {}

  /** Returns the continuation of all these tasks, which are the caller's no more. */
  static <A extends @Nullable Object, R extends @Nullable Object> Task<R> all(
      Task<? extends A>[] tasks,
      ThrowingFunction<? super List<Task<A>>, ? extends R> body,
      CancellationToken token,
      int options,
      TaskScheduler scheduler) {
    Job job = new Job.OfFunction<>(asList(tasks), body, token);
    Task<R> task = Task.continuation(job, options, scheduler, null);
    begin(task, Quorum.ofAll(tasks, last -> start(task, options)), token, options);
    return task;
  }

  /** Returns the continuation of the first of these tasks, which are the caller's no more. */
  static <A extends @Nullable Object, R extends @Nullable Object> Task<R> any(
      Task<? extends A>[] tasks,
      ThrowingFunction<? super Task<A>, ? extends R> body,
      CancellationToken token,
      int options,
      TaskScheduler scheduler) {
    First first = new First();
    Job job = new Job.OfCallable(() -> body.apply(first.get()), token);
    Task<R> task = Task.continuation(job, options, scheduler, null);
    Quorum quorum =
        Quorum.ofFirst(
            tasks,
            ended -> {
              first.task = ended;
              start(task, options);
            });
    begin(task, quorum, token, options);
    return task;
  }

  private static void begin(Task<?> task, Quorum quorum, CancellationToken token, int options) {
    StackRoom.ensure();
    if ((options & Options.LAZY_CANCELLATION) == 0) {
      if (token.isCancellationRequested()) {
        task.withdraw();
        return;
      }
      task.register(
          token.registerWith(
              task,
              canceled ->
                  StackRoom.call(
                      () -> {
                        quorum.stop();
                        canceled.withdraw();
                      })));
    }
    quorum.begin();
  }

  private static void start(Task<?> task, int options) {
    if ((options & Options.EXECUTE_SYNCHRONOUSLY) != 0 && Current.mayNest()) {
      Starting.inline(task);
    } else {
      Starting.queue(task);
    }
  }

  @SuppressWarnings("unchecked") // a task only gives its result
  private static <A extends @Nullable Object> List<Task<A>> asList(Task<? extends A>[] tasks) {
    return (List<Task<A>>) (List<?>) List.of(tasks);
  }

  /** The first to end; written before the task is started that reads it. */
  private static final class First {
    @Nullable Task<?> task;

    @SuppressWarnings("unchecked") // it is one of those whose results are As
    <A extends @Nullable Object> Task<A> get() {
      return (Task<A>) requireNonNull(task);
    }
  }
}
