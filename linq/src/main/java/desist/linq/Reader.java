// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** What a worker reads leaves through, one after another. */
abstract class Reader<S extends @Nullable Object> {
  /** In place of the number of a feed: the leaves are not read of one, but released. */
  static final int RELEASED = -1;

  /** The number of the feed. */
  final int feed;

  /** Where the elements go. */
  final Sink<S> sink;

  Reader(int feed, Sink<S> sink) {
    this.feed = feed;
    this.sink = sink;
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
  final boolean isDone() {
    return sink.isDone();
  }
}
