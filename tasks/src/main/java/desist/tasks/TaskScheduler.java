// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.SynchronizationContext;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Decides where tasks run and when.
 *
 * <p>Wherever a scheduler is wanted any {@link Executor} will do; what derives from this class can
 * also run a task in the thread that waits for it, and take back one whose token is canceled. What
 * a scheduler throws when it is given a task becomes the task's fault, a {@link
 * TaskSchedulerException}.
 *
 * @dotnet TaskScheduler
 * @since 1.0
 */
public abstract class TaskScheduler implements Executor {
  private static final AtomicInteger IDS = new AtomicInteger();

  private final int id = IDS.incrementAndGet();

  /**
   * Makes a scheduler.
   *
   * @dotnet new TaskScheduler()
   * @since 1.0
   */
  protected TaskScheduler() {}

  /**
   * Returns the scheduler that runs what no other one is given.
   *
   * <p>It is a pool of daemon threads, as many as there are processors. A body that blocks in a
   * wait of this library, or in {@link java.util.concurrent.ForkJoinPool#managedBlock}, is made up
   * for by another thread, up to 32767 of them; at that limit waits go on without. Tasks start in
   * the order in which they were queued, more or less. A {@linkplain
   * TaskCreationOptions#LONG_RUNNING long-running} one gets a thread of its own. Nothing is
   * inherited from the thread that starts a task: neither thread locals nor class loader.
   *
   * <p>A wait runs a task in the waiting thread if that is one of the pool's and has started the
   * task itself. Synchronous continuations always run in place.
   *
   * @return always the same scheduler
   * @dotnet TaskScheduler.Default
   * @since 1.0
   */
  public static TaskScheduler defaultScheduler() {
    return DefaultScheduler.INSTANCE;
  }

  /**
   * Returns the scheduler of the task whose body this thread runs.
   *
   * @return that scheduler; the default one outside of any task, and in one that was made with
   *     {@link TaskCreationOptions#HIDE_SCHEDULER}
   * @dotnet TaskScheduler.Current
   * @since 1.0
   */
  public static TaskScheduler current() {
    return Current.scheduler();
  }

  /**
   * Returns a scheduler that runs each task on a virtual thread of its own.
   *
   * @return always the same scheduler
   * @throws UnsupportedOperationException before JDK 21
   * @dotnet none
   * @since 1.0
   */
  public static TaskScheduler virtualThreads() {
    return VirtualThreadScheduler.get();
  }

  /**
   * Returns a scheduler that posts each task to this thread's context, and runs one in place only
   * if the thread is in that very context.
   *
   * @return a new scheduler, of level 1
   * @throws IllegalStateException if this thread has no context
   * @dotnet TaskScheduler.FromCurrentSynchronizationContext()
   * @since 1.0
   */
  public static TaskScheduler fromCurrentSynchronizationContext() {
    SynchronizationContext context = SynchronizationContext.current();
    if (context == null) {
      throw new IllegalStateException("This thread has no SynchronizationContext.");
    }
    return new ContextScheduler(context);
  }

  /**
   * Has a handler told of each task that faulted, and was collected before anybody had looked at
   * its exceptions.
   *
   * <p>To wait for a task is to look at them, and so is to read {@link Task#exception()}, of the
   * task or of one that took its fault over. Handlers run on a daemon thread of ours, some time
   * after the task was collected, in the order in which they were added. What one throws goes to
   * that thread's handler of uncaught exceptions. An unobserved fault ends nothing.
   *
   * <p>Tasks are watched that fault while there is a handler. An exception that refers to its own
   * task keeps that from being collected then, and so is never reported.
   *
   * @param handler is told
   * @return what takes the handler off again
   * @throws NullPointerException if {@code handler} is null
   * @dotnet TaskScheduler.UnobservedTaskException
   * @since 1.0
   */
  public static EventRegistration onUnobservedTaskException(
      Consumer<? super UnobservedTaskExceptionEventArgs> handler) {
    return UnobservedFaults.add(requireNonNull(handler, "handler"));
  }

  /** Returns the executor as a scheduler. */
  static TaskScheduler of(Executor executor) {
    return requireNonNull(executor, "scheduler") instanceof TaskScheduler scheduler
        ? scheduler
        : new ExecutorScheduler(executor);
  }

  /**
   * Returns a number that no other scheduler has.
   *
   * @return the number, never 0
   * @dotnet TaskScheduler.Id
   * @since 1.0
   */
  public final int id() {
    return id;
  }

