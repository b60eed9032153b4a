// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.CancellationToken.CLOSED;
import static desist.CancellationToken.REQUESTED;

import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Wakes somebody as soon as a token, or one above it, is requested: before any callback runs, and
 * without waiting for the token's turn among its parents' callbacks.
 *
 * <p>A watch wakes once. It also wakes when the source of one of these tokens is closed, and may do
 * so for no reason; who wants to go on waiting closes it and makes another.
 */
final class TokenWatch {
  /*
   * Overview
   *
   * A watch enters the lists of watchers of its token and of all tokens above, each list guarded by
   * its token's lock. An entry enters only where the token is not requested yet. The thread that
   * requests takes all entries off and wakes their targets; so whoever makes a watch and then finds
   * the token not requested is woken if it is requested later. Where the source is closed nothing
   * will come any more, and no entry enters: who closes takes off what there is until nothing is
   * left, while those that it wakes make their watches anew.
   *
   * Callbacks of linked tokens do without this: they wait for their turn, which needs one link to
   * each parent and not one to each ancestor. Waiting is rare and expensive enough to pay for more.
   */

  private @Nullable Entry entries;

  private TokenWatch() {}

  /** Watches the token and all above it. The caller then looks at the token before it waits. */
  static TokenWatch on(CancellationToken token, Wakeable target) {
    TokenWatch watch = onAncestors(token, target);
    if (token.canBeCanceled()) {
      try {
        watch.enter(token, target);
      } catch (Throwable e) {
        watch.close();
        throw e;
      }
    }
    return watch;
  }

  /** Watches all above the token. */
  static TokenWatch onAncestors(CancellationToken token, Wakeable target) {
    TokenWatch watch = new TokenWatch();
    try {
      for (CancellationToken ancestor : Links.ancestors(token)) {
        watch.enter(ancestor, target);
      }
    } catch (Throwable e) {
      watch.close();
      throw e;
    }
    return watch;
  }

  /** Ends the watch; may be called again. */
  void close() {
    for (Entry entry = entries; entry != null; entry = entry.following) {
      entry.leave();
    }
    entries = null;
  }

  /**
   * Wakes all who watch the token.
   *
   * @param onFailure is given what a target throws, against the rules; the next is woken all the
   *     same
   */
  static void wakeAll(CancellationToken token, Consumer<? super Throwable> onFailure) {
    for (Entry entry; (entry = takeNewest(token)) != null; ) {
      try {
        entry.target.wake();
      } catch (Throwable e) {
        onFailure.accept(e);
      }
    }
  }

  /** Waits for the token's cancellation; returns whether it was requested in time. */
  static boolean await(CancellationToken token, Duration timeout) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (token.isCancellationRequested()) {
      return true;
    }
    long nanos = Durations.toNanos(timeout);
    if (nanos <= 0) {
      return false;
    }
    long start = System.nanoTime();
    Sleeper sleeper = new Sleeper();
    for (; ; ) {
      TokenWatch watch = on(token, sleeper);
      try {
        for (sleeper.awake = false; !sleeper.awake; ) {
          if (token.isCancellationRequested()) {
            return true;
          }
          long left = nanos - (System.nanoTime() - start);
          if (left <= 0) {
            return false;
          }
          sleeper.sleep(token, left);
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
        }
      } finally {
        watch.close();
      }
    }
  }

  private void enter(CancellationToken token, Wakeable target) {
    Extras extras = token.extras();
    Entry entry = new Entry(token, target, entries);
    int s = token.lock();
    boolean entered = (s & (REQUESTED | CLOSED)) == 0;
    if (entered) {
      Node head = extras.watchers;
      if (head != null) {
        entry.older = head;
        head.newer = entry;
      }
      extras.watchers = entry;
    }
    token.state = s;
    if (entered) {
      entries = entry;
    }
  }

  private static @Nullable Entry takeNewest(CancellationToken token) {
    Extras extras = token.extras();
    int s = token.lock();
    Entry newest = extras.watchers;
    if (newest != null) {
      Node older = newest.older;
      extras.watchers = (Entry) older;
      if (older != null) {
        older.newer = null;
        newest.older = null;
      }
    }
    token.state = s;
    return newest;
  }

  /** A watch's place in one token's list. */
  static final class Entry extends Node {
    private final Wakeable target;
    private final @Nullable Entry following; // of the same watch

    private Entry(CancellationToken token, Wakeable target, @Nullable Entry following) {
      super(token);
      this.target = target;
      this.following = following;
    }

    private void leave() {
      Extras extras = token.extras();
      int s = token.lock();
      Node next = newer;
      Node previous = older;
      if (next != null) {
        next.older = previous;
        newer = null;
      } else if (extras.watchers == this) {
        extras.watchers = (Entry) previous;
      }
      if (previous != null) {
        previous.newer = next;
        older = null;
      }
      token.state = s;
    }
  }

  /** A thread that waits. */
  private static final class Sleeper implements Wakeable, ForkJoinPool.ManagedBlocker {
    private final Thread thread = Thread.currentThread();
    private volatile boolean awake;
    private @Nullable Object blocker;
    private long nanos;

    /** Sleeps until it is woken, interrupted, or the time is over; a pool's worker is replaced. */
    void sleep(Object sleepsOn, long longest) {
      blocker = sleepsOn;
      nanos = longest;
      try {
        ForkJoinPool.managedBlock(this);
      } catch (InterruptedException e) {
        thread.interrupt(); // block() throws none
      } catch (RejectedExecutionException | OutOfMemoryError e) {
        block(); // at its limit of threads the pool does without
      }
    }

    @Override
    public boolean block() {
      LockSupport.parkNanos(blocker, nanos);
      return true;
    }

    @Override
    public boolean isReleasable() {
      return awake || thread.isInterrupted();
    }

    @Override
    public void wake() {
      awake = true;
      LockSupport.unpark(thread);
    }
  }
}
