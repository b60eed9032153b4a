// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** The first elements of an array. */
final class ArrayFeed<S extends @Nullable Object> extends IndexedFeed<S> {
  private final @Nullable Object[] array;
  private final int size;

  ArrayFeed(@Nullable Object[] array, int size) {
    this.array = array;
    this.size = size;
  }

  @Override
  long size() {
    return size;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the array has nothing else
  void push(long from, long to, Sink<S> sink) {
    for (int i = (int) from; i < (int) to; i++) {
      sink.accept((S) array[i]);
    }
  }
}
