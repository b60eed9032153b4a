// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** The indexes of elements that are sorted; and their keys beside them, where those are objects. */
final class SortItems {
  private final int[] indexes;

  /** The keys in the order of the indexes, so that a merge reads them one after another. */
  private final @Nullable Object @Nullable [] keys;

  SortItems(int[] indexes, @Nullable Object @Nullable [] keys) {
    this.indexes = indexes;
    this.keys = keys;
  }

  /** Returns as many items, which are none yet. */
  SortItems sameSize() {
    return new SortItems(
        new int[indexes.length], keys == null ? null : new @Nullable Object[keys.length]);
  }

  int[] indexes() {
    return indexes;
  }

  int index(int place) {
    return indexes[place];
  }

  @Nullable Object key(int place) {
    return keys == null ? null : keys[place];
  }

  void set(int place, int index, @Nullable Object key) {
    indexes[place] = index;
    if (keys != null) {
      keys[place] = key;
    }
  }

  void copyTo(SortItems target, int from, int to, int count) {
    System.arraycopy(indexes, from, target.indexes, to, count);
    if (keys != null && target.keys != null) {
      System.arraycopy(keys, from, target.keys, to, count);
    }
  }
}
