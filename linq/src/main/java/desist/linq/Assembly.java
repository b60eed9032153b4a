// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** What reads the feeds of a stage: a worker, or a cursor. */
abstract sealed class Assembly permits Worker, Cursor {
  /** The index of the first element of the feed that is added next. */
  private long indexBase;

  /** Lets the indexes of feeds that are added from now on begin higher, by that many elements. */
  final void shiftIndexes(long by) {
    indexBase += by;
  }

  final long indexBase() {
    return indexBase;
  }

  /** Adds a feed that pushes into that sink, after those of what comes before it in order. */
  abstract <S extends @Nullable Object> void add(Feed<S> feed, Sink<S> sink);

  /** Adds what reads the leaves that are released there, before those that are further up. */
  abstract void addReleased(Reader<?> released, LeafWatch watch);

  /** Adds what may have elements to push, before those that are further up. */
  void addResumable(Resumable sink) {}

  /** Adds what may be in the midst of a sequence, and must then be given no other element. */
  void addFlattening(FlatteningLink<?, ?, ?> link) {}

  /** Whether there is room below for an element of that sink. */
  boolean hasRoom(Resumable sink) {
    return true;
  }

  /** Says that the feeds of a watch are those from that number on. */
  abstract void setCover(LeafWatch watch, int first);

  /** Returns how many feeds have been added. */
  abstract int feedCount();

  /** Whether the query has stopped. */
  abstract boolean isStopped();
}
