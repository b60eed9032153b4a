// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import org.jspecify.annotations.Nullable;

/**
 * An element of an {@link OrderablePartitioner}, and its key.
 *
 * @param <T> the element
 * @param key orders the elements, and may number them
 * @param element the element; may be null
 * @dotnet KeyValuePair&lt;long, TSource&gt;
 * @since 1.0
 */
public record KeyedElement<T extends @Nullable Object>(long key, T element) {
  /**
   * Makes a pair.
   *
   * @param key orders the elements, and may number them
   * @param element the element; may be null
   * @dotnet new KeyValuePair&lt;long, TSource&gt;(long, TSource)
   * @since 1.0
   */
  public KeyedElement {}
}
