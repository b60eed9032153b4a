// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The least that a token with callbacks can be: a state, and a doubly linked list under a lock bit,
 * which a CAS sets and a store releases. No checks, no failures, no order of closing, nobody waits.
 */
class FloorToken {
  static final int LOCKED = 1;
  static final int REQUESTED = 1 << 1;
  static final int CLOSED = 1 << 2;

  private static final VarHandle STATE =
      fieldVarHandle(MethodHandles.lookup(), "state", VarHandle.class, FloorToken.class, int.class);

  volatile int state;
  @Nullable Entry newest;

  /** A callback in the list: one allocation for each registration. */
  static final class Entry {
    final Runnable callback;
    @Nullable Entry newer;
    @Nullable Entry older;

    Entry(Runnable callback) {
      this.callback = callback;
    }
  }

  final int lock() {
    while (true) {
      int s = state;
      if ((s & LOCKED) == 0 && STATE.compareAndSet(this, s, s | LOCKED)) {
        return s;
      }
      Thread.onSpinWait();
    }
  }

  final void unlock(int s) {
    STATE.setRelease(this, s);
  }

  final Entry add(Runnable callback) {
    Entry entry = new Entry(callback);
    link(entry);
    return entry;
  }

  final void link(Entry entry) {
    int s = lock();
    Entry head = newest;
    if (head != null) {
      entry.older = head;
      head.newer = entry;
    }
    newest = entry;
    unlock(s);
  }

  final void remove(Entry entry) {
    int s = lock();
    Entry newer = entry.newer;
    Entry older = entry.older;
    if (newer == null) {
      newest = older;
    } else {
      newer.older = older;
    }
    if (older != null) {
      older.newer = newer;
    }
    unlock(s);
  }

  /** Marks the token and takes the list in one locked step, then runs it, newest first. */
  final void cancel() {
    int s = lock();
    Entry entry = newest;
    newest = null;
    unlock(s | REQUESTED);
    for (; entry != null; entry = entry.older) {
      entry.callback.run();
    }
  }

  final void close() {
    int s = lock();
    unlock(s | CLOSED);
  }

  boolean isRequested() {
    return (state & REQUESTED) != 0;
  }
}
