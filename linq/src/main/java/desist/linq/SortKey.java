// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.Comparator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What elements are sorted by. */
@FunctionalInterface
interface SortKey<T extends @Nullable Object> {
  /** Returns room for the keys of that many elements. */
  SortColumn<T> column(int size);

  static <T extends @Nullable Object, K extends @Nullable Object> SortKey<T> of(
      Function<? super T, ? extends K> selector,
      @Nullable Comparator<? super K> comparator,
      boolean isDescending) {
    return size -> new ObjectColumn<>(size, selector, comparator, isDescending);
  }

  static <T extends @Nullable Object> SortKey<T> ofInt(
      ToIntFunction<? super T> selector, boolean isDescending) {
    return ofLong(element -> selector.applyAsInt(element), isDescending);
  }

  static <T extends @Nullable Object> SortKey<T> ofLong(
      ToLongFunction<? super T> selector, boolean isDescending) {
    return size -> new LongColumn<>(size, selector, isDescending);
  }

  static <T extends @Nullable Object> SortKey<T> ofDouble(
      ToDoubleFunction<? super T> selector, boolean isDescending) {
    return ofLong(
        element -> SortableBits.ofDouble(selector.applyAsDouble(element) + 0.0), isDescending);
  }
}
