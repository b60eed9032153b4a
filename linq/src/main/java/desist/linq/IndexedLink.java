// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** A sink that knows the index of each of its elements. */
abstract class IndexedLink<S extends @Nullable Object, T extends @Nullable Object>
    extends Link<S, T> {
  private long next;

  IndexedLink(Sink<T> down) {
    super(down);
  }

  @Override
  void begin(Leaf leaf) {
    next = leaf.index;
    super.begin(leaf);
  }

  final long nextIndex() {
    return next++;
  }
}
