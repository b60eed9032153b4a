// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.CancellationToken.BY_LINK;
import static desist.CancellationToken.CLAIMED;
import static desist.CancellationToken.CLOSED;
import static desist.CancellationToken.LINKED;
import static desist.CancellationToken.RAISED;
import static desist.CancellationToken.REQUESTED;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request for cancellation, and the run of the callbacks that it is the cause of. */
final class Cancellation implements Runnable {
  /*
   * Overview
   *
   * request() marks the token, stops its delay and wakes those who watch it, in this order, on the
   * thread that requests. finish() then runs the callbacks, newest first, on the same thread or, for
   * delays and cancelAsync, on another.
   *
   * Where a link's turn comes, the child is claimed and its callbacks are run before the next of the
   * parent's, each child's failures becoming one AggregateException among the parent's. The children
   * in the midst of which the run stands are a stack of frames on the heap, so that a chain of any
   * length needs no more of the thread's stack than one source.
   *
   * Invariants:
   *
   *   1. The thread that sets CLAIMED runs the token's callbacks; nobody else does.
   *   2. A node is taken off the list under the lock, just before its turn, and is "running" in
   *      Extras from then until the next is taken. At each of these moments those who wait for the
   *      one before are woken.
   *   3. No callback runs while a lock is held, and none is skipped because of what another throws,
   *      but for those of a source that is canceled by cancelThrowOnFirstException.
   *
   * If the stack or the heap is exhausted in this class itself, and not in a callback, the run is left
   * with what it has still to do (class Unfinished), for another thread.
   */

  /** The answer of a request that was granted and leaves nothing to run. */
  private static final Cancellation DONE = new Cancellation(CancellationToken.none(), false);

