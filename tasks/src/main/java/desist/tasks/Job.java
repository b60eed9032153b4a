// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.CancellationToken;
import desist.OperationCanceledException;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/** What a task has to run: the thing that is queued, dropped when it has run. */
@SuppressWarnings("serial") // it is no more serializable than any other
abstract class Job extends ForkJoinTask<Void> implements Runnable {
  /*
   * Overview
   *
   * A job may come to be run by several: by the thread that takes it off the queue, and by one that
   * waits for its task. Its task's INVOKED flag decides; who comes late finds nothing to do. So a job
   * may stay in a queue after it has run, with everything in it dropped.
   *
   * It is a ForkJoinTask so that the pool queues it as it is. Of that class we use fork and
   * tryUnfork only: its own status stays untouched, and nobody ever joins it.
   */

  /** How many of its own a worker runs before it takes one in from outside. */
  private static final int OWN_TURNS = 64;

  final CancellationToken token;

  /** Null once it has run. */
  transient @Nullable Task<?> task;

  /** Written before its task is STARTED. */
  transient @Nullable TaskScheduler scheduler;

  /** The worker that has it in its own queue; written before it is put there. */
  transient @Nullable PoolThread owner;

  Job(CancellationToken token) {
    this.token = token;
  }

  /** Runs the body. */
  abstract @Nullable Object call() throws Exception;

  /** Drops the body, when it has run or never will. */
  abstract void drop();

  /**
   * Runs the body, if nobody has, and ends the task; throws nothing of the body's.
   *
   * @return whether this call has done it, or the task is canceled
   */
  final boolean execute() {
    StackRoom.ensure();
    return executeInRoom();
  }

  /** Does the same for one who knows that there is room on the stack. */
  final boolean executeInRoom() {
    Task<?> running = task;
    if (running == null) {
      return false;
    }
    if (!running.tryInvoke()) {
      return running.has(TaskState.CANCELED | TaskState.RESERVED);
    }
    execute(running);
    return true;
  }

  /** Starts a task that nobody has started or canceled, and runs it here at once. */
  final void startHere() {
    Task<?> running = task;
    if (running != null && running.tryStartAndInvoke()) {
      execute(running);
    }
  }

  private void execute(Task<?> running) {
    Current current = Current.get();
    if (token.isCancellationRequested()) {
      finish(running, TaskState.CANCELED, token, current);
      current.leave();
      return;
    }
    Job outer = current.job;
    boolean wasRunning = current.isRunning;
    current.job = this;
    current.isRunning = false;
    current.depth++;
    try {
      int how;
      Object outcome;
      try {
        outcome = call();
        how = TaskState.RAN;
      } catch (Throwable e) {
        boolean isCancellation = isCancellation(e);
        how = isCancellation ? TaskState.CANCELED : TaskState.FAULTED;
        outcome = isCancellation ? e : new Fault(e);
      } finally {
        current.isRunning = wasRunning;
        current.depth--;
      }
      finish(running, how, outcome, current);
    } finally {
      current.job = outer;
      current.leave();
    }
  }

  private void finish(Task<?> running, int how, @Nullable Object outcome, Current current) {
    drop();
    Hook hooks = running.endBody(how, outcome);
    if (hooks != null) {
      current.run(hooks);
    }
    task = null;
  }

  /** The body says that it has ended because its own token was canceled. */
  private boolean isCancellation(Throwable thrown) {
    try {
      return thrown instanceof OperationCanceledException e
          && token.isCancellationRequested()
          && e.token() == token;
    } catch (Throwable e) { // out of a subclass of the user's
      return false;
    }
  }

  /** Forgets jobs that others have run, where they are next in this worker's own queue. */
  static void forgetThoseThatHaveRun() {
    while (peekNextLocalTask() instanceof Job next && next.task == null) {
      ForkJoinTask<?> taken = pollNextLocalTask();
      if (taken != null && !(taken instanceof Job job && job.task == null)) {
        taken.fork(); // another, which came to be next meanwhile
      }
    }
  }

