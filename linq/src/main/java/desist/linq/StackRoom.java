// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import desist.tasks.TaskCompletionSource;

/** Tells whether enough of the stack is left for what must not be cut short. */
final class StackRoom {
  /*
   * Overview
   *
   * A StackOverflowError amid our own code could leave a worker waiting for one that has ended, or a
   * lock held. So whoever runs a query looks for room before any worker is started:
   *
   *   1. A worker looks where its assembly is deepest, since elements are pushed through as many calls.
   *   2. An iterator looks before each fetch, and before it is closed.
   *
   * Every call that ends a promise begins with such a look, and does nothing else if the promise is
   * kept. So that is called here, on one that is: the look itself is the tasks', and no copy of it.
   */

  private static final TaskCompletionSource<Boolean> KEPT = new TaskCompletionSource<>();

  static {
    KEPT.setResult(true);
  }

  private StackRoom() {}

  /** Throws a StackOverflowError if there is no room. */
  static void ensure() {
    KEPT.trySetResult(true);
  }
}
