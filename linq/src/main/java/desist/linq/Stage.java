// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/**
 * A plan that has been opened for one phase of one run: feeds, and the operators that their
 * elements go through without waiting for others.
 */
abstract class Stage<T extends @Nullable Object> {
  /** Has a worker read the feeds, which push through the operators into that sink. */
  abstract void assemble(Assembly worker, Sink<T> down);

  /**
   * Returns how many elements there are if each has an index, by which it can be got alone; else
   * {@link Feed#UNKNOWN}.
   */
  abstract long size();

  /** Whether the leaves should come in their order. */
  boolean isStriped() {
    return false;
  }

  boolean isIndexed() {
    return size() != Feed.UNKNOWN;
  }

  /** Returns the elements with indexes in [from, to) of this stage, which has indexes. */
  abstract Stage<T> slice(long from, long to);

  /** Returns the elements of this stage, which has indexes, in reverse. */
  abstract Stage<T> reversed();
}
