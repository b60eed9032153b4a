// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.CancellationToken.CLOSED;
import static desist.CancellationToken.RAISED;

/**
 * What ties a linked token, the child, to one of its parents, whose list it enters while the child
 * has something to run.
 */
sealed class Link extends Node {
  final CancellationToken child;

  /**
   * Twice the number of times that the link has entered the parent's list, plus one while all that
   * lies above the parent is in place too. Guarded by the parent's lock.
   */
  int insertion;

  private Link(CancellationToken parent, CancellationToken child) {
    super(parent);
    this.child = child;
  }

  static Link between(CancellationToken parent, CancellationToken child) {
    int resets = parent.resets();
    return resets == 0 ? new Link(parent, child) : new AfterReset(parent, child, resets);
  }

  /** How often the parent had been reset when the link was made. */
  int epoch() {
    return this instanceof AfterReset late ? late.epoch : 0;
  }

  /** Returns whether the parent has been closed or reset since, so that it no longer matters. */
  boolean isCut() {
    return (token.state & (CLOSED | RAISED)) == CLOSED || token.resets() != epoch();
  }

  /** A link to a parent that has been reset before: rare, so that other links need not count. */
  private static final class AfterReset extends Link {
    final int epoch;

    AfterReset(CancellationToken parent, CancellationToken child, int epoch) {
      super(parent, child);
      this.epoch = epoch;
    }
  }
}
