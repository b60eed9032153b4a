// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.ObjectDisposedException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

/** A thread that waits. */
non-sealed class ThreadWaiter extends Waiter implements ForkJoinPool.ManagedBlocker {
  /**
   * How often a thread looks at its outcome before it parks. So many looks take about as long as to
   * park and be woken, so a wait that blocks costs twice that at the most; one that ends meanwhile
   * is several times as fast, and registers nothing. A virtual thread parks at once, since others
   * want its carrier.
   */
  private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 500 : 0;

  private final Thread thread = Thread.currentThread();

  /** What is waited on, for who looks at the thread. */
  private final Object blocker;

  // Of the waiting thread alone.
  private CancellationToken token = CancellationToken.none();
  private long nanos;
  private long start;
  private boolean isInterrupted;

  ThreadWaiter(Object blocker) {
    this.blocker = blocker;
  }

  /** Throws if an interrupt is pending, as every wait does before it looks at anything. */
  static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /**
   * Waits until the outcome is set, by others or by the token or the time-out, having entered its
   * queues; afterwards it is in none.
   *
   * @return the outcome: an index, TIMED_OUT or ENDED
   * @throws desist.OperationCanceledException if the token ended the wait
   * @throws InterruptedException if an interrupt did
   */
  final int await(CancellationToken token, long nanos) throws InterruptedException {
    this.token = token;
    this.nanos = nanos;
    start = System.nanoTime();
    CancellationTokenRegistration registration = CancellationTokenRegistration.none();
    try {
      spin();
      if (!isReleasable()) {
        registration = token.register(this);
        blockManaged();
      }
    } catch (Throwable e) {
      if (giveUp(ENDED)) {
        throw e;
      } // else it is too late to fail: what was handed over would be lost
      awaitOutcome();
    } finally {
      leave(registration);
    }
    return result();
  }

  /**
   * Waits as {@link #await} does, on a primitive that is closed where the outcome is ENDED.
   *
   * @return whether the wait was served in time
   */
  final boolean awaitServed(CancellationToken token, long nanos) throws InterruptedException {
    int outcome = await(token, nanos);
    if (outcome == ENDED) {
      throw new ObjectDisposedException(blocker.getClass().getSimpleName());
    }
    return outcome != TIMED_OUT;
  }

  /**
   * Ends a wait that could not enter all its queues, and leaves those that it has entered; returns
   * false if it is too late, since it has been served in one of them.
   */
  final boolean failToEnter() {
    boolean fails = giveUp(ENDED);
    if (fails) {
      leave(CancellationTokenRegistration.none());
    }
    return fails;
  }

  /**
   * Ends the wait without what was waited for, if that is possible still. Called by the token's
   * callback, or by the waiting thread.
   */
  boolean giveUp(int outcome) {
    return end(outcome);
  }

  /** Returns how often to look at the outcome before parking. */
  int spins() {
    return SPINS;
  }

  /** The token's callback; if its stack is exhausted, the thread looks at the token itself. */
  @Override
  public final void run() {
    try {
      giveUp(CANCELED);
    } finally {
      wake();
    }
  }

  @Override
  void wake() {
    LockSupport.unpark(thread);
  }

  @Override
  public final boolean isReleasable() {
    return outcome != WAITING;
  }

  @Override
  public final boolean block() {
    while (outcome == WAITING) {
      if (token.isCancellationRequested() && giveUp(CANCELED)) {
        return true;
      }
      if (nanos == Durations.FOREVER) {
        LockSupport.park(blocker);
      } else {
        long left = nanos - (System.nanoTime() - start);
        if (left > 0) {
          LockSupport.parkNanos(blocker, left);
        } else if (!giveUp(TIMED_OUT)) {
          nanos = Durations.FOREVER; // the outcome is decided, and only to be waited for
        }
      }
      if (Thread.interrupted()) {
        isInterrupted = true;
        if (giveUp(INTERRUPTED)) {
          isInterrupted = false; // it leaves as an exception
        }
      }
    }
    return true;
  }

  /** Looks for a while whether the wait ends soon; gives up if the token is canceled meanwhile. */
  private void spin() {
    if (Threads.isVirtual(thread)) {
      return;
    }
    for (int spins = spins(); spins > 0 && outcome == WAITING; spins--) {
      if (token.isCancellationRequested()) {
        giveUp(CANCELED);
        return;
      }
      Thread.onSpinWait();
    }
  }

  /** Blocks; a worker of a ForkJoinPool has the pool make up for it. */
  private void blockManaged() throws InterruptedException {
    if (thread instanceof ForkJoinWorkerThread) {
      try {
        ForkJoinPool.managedBlock(this);
        return;
      } catch (RejectedExecutionException | OutOfMemoryError e) {
        // The pool, or the process, has as many threads as it may: block without one more.
      }
    }
    block();
  }

  private void awaitOutcome() {
    nanos = Durations.FOREVER;
    block();
  }

  /**
   * Takes back what the wait has left behind. If there is no stack or no memory for that, it is too
   * late to fail; what stays ends no wait, and goes with the token or when others are served.
   */
  private void leave(CancellationTokenRegistration registration) {
    try {
      registration.unregister();
      leaveQueues();
    } catch (VirtualMachineError e) {
      // The outcome is set, and what was handed over with it would be lost.
    }
  }

  private int result() throws InterruptedException {
    int result = outcome;
    if (isInterrupted) {
      thread.interrupt(); // the wait ended otherwise, and the interrupt is for the next one
    }
    if (result == CANCELED) {
      token.throwIfCancellationRequested();
    }
    if (result == INTERRUPTED) {
      throw new InterruptedException();
    }
    return result;
  }
}
