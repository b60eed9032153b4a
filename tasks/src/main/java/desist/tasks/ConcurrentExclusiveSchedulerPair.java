// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Two schedulers that share another one as readers and writers share a lock: tasks of the
 * concurrent one run together, a task of the exclusive one runs beside no other.
 *
 * <p>Exclusive tasks run in the order in which they were queued, and before concurrent ones that
 * wait. A task that waits for another of its own side runs that in its thread; one that waits for a
 * task of the other side waits for ever.
 *
 * {@snippet lang = java:
 * var pair = new ConcurrentExclusiveSchedulerPair();
 * var readers = new TaskFactory(pair.concurrentScheduler());
 * var writers = new TaskFactory(pair.exclusiveScheduler());
 * }
 *
 * <p>All methods are safe to call from any thread.
 *
 * <p>Memory consistency effects: actions in a task of the pair <i>happen-before</i> those in any
 * exclusive task that runs later, and those in an exclusive task before those in any task that runs
 * later.
 *
 * @dotnet ConcurrentExclusiveSchedulerPair
 * @since 1.0
 */
public final class ConcurrentExclusiveSchedulerPair {
  /*
   * Overview
   *
   * Each side has a queue of its own. What the underlying scheduler is given are not the tasks but
   * turns: a turn takes tasks off the queue of its side, one after another, and runs them. So a turn
   * costs the underlying scheduler one task, and who comes next is decided when there is a thread.
   *
   * "turns" tells what is under way: a number of concurrent turns, none, or EXCLUSIVE.
   *
   * Invariants:
   *
   *   1. An exclusive turn begins where no turn is under way, and no turn begins beside it.
   *   2. No more than "level" concurrent turns are under way at a time, begun or queued below.
   *   3. While exclusive tasks wait no concurrent turn begins, and one under way ends after the task
   *      it runs. (One that the underlying scheduler has not begun yet still runs one task.)
   *   4. If tasks wait, a turn is under way, or is about to be given to the underlying scheduler by
   *      the thread that has counted it; unless that scheduler has failed.
   *   5. No code but ours runs under the lock: neither the underlying scheduler nor a task.
   *
   * Why no task is left waiting: tasks are queued, and turns counted off, under the lock, and
   * whoever does either looks there whether a turn is due (method "change"). A turn finds the queue
   * empty under the same lock.
   *
   * A task that was run in place, by a wait, stays in its queue and is passed over in its turn. A
   * thread knows in whose turn it is (SERVING), so that such a task takes the place of the one that
   * waits for it. If little is left of the stack it does so on another thread.
   *
   * .NET calls the underlying scheduler under its lock. Here it is called after, so it may run the
   * turn within the call, or call back. If it throws, tasks may have been queued meanwhile; they
   * share the fate of those before them.
   */

  private static final int UNLIMITED = -1;

  /** The one turn that is under way is an exclusive one. */
  private static final int EXCLUSIVE = -1;

  private static final ThreadLocal<@Nullable Serving> SERVING = new ThreadLocal<>();

  private final TaskScheduler underlying;

  /** Whether threads below are ours, and there is always another one. */
  private final boolean hasThreads;

  private final int level;
  private final int itemsPerTurn;
  private final Side concurrent;
  private final Side exclusive;
  private final Task<@Nullable Void> completion = Task.promise(0);
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock, as are the queues.
  private final List<Throwable> failures = new ArrayList<>();
  private int turns;
  private boolean isEnded;

  /** Written under the lock. */
  private volatile boolean isCompleting;

  /**
   * Makes a pair on the {@linkplain TaskScheduler#defaultScheduler() default scheduler}, with as
   * many concurrent tasks as there are processors.
   *
   * @dotnet new ConcurrentExclusiveSchedulerPair()
   * @since 1.0
   */
  public ConcurrentExclusiveSchedulerPair() {
    this(TaskScheduler.defaultScheduler());
  }

