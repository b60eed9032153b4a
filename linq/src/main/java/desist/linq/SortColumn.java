// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** The keys of elements that are sorted, by the elements' indexes. */
abstract class SortColumn<T extends @Nullable Object> {
  /** Sets the key of an element; several threads do, of different ones. */
  abstract void set(int index, T element);

  /** Compares the keys of two elements, as they are to come. */
  abstract int compare(int a, int b);

  /** Returns the keys as numbers that compare as they do; null if they are none. */
  abstract long @Nullable [] numbers();
}
