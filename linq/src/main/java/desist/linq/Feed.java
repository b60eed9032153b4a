// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** A source that has been opened for one phase of a query, and gives its workers leaves. */
abstract class Feed<S extends @Nullable Object> {
  static final long UNKNOWN = -1;

  /**
   * Returns how many elements there are, or UNKNOWN; of one that is being read, once it is known.
   */
  abstract long size();

  /**
   * Is told how it will be read, before it is.
   *
   * @param isStriped whether the leaves should come in their order
   */
  void prepare(int workers, boolean isStriped) {}

  /** Returns what a worker reads through. */
  abstract Reader<S> reader(Worker worker, int number, Sink<S> sink);
}
