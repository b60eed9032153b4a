// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A parallel loop whose bodies may go on after they have returned, and which is a task itself.
 *
 * @param <T> what the bodies are given
 */
final class AsyncLoop<T extends @Nullable Object> {
  /*
   * Overview
   *
   * A worker reads an element, runs the body, and goes on when the body's task has ended: at once in
   * this thread if it has ended already, else as new work of the scheduler. Meanwhile it holds no
   * thread. With its first element in hand it calls for help, as each helper does, up to the limit.
   *
   * Workers come by a door: "inside" counts them, and is 0 for good once the last has left. That one
   * closes the source and ends the loop's task. A helper that comes later turns back, so the loop
   * does not wait for one that its scheduler does not begin.
   *
   * Invariants:
   *
   *   1. A worker is in one thread at a time, or waits for one task.
   *   2. "isHelpComing" is set by the one who makes a helper, and cleared by that helper once inside;
   *      it stays set where the limit is reached, a helper is refused, or would run within the very
   *      call that gives it to its scheduler.
   *   3. A failure is in "failures" before "own" is canceled because of it, and "own" is canceled
   *      before the worker leaves.
   *   4. When the task ends nothing is left on the caller's token, and the source is closed.
   *
   * A hook on a body's task runs nothing of the user's: what a failure cancels, and the end, come in
   * the work that it queues.
   *
   * The bodies' token is linked to the caller's, so it is canceled before cancel() there returns.
   */

  private final CancellationToken token;
  private final CancellationTokenSource own;
  private final TaskScheduler scheduler;
  private final int limit;
  private final LoopBody.Async<? super T> body;
  private final SharedSource<T> source;
  private final LoopFlags flags = new LoopFlags();

  private final Task<@Nullable Void> task = Task.promise(0);
  private final AtomicInteger inside = new AtomicInteger(1);
  private final AtomicBoolean isHelpComing = new AtomicBoolean();

  /** Written by the one that has set isHelpComing. */
  private int workerCount = 1;

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  private AsyncLoop(
      Iterator<? extends T> source, ParallelOptions options, LoopBody.Async<? super T> body) {
    this.token = options.cancellationToken();
    this.own = CancellationTokenSource.createLinkedTokenSource(token);
    this.scheduler = options.schedulerNow();
    int degree = options.maxDegreeOfParallelism();
    this.limit =
        Math.min(
            options.limitOn(scheduler),
            degree == -1 ? Runtime.getRuntime().availableProcessors() : degree);
    this.body = body;
    this.source = new SharedSource<>(source, false);
    own.token().registerWith(flags, LoopFlags::cancel);
  }

  /** Starts the loop, unless the token is canceled. */
  static <T extends @Nullable Object> Task<@Nullable Void> start(
      Iterable<? extends T> source, ParallelOptions options, LoopBody.Async<? super T> body) {
    if (options.cancellationToken().isCancellationRequested()) {
      return Task.fromCanceled(options.cancellationToken());
    }
    StackRoom.ensure();
    Iterator<? extends T> opened;
    try {
      opened = source.iterator();
    } catch (Throwable e) {
      return Task.fromException(e);
    }
    AsyncLoop<T> loop = new AsyncLoop<>(opened, options, body);
    loop.new Worker().start();
    return loop.task;
  }

  private void callForHelp() {
    if (!isHelpComing.get() && isHelpComing.compareAndSet(false, true) && workerCount < limit) {
      workerCount++;
      new Worker().startAsHelper();
    }
  }

  private boolean tryEnter() {
    for (int count = inside.get(); count > 0; count = inside.get()) {
      if (inside.compareAndSet(count, count + 1)) {
        return true;
      }
    }
    return false;
  }

  private void leave() {
    if (inside.decrementAndGet() == 0) {
      try {
        source.close();
      } catch (Throwable e) {
        fail(e);
      }
      own.close();
      if (token.isCancellationRequested()) {
        task.trySetCanceled(token, null);
      } else if (failures.isEmpty()) {
        task.trySetResult(null);
      } else {
        task.trySetFaults(List.copyOf(failures));
      }
    }
  }

  private void fail(Throwable failure) {
    failures.add(failure);
    try {
      own.cancel();
    } catch (AggregateException e) { // out of callbacks that bodies have registered
      failures.addAll(e.innerExceptions());
    }
  }

  /** One after the other, as many bodies as there is time for. */
  private final class Worker {
    /** The thread that is giving this to its scheduler, while it does. */
    private volatile @Nullable Thread giver;

    private final Cursor<T> cursor = source.open(flags);

    void start() {
      try {
        go(this::goOn);
      } catch (Throwable refused) {
        fail(refused);
        leave();
      }
    }

    void startAsHelper() {
      giver = Thread.currentThread();
      try {
        go(this::enterAndGoOn);
      } catch (Throwable refused) {
        // the loop goes on with those it has
      } finally {
        giver = null;
      }
    }

    private void enterAndGoOn() {
      if (giver != Thread.currentThread() && tryEnter()) {
        isHelpComing.set(false);
        goOn();
      }
    }

    /** Runs bodies until one has not ended, or no further one is to begin. */
    private void goOn() {
      try {
        while (!own.isCancellationRequested() && cursor.moveNext()) {
          callForHelp();
          Task<?> begun = body.run(cursor.element, own.token());
          if (begun != null && !hasEnded(begun)) {
            return;
          }
        }
      } catch (Throwable e) {
        fail(e);
      }
      leave();
    }

    /** Notes how the body's task has ended; if it has not, has it go on from here when it does. */
    private boolean hasEnded(Task<?> begun) {
      if (!begun.hasEnded() && begun.addHook(new Resumption(begun))) {
        return false;
      }
      note(begun);
      return true;
    }

    private void note(Task<?> ended) {
      Throwable failure = ended.ownException();
      if (failure != null) {
        fail(failure);
      }
    }

    private void go(ThrowingRunnable step) {
      Task.start(
          new Job.OfAction(step, CancellationToken.none()), Options.DENY_CHILD_ATTACH, scheduler);
    }

    /** Goes on with the worker once the body's task has ended. */
    private final class Resumption extends Hook {
      Resumption(Task<?> antecedent) {
        super(antecedent);
      }

      @Override
      public void run() {
        try {
          go(this::resume);
        } catch (Throwable refused) {
          Current.callOut(
              () -> {
                note(antecedent);
                fail(refused);
                leave();
              });
        }
      }

      private void resume() {
        note(antecedent);
        goOn();
      }
    }
  }
}
