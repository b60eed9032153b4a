// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.OperationCanceledException;
import desist.threading.ManualResetEventSlim;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A parallel loop: its workers, and how it ends.
 *
 * @param <L> what the bodies of a worker pass on
 */
abstract class Loop<L extends @Nullable Object> {
  /*
   * Overview
   *
   * The calling thread runs the first worker. With something in hand a worker calls for help, if
   * nobody is on the way; so does each helper. So there is never more than one helper in a queue, and
   * as many are at work as the scheduler has threads for, up to the limit. How the work is cut is up
   * to the subclass.
   *
   * Helpers come by a door. The first worker is inside from the beginning and closes the door when it
   * finds nothing more to do. The call returns when the door is closed and nobody inside; a helper
   * that comes later turns back.
   *
   * Invariants:
   *
   *   1. No body runs but in a worker inside, so none runs after the call has returned.
   *   2. "isHelpComing" is set by the one who makes a helper, and cleared by that helper once inside.
   *      Where the limit is reached, a helper is refused, or would run within the very call that gives
   *      it to its scheduler, it stays set: nobody asks again.
   *   3. A worker leaves only when there is nothing left to hand out, or the loop is to end.
   *   4. What a worker has thrown is in "failures" before it leaves, and read after all have left.
   *   5. The registration with the token is closed, which waits for a callback that runs, before
   *      "flags" are read for the last time: a cancellation has either been seen, or stops nothing.
   *
   * Why nothing deadlocks: nobody waits for a helper that is not inside. Nobody is asked for help who
   * would wait for the caller: for a class that it is initializing (StaticInitializers). Waits are
   * those of desist.threading, which have a pool make up for the thread.
   *
   * Why no end is missed: who leaves takes one off "inside" by an atomic operation, and so does the
   * one that closes it; the last of them finds CLOSED alone, and sets "isEmpty".
   *
   * Who runs a loop has looked for room on the stack before, since the registration and what the
   * subclass has opened must not be left behind (StackRoom 1).
   *
   * If the scheduler is one that has to run everything itself the first worker is its task, too, and
   * the caller only waits. If it refuses even that, the caller works alone.
   */

  private static final int CLOSED = Integer.MIN_VALUE;

  final LoopFlags flags = new LoopFlags();

  private final CancellationToken token;
  private final TaskScheduler scheduler;
  private final int limit;
  private final LoopLocals<L> locals;
  private final LoopWorker<L> first;

  private final Queue<LoopWorker<L>> workers = new ConcurrentLinkedQueue<>();

  /** How many workers are inside, and CLOSED. */
  private final AtomicInteger inside = new AtomicInteger(1);

  private final ManualResetEventSlim isEmpty = new ManualResetEventSlim(false);

  /** Guards those below: written by the one that has set it. */
  private final AtomicBoolean isHelpComing = new AtomicBoolean();

  private int workerCount = 1;
  private volatile @Nullable LoopWorker<L> newest;

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  /** A loop with these options; the code is what it runs of the user's, beside its locals. */
  Loop(ParallelOptions options, LoopLocals<L> locals, Object... code) {
    this.token = options.cancellationToken();
    this.scheduler = options.schedulerNow();
    this.limit = isForCallerAlone(locals, code) ? 1 : options.limitOn(scheduler);
    this.locals = locals;
    this.first = new LoopWorker<>(this);
    workers.add(first);
  }

  private static boolean isForCallerAlone(LoopLocals<?> locals, Object[] code) {
    return StaticInitializers.keepOthersFrom(locals.localInit(), locals.localFinally())
        || StaticInitializers.keepOthersFrom(code);
  }

  /**
   * Hands out work to the worker until there is none, or the loop is to end. With something in hand
   * it calls for help, if there may be more to do.
   */
  abstract void work(LoopWorker<L> worker) throws Exception;

  /** How many may work at once. */
  final int limit() {
    return limit;
  }

