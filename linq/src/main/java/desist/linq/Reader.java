// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

/** What a worker reads leaves through, one after another. */
abstract class Reader {
  /** The number of the feed. */
  final int feed;

  Reader(int feed) {
    this.feed = feed;
  }

  /**
   * Begins the next leaf.
   *
   * @return whether there is one
   */
  abstract boolean nextLeaf();

  /**
   * Pushes elements of the leaf.
   *
   * @param most how many, at least one
   * @return how many; 0 at the end of the leaf
   */
  abstract int push(int most);

  /** Ends the leaf. */
  abstract void endLeaf();

  /** Whether what else is in the leaf makes no difference. */
  abstract boolean isDone();
}
