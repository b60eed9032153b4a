// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import org.jspecify.annotations.Nullable;

/** What a thread is running: the innermost job, and the hooks it has still to run. */
final class Current {
  /*
   * Overview
   *
   * A thread that ends a task runs its hooks, which may end other tasks, which have hooks. To run
   * these from within would be recursion, as long as the chain of tasks. So the hooks of a task that
   * is ended by a hook are put before those that are still to run, and the one loop that is under way
   * on this thread takes them next. The order is that of the recursion.
   *
   * Code of the user's must find done what .NET does inside a call: it begins a loop of its own
   * (isRunning is false while it runs) whose end it can wait for. So no hook waits behind code that
   * may wait for it. Such loops do nest, as do bodies that are run inside a wait, and "depth" counts
   * both; beyond MOST, and where the stack is nearly full, no code of the user's is run in place: it
   * goes to its scheduler, on another stack.
   */

  private static final int MOST = 20; // what lies between may have many frames of its own

  /** Of threads that are not ours, while they run something; we leave nothing with them after. */
  private static final ThreadLocal<@Nullable Current> OTHERS = new ThreadLocal<>();

  /** The job whose body runs. */
  @Nullable Job job;

  /** Whether what runs is ours, called by the loop below. */
  boolean isRunning;

  int depth;

  private @Nullable Hook pending;

  /** Returns this thread's, for what is going to run in it and then {@link #leave()}. */
  static Current get() {
    Current known = peek();
    if (known == null) {
      known = new Current();
      OTHERS.set(known);
    }
    return known;
  }

  /** Returns this thread's; null if the thread is not ours and runs nothing. */
  static @Nullable Current peek() {
    return Thread.currentThread() instanceof PoolThread worker ? worker.current : OTHERS.get();
  }

  /** Returns the task whose body this thread runs. */
  static @Nullable Task<?> task() {
    Job job = jobHere();
    return job == null ? null : job.task;
  }

  /** Returns the scheduler that the code of this thread is on. */
  static TaskScheduler scheduler() {
    Job job = jobHere();
    Task<?> task = job == null ? null : job.task;
    TaskScheduler scheduler = job == null ? null : job.scheduler;
    return task == null || scheduler == null || task.has(TaskCreationOptions.HIDE_SCHEDULER.bits)
        ? DefaultScheduler.INSTANCE
        : scheduler;
  }

  private static @Nullable Job jobHere() {
    Current known = peek();
    return known == null ? null : known.job;
  }

  /** Whether code of the user's may run in place here. */
  static boolean mayNest() {
    Current known = peek();
    return known == null ? !StackRoom.isLow() : known.hasRoom();
  }

  private boolean hasRoom() {
    return depth < MOST && !StackRoom.isLow();
  }

  /** Calls what may be the user's, out of a hook. */
  static void callOut(Runnable code) {
    Current current = peek();
    if (current == null) {
      code.run();
      return;
    }
    boolean wasRunning = current.isRunning;
    current.isRunning = false;
    try {
      code.run();
    } finally {
      current.isRunning = wasRunning;
    }
  }

  /** Runs a chain of hooks, or has the loop that is under way run it next. */
  void run(Hook chain) {
    if (isRunning) {
      pending = Hook.join(chain, pending);
      return;
    }
    Hook outer = pending;
    pending = chain;
    isRunning = true;
    depth++;
    try {
      for (Hook hook; (hook = pending) != null; ) {
        pending = hook.newer;
        hook.newer = null;
        hook.run(
            hasRoom()
                && !hook.antecedent.has(TaskCreationOptions.RUN_CONTINUATIONS_ASYNCHRONOUSLY.bits));
      }
    } finally {
      // Not empty only if there was no memory or no stack: others go on.
      Hook rest = pending;
      pending = outer;
      depth--;
      isRunning = false;
      leave();
      if (rest != null) {
        DefaultScheduler.runInPool(new Rest(rest));
      }
    }
  }

  /**
   * Is called after a run, and forgets this if it was the outermost of a thread that is not ours.
   */
  void leave() {
    if (depth == 0 && job == null && !(Thread.currentThread() instanceof PoolThread)) {
      OTHERS.set(null);
    }
  }

  /** Hooks that go on in another thread. No lambda, which might be linked on a full stack. */
  record Rest(Hook chain) implements Runnable {
    @Override
    public void run() {
      get().run(chain);
    }
  }
}
