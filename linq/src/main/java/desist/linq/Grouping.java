// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Elements that have a key in common.
 *
 * @param <K> the key
 * @param <E> the elements
 * @dotnet IGrouping&lt;TKey, TElement&gt;
 * @since 1.0
 */
public final class Grouping<K extends @Nullable Object, E extends @Nullable Object>
    implements Iterable<E> {
  private final K key;
  private final List<E> elements;

  /** The group of the key with these elements, which nobody changes any more. */
  Grouping(K key, List<E> elements) {
    this.key = key;
    this.elements = Collections.unmodifiableList(elements);
  }

  /**
   * Returns what the elements have in common.
   *
   * @return the key
   * @dotnet IGrouping&lt;TKey, TElement&gt;.Key
   * @since 1.0
   */
  public K key() {
    return key;
  }

  /**
   * Returns how many elements there are.
   *
   * @return their number, at least one
   * @dotnet Enumerable.Count&lt;TSource&gt;(IEnumerable&lt;TSource&gt;)
   * @since 1.0
   */
  public int count() {
    return elements.size();
  }

  /**
   * Returns the elements.
   *
   * @return a list that cannot be changed
   * @dotnet Enumerable.ToList&lt;TSource&gt;(IEnumerable&lt;TSource&gt;)
   * @since 1.0
   */
  public List<E> toList() {
    return elements;
  }

  /**
   * Returns the elements as a stream.
   *
   * @return a sequential stream
   * @dotnet none
   * @since 1.0
   */
  public Stream<E> stream() {
    return elements.stream();
  }

  /**
   * Returns the elements one after another.
   *
   * @return an iterator that removes nothing
   * @dotnet IEnumerable&lt;T&gt;.GetEnumerator()
   * @since 1.0
   */
  @Override
  public Iterator<E> iterator() {
    return elements.iterator();
  }

  /**
   * Returns the key and the elements.
   *
   * @return something like {@code key=[element, element]}
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    return key + "=" + elements;
  }
}
