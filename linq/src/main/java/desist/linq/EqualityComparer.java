// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells which values are equal, where {@code equals} and {@code hashCode} do not say what is
 * wanted.
 *
 * <p>An equality is reflexive, symmetric and transitive, and equal values have the same hash code.
 * Several threads ask at once.
 *
 * @param <T> the values
 * @dotnet IEqualityComparer&lt;T&gt;
 * @since 1.0
 */
public interface EqualityComparer<T extends @Nullable Object> {
  /**
   * Returns the comparer that asks the values themselves.
   *
   * @param <T> the values
   * @return always the same comparer
   * @dotnet EqualityComparer&lt;T&gt;.Default
   * @since 1.0
   */
  static <T extends @Nullable Object> EqualityComparer<T> defaultComparer() {
    return DefaultEquality.instance();
  }

  /**
   * Returns a comparer of something that the values have: values of which that is equal are equal.
   *
   * @param <T> the values
   * @param <K> what they have
   * @param selector gives it; never called for null, which equals only itself
   * @return a new comparer
   * @throws NullPointerException if {@code selector} is null
   * @dotnet EqualityComparer&lt;T&gt;.Create(Func&lt;T, T, bool&gt;, Func&lt;T, int&gt;)
   * @since 1.0
   */
  static <T extends @Nullable Object, K extends @Nullable Object> EqualityComparer<T> comparing(
      Function<? super T, ? extends K> selector) {
    requireNonNull(selector, "selector");
    return new EqualityComparer<>() {
      @Override
      public boolean equals(T x, T y) {
        return x == y
            || (x != null && y != null && Objects.equals(selector.apply(x), selector.apply(y)));
      }

      @Override
      public int hashCode(T value) {
        return value == null ? 0 : Objects.hashCode(selector.apply(value));
      }
    };
  }

  /**
   * Tells whether two values are equal.
   *
   * @param x one
   * @param y the other
   * @return whether they are
   * @dotnet IEqualityComparer&lt;T&gt;.Equals(T, T)
   * @since 1.0
   */
  boolean equals(T x, T y);

  /**
   * Returns the hash code of a value.
   *
   * @param value the value
   * @return a number that equal values have in common
   * @dotnet IEqualityComparer&lt;T&gt;.GetHashCode(T)
   * @since 1.0
   */
  int hashCode(T value);
}
