// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread of a probe, and the waits of its threads for each other. All of them have a limit. */
final class Background {
  private static final long LIMIT_SECONDS = 10;

  private final Thread thread;
  private volatile Throwable failure;

  private Background(Body body) {
    thread =
        new Thread(
            () -> {
              try {
                body.run();
              } catch (Throwable e) {
                failure = e;
              }
            },
            "probe-background");
    thread.setDaemon(true);
  }

  /** Starts a thread. */
  static Background go(Body body) {
    Background background = new Background(body);
    background.thread.start();
    return background;
  }

  /** Runs the body on a thread of its own and waits for it. */
  static void onOtherThread(Body body) {
    go(body).join();
  }

  /** Runs both at the same time, on two threads. */
  static void race(Body a, Body b) {
    CyclicBarrier start = new CyclicBarrier(2);
    Background other =
        go(
            () -> {
              meet(start);
              a.run();
            });
    try {
      meet(start);
      b.run();
    } catch (Exception e) {
      throw new AssertionError("A side of the race threw", e);
    }
    other.join();
  }

  /** Waits for the others at the barrier. */
  static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("The others did not come", e);
    }
  }

  /** Waits until a thread blocks: true, or false if it ends instead. */
  static boolean blocks(Thread thread) {
    long start = System.nanoTime();
    while (true) {
      switch (thread.getState()) {
        case WAITING:
        case TIMED_WAITING:
        case BLOCKED:
          return true;
        case TERMINATED:
          return false;
        default:
          if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
            throw new AssertionError("The thread neither blocks nor ends: " + where(thread));
          }
          Thread.onSpinWait();
      }
    }
  }

  /** Waits for the latch. */
  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("The latch did not open");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted while waiting for a latch", e);
    }
  }

  /** The thread. */
  Thread thread() {
    return thread;
  }

  /** Waits until the thread has ended. What it threw fails the probe. */
  void join() {
    if (!ends()) {
      throw new AssertionError("The thread did not end: " + where());
    }
    if (failure != null) {
      throw new AssertionError("The thread threw", failure);
    }
  }

  /** Waits until the thread has ended: false if it does not. */
  boolean ends() {
    return endsWithin(Duration.ofSeconds(LIMIT_SECONDS));
  }

  /** Whether the thread has ended before the time is over. */
  boolean endsWithin(Duration time) {
    try {
      thread.join(time.toMillis());
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted while joining a thread", e);
    }
    return !thread.isAlive();
  }

  /** Waits until the thread blocks: true, or false if it ends instead. */
  boolean blocks() {
    return blocks(thread);
  }

  private String where() {
    return where(thread);
  }

  private static String where(Thread thread) {
    StringBuilder trace = new StringBuilder(thread.getState().toString());
    for (StackTraceElement frame : thread.getStackTrace()) {
      trace.append("\n    at ").append(frame);
    }
    return trace.toString();
  }
}
