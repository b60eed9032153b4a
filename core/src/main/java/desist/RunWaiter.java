// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.CancellationToken.BY_LINK;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread or a stage that waits for a running callback to end. */
final class RunWaiter {
  /*
   * Overview
   *
   * A waiter enters the token's stack of waiters under the token's lock, having seen there that the
   * callback is running. The runner takes the whole stack, under the lock, when it takes the next
   * callback off the list; so a waiter is woken at the end of the very callback that it waits for.
   *
   * The runner of a token's callbacks never waits for one of them: it would wait for itself.
   */

  private final @Nullable Thread thread;
  private final @Nullable ReadOnlyStage<@Nullable Void> stage;
  private @Nullable RunWaiter next; // guarded by the token's lock
  private volatile boolean ended;

  private RunWaiter(@Nullable Thread thread, @Nullable ReadOnlyStage<@Nullable Void> stage) {
    this.thread = thread;
    this.stage = stage;
  }

  /** Waits until the callback is not running, unless this thread runs the token's callbacks. */
  static void awaitEnd(CancellationTokenRegistration registration) {
    CancellationToken token = registration.token;
    Handover handover = handoverOf(registration);
    if (handover != null) { // whose executor may wait for it, so do not wait for the handing over
      if (!isRunner(token, Thread.currentThread())) {
        handover.awaitEnd();
      }
      return;
    }
    RunWaiter waiter = new RunWaiter(Thread.currentThread(), null);
    if (waiter.enter(token, registration)) {
      waiter.await(token);
    }
  }

  /** Returns a stage that completes when {@link #awaitEnd} would return. */
  static CompletionStage<@Nullable Void> whenEnded(CancellationTokenRegistration registration) {
    Handover handover = handoverOf(registration);
    if (handover != null) {
      return isRunner(registration.token, Thread.currentThread())
          ? ReadOnlyStage.<@Nullable Void>completed(null)
          : handover.whenEnded();
    }
    ReadOnlyStage<@Nullable Void> stage = new ReadOnlyStage<>();
    boolean running = new RunWaiter(null, stage).enter(registration.token, registration);
    return running ? stage : ReadOnlyStage.<@Nullable Void>completed(null);
  }

  /**
   * Waits until the callbacks that are being run on behalf of a parent have ended, unless this
   * thread runs them.
   */
  static void awaitEndOfLink(CancellationToken token) {
    if ((token.state & BY_LINK) == 0) {
      return;
    }
    RunWaiter waiter;
    while ((waiter = new RunWaiter(Thread.currentThread(), null)).enter(token, null)) {
      waiter.await(token);
    }
  }

  /**
   * Has a context run the callback; while it does so, the thread that it runs it on counts as the
   * runner of the token's callbacks.
   */
  static void send(
      CancellationTokenRegistration registration, SynchronizationContext context, Runnable work) {
    Thread sender = Thread.currentThread();
    context.send(
        () -> {
          boolean moved = setRunner(registration, Thread.currentThread());
          try {
            work.run();
          } finally {
            if (moved) {
              setRunner(registration, sender);
            }
          }
        });
  }

  /** Wakes this waiter and those below it: threads first, as completing a stage may fail. */
  static void wakeAll(@Nullable RunWaiter newest) {
    RunWaiter stages = null;
    for (RunWaiter waiter = newest; waiter != null; ) {
      RunWaiter following = waiter.next; // read first: a thread that is woken may be gone
      if (waiter.stage == null) {
        waiter.ended = true;
        LockSupport.unpark(waiter.thread);
      } else {
        waiter.next = stages;
        stages = waiter;
      }
      waiter = following;
    }
    for (; stages != null; stages = stages.next) {
      if (stages.stage != null) {
        stages.stage.finishAsync(null);
      }
    }
  }

  /** Enters the stack, if the callback (null: any on behalf of a parent) runs on another thread. */
  private boolean enter(CancellationToken token, @Nullable Node callback) {
    Thread current = Thread.currentThread();
    for (; ; ) {
      Object ext = token.ext;
      if (!(ext instanceof Extras) && !(ext instanceof CancellationTokenRegistration)) {
        return false; // nothing runs
      }
      Extras extras = Extras.of(ext);
      int s = token.lock();
      boolean unchanged = token.ext == ext;
      Thread runner =
          ext instanceof CancellationTokenRegistration plain
              ? unchanged ? (Thread) plain.state : null
              : extras.runner;
      boolean enters =
          unchanged
              && runner != null
              && runner != current
              && (callback == null ? (s & BY_LINK) != 0 : extras.running == callback);
      if (enters) {
        token.ext = extras;
        extras.runner = runner;
        next = extras.waiters;
        extras.waiters = this;
      }
      token.state = s;
      if (unchanged) {
        return enters;
      }
    }
  }

  /** Returns whether the thread is running the token's callbacks. */
  static boolean isRunner(CancellationToken token, @Nullable Thread thread) {
    Thread runner = null;
    int s = token.lock();
    if (token.ext instanceof Extras extras) {
      runner = extras.runner;
    } else if (token.ext instanceof CancellationTokenRegistration plain) {
      runner = (Thread) plain.state;
    }
    token.state = s;
    return runner != null && runner == thread;
  }

  private void await(CancellationToken token) {
    boolean interrupted = false;
    while (!ended) {
      LockSupport.park(token);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Makes the thread the runner of the token's callbacks, if there is one. */
  static void setRunner(CancellationToken token, Thread runner) {
    Extras extras = token.extras();
    int s = token.lock();
    if (extras.runner != null) {
      extras.runner = runner;
    }
    token.state = s;
  }

  /** Makes the thread the runner while it runs the callback; returns whether it does. */
  private static boolean setRunner(Node callback, Thread runner) {
    CancellationToken token = callback.token;
    Extras extras = token.extras();
    int s = token.lock();
    boolean running = extras.running == callback;
    if (running) {
      extras.runner = runner;
    }
    token.state = s;
    return running;
  }

  private static @Nullable Handover handoverOf(CancellationTokenRegistration registration) {
    CancellationToken token = registration.token;
    int s = token.lock();
    Object state = registration.state;
    token.state = s;
    return state instanceof Handover handover ? handover : null;
  }
}
