// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import org.jspecify.annotations.Nullable;

/**
 * One worker's way through a source: a current element, and its key.
 *
 * @param <T> the elements
 */
abstract class Cursor<T extends @Nullable Object> implements AutoCloseable {
  long key;

  /** Undefined before the first element. */
  @SuppressWarnings("NullAway.Init")
  T element;

  /** Goes on to the next element; false if there is none, also when asked again. */
  abstract boolean moveNext();

  /** Ends the way, not the source. */
  @Override
  public void close() {}
}
