// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks the values themselves; null equals null. */
final class DefaultEquality<T extends @Nullable Object> implements EqualityComparer<T> {
  private static final EqualityComparer<?> INSTANCE = new DefaultEquality<@Nullable Object>();

  private DefaultEquality() {}

  @SuppressWarnings("unchecked") // it asks Object's methods
  static <T extends @Nullable Object> EqualityComparer<T> instance() {
    return (EqualityComparer<T>) INSTANCE;
  }

  /** Returns the comparer, or the default one if there is none. */
  @SuppressWarnings("unchecked") // it takes any T
  static <T extends @Nullable Object> EqualityComparer<T> or(
      @Nullable EqualityComparer<? super T> comparer) {
    return comparer == null ? instance() : (EqualityComparer<T>) comparer;
  }

  @Override
  public boolean equals(T x, T y) {
    return Objects.equals(x, y);
  }

  @Override
  public int hashCode(T value) {
    return Objects.hashCode(value);
  }
}