  /**
   * Makes a pair on a scheduler, with as many concurrent tasks as there are processors.
   *
   * @param scheduler runs the tasks of both sides
   * @throws NullPointerException if {@code scheduler} is null
   * @dotnet new ConcurrentExclusiveSchedulerPair(TaskScheduler)
   * @since 1.0
   */
  public ConcurrentExclusiveSchedulerPair(Executor scheduler) {
    this(scheduler, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Makes a pair on a scheduler.
   *
   * @param scheduler runs the tasks of both sides
   * @param maxConcurrencyLevel how many concurrent tasks run at a time; -1 for any number. No more
   *     than the {@linkplain TaskScheduler#maximumConcurrencyLevel() level} of the scheduler
   * @throws IllegalArgumentException if {@code maxConcurrencyLevel} is zero, or less than -1
   * @throws NullPointerException if {@code scheduler} is null
   * @dotnet new ConcurrentExclusiveSchedulerPair(TaskScheduler, int)
   * @since 1.0
   */
  public ConcurrentExclusiveSchedulerPair(Executor scheduler, int maxConcurrencyLevel) {
    this(scheduler, maxConcurrencyLevel, UNLIMITED);
  }

  /**
   * Makes a pair on a scheduler.
   *
   * @param scheduler runs the tasks of both sides
   * @param maxConcurrencyLevel how many concurrent tasks run at a time; -1 for any number. No more
   *     than the {@linkplain TaskScheduler#maximumConcurrencyLevel() level} of the scheduler
   * @param maxItemsPerTask how many tasks one task of the scheduler runs before it makes room for
   *     others there; -1 for any number
   * @throws IllegalArgumentException if a number is zero, or less than -1
   * @throws NullPointerException if {@code scheduler} is null
   * @dotnet new ConcurrentExclusiveSchedulerPair(TaskScheduler, int, int)
   * @since 1.0
   */
  public ConcurrentExclusiveSchedulerPair(
      Executor scheduler, int maxConcurrencyLevel, int maxItemsPerTask) {
    underlying = TaskScheduler.of(scheduler);
    hasThreads =
        underlying instanceof DefaultScheduler || underlying instanceof VirtualThreadScheduler;
    int most = underlying.maximumConcurrencyLevel();
    int wanted = limit(maxConcurrencyLevel, "maxConcurrencyLevel");
    level = most > 0 ? Math.min(wanted, most) : wanted;
    itemsPerTurn = limit(maxItemsPerTask, "maxItemsPerTask");
    concurrent = new Side("concurrentScheduler", level);
    exclusive = new Side("exclusiveScheduler", 1);
  }

  private static int limit(int number, String name) {
    if (number == 0 || number < UNLIMITED) {
      throw new IllegalArgumentException(name + " must be positive, or -1: " + number);
    }
    return number == UNLIMITED ? Integer.MAX_VALUE : number;
  }

  /**
   * Returns the scheduler whose tasks run together, though never beside an exclusive one.
   *
   * @return always the same scheduler
   * @dotnet ConcurrentExclusiveSchedulerPair.ConcurrentScheduler
   * @since 1.0
   */
  public TaskScheduler concurrentScheduler() {
    return concurrent;
  }

  /**
   * Returns the scheduler whose tasks run one at a time, and beside no other of the pair.
   *
   * @return always the same scheduler
   * @dotnet ConcurrentExclusiveSchedulerPair.ExclusiveScheduler
   * @since 1.0
   */
  public TaskScheduler exclusiveScheduler() {
    return exclusive;
  }

  /**
   * Has the pair refuse further tasks. Those that are queued still run; then {@link #completion()}
   * ends. Calls after the first do nothing.
   *
   * @dotnet ConcurrentExclusiveSchedulerPair.Complete()
   * @since 1.0
   */
  public void complete() {
    StackRoom.ensure();
    change(() -> isCompleting = true);
  }

  /**
   * Returns a task that ends when the pair was {@linkplain #complete() completed} and all its tasks
   * have ended, however they have. It ends on a thread of the default scheduler.
   *
   * <p>It faults if the underlying scheduler refuses to run tasks of the pair: with what that
   * threw, in a {@link TaskSchedulerException}. The pair is complete then, and the tasks that wait
   * never run.
   *
   * @return always the same task
   * @dotnet ConcurrentExclusiveSchedulerPair.Completion
   * @since 1.0
   */
  public Task<@Nullable Void> completion() {
    return completion;
  }

  /** Changes something under the lock, then has begin or end what is due. */
  private void change(Runnable change) {
    int begun;
    boolean ends;
    lock.lock();
    try {
      change.run();
      begun = beginTurns();
      ends = tryEnd();
    } finally {
      lock.unlock();
    }
    if (begun == EXCLUSIVE) {
      exclusive.give();
    }
    for (int i = 0; i < begun; i++) {
      concurrent.give();
    }
    if (ends) {
      end();
    }
  }

  /** Counts the turns that are due, and returns them; invariants 1 to 3. */
  private int beginTurns() {
    if (turns == EXCLUSIVE) {
      return 0;
    } else if (exclusive.queue.isEmpty()) {
      int begun = Math.min(concurrent.queue.size(), level - turns);
      turns += begun;
      return begun;
    } else if (turns == 0) {
      turns = EXCLUSIVE;
      return EXCLUSIVE;
    }
    return 0;
  }

  private void endTurn() {
    turns = turns == EXCLUSIVE ? 0 : turns - 1;
  }

  /** Takes the right to end the pair, if it is time. */
  private boolean tryEnd() {
    boolean isDone = concurrent.queue.isEmpty() && exclusive.queue.isEmpty();
    if (!isCompleting || turns != 0 || isEnded || (failures.isEmpty() && !isDone)) {
      return false;
    }
    isEnded = true;
    return true;
  }

  private void end() {
    ThreadPool.execute(
        () -> {
          if (failures.isEmpty()) {
            completion.trySetResult(null);
          } else {
            completion.trySetFaults(failures);
          }
        });
  }

  /** Counts a turn off that the underlying scheduler has refused; begins no other in its place. */
  private void fail(Throwable failure) {
    boolean ends;
    lock.lock();
    try {
      endTurn();
      isCompleting = true;
      failures.add(failure);
      ends = tryEnd();
    } finally {
      lock.unlock();
    }
    if (ends) {
      end();
    }
  }

  /** One of the two schedulers. */
  private final class Side extends TaskScheduler {
    private final String name;
    private final int mostAtATime;

    /** Guarded by the pair's lock. */
    private final Queue<Task<?>> queue = new ArrayDeque<>();

    Side(String name, int mostAtATime) {
      this.name = name;
      this.mostAtATime = mostAtATime;
    }

    @Override
    public int maximumConcurrencyLevel() {
      return mostAtATime;
    }

    @Override
    boolean isOurs() {
      return true;
    }

    @Override
    protected void queueTask(Task<?> task) {
      change(
          () -> {
            if (isCompleting) {
              throw new IllegalStateException("The pair is completed: " + this);
            }
            queue.add(task);
          });
    }

    /** Gives the underlying scheduler a turn that was counted. */
    void give() {
      if (!Current.mayNest()) {
        ThreadPool.execute(this::give); // a scheduler that runs in place: turn would follow in turn
        return;
      }
      try {
        if (underlying == TaskScheduler.defaultScheduler()) {
          ThreadPool.execute(this::takeTurn);
        } else {
          Task.ofAction(this::takeTurn, TaskCreationOptions.DENY_CHILD_ATTACH).start(underlying);
        }
      } catch (TaskSchedulerException e) {
        fail(e);
      } catch (Throwable e) {
        fail(new TaskSchedulerException(e));
      }
    }

    private void takeTurn() {
      try {
        for (int i = 0; i < itemsPerTurn; i++) {
          Task<?> next = next(i == 0);
          if (next == null) {
            break;
          }
          run(next);
          if (hasThreads) {
            ThreadPool.leaveNothingBehind();
          }
        }
      } finally {
        change(ConcurrentExclusiveSchedulerPair.this::endTurn);
      }
    }

    private @Nullable Task<?> next(boolean isFirst) {
      lock.lock();
      try {
        boolean isYielding = this == concurrent && !isFirst && !exclusive.queue.isEmpty();
        return isYielding ? null : queue.poll();
      } finally {
        lock.unlock();
      }
    }

    /** Runs a task in the turn that this thread, or the one that waits for it, is in. */
    private boolean run(Task<?> task) {
      Serving outer = SERVING.get();
      SERVING.set(new Serving(this, outer));
      try {
        return tryExecuteTask(task);
      } finally {
        if (outer == null) {
          SERVING.remove();
        } else {
          SERVING.set(outer);
        }
      }
    }

    /** At any depth of the stack: nobody else may run what a task of this side waits for. */
    @Override
    boolean runInline(Task<?> task, boolean wasQueued) {
      return tryExecuteTaskInline(task, wasQueued);
    }

    @Override
    protected boolean tryExecuteTaskInline(Task<?> task, boolean taskWasPreviouslyQueued) {
      if (!isServed() || (isCompleting && !taskWasPreviouslyQueued)) {
        return false;
      }
      boolean isHere = hasThreads ? Current.mayNest() : underlying.isOurs();
      return isHere ? run(task) : runAsTheUnderlyingDoes(task);
    }

    /** Whether this thread is in a turn of this side. */
    private boolean isServed() {
      for (Serving next = SERVING.get(); next != null; next = next.outer) {
        if (next.side == concurrent || next.side == exclusive) {
          return next.side == this;
        }
      }
      return false;
    }

    /** Runs the task in place, if the scheduler below does so, or waits until it has run it. */
    private boolean runAsTheUnderlyingDoes(Task<?> task) {
      Task<Boolean> inner = new Task<>(() -> run(task), TaskCreationOptions.DENY_CHILD_ATTACH);
      boolean isInterrupted = false;
      try {
        while (!inner.isCompleted()) {
          try {
            if (inner.status() == TaskStatus.CREATED) {
              inner.runSynchronously(underlying);
            } else {
              inner.join(); // to the end: beside it the task that waits must not go on
            }
          } catch (InterruptedException e) {
            isInterrupted = true;
          }
        }
        return inner.resultNow();
      } finally {
        if (isInterrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    protected Iterable<Task<?>> getScheduledTasks() {
      lock.lock();
      try {
        return List.copyOf(queue);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public String toString() {
      return "ConcurrentExclusiveSchedulerPair." + name + "()";
    }
  }

  /** Whose turn a thread is in, and the turn that this one is nested in. */
  private record Serving(Side side, @Nullable Serving outer) {}
}
