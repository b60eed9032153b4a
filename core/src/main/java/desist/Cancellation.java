// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0
package desist;

import static desist.CancellationToken.BY_LINK;
import static desist.CancellationToken.CLAIMED;
import static desist.CancellationToken.CLOSED;
import static desist.CancellationToken.LINKED;
import static desist.CancellationToken.RAISED;
import static desist.CancellationToken.REQUESTED;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request for cancellation, and the run of the callbacks that it is the cause of. */
final class Cancellation {
  /*
   * Overview
   *
   * request() marks the token, stops its delay and wakes those who watch it, in this order, on the
   * thread that requests. run() then runs the callbacks, newest first, on the same thread or, for
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
   *      but for those of a source that is cancelled by cancelThrowOnFirstException.
   *
   * If the stack or the heap is exhausted in this class itself, and not in a callback, what is left
   * to do is given to another thread.
   */

  /** The answer of a request that was granted and leaves nothing to run. */
  private static final Cancellation DONE = new Cancellation(CancellationToken.none(), false);

  static {
    DONE.granted = true;
    DONE.frame = null;
  }

  private final Frame root;
  private boolean granted;

  // Of the thread that runs. What has been taken off a list stays here until it has been seen to,
  // so
  // that it is not lost if this class itself runs out of stack or memory.
  private @Nullable Frame frame;
  private @Nullable Node taken;
  private @Nullable Object callback;
  private @Nullable Object state;
  private @Nullable RunWaiter waiters;

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
    Cancellation cancellation = request(token, reason, null, throwOnFirst);
    if (cancellation == null) {
      return false;
    }
    Throwable failure = cancellation.run();
    if (failure != null) {
      throw Cancellation.<RuntimeException>sneak(failure);
    }
    return cancellation.granted;
  }

  /**
   * Requests cancellation without running any callback.
   *
   * @param cause the delay that requests it; if it is no longer the token's, nothing happens
   * @return what is left to {@linkplain #run() run}; null if the token needs nothing more from the
   *     caller, whose request was too late
   */
  static @Nullable Cancellation request(
      CancellationToken token,
      @Nullable Object reason,
      @Nullable Delay cause,
      boolean throwOnFirst) {
    if ((token.state & (REQUESTED | LINKED)) == LINKED) {
      Links.isRequested(token); // a parent's reason goes first
    }
    for (; ; ) {
      boolean plain = reason == null && token.newest == null && !(token.ext instanceof Extras);
      Extras extras = plain ? null : Extras.of(token);
      Cancellation cancellation = plain ? DONE : new Cancellation(token, throwOnFirst);
      Thread current = plain ? null : Thread.currentThread();
      Delay delay = null;
      boolean watched = false;
      int s = token.lock();
      Object ext = token.ext;
      boolean callbacks = token.newest != null;
      if ((s & (CLAIMED | CLOSED)) != 0) {
        token.unlock(s);
        return null;
      }
      if (extras == null ? callbacks || ext instanceof Extras : !extras.fits(ext)) {
        token.unlock(s);
        continue; // something came in between
      }
      if (extras != null) {
        delay = extras.delay;
        if (cause != null && cause != delay) {
          token.unlock(s);
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
      Links.goOn();
      token.unlock(s | REQUESTED | RAISED | CLAIMED);
      boolean granted = (s & REQUESTED) == 0;
      if (!callbacks && (s & LINKED) != 0) {
        Links.drop(token);
      }
      if (!callbacks && delay == null && !watched) {
        return granted ? DONE : null;
      }
      cancellation.begin(granted, callbacks, delay, watched);
      return cancellation;
    }
  }

  /** Returns whether there is nothing left to run. */
  boolean isDone() {
    return frame == null && root.first == null;
  }

  /**
   * Runs the callbacks.
   *
   * @return what is to be thrown to whoever requested the cancellation, if anything
   */
  @Nullable Throwable run() {
    try {
      loop();
    } catch (StackOverflowError | OutOfMemoryError e) {
      CallbackThreads.execute(this::runHere);
      throw e;
    }
    return root.failure();
  }

  /** Runs the callbacks on a thread other than the one that requested the cancellation. */
  void runHere() {
    for (Frame f = frame; f != null; f = f.below) {
      RunWaiter.setRunner(f.token, Thread.currentThread());
    }
    Throwable failure = run();
    if (failure != null) {
      throw Cancellation.<RuntimeException>sneak(failure);
    }
  }

  /** Throws a throwable of any kind as it is. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <E extends Throwable> E sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private void begin(
      boolean wasGranted, boolean callbacks, @Nullable Delay delay, boolean watched) {
    granted = wasGranted;
    if (!callbacks) {
      frame = null;
    }
    root.stop(delay);
    if (watched) {
      TokenWatch.wakeAll(root.token, root::note);
    }
  }

  private void loop() {
    for (Frame current; (current = frame) != null; ) {
      if (taken == null) {
        take(current);
      }
      RunWaiter.wakeAll(waiters);
      waiters = null;
      Node next = taken;
      if (next == null) {
        current.leave();
        frame = current.below;
      } else if (next instanceof Link link) {
        enter(link.child, current);
        taken = null;
      } else {
        run((CancellationTokenRegistration) next, current);
      }
    }
  }

  private void run(CancellationTokenRegistration registration, Frame current) {
    Object work = callback;
    Object given = state;
    callback = null;
    state = null;
    taken = null;
    if (work == null || current.skipsCallbacks()) {
      return;
    }
    try {
      registration.run(work, given);
    } catch (Throwable e) {
      current.add(e);
    }
  }

  /** Takes the next callback or link off the frame's list (invariant 2), if there is one. */
  private void take(Frame current) {
    CancellationToken token = current.token;
    Extras extras = token.extras();
    boolean skip = current.skipsCallbacks();
    int s = token.lock();
    Node next = token.newest;
    if (next == null) {
      extras.runner = null;
      if (extras.links != null) {
        current.links = extras.links;
        extras.links = null;
      }
      s &= ~(LINKED | BY_LINK);
    } else {
      Node older = next.older;
      token.newest = older;
      if (older != null) {
        older.newer = null;
        next.older = null;
      }
      if (next instanceof CancellationTokenRegistration registration) {
        callback = registration.callback;
        state = registration.state;
        registration.callback = skip ? CancellationTokenRegistration.DROPPED : null;
        if (skip || !(state instanceof Handover)) {
          registration.state = null;
        }
      }
    }
    taken = next;
    extras.running = next;
    waiters = extras.waiters;
    extras.waiters = null;
    token.unlock(s);
  }

  /** Claims a child whose link's turn has come, and makes its callbacks the next to run. */
  private void enter(CancellationToken child, Frame parent) {
    Throwable reason = parent.reason();
    Thread current = Thread.currentThread();
    Frame next = new Frame(child, parent, false);
    for (; ; ) {
      Extras extras = Extras.of(child);
      int s = child.lock();
      boolean fits = extras.fits(child.ext);
      if (!fits || (s & CLAIMED) != 0 || (s & (REQUESTED | CLOSED)) == CLOSED) {
        child.unlock(s);
        if (fits) {
          return;
        }
        continue;
      }
      Delay delay = extras.delay;
      boolean watched = extras.watchers != null;
      child.ext = extras;
      extras.delay = null;
      extras.runner = current;
      if ((s & REQUESTED) == 0) {
        extras.reason = reason;
      }
      frame = next;
      child.unlock(s | REQUESTED | RAISED | CLAIMED | BY_LINK);
      next.stop(delay);
      if (watched) {
        TokenWatch.wakeAll(child, next::note);
      }
      return;
    }
  }

  /** A token whose callbacks are being run, within those of the one below. */
  private static final class Frame {
    final CancellationToken token;
    final @Nullable Frame below;
    private final boolean throwOnFirst;
    private boolean callbackFailed;
    private boolean reasonKnown;
    private @Nullable Throwable reason;
    @Nullable Throwable first;
    private @Nullable List<Throwable> all;
    @Nullable Object links;

    Frame(CancellationToken token, @Nullable Frame below, boolean throwOnFirst) {
      this.token = token;
      this.below = below;
      this.throwOnFirst = throwOnFirst;
    }

    boolean skipsCallbacks() {
      return throwOnFirst && callbackFailed;
    }

    @Nullable Throwable reason() {
      if (!reasonKnown) {
        reason = Delay.reasonOf(token);
        reasonKnown = true;
      }
      return reason;
    }

    void stop(@Nullable Delay delay) {
      if (delay != null) {
        try {
          delay.stop();
        } catch (Throwable e) {
          note(e);
        }
      }
    }

    /** Adds what a callback or a child has thrown. */
    void add(Throwable failure) {
      callbackFailed = true;
      note(failure);
    }

    /** Adds what was thrown while the cancellation was requested; no callback is skipped for it. */
    void note(Throwable failure) {
      if (first == null) {
        first = failure;
      } else if (throwOnFirst) {
        if (failure != first) {
          first.addSuppressed(failure);
        }
      } else {
        if (all == null) {
          all = new ArrayList<>();
          all.add(first);
        }
        all.add(failure);
      }
    }

    @Nullable Throwable failure() {
      if (first == null || throwOnFirst) {
        return first;
      }
      return new AggregateException(all == null ? List.of(first) : all);
    }

    /** Ends the frame, whose list is empty for good. */
    void leave() {
      if (below == null || links instanceof Links) {
        Attachment.detach(links); // else the only link is what led here
      }
      Throwable failure = below == null ? null : failure();
      if (failure != null) {
        below.add(failure);
      }
    }
  }
}