  static {
    DONE.granted = true;
    DONE.frame = null;

    // A class that is loaded on a full stack may be ruined for good, or leave a token locked.
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    for (Class<?> used :
        List.of(
            AggregateException.class,
            Attachment.class,
            Backoff.class,
            CallbackThreads.class,
            CancellationTokenRegistration.class,
            CancellationTokenRegistration.OnContext.class,
            CancellationTokenRegistration.WithToken.class,
            DeepLinks.class,
            Delay.class,
            Extras.class,
            Frame.class,
            Handover.class,
            Link.class,
            Links.class,
            ObjectDisposedException.class,
            PlainRun.class,
            ProviderDelay.class,
            RunWaiter.class,
            Settlement.class,
            SystemDelay.class,
            TimerQueue.class,
            TimerWheel.class,
            TokenWatch.Entry.class,
            Unfinished.class)) {
      try {
        lookup.ensureInitialized(used);
      } catch (IllegalAccessException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  private final Frame root;
  private boolean granted;
  private @Nullable Delay delay;
  private boolean watched;

  /** The next in the stack of class {@link Unfinished}. */
  @Nullable Cancellation leftBefore;

  // Of the thread that runs. A link that has been taken off a list stays here until it has been
  // seen to, so that it is not lost if this class itself runs out of stack or memory.
  private @Nullable Frame frame;
  private @Nullable Link arriving;
  private @Nullable CancellationToken child;
  private @Nullable Thread runner;

  private Cancellation(CancellationToken token, boolean throwOnFirst) {
    this.root = new Frame(token, null, throwOnFirst);
    this.frame = root;
  }

  /**
   * Requests cancellation and runs the callbacks.
   *
   * @return whether this call was the request; callbacks may have been run even if not, where a
   *     parent had been canceled and the token's turn not come yet
   */
  static boolean cancel(CancellationToken token, @Nullable Object reason, boolean throwOnFirst) {
    boolean wasRequested = (token.state & LINKED) != 0 && token.isCancellationRequested();
    if (reason == null && !wasRequested && token.newest != null) {
      Object links = token.links();
      Object outcome;
      try {
        outcome = PlainRun.run(token, 0);
      } catch (StackOverflowError | OutOfMemoryError e) {
        if (RunWaiter.isRunner(token, Thread.currentThread())) {
          Unfinished.leave(goOn(token, links, PlainRun.MORE, throwOnFirst));
          Unfinished.finishAll();
        }
        throw e;
      }
      if (outcome == null) {
        Attachment.detach(links);
        return true;
      }
      if (outcome != PlainRun.NOT_PLAIN) {
        goOn(token, links, outcome, throwOnFirst).finish();
        return true;
      }
    }
    Cancellation cancellation = request(token, reason, null, throwOnFirst);
    if (cancellation == null) {
      return false;
    }
    cancellation.finish();
    return cancellation.granted;
  }

  /** Goes on where a plain run has stopped. */
  private static Cancellation goOn(
      CancellationToken token, @Nullable Object links, Object outcome, boolean throwOnFirst) {
    Cancellation cancellation = new Cancellation(token, throwOnFirst);
    cancellation.root.links = links;
    if (outcome instanceof Throwable failure) {
      cancellation.root.add(failure);
    }
    return cancellation;
  }

  /**
   * Requests cancellation without running any callback.
   *
   * @param cause the delay that requests it; if it is no longer the token's, nothing happens
   * @return what is left to {@linkplain #finish() finish}; null if the token needs nothing more
   *     from the caller, whose request was too late
   */
  static @Nullable Cancellation request(
      CancellationToken token,
      @Nullable Object reason,
      @Nullable Delay cause,
      boolean throwOnFirst) {
    if ((token.state & (REQUESTED | LINKED)) == LINKED) {
      Links.isRequested(token); // a parent's reason goes first
    }
    Unfinished.finishAll();
    for (; ; ) {
      Object seen = token.ext;
      boolean plain = reason == null && token.newest == null && !(seen instanceof Extras);
      Extras extras = plain ? null : Extras.of(seen);
      Cancellation cancellation = plain ? DONE : new Cancellation(token, throwOnFirst);
      Thread current = plain ? null : Thread.currentThread();
      Delay delay = null;
      boolean watched = false;
      int s = token.lock();
      boolean callbacks = token.newest != null;
      if ((s & (CLAIMED | CLOSED)) != 0) {
        token.state = s;
        return null;
      }
      if (token.ext != seen || (plain && callbacks)) {
        token.state = s;
        continue; // something came in between
      }
      try {
        DeepLinks.goOn();
      } catch (StackOverflowError e) {
        token.state = s;
        throw e;
      }
      if (extras != null) {
        delay = extras.delay;
        if (cause != null && cause != delay) {
          token.state = s;
          return null;
        }
        token.ext = extras;
        extras.delay = null;
        if ((s & REQUESTED) == 0) {
          extras.reason = reason;
        }
        extras.runner = callbacks ? current : null;
        watched = extras.watchers != null;
      }
      try {
        token.unlock(s | REQUESTED | RAISED | CLAIMED);
      } catch (StackOverflowError e) {
        token.state = s | REQUESTED | RAISED | CLAIMED;
      }
      boolean granted = (s & REQUESTED) == 0;
      if (!callbacks && (s & LINKED) != 0) {
        Links.drop(token);
      }
      if (!callbacks && delay == null && !watched) {
        return granted ? DONE : null;
      }
      cancellation.granted = granted;
      cancellation.delay = delay;
      cancellation.watched = watched;
      if (!callbacks) {
        cancellation.frame = null;
      }
      try {
        cancellation.begin();
      } catch (StackOverflowError | OutOfMemoryError e) {
        Unfinished.leave(cancellation);
        throw e;
      }
      return cancellation;
    }
  }

  /** Returns whether there is nothing left to run. */
  boolean isDone() {
    return frame == null && root.failure() == null;
  }

  /** Runs the callbacks, and then throws what they threw. */
  void finish() {
    Throwable failure;
    try {
      begin();
      loop();
      failure = root.failure();
    } catch (StackOverflowError | OutOfMemoryError e) {
      Unfinished.leave(this);
      Unfinished.finishAll();
      throw e;
    }
    if (failure != null) {
      throw Cancellation.<RuntimeException>sneak(failure);
    }
  }

  /** Does so on a thread other than the one that requested the cancellation. */
  @Override
  public void run() {
    for (Frame f = frame; f != null; f = f.below) {
      RunWaiter.setRunner(f.token, Thread.currentThread());
    }
    finish();
  }

  /** Has this class, and those that it uses, initialized. */
  static void load() {}

  /** Throws a throwable of any kind as it is. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <E extends Throwable> E sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }

  /** Stops the delay and wakes the watchers, if that has not been done. */
  private void begin() {
    root.stop(delay);
    delay = null;
    if (watched) {
      TokenWatch.wakeAll(root.token, root::note);
      watched = false;
    }
  }

  private void loop() {
    for (Frame current; (current = frame) != null; ) {
      CancellationToken plain = child;
      if (plain != null) { // its run was cut short, or has not begun
        if (RunWaiter.isRunner(plain, runner)) {
          frame = new Frame(plain, current, false);
          RunWaiter.setRunner(plain, Thread.currentThread());
          arriving = null;
        }
        child = null;
      } else if (arriving != null) {
        enter(arriving.child, current);
        arriving = null;
      } else {
        runNext(current);
      }
    }
  }

  /** Takes the next callback or link off the frame's list (invariant 2), and runs the callback. */
  private void runNext(Frame current) {
    CancellationToken token = current.token;
    Extras extras = token.extras();
    boolean skip = current.skipsCallbacks();
    Thread thread = Thread.currentThread();
    int s = token.lock();
    Node next = token.newest;
    RunWaiter waiters = extras.waiters;
    if (waiters != null) {
      extras.waiters = null;
    }
    if (extras.running instanceof CancellationTokenRegistration ended
        && ended.state == extras.runner) {
      ended.state = null; // of a plain run
    }
    extras.running = next;
    if (next == null) {
      extras.runner = null;
      if (extras.links != null) {
        current.links = extras.links;
        extras.links = null;
      }
      s &= ~(LINKED | BY_LINK);
      try {
        token.unlock(s);
      } catch (StackOverflowError e) {
        token.state = s;
      }
      RunWaiter.wakeAll(waiters);
      current.leave();
      frame = current.below;
      return;
    }
    extras.runner = thread; // a context may have left the one before to a thread of its own
    Node older = next.older;
    token.newest = older;
    if (older != null) {
      older.newer = null;
      next.older = null;
    }
    if (next instanceof Link link) {
      arriving = link;
      try {
        token.unlock(s);
      } catch (StackOverflowError e) {
        token.state = s;
      }
      RunWaiter.wakeAll(waiters);
      return;
    }
    CancellationTokenRegistration registration = (CancellationTokenRegistration) next;
    Object callback = registration.callback;
    Object state = registration.state;
    registration.callback = skip ? CancellationTokenRegistration.DROPPED : null;
    if (skip || !(state instanceof Handover)) {
      registration.state = null;
    }
    try {
      token.unlock(s);
    } catch (StackOverflowError e) {
      token.state = s;
    }
    try {
      RunWaiter.wakeAll(waiters);
      if (!skip) {
        registration.runTaken(callback, state);
      }
    } catch (Throwable e) {
      current.add(e);
      Unfinished.finishAll();
    }
  }

  /** Claims a child whose link's turn has come, and runs its callbacks or makes them the next. */
  private void enter(CancellationToken entered, Frame parent) {
    Throwable reason = parent.reason();
    if (reason == null) {
      runner = Thread.currentThread();
      child = entered;
      Object outcome = PlainRun.run(entered, BY_LINK);
      if (outcome != PlainRun.NOT_PLAIN) {
        if (outcome != null) {
          frame = new Frame(entered, parent, false);
          if (outcome instanceof Throwable failure) {
            frame.add(failure);
          }
        }
        child = null;
        return;
      }
      child = null;
    }
    Thread current = Thread.currentThread();
    Frame next = new Frame(entered, parent, false);
    for (; ; ) {
      Object seen = entered.ext;
      Extras extras = Extras.of(seen);
      int s = entered.lock();
      boolean unchanged = entered.ext == seen;
      if (!unchanged || (s & CLAIMED) != 0 || (s & (REQUESTED | CLOSED)) == CLOSED) {
        entered.state = s;
        if (unchanged) {
          return;
        }
        continue;
      }
      Delay stopped = extras.delay;
      boolean wakes = extras.watchers != null;
      entered.ext = extras;
      extras.delay = null;
      extras.runner = current;
      if ((s & REQUESTED) == 0) {
        extras.reason = reason;
      }
      frame = next;
      s |= REQUESTED | RAISED | CLAIMED | BY_LINK;
      try {
        entered.unlock(s);
      } catch (StackOverflowError e) {
        entered.state = s;
      }
      next.stop(stopped);
      if (wakes) {
        TokenWatch.wakeAll(entered, next::note);
      }
      return;
    }
  }
}
