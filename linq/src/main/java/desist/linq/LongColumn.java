// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Keys that are numbers. */
final class LongColumn<T extends @Nullable Object> extends SortColumn<T> {
  private final long[] keys;
  private final ToLongFunction<? super T> selector;

  /** What turns the order of numbers round: all bits set, or none. */
  private final long flip;

  LongColumn(int size, ToLongFunction<? super T> selector, boolean isDescending) {
    keys = new long[size];
    this.selector = selector;
    flip = isDescending ? -1 : 0;
  }

  @Override
  void set(int index, T element) {
    keys[index] = selector.applyAsLong(element) ^ flip;
  }

  @Override
  int compare(int a, int b) {
    return Long.compare(keys[a], keys[b]);
  }

  @Override
  long[] numbers() {
    return keys;
  }
}
