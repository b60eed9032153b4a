// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import org.jspecify.annotations.Nullable;

/** Waiters whose waits one thread has ended and which it wakes when it holds no lock. */
final class Ended {
  private @Nullable Waiter first;
  private @Nullable Waiter last;

  void add(Waiter waiter) {
    if (last == null) {
      first = waiter;
    } else {
      last.nextEnded = waiter;
    }
    last = waiter;
  }

  /** Wakes them, in the order in which they were added; one that cannot be woken stops no other. */
  void wake() {
    Error failure = null;
    for (Waiter waiter = first; waiter != null; ) {
      Waiter next = waiter.nextEnded;
      waiter.nextEnded = null;
      try {
        waiter.wake();
      } catch (Error e) { // no stack, or no memory
        failure = e;
      }
      waiter = next;
    }
    if (failure != null) {
      throw failure;
    }
  }
}
