// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Threads of tests: started, seen to block, joined; and the collector made to run. */
final class TestThreads {
  static final Duration LIMIT = Duration.ofSeconds(30);

  private TestThreads() {}

  /** Starts a thread for the body; what it throws comes out of {@link Running#join()}. */
  static <T> Running<T> start(Callable<T> body) {
    FutureTask<T> task = new FutureTask<>(body);
    Thread thread = new Thread(task, "test");
    thread.setDaemon(true);
    thread.start();
    return new Running<>(thread, task);
  }

  /** Starts a thread for a body without result. */
  static Running<Void> run(Runnable body) {
    return start(
        () -> {
          body.run();
          return null;
        });
  }

  /** Runs the garbage collector until the referent is gone. */
  static void awaitCollection(WeakReference<?> reference) {
    await(
        "is collected",
        () -> {
          System.gc();
          return reference.get() == null;
        });
  }

  /** Looks until the condition holds, which other threads see to; fails if it takes too long. */
  static void await(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        fail("after " + LIMIT + ", still not: " + what);
      }
      Thread.yield();
    }
  }

  /** A thread that a test has started. */
  record Running<T>(Thread thread, FutureTask<T> task) {
    /** Waits until the thread waits for something. */
    Running<T> awaitBlocked() {
      await(
          "waits",
          () -> {
            assertThat(task.isDone()).as("has ended").isFalse();
            Thread.State state = thread.getState();
            return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
          });
      return this;
    }

    T join() throws Exception {
      try {
        return task.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Exception cause) {
          throw cause;
        }
        throw e;
      }
    }
  }
}
