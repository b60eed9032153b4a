// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.TimeProvider;
import desist.Timeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The steps that are being taken to stop an operation, one after another, until it has ended. */
final class Ladder {
  /*
   * Overview
   *
   * A step is due when the grace after the one before has passed, whether that has ended, hangs or
   * still waits for a thread. Each has an Attempt, which runs on the thread that finds it due if it
   * never blocks, else on BridgeThreads, and which runs again until the next step is due.
   *
   *     Attempt:   due --> running --> over
   *                 ^         \--> overdue --> over
   *                 \---interval------------/
   *
   * Invariants:
   *
   *   1. No action begins once "isEnded" is set: it is looked at, and the attempt put among
   *      "running", under one lock. So end() sees every action that runs.
   *   2. end() waits for each that is running, until it is over or overdue, but not for the one that
   *      calls it.
   *   3. Only the attempt of the last step that was due, "newest", runs again, and only after its end:
   *      by then it is "repeating". So it does not run twice at a time.
   *   4. Actions, timers and threads are called without the lock.
   *
   * Why no step is lost: whoever has taken a step sets the timer for the next. Nothing that an action
   * throws comes between; it is kept for whoever is told that the operation was canceled.
   *
   * An action that hangs is not interrupted: what hangs, such as connecting to a host that is gone,
   * does not notice. Its thread is made up for (BridgeThreads) until it is free again.
   */

  private final List<Step> steps;
  private final TimeProvider timeProvider;
  private final TimeProvider.Timer nextStep;
  private final TimeProvider.Timer nextAttempt;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private final List<Attempt> running = new ArrayList<>(1);
  private final List<Throwable> failures = new ArrayList<>(0);
  private @Nullable Attempt newest;
  private @Nullable Attempt repeating;
  private int taken;
  private boolean isEnded;

  // Written under the lock.
  private volatile boolean isBegun;

  Ladder(List<Step> steps, TimeProvider timeProvider) {
    this.steps = steps;
    this.timeProvider = timeProvider;
    nextStep = timeProvider.createTimer(this::climb, Timeout.INFINITE, Timeout.INFINITE);
    nextAttempt = timeProvider.createTimer(this::repeat, Timeout.INFINITE, Timeout.INFINITE);
  }

  /** Takes the steps that are due at once, and sees to it that the others are taken in time. */
  void start() {
    if (!steps.isEmpty() && !isLater(0)) {
      climb();
    }
  }

  /** Whether an action has begun. */
  boolean isBegun() {
    return isBegun;
  }

  /** Returns what actions have thrown, of each step the first only. */
  List<Throwable> failures() {
    lock.lock();
    try {
      return List.copyOf(failures);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the ladder, and waits for actions that are running as long as their limits allow. */
  void end() {
    lock.lock();
    try {
      isEnded = true;
    } finally {
      lock.unlock();
    }
    close(nextStep);
    close(nextAttempt);
    lock.lock();
    try {
      while (isHeldUp()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether an action runs, be it overdue, but for the one that asks. */
  boolean isHanging() {
    lock.lock();
    try {
      return running.stream().anyMatch(attempt -> attempt.thread != Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  /** Closes a timer, which may be a user's; nothing that it throws takes the place of a result. */
  private static void close(TimeProvider.Timer timer) {
    try {
      timer.close();
    } catch (Throwable e) {
      Uncaught.tell(e);
    }
  }

  private boolean isHeldUp() {
    for (Attempt attempt : running) {
      if (!attempt.isOverdue && attempt.thread != Thread.currentThread()) {
        return true;
      }
    }
    return false;
  }

  /** Takes the next step, and those that are due with it. */
  private void climb() {
    int index;
    do {
      Attempt attempt;
      lock.lock();
      try {
        if (isEnded) {
          return;
        }
        index = taken++;
        attempt = new Attempt(steps.get(index));
        newest = attempt;
      } finally {
        lock.unlock();
      }
      attempt.start();
      index++;
    } while (index < steps.size() && !isLater(index));
  }

  /** Has the timer take the step, unless it has no grace. */
  private boolean isLater(int index) {
    Duration grace = steps.get(index).grace();
    if (grace.isZero() || grace.isNegative()) {
      return false;
    }
    nextStep.change(grace, Timeout.INFINITE);
    return true;
  }

  /** Does once more what the last step does. */
  private void repeat() {
    Attempt attempt;
    lock.lock();
    try {
      attempt = repeating == newest ? repeating : null;
      repeating = null;
    } finally {
      lock.unlock();
    }
    if (attempt != null) {
      attempt.start();
    }
  }

  /** A step that has been taken. */
  private final class Attempt implements Runnable {
    private final Step step;

    // Guarded by the lock.
    private @Nullable Thread thread;
    private @Nullable Duration interval;
    private int runs;
    private boolean isOverdue;
    private boolean hasFailed;

    Attempt(Step step) {
      this.step = step;
      this.interval = step.interval();
    }

    void start() {
      if (step.limit() == null) {
        run();
        return;
      }
      try {
        BridgeThreads.execute(this);
      } catch (Throwable e) { // no thread could be started
        failed(e);
      }
    }

    @Override
    public void run() {
      if (!enter()) {
        return;
      }
      try {
        runWithinLimit();
      } catch (Throwable e) {
        failed(e);
      }
      Duration interval = leave();
      if (interval != null) {
        nextAttempt.change(interval, Timeout.INFINITE);
      }
    }

    private void runWithinLimit() throws Exception {
      Duration limit = step.limit();
      if (limit == null) {
        step.action().run();
        return;
      }
      int run = runs; // as a timer may call back late
      TimeProvider.Timer timer =
          timeProvider.createTimer(() -> runOut(run), limit, Timeout.INFINITE);
      try {
        step.action().run();
      } finally {
        timer.close();
      }
    }

    private boolean enter() {
      lock.lock();
      try {
        if (isEnded || thread != null) {
          return false;
        }
        thread = Thread.currentThread();
        runs++;
        isBegun = true;
        running.add(this);
        return true;
      } finally {
        lock.unlock();
      }
    }

    /** Marks the end of the action; returns how long after it it is to be done again, if it is. */
    private @Nullable Duration leave() {
      boolean wasOverdue;
      Duration after;
      lock.lock();
      try {
        running.remove(this);
        wasOverdue = isOverdue;
        isOverdue = false;
        thread = null;
        after = newest == this && !isEnded ? interval : null;
        if (after != null) {
          repeating = this;
          interval = step.longerThan(after);
        }
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      if (wasOverdue) {
        BridgeThreads.freed();
      }
      return after;
    }

    private void runOut(int run) {
      lock.lock();
      try {
        if (thread == null || runs != run) {
          return;
        }
        isOverdue = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      BridgeThreads.stuck();
    }

    private void failed(Throwable e) {
      lock.lock();
      try {
        if (!hasFailed) {
          hasFailed = true;
          failures.add(e);
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
