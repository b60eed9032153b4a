// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.CancellationToken.BY_LINK;
import static desist.CancellationToken.CLAIMED;
import static desist.CancellationToken.CLOSED;
import static desist.CancellationToken.LINKED;
import static desist.CancellationToken.RAISED;
import static desist.CancellationToken.REQUESTED;

import org.jspecify.annotations.Nullable;

/** The run of a token's callbacks as long as nothing unusual comes up; most runs are no more. */
final class PlainRun {
  /*
   * Overview
   *
   * Claims a token that has no rarer parts and runs its callbacks, without making any object. The
   * callback that is running is the token's "ext" meanwhile, and its "state" the thread that runs it;
   * whoever wants to wait for it puts Extras there, which take over both.
   *
   * At a failure, a link, a callback with a context or an executor, and where somebody waits, the
   * run stops between two callbacks and class Cancellation goes on from there.
   */

  /** The answer of a run that stopped early although nothing was thrown. */
  static final Object MORE = new Object();

  /** The answer of a run that did not begin. */
  static final Object NOT_PLAIN = new Object();

  private PlainRun() {}

  /**
   * Claims the token and runs its callbacks.
   *
   * @param byLink {@link CancellationToken#BY_LINK} if a parent is the cause, else 0
   * @return null if all have run; what the last that ran has thrown, or {@link #MORE}, if there is
   *     something left to do; {@link #NOT_PLAIN} if the token has not been touched
   */
  static @Nullable Object run(CancellationToken token, int byLink) {
    Object ext = token.ext;
    if (ext instanceof Extras || (ext instanceof Links several && several.all.length > 1)) {
      return NOT_PLAIN;
    }
    if (!(token.newest instanceof CancellationTokenRegistration)) {
      return NOT_PLAIN; // as a look without the lock tells, for nearly all
    }
    Thread current = Thread.currentThread();
    int s = token.lock();
    if (token.ext != ext
        || (s & (CLAIMED | CLOSED)) != 0
        || ((s & REQUESTED) != 0 && byLink == 0)
        || !(token.newest instanceof CancellationTokenRegistration first)
        || first.state instanceof Handover
        || first.state instanceof CancellationTokenRegistration.OnContext) {
      token.state = s;
      return NOT_PLAIN;
    }
    try {
      DeepLinks.goOn();
    } catch (StackOverflowError e) {
      token.state = s;
      throw e;
    }
    CancellationTokenRegistration running = first;
    Object callback = first.callback;
    Object state = first.state;
    Node older = first.older;
    token.newest = older;
    if (older != null) {
      older.newer = null;
      first.older = null;
    }
    first.callback = null;
    first.state = current;
    token.ext = first;
    s = (s | REQUESTED | RAISED | CLAIMED | byLink) & ~LINKED;
    try {
      token.unlock(s);
    } catch (StackOverflowError e) {
      token.state = s;
    }
    Object failure = null;
    for (; ; ) {
      try {
        CancellationTokenRegistration.run(callback, state, token);
      } catch (Throwable e) {
        failure = e;
      }
      s = token.lock();
      Node next = token.newest;
      if (failure != null || token.ext != running) {
        token.state = s;
        return failure == null ? MORE : failure;
      }
      if (next == null) {
        running.state = null;
        token.ext = null;
        try {
          token.unlock(s & ~BY_LINK);
        } catch (StackOverflowError e) {
          token.state = s & ~BY_LINK;
        }
        return null;
      }
      if (!(next instanceof CancellationTokenRegistration following)
          || following.state instanceof Handover
          || following.state instanceof CancellationTokenRegistration.OnContext) {
        token.state = s;
        return MORE;
      }
      callback = following.callback;
      state = following.state;
      older = following.older;
      token.newest = older;
      if (older != null) {
        older.newer = null;
        following.older = null;
      }
      following.callback = null;
      following.state = current;
      running.state = null;
      token.ext = following;
      try {
        token.unlock(s);
      } catch (StackOverflowError e) {
        token.state = s;
      }
      running = following;
    }
  }
}
