// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The hooks of a task that has had two at a time. */
final class HookList {
  /*
   * Overview
   *
   * A doubly linked list under a lock, which is held for a few assignments. A hook is in the list
   * while "older" is not null; whoever clears that, under the lock, decides its fate. The list is taken once;
   * nothing is added after.
   */

  private static final Hook.Turn[] TURNS = Hook.Turn.values();

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private @Nullable Hook oldest;
  private @Nullable Hook newest;
  private int size;
  private boolean isTaken;

  /** Makes a list that nobody looks into before it is {@linkplain #open opened} by this thread. */
  HookList() {
    lock.lock();
  }

  /** Links the hook that this list has taken the place of. */
  void open(Hook only) {
    try {
      link(only);
    } finally {
      lock.unlock();
    }
  }

  /** Adds a hook; returns false if the list was taken. */
  boolean add(Hook hook) {
    lock.lock();
    try {
      if (isTaken) {
        return false;
      }
      link(hook);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Removes a hook; returns false if it is not here. */
  boolean remove(Hook hook) {
    lock.lock();
    try {
      if (hook.older == null) {
        return false;
      }
      unlink(hook);
      return true;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }

  /** Takes all hooks, as a chain by "newer", those of each turn in their order. */
  @Nullable Hook take() {
    lock.lock();
    try {
      isTaken = true;
      Hook chain = null;
      Hook last = null;
      for (Hook.Turn turn : TURNS) {
        for (Hook hook = oldest; hook != null; ) {
          Hook next = hook.newer;
          if (hook.turn() == turn) {
            unlink(hook);
            if (last == null) {
              chain = hook;
            } else {
              last.newer = hook;
            }
            last = hook;
          }
          hook = next;
        }
      }
      return chain;
    } finally {
      lock.unlock();
    }
  }

  private void link(Hook hook) {
    Hook before = newest;
    if (before == null) {
      hook.older = hook;
      oldest = hook;
    } else {
      hook.older = before;
      before.newer = hook;
    }
    newest = hook;
    size++;
  }

  private void unlink(Hook hook) {
    Hook older = hook.older == hook ? null : hook.older;
    Hook newer = hook.newer;
    if (older == null) {
      oldest = newer;
    } else {
      older.newer = newer;
    }
    if (newer == null) {
      newest = older;
    } else {
      newer.older = older == null ? newer : older;
    }
    hook.older = null;
    hook.newer = null;
    size--;
  }
}
