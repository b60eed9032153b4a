// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import desist.tasks.Hooks;
import desist.tasks.Task;
import desist.tasks.TaskCanceledException;
import desist.tasks.TaskCreationOptions;
import desist.tasks.TaskScheduler;
import desist.tasks.ThrowingRunnable;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the steps of many probes about tasks need. */
final class TaskSteps {
  private TaskSteps() {}

  /** A task that has failed. */
  static <T> Task<T> faulted(String name) {
    return Task.fromException(new Boom(name));
  }

  /** A task that has been canceled. */
  static <T> Task<T> canceled() {
    return Task.fromCanceled(CancellationToken.canceled());
  }

  /** A collection that throws when it is read. */
  static Collection<Task<Void>> throwingTasks() {
    return new AbstractCollection<>() {
      @Override
      public Iterator<Task<Void>> iterator() {
        throw new Boom("iterator");
      }

      @Override
      public int size() {
        return 2;
      }
    };
  }

  /** A source that has been canceled. */
  static CancellationTokenSource canceledSource() {
    CancellationTokenSource source = new CancellationTokenSource();
    source.cancel();
    return source;
  }

  /** Starts a task on the scheduler. */
  static Task<Void> startOn(
      TaskScheduler scheduler, ThrowingRunnable body, TaskCreationOptions... options) {
    return startOn(scheduler, CancellationToken.none(), body, options);
  }

  /** Starts a task with a token on the scheduler. */
  static Task<Void> startOn(
      TaskScheduler scheduler,
      CancellationToken token,
      ThrowingRunnable body,
      TaskCreationOptions... options) {
    return Task.factory().startNewAction(body, token, scheduler, options);
  }

  /** Starts a task with a result on the scheduler. */
  static <T> Task<T> callOn(
      TaskScheduler scheduler, Callable<? extends T> body, TaskCreationOptions... options) {
    return Task.factory().startNew(body, CancellationToken.none(), scheduler, options);
  }

  /** Starts a task of the pool that attaches to the one whose body runs here. */
  static Task<Void> startAttached(ThrowingRunnable body) {
    return startAttached(CancellationToken.none(), body);
  }

  /** Starts a task with a token that attaches to the one whose body runs here. */
  static Task<Void> startAttached(CancellationToken token, ThrowingRunnable body) {
    return startOn(
        TaskScheduler.defaultScheduler(), token, body, TaskCreationOptions.ATTACHED_TO_PARENT);
  }

  /** Waits for the end of a task, whatever it is. */
  static <T> Task<T> end(Task<T> task) {
    try {
      task.join();
    } catch (AggregateException e) {
      // the probe looks at the task itself
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted while waiting for a task", e);
    }
    return task;
  }

  /**
   * What {@code await} throws: the exception itself, or null. A checked one is taken out of what
   * carries it.
   */
  static @Nullable Throwable thrownBy(Task<?> task) {
    try {
      task.await();
      return null;
    } catch (CompletionException e) {
      return e.getCause();
    } catch (Throwable e) {
      return e;
    }
  }

  /** How {@code await} ends. */
  static String awaited(Task<?> task) {
    Throwable e = thrownBy(task);
    return e == null ? "ok" : Out.describe(e);
  }

  /** The task that the cancellation that {@code await} throws is about. */
  static @Nullable Task<?> taskOf(Task<?> task) {
    return ((TaskCanceledException) thrownBy(task)).task();
  }

  /** The token of the cancellation that {@code await} throws. */
  static CancellationToken tokenOf(Task<?> task) {
    return ((OperationCanceledException) thrownBy(task)).token();
  }

  /** The status, in .NET's words. */
  static String status(Task<?> task) {
    return Out.nameOf(task.status());
  }

  /** The status and the exception of a task. */
  static String look(Task<?> task) {
    AggregateException exception = task.exception();
    return status(task) + " exception=" + (exception == null ? "null" : Out.describe(exception));
  }

  /** The options with which a task was made, as .NET prints them. */
  static String options(Collection<? extends Enum<?>> options) {
    return options.isEmpty()
        ? "None"
        : options.stream()
            .sorted(Comparator.comparing(Enum::ordinal))
            .map(Out::nameOf)
            .collect(Collectors.joining(", "));
  }

  /** How many continuations and waits hang on a task. */
  static int hooks(Task<?> task) {
    return Hooks.of(task);
  }

  /** How many hang on each. */
  static List<Integer> hooks(List<? extends Task<?>> tasks) {
    return tasks.stream().map(Hooks::of).collect(Collectors.toList());
  }

  /** The id of the task whose body runs here, or null. */
  static @Nullable Integer currentId() {
    return Task.currentId().isPresent() ? Task.currentId().getAsInt() : null;
  }
}