  /**
   * Runs the loop in this thread and others.
   *
   * @throws AggregateException with what bodies have thrown
   * @throws OperationCanceledException if the token was canceled, and bodies have thrown nothing
   *     else
   */
  final ParallelLoopResult run() {
    token.throwIfCancellationRequested();
    CancellationTokenRegistration registration = token.registerWith(flags, LoopFlags::cancel);
    try {
      runWorkers();
    } finally {
      registration.close();
    }
    throwIfFailed();
    return flags.isAnySet()
        ? new ParallelLoopResult(false, flags.lowestBreak())
        : ParallelLoopResult.COMPLETED;
  }

  /** Has the workers run, until all have left. */
  final void runWorkers() {
    begin();
    awaitEmpty();
  }

  /** Has the first worker run, here if that may be. */
  private void begin() {
    Task<?> task = Task.ready(first, Options.DENY_CHILD_ATTACH, scheduler);
    if (!scheduler.letsCallerWork()) {
      try {
        if (!scheduler.runInline(task, false)) {
          scheduler.give(task);
        }
        return;
      } catch (Throwable refused) {
        // then it runs here, if it has not run
      }
    }
    first.executeInRoom();
  }

  /** Makes one more worker, if there may be one more and none is coming. */
  final void callForHelp() {
    if (isHelpComing.get() || !isHelpComing.compareAndSet(false, true) || workerCount == limit) {
      return;
    }
    workerCount++;
    LoopWorker<L> helper = new LoopWorker<>(this);
    workers.add(helper);
    newest = helper;
    helper.giver = Thread.currentThread();
    try {
      scheduler.give(Task.ready(helper, Options.DENY_CHILD_ATTACH, scheduler));
    } catch (Throwable refused) {
      // the loop goes on with those it has
    } finally {
      helper.giver = null;
    }
  }

  final boolean isFirst(LoopWorker<L> worker) {
    return worker == first;
  }

  /** Whether nobody need call for help; it may change at any time. */
  final boolean isHelpComing() {
    return isHelpComing.get();
  }

  /** Whether a worker waits for an element of the source, or is about to. */
  final boolean isAnyReading() {
    for (LoopWorker<L> worker : workers) {
      if (worker.isReading) {
        return true;
      }
    }
    return false;
  }

  /** Runs the worker, which its scheduler or the caller has begun. */
  final void enter(LoopWorker<L> worker) {
    if (isFirst(worker)) {
      runInside(worker);
      return;
    }
    if (worker.giver == Thread.currentThread()) {
      return;
    }
    if (tryEnter()) {
      isHelpComing.set(false);
      runInside(worker);
    }
  }

  private void runInside(LoopWorker<L> worker) {
    try {
      runBodies(worker);
    } finally {
      if (isFirst(worker)) {
        inside.getAndUpdate(count -> count | CLOSED);
      }
      if (inside.decrementAndGet() == CLOSED) {
        isEmpty.set();
      }
    }
  }

  private void runBodies(LoopWorker<L> worker) {
    try {
      worker.local = locals.localInit().call();
    } catch (Throwable e) {
      failures.add(e);
      flags.setExceptional();
      return;
    }
    Throwable failure = null;
    try {
      work(worker);
    } catch (Throwable e) {
      failure = e;
      flags.setExceptional();
    }
    try {
      locals.localFinally().accept(worker.local);
    } catch (Throwable e) {
      failure = e;
    }
    if (failure != null) {
      failures.add(failure);
    }
  }

  /** Returns what workers have thrown, once all have left. */
  final List<Throwable> failuresOfWorkers() {
    return List.copyOf(failures);
  }

  private boolean tryEnter() {
    for (int count = inside.get(); (count & CLOSED) == 0; count = inside.get()) {
      if (inside.compareAndSet(count, count + 1)) {
        return true;
      }
    }
    return false;
  }

  private void awaitEmpty() {
    boolean isInterrupted = false;
    while (!isEmpty.isSet()) {
      try {
        isEmpty.await();
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    LoopWorker<L> left = newest;
    if (left != null) {
      left.drop();
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void throwIfFailed() {
    if (failures.isEmpty()) {
      if (flags.isCanceled()) {
        token.throwIfCancellationRequested();
      }
      return;
    }
    LoopFailures.throwAll(failuresOfWorkers(), token);
  }
}
