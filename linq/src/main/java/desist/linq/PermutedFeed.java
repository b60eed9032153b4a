// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** Elements of an array, in an order given by their indexes. */
final class PermutedFeed<S extends @Nullable Object> extends IndexedFeed<S> {
  private final @Nullable Object[] elements;
  private final int[] order;

  PermutedFeed(@Nullable Object[] elements, int[] order) {
    this.elements = elements;
    this.order = order;
  }

  @Override
  long size() {
    return order.length;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the array has nothing else
  void push(long from, long to, Sink<S> sink) {
    for (int i = (int) from; i < (int) to; i++) {
      sink.accept((S) elements[order[i]]);
    }
  }
}