  /**
   * Returns how many tasks this runs at a time.
   *
   * @return {@link Integer#MAX_VALUE} if there is no limit, as for this class
   * @dotnet TaskScheduler.MaximumConcurrencyLevel
   * @since 1.0
   */
  public int maximumConcurrencyLevel() {
    return Integer.MAX_VALUE;
  }

  /**
   * Runs the work as a task of this scheduler; what it throws is that task's unobserved fault.
   *
   * @param command the work
   * @throws RejectedExecutionException if this refuses it
   * @throws NullPointerException if {@code command} is null
   * @dotnet none
   * @since 1.0
   */
  @Override
  public void execute(Runnable command) {
    Job job = new Job.OfAction(requireNonNull(command, "command")::run, CancellationToken.none());
    try {
      Task.start(job, Options.DENY_CHILD_ATTACH, this);
    } catch (TaskSchedulerException e) {
      throw new RejectedExecutionException(e);
    }
  }

  /**
   * Takes a task, to {@linkplain #tryExecuteTask run} it some time, or at once.
   *
   * @param task the task, which is {@link TaskStatus#WAITING_TO_RUN}
   * @dotnet TaskScheduler.QueueTask(Task)
   * @since 1.0
   */
  protected abstract void queueTask(Task<?> task);

  /**
   * Is asked to run a task in this thread, which waits for it or ends what it continues.
   *
   * @param task the task, which is {@link TaskStatus#WAITING_TO_RUN}
   * @param taskWasPreviouslyQueued whether this scheduler has the task
   * @return whether it was run, by {@link #tryExecuteTask}
   * @dotnet TaskScheduler.TryExecuteTaskInline(Task, bool)
   * @since 1.0
   */
  protected abstract boolean tryExecuteTaskInline(Task<?> task, boolean taskWasPreviouslyQueued);

  /**
   * Is asked to take back a task that it has, because the task's token is canceled.
   *
   * @param task the task
   * @return whether it will not be run; this class says false
   * @dotnet TaskScheduler.TryDequeue(Task)
   * @since 1.0
   */
  protected boolean tryDequeue(Task<?> task) {
    return false;
  }

  /**
   * Returns the tasks that wait here, for debugging.
   *
   * @return those that it can tell; never called by this library
   * @dotnet TaskScheduler.GetScheduledTasks()
   * @since 1.0
   */
  protected abstract Iterable<Task<?>> getScheduledTasks();

  /**
   * Runs a task of this scheduler in this thread, unless it runs or has run. A canceled one ends
   * without its body.
   *
   * @param task the task
   * @return whether it was run by this call, or is canceled; never throws what the body throws
   * @throws IllegalStateException if the task is another scheduler's, or not started
   * @dotnet TaskScheduler.TryExecuteTask(Task)
   * @since 1.0
   */
  protected final boolean tryExecuteTask(Task<?> task) {
    Job job = task.job();
    Extras extras = task.extras();
    TaskScheduler own =
        job != null ? job.scheduler : extras != null ? extras.scheduler : isOurs() ? this : null;
    if (own != this || !task.has(TaskState.STARTED)) {
      throw new IllegalStateException("The task is not of this scheduler, or not started.");
    }
    return job != null ? job.execute() : task.has(TaskState.CANCELED);
  }

  /** Whether no user can ask for a task of this one once it has ended. */
  boolean isOurs() {
    return false;
  }

  /** Whether a task may run inside the call that queues it, as far as we know. */
  boolean mayRunInPlace() {
    return true;
  }

  /** Whether who waits for work of this one may do it in its own thread, whatever this says. */
  boolean letsCallerWork() {
    return false;
  }

  /** Queues the task. */
  void give(Task<?> task) {
    Current.callOut(() -> queueTask(task));
  }

  /**
   * Runs the task in this thread, if this scheduler does so and there is stack left.
   *
   * @throws IllegalStateException if the scheduler says that it has run it, and has not
   */
  boolean runInline(Task<?> task, boolean wasQueued) {
    if (!Current.mayNest() || task.has(TaskState.INVOKED | TaskState.ENDED)) {
      return false;
    }
    boolean[] isRun = new boolean[1];
    Current.callOut(() -> isRun[0] = tryExecuteTaskInline(task, wasQueued));
    if (isRun[0] && !task.has(TaskState.INVOKED | TaskState.CANCELED | TaskState.RESERVED)) {
      throw new IllegalStateException("The scheduler says it has run a task that it has not.");
    }
    return isRun[0];
  }
}
