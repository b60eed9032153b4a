// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts what belongs to leaves in their order; guarded by a lock of its owner's. */
final class LeafOrder<V> {
  private record Place(int feed, long from) {}

  private final Phase<?> phase;
  private final int lastFeed;

  /** What is here, and not the next one. */
  private final Map<Place, V> waiting = new HashMap<>();

  /** Where the leaf begins that comes next. */
  private int feed;

  private long from;

  /** The order of the leaves of the feeds with numbers in [first, last). */
  LeafOrder(Phase<?> phase, int first, int last) {
    this.phase = phase;
    feed = first;
    lastFeed = last;
  }

  /** Whether this leaf comes next. */
  boolean isNext(Leaf leaf) {
    skipEnds();
    return leaf.feed == feed && leaf.from == from;
  }

  void put(Leaf leaf, V value) {
    waiting.put(new Place(leaf.feed, leaf.from), value);
  }

  /** Returns what belongs to the leaf that comes next, if it is here. */
  @Nullable V peek() {
    skipEnds();
    return waiting.get(new Place(feed, from));
  }

  /** Whether all leaves have passed. */
  boolean isOver() {
    skipEnds();
    return feed == lastFeed;
  }

  /** Goes on to what comes after the leaf, which is next and has ended. */
  void pass(Leaf leaf) {
    waiting.remove(new Place(feed, from));
    feed = leaf.nextFeed;
    from = leaf.nextFrom;
  }

  private void skipEnds() {
    while (feed < lastFeed && from == phase.sizeOf(feed)) {
      feed++;
      from = 0;
    }
  }
}
