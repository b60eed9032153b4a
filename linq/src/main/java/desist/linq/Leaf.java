// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

/**
 * Elements of one feed that lie beside each other, and that one worker pushes one after another.
 *
 * <p>Leaves are what order is kept by: results of an element stay in its leaf, in their order, and
 * leaves know which comes after which.
 */
final class Leaf {
  /** For a leaf in which elements are not at the index they had in the feed. */
  static final long NO_INDEX = -1;

  /** The number of the feed. */
  final int feed;

  /** Where the leaf begins in the feed. */
  final long from;

  /** The index of its first element among all; if that is known. */
  final long index;

  /** The feed and the place where the next leaf begins; set when the leaf ends. */
  int nextFeed;

  long nextFrom;

  Leaf(int feed, long from, long index) {
    this.feed = feed;
    this.from = from;
    this.index = index;
    nextFeed = feed;
  }

  /** Returns this leaf with what an operator has made of it, which begins at that index. */
  Leaf at(long newIndex) {
    Leaf leaf = new Leaf(feed, from, newIndex);
    leaf.endAs(this);
    return leaf;
  }

  /** Lets this leaf be followed by the one that the other is followed by. */
  void endAs(Leaf other) {
    nextFeed = other.nextFeed;
    nextFrom = other.nextFrom;
  }

  /** Whether the other leaf begins where this one, which has ended, says. */
  boolean isFollowedBy(Leaf other) {
    return nextFeed == other.feed && nextFrom == other.from;
  }

  /** Compares by place. */
  static int compare(Leaf a, Leaf b) {
    return a.feed != b.feed ? Integer.compare(a.feed, b.feed) : Long.compare(a.from, b.from);
  }
}
