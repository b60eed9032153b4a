// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Lets the signals of a sender pass to their receiver, until somebody else has the last word. */
abstract class SignalGate {
  /*
   * Overview
   *
   * A publisher or a web socket sends its signals one at a time, and knows nothing of the token.
   * Who cancels stands beside it and has a last signal to give, which must neither overlap one of
   * the sender's nor be followed by one.
   *
   * The state is the number of signals that are being received, which is more than one where a
   * receiver makes its sender send another within, and two bits:
   *
   *     OVER      the sender has given its own last signal, or the receiver wants no more
   *     CLOSED    somebody else has the last word
   *
   *     open --> OVER        open --> CLOSED --> last()
   *
   * Invariants:
   *
   *   1. OVER and CLOSED are set by CAS, at most one of them and once.
   *   2. No signal begins once CLOSED is set.
   *   3. last() is called once if CLOSED is set, when no signal is being received: by close(), or by
   *      the leave() that takes the number to zero.
   *
   * Nobody waits: if a signal is being received, whoever receives it gives the last one as well.
   */

  private static final int SIGNALS = (1 << 30) - 1;
  private static final int OVER = 1 << 30;
  private static final int CLOSED = 1 << 31;

  private static final VarHandle STATE =
      fieldVarHandle(MethodHandles.lookup(), "state", VarHandle.class, SignalGate.class, int.class);

  private volatile int state;

  /** Begins a signal, unless the gate is closed; each that begins ends by {@link #leave()}. */
  final boolean enter() {
    for (; ; ) {
      int s = state;
      if ((s & CLOSED) != 0) {
        return false;
      }
      if (STATE.compareAndSet(this, s, s + 1)) {
        return true;
      }
    }
  }

  /** Ends a signal. */
  final void leave() {
    int s = (int) STATE.getAndAdd(this, -1) - 1;
    if ((s & CLOSED) != 0 && (s & SIGNALS) == 0) {
      last();
    }
  }

  /** Has nobody else have the last word; false if somebody has it. */
  final boolean tryEnd() {
    for (; ; ) {
      int s = state;
      if ((s & (OVER | CLOSED)) != 0) {
        return (s & OVER) != 0;
      }
      if (STATE.compareAndSet(this, s, s | OVER)) {
        return true;
      }
    }
  }

  /** Has the last signal given, unless the sender has given its own. */
  final void close() {
    for (; ; ) {
      int s = state;
      if ((s & (OVER | CLOSED)) != 0) {
        return;
      }
      if (STATE.compareAndSet(this, s, s | CLOSED)) {
        if ((s & SIGNALS) == 0) {
          last();
        }
        return;
      }
    }
  }

  /** Whether somebody has had the last word, or nobody else will. */
  final boolean isOver() {
    return (state & (OVER | CLOSED)) != 0;
  }

  /** Whether somebody else has the last word. */
  final boolean isClosed() {
    return (state & CLOSED) != 0;
  }

  /** Gives the last signal. */
  abstract void last();
}
