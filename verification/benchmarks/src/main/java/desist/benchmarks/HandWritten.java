// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** What people write by hand: a volatile flag, and a concurrent collection of callbacks. */
final class HandWritten {
  private final Collection<Runnable> callbacks;
  private volatile boolean canceled;

  private HandWritten(Collection<Runnable> callbacks) {
    this.callbacks = callbacks;
  }

  static HandWritten copyOnWrite() {
    return new HandWritten(new CopyOnWriteArrayList<>());
  }

  static HandWritten deque() {
    return new HandWritten(new ConcurrentLinkedDeque<>());
  }

  static HandWritten set() {
    return new HandWritten(ConcurrentHashMap.newKeySet());
  }

  boolean isCanceled() {
    return canceled;
  }

  /** Adds a callback; whoever takes it off again runs it. */
  void add(Runnable callback) {
    callbacks.add(callback);
    if (canceled && callbacks.remove(callback)) {
      callback.run();
    }
  }

  boolean remove(Runnable callback) {
    return callbacks.remove(callback);
  }

  void cancel() {
    canceled = true;
    for (Runnable callback : callbacks) {
      if (callbacks.remove(callback)) {
        callback.run();
      }
    }
  }
}
