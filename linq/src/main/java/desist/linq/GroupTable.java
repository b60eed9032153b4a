// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A hash table of entries, whose keys are equal as a comparer says; for one thread at a time. */
final class GroupTable<K extends @Nullable Object, E extends @Nullable Object> {
  private static final int FIRST = 16;

  private final EqualityComparer<? super K> comparer;

  /** Whether the keys are asked themselves, which is worth not asking the comparer for. */
  private final boolean isDefault;

  private @Nullable GroupEntry<K, E>[] slots = slots(FIRST);
  private final List<GroupEntry<K, E>> entries = new ArrayList<>();

  GroupTable(EqualityComparer<? super K> comparer) {
    this.comparer = comparer;
    isDefault = comparer instanceof DefaultEquality;
  }

  @SuppressWarnings("unchecked") // it has nothing else
  private static <K extends @Nullable Object, E extends @Nullable Object>
      @Nullable GroupEntry<K, E>[] slots(int size) {
    return (@Nullable GroupEntry<K, E>[]) new GroupEntry<?, ?>[size];
  }

  /** Returns a hash code of a key whose low bits are as good as the others. */
  int hash(K key) {
    int hash = isDefault ? Objects.hashCode(key) : comparer.hashCode(key);
    return hash ^ hash >>> 16;
  }

  /** Returns the entry of a key that has that {@link #hash}. */
  @Nullable GroupEntry<K, E> find(K key, int hash) {
    GroupEntry<K, E> entry = slots[hash & (slots.length - 1)];
    while (entry != null && !(entry.hash == hash && isEqual(entry.key, key))) {
      entry = entry.next;
    }
    return entry;
  }

  private boolean isEqual(K known, K key) {
    return known == key || (isDefault ? Objects.equals(known, key) : comparer.equals(known, key));
  }

  /** Adds an entry whose key is not here, and which is in no other table that is still used. */
  void add(GroupEntry<K, E> entry) {
    entries.add(entry);
    if (entries.size() > slots.length) {
      slots = slots(2 * slots.length);
      entries.forEach(this::link);
    } else {
      link(entry);
    }
  }

  private void link(GroupEntry<K, E> entry) {
    int slot = entry.hash & (slots.length - 1);
    entry.next = slots[slot];
    slots[slot] = entry;
  }

  /** Returns the entries in the order in which they were added. */
  List<GroupEntry<K, E>> entries() {
    return entries;
  }
}