  /**
   * Every so often takes in what was queued from outside the pool. A worker runs its own queue
   * until that is empty, which it never is where each task starts the next.
   */
  static void takeInFromOutside() {
    if (Thread.currentThread() instanceof PoolThread worker && ++worker.turns % OWN_TURNS == 0) {
      ForkJoinTask<?> waiting = pollSubmission();
      if (waiting != null) {
        waiting.fork();
      }
    }
  }

  /** For executors and threads. */
  @Override
  public final void run() {
    execute();
  }

  /** For the pool: false, so that this object's own status is not touched. */
  @Override
  protected final boolean exec() {
    if (StackRoom.isLow()) { // of a thread that waits deep in a body, and meanwhile helps
      StackRoom.callElsewhere(this);
    } else {
      executeInRoom();
    }
    ThreadPool.leaveNothingBehind();
    takeInFromOutside();
    return false;
  }

  @Override
  public final @Nullable Void getRawResult() {
    return null;
  }

  @Override
  protected final void setRawResult(@Nullable Void value) {}

  /** A body with a result. */
  static final class OfCallable extends Job {
    private transient @Nullable Callable<?> body;

    OfCallable(Callable<?> body, CancellationToken token) {
      super(token);
      this.body = body;
    }

    @Override
    @Nullable Object call() throws Exception {
      Callable<?> own = body;
      return own == null ? null : own.call();
    }

    @Override
    void drop() {
      body = null;
    }
  }

  /** A body without a result. */
  static final class OfAction extends Job {
    private transient @Nullable ThrowingRunnable body;

    OfAction(ThrowingRunnable body, CancellationToken token) {
      super(token);
      this.body = body;
    }

    @Override
    @Nullable Object call() throws Exception {
      ThrowingRunnable own = body;
      if (own != null) {
        own.run();
      }
      return null;
    }

    @Override
    void drop() {
      body = null;
    }
  }

  /**
   * A body that is given something.
   *
   * @param <S> what it is given
   */
  static final class OfFunction<S extends @Nullable Object> extends Job {
    private transient @Nullable S argument;
    private transient @Nullable ThrowingFunction<? super S, ?> body;

    OfFunction(S argument, ThrowingFunction<? super S, ?> body, CancellationToken token) {
      super(token);
      this.argument = argument;
      this.body = body;
    }

    @Override
    @Nullable Object call() throws Exception {
      ThrowingFunction<? super S, ?> own = body;
      return own == null ? null : own.apply(given(argument));
    }

    @Override
    void drop() {
      argument = null;
      body = null;
    }
  }

  /**
   * A body that is given something, and has no result.
   *
   * @param <S> what it is given
   */
  static final class OfConsumer<S extends @Nullable Object> extends Job {
    private transient @Nullable S argument;
    private transient @Nullable ThrowingConsumer<? super S> body;

    OfConsumer(S argument, ThrowingConsumer<? super S> body, CancellationToken token) {
      super(token);
      this.argument = argument;
      this.body = body;
    }

    @Override
    @Nullable Object call() throws Exception {
      ThrowingConsumer<? super S> own = body;
      if (own != null) {
        own.accept(given(argument));
      }
      return null;
    }

    @Override
    void drop() {
      argument = null;
      body = null;
    }
  }

  /**
   * A body that is given two things.
   *
   * @param <S> what it is given first
   * @param <U> what it is given second
   */
  static final class OfBiFunction<S extends @Nullable Object, U extends @Nullable Object>
      extends Job {
    private transient @Nullable S first;
    private transient @Nullable U second;
    private transient @Nullable ThrowingBiFunction<? super S, ? super U, ?> body;

    OfBiFunction(
        S first,
        U second,
        ThrowingBiFunction<? super S, ? super U, ?> body,
        CancellationToken token) {
      super(token);
      this.first = first;
      this.second = second;
      this.body = body;
    }

    @Override
    @Nullable Object call() throws Exception {
      ThrowingBiFunction<? super S, ? super U, ?> own = body;
      return own == null ? null : own.apply(given(first), given(second));
    }

    @Override
    void drop() {
      first = null;
      second = null;
      body = null;
    }
  }

  /** Returns what the job was given, which is null only if a null was. */
  @SuppressWarnings("NullAway")
  private static <S extends @Nullable Object> S given(@Nullable S argument) {
    return argument;
  }
}
