// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Groups of elements that are found by their keys.
 *
 * @param <K> the key
 * @param <E> the elements
 * @dotnet ILookup&lt;TKey, TElement&gt;
 * @since 1.0
 */
public final class Lookup<K extends @Nullable Object, E extends @Nullable Object>
    implements Iterable<Grouping<K, E>> {
  private final Groups<K, E> entries;

  /** The groups in their order, but for that of null, which comes last. */
  private final List<Grouping<K, E>> groups = new ArrayList<>();

  /** The groups, in that order. */
  Lookup(Groups<K, E> entries, List<GroupEntry<K, E>> order) {
    this.entries = entries;
    Grouping<K, E> ofNull = null;
    for (GroupEntry<K, E> entry : order) {
      Grouping<K, E> group = new Grouping<>(entry.key, entry.toList());
      if (entry.key == null) {
        ofNull = group;
      } else {
        groups.add(group);
      }
    }
    if (ofNull != null) {
      groups.add(ofNull);
    }
  }

  /**
   * Returns how many groups there are.
   *
   * @return their number
   * @dotnet ILookup&lt;TKey, TElement&gt;.Count
   * @since 1.0
   */
  public int count() {
    return groups.size();
  }

  /**
   * Tells whether there is a group with a key.
   *
   * @param key the key
   * @return whether there is one
   * @dotnet ILookup&lt;TKey, TElement&gt;.Contains(TKey)
   * @since 1.0
   */
  public boolean contains(K key) {
    return entries.find(key) != null;
  }

  /**
   * Returns the elements with a key.
   *
   * @param key the key
   * @return a list that cannot be changed; empty if there is no such group
   * @dotnet ILookup&lt;TKey, TElement&gt;.Item[TKey]
   * @since 1.0
   */
  public List<E> get(K key) {
    GroupEntry<K, E> entry = entries.find(key);
    return entry == null ? List.of() : entry.toList();
  }

  /**
   * Returns the groups as a stream.
   *
   * @return a sequential stream
   * @dotnet none
   * @since 1.0
   */
  public Stream<Grouping<K, E>> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  /**
   * Returns the groups one after another.
   *
   * @return an iterator that removes nothing
   * @dotnet IEnumerable&lt;T&gt;.GetEnumerator()
   * @since 1.0
   */
  @Override
  public Iterator<Grouping<K, E>> iterator() {
    return Collections.unmodifiableList(groups).iterator();
  }

  /**
   * Returns the groups.
   *
   * @return something like {@code [key=[element, element], key=[element]]}
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    return groups.toString();
  }
}
