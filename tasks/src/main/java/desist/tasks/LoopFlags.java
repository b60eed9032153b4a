// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.OptionalLong;

/** Why a parallel loop is to end early, if it is. */
final class LoopFlags {
  /*
   * Overview
   *
   * Flags are set and never cleared:
   *
   *     EXCEPTIONAL  a body or a localInit has thrown
   *     BROKEN       iterations above "lowestBreak" need not begin; excludes STOPPED
   *     STOPPED      no iteration need begin; excludes BROKEN
   *     CANCELED     the loop's callback on its token has run
   *
   * A break that comes after one of the other flags is ignored. The first break sets BROKEN and then
   * lowers "lowestBreak" from NO_BREAK; who looks in between sees a loop that goes on.
   *
   * Every iteration asks mustExit, so that reads one field as long as nothing has happened.
   */

  private static final int EXCEPTIONAL = 1;
  private static final int BROKEN = 2;
  private static final int STOPPED = 4;
  private static final int CANCELED = 8;

  private static final long NO_BREAK = Long.MAX_VALUE; // no index: a loop ends before its bound

  private static final VarHandle FLAGS =
      fieldVarHandle(MethodHandles.lookup(), "flags", VarHandle.class, LoopFlags.class, int.class);
  private static final VarHandle LOWEST_BREAK =
      fieldVarHandle(
          MethodHandles.lookup(), "lowestBreak", VarHandle.class, LoopFlags.class, long.class);

  private volatile int flags;
  private volatile long lowestBreak = NO_BREAK;

  void setExceptional() {
    set(EXCEPTIONAL, 0);
  }

  /** The loop's callback on its token. */
  void cancel() {
    set(CANCELED, 0);
  }

  /**
   * Ends the loop.
   *
   * @throws IllegalStateException if it was broken
   */
  void stop() {
    if ((set(STOPPED, BROKEN) & BROKEN) != 0) {
      throw new IllegalStateException("stop() after breakLoop().");
    }
  }

  /**
   * Ends the loop above the iteration.
   *
   * @throws IllegalStateException if it was stopped
   */
  void breakAt(long iteration) {
    int excluding = STOPPED | EXCEPTIONAL | CANCELED;
    int before = set(BROKEN, excluding);
    if ((before & STOPPED) != 0) {
      throw new IllegalStateException("breakLoop() after stop().");
    } else if ((before & excluding) == 0) {
      for (long lowest = lowestBreak; iteration < lowest; lowest = lowestBreak) {
        if (LOWEST_BREAK.compareAndSet(this, lowest, iteration)) {
          break;
        }
      }
    }
  }

  boolean isStopped() {
    return (flags & STOPPED) != 0;
  }

  boolean isExceptional() {
    return (flags & EXCEPTIONAL) != 0;
  }

  boolean isCanceled() {
    return (flags & CANCELED) != 0;
  }

  /** Whether anything has happened. */
  boolean isAnySet() {
    return flags != 0;
  }

  /** Whether no iteration at all need begin. */
  boolean mustExit() {
    return (flags & ~BROKEN) != 0;
  }

  /** Whether this iteration need not begin, or go on. */
  boolean mustExit(long iteration) {
    int f = flags;
    return f != 0 && ((f & ~BROKEN) != 0 || iteration > lowestBreak);
  }

  OptionalLong lowestBreak() {
    long lowest = lowestBreak;
    return lowest == NO_BREAK ? OptionalLong.empty() : OptionalLong.of(lowest);
  }

  /** Sets a flag, unless one of the others is set; returns what was set before. */
  private int set(int flag, int unless) {
    int f;
    do {
      f = flags;
    } while ((f & unless) == 0 && !FLAGS.compareAndSet(this, f, f | flag));
    return f;
  }
}
