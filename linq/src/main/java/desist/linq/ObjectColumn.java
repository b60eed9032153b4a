// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keys that are objects. */
final class ObjectColumn<T extends @Nullable Object, K extends @Nullable Object>
    extends SortColumn<T> implements MergeSort.ItemComparator {
  private final @Nullable Object[] keys;
  private final Function<? super T, ? extends K> selector;
  private final Comparator<@Nullable Object> comparator;
  private final boolean isNatural;
  private final boolean isDescending;

  @SuppressWarnings("unchecked") // the keys are what the comparator compares, or find out
  ObjectColumn(
      int size,
      Function<? super T, ? extends K> selector,
      @Nullable Comparator<? super K> comparator,
      boolean isDescending) {
    keys = new @Nullable Object[size];
    this.selector = selector;
    this.comparator =
        comparator == null ? NaturalOrder.INSTANCE : (Comparator<@Nullable Object>) comparator;
    isNatural = comparator == null;
    this.isDescending = isDescending;
  }

  @Override
  void set(int index, T element) {
    keys[index] = selector.apply(element);
  }

  @Nullable Object[] keys() {
    return keys;
  }

  @Override
  int compare(int a, int b) {
    return compare(a, keys[a], b, keys[b]);
  }

  @Override
  public int compare(int a, @Nullable Object keyA, int b, @Nullable Object keyB) {
    return isDescending ? comparator.compare(keyB, keyA) : comparator.compare(keyA, keyB);
  }

  /** Numbers if all keys are boxed ones of one type, in their natural order. */
  @Override
  long @Nullable [] numbers() {
    if (!isNatural || keys.length == 0) {
      return null;
    }
    Object first = keys[0];
    long flip = isDescending ? -1 : 0;
    long[] numbers = new long[keys.length];
    if (first instanceof Integer) {
      for (int i = 0; i < numbers.length; i++) {
        if (!(keys[i] instanceof Integer key)) {
          return null;
        }
        numbers[i] = key ^ flip;
      }
    } else if (first instanceof Long) {
      for (int i = 0; i < numbers.length; i++) {
        if (!(keys[i] instanceof Long key)) {
          return null;
        }
        numbers[i] = key ^ flip;
      }
    } else {
      return null;
    }
    return numbers;
  }
}
