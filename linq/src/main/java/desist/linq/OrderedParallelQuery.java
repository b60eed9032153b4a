// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A query whose last operator is a sort, which another key may refine.
 *
 * @param <T> the elements
 * @dotnet OrderedParallelQuery&lt;TSource&gt;
 * @since 1.0
 */
public final class OrderedParallelQuery<T extends @Nullable Object> extends ParallelQuery<T> {
  OrderedParallelQuery(Plan<T> plan, QuerySettings settings) {
    super(plan, settings);
  }

  /**
   * Sorts elements that are equal so far by another key, ascending.
   *
   * @param <K> the key
   * @param keySelector gives the key of an element
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.ThenBy&lt;TSource, TKey&gt;(OrderedParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Comparable<? super K>> OrderedParallelQuery<T> thenBy(
      Function<? super T, ? extends K> keySelector) {
    return thenBy(keySelector, null);
  }

  /**
   * Sorts elements that are equal so far by another key and a comparator, ascending.
   *
   * @param <K> the key
   * @param keySelector gives the key of an element
   * @param comparator compares the keys; null for their natural order, nulls first
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.ThenBy&lt;TSource, TKey&gt;(OrderedParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;, IComparer&lt;TKey&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Object> OrderedParallelQuery<T> thenBy(
      Function<? super T, ? extends K> keySelector, @Nullable Comparator<? super K> comparator) {
    requireNonNull(keySelector, "keySelector");
    return refinedBy(SortKey.<T, K>of(keySelector, comparator, false));
  }

  /**
   * Sorts elements that are equal so far by an unboxed key, ascending.
   *
   * @param keySelector gives the key of an element
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.ThenBy&lt;TSource, TKey&gt;(OrderedParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public OrderedParallelQuery<T> thenByInt(ToIntFunction<? super T> keySelector) {
    requireNonNull(keySelector, "keySelector");
    return refinedBy(SortKey.ofInt(keySelector, false));
  }

  /**
   * Sorts elements that are equal so far by an unboxed key, ascending.
   *
   * @param keySelector gives the key of an element
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.ThenBy&lt;TSource, TKey&gt;(OrderedParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public OrderedParallelQuery<T> thenByLong(ToLongFunction<? super T> keySelector) {
    requireNonNull(keySelector, "keySelector");
    return refinedBy(SortKey.ofLong(keySelector, false));
  }

  /**
   * Sorts elements that are equal so far by an unboxed key, ascending.
   *
   * @param keySelector gives the key of an element
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.ThenBy&lt;TSource, TKey&gt;(OrderedParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public OrderedParallelQuery<T> thenByDouble(ToDoubleFunction<? super T> keySelector) {
    requireNonNull(keySelector, "keySelector");
    return refinedBy(SortKey.ofDouble(keySelector, false));
  }

  /**
   * Sorts elements that are equal so far by another key, descending.
   *
   * @param <K> the key
   * @param keySelector gives the key of an element
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.ThenByDescending&lt;TSource,
   *     TKey&gt;(OrderedParallelQuery&lt;TSource&gt;, Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Comparable<? super K>> OrderedParallelQuery<T> thenByDescending(
      Function<? super T, ? extends K> keySelector) {
    return thenByDescending(keySelector, null);
  }

  /**
   * Sorts elements that are equal so far by another key and a comparator, descending.
   *
   * @param <K> the key
   * @param keySelector gives the key of an element
   * @param comparator compares the keys; null for their natural order, nulls first
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.ThenByDescending&lt;TSource,
   *     TKey&gt;(OrderedParallelQuery&lt;TSource&gt;, Func&lt;TSource, TKey&gt;,
   *     IComparer&lt;TKey&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Object> OrderedParallelQuery<T> thenByDescending(
      Function<? super T, ? extends K> keySelector, @Nullable Comparator<? super K> comparator) {
    requireNonNull(keySelector, "keySelector");
    return refinedBy(SortKey.<T, K>of(keySelector, comparator, true));
  }

  /**
   * Sorts elements that are equal so far by an unboxed key, descending.
   *
   * @param keySelector gives the key of an element
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.ThenByDescending&lt;TSource,
   *     TKey&gt;(OrderedParallelQuery&lt;TSource&gt;, Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public OrderedParallelQuery<T> thenByIntDescending(ToIntFunction<? super T> keySelector) {
    requireNonNull(keySelector, "keySelector");
    return refinedBy(SortKey.ofInt(keySelector, true));
  }

  /**
   * Sorts elements that are equal so far by an unboxed key, descending.
   *
   * @param keySelector gives the key of an element
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.ThenByDescending&lt;TSource,
   *     TKey&gt;(OrderedParallelQuery&lt;TSource&gt;, Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public OrderedParallelQuery<T> thenByLongDescending(ToLongFunction<? super T> keySelector) {
    requireNonNull(keySelector, "keySelector");
    return refinedBy(SortKey.ofLong(keySelector, true));
  }

  /**
   * Sorts elements that are equal so far by an unboxed key, descending.
   *
   * @param keySelector gives the key of an element
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.ThenByDescending&lt;TSource,
   *     TKey&gt;(OrderedParallelQuery&lt;TSource&gt;, Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public OrderedParallelQuery<T> thenByDoubleDescending(ToDoubleFunction<? super T> keySelector) {
    requireNonNull(keySelector, "keySelector");
    return refinedBy(SortKey.ofDouble(keySelector, true));
  }

  private OrderedParallelQuery<T> refinedBy(SortKey<T> key) {
    return new OrderedParallelQuery<>(((SortPlan<T>) plan).thenBy(key), settings);
  }
}
