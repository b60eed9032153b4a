// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A map whose keys are equal as a comparer says. */
final class ComparerMap<K, V extends @Nullable Object> extends AbstractMap<K, V> {
  /** A key that asks the comparer. */
  private static final class Key<K> {
    private final K key;
    private final EqualityComparer<? super K> comparer;
    private final int hash;

    Key(K key, EqualityComparer<? super K> comparer) {
      this.key = key;
      this.comparer = comparer;
      hash = comparer.hashCode(key);
    }

    @Override
    @SuppressWarnings("unchecked") // a map has keys of one type
    public boolean equals(@Nullable Object other) {
      return other instanceof Key<?> that && comparer.equals(key, (K) that.key);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private final EqualityComparer<? super K> comparer;
  private final Map<Key<K>, Entry<K, V>> entries = new LinkedHashMap<>();

  ComparerMap(EqualityComparer<? super K> comparer) {
    this.comparer = comparer;
  }

  @Override
  public @Nullable V put(K key, V value) {
    Key<K> own = new Key<>(key, comparer);
    Entry<K, V> entry = entries.get(own);
    if (entry != null) {
      return entry.setValue(value);
    }
    entries.put(own, new SimpleEntry<>(key, value));
    return null;
  }

  @Override
  public @Nullable V get(@Nullable Object key) {
    Entry<K, V> entry = find(key);
    return entry == null ? null : entry.getValue();
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return find(key) != null;
  }

  @Override
  @SuppressWarnings("unchecked") // the comparer says what it cannot compare
  public @Nullable V remove(@Nullable Object key) {
    Entry<K, V> entry = key == null ? null : entries.remove(new Key<>((K) key, comparer));
    return entry == null ? null : entry.getValue();
  }

  @SuppressWarnings("unchecked") // the comparer says what it cannot compare
  private @Nullable Entry<K, V> find(@Nullable Object key) {
    return key == null ? null : entries.get(new Key<>((K) key, comparer));
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<K, V>> iterator() {
        return entries.values().iterator();
      }

      @Override
      public int size() {
        return entries.size();
      }
    };
  }
}
