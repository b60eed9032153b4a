// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key that a worker has met, and the elements that have it. */
final class GroupEntry<K extends @Nullable Object, E extends @Nullable Object> {
  /** The key as it was first met. */
  K key;

  final int hash;

  /** The next entry in the same slot of a table. */
  @Nullable GroupEntry<K, E> next;

  /** Where the key was first met: the leaf, and how many elements of it came before. */
  private Leaf firstLeaf;

  private long firstPlace;

  /** Null until there is one. */
  private @Nullable Buffer<E> elements;

  private @Nullable Leaf lastLeaf;

  /** The leaves of the elements, and how many elements were there when each began. */
  private final List<Leaf> leaves = new ArrayList<>(1);

  private int[] begins = new int[1];

  /** The same key as other workers have met it. */
  private @Nullable List<GroupEntry<K, E>> others;

  /** The elements, once they have been asked for. */
  private @Nullable List<E> list;

  GroupEntry(K key, int hash, Leaf leaf, long place) {
    this.key = key;
    this.hash = hash;
    firstLeaf = leaf;
    firstPlace = place;
  }

  void add(E element, Leaf leaf) {
    Buffer<E> all = elements;
    if (all == null) {
      all = elements = new Buffer<>();
    }
    if (lastLeaf != leaf) {
      lastLeaf = leaf;
      if (leaves.size() == begins.length) {
        begins = Arrays.copyOf(begins, 2 * begins.length);
      }
      begins[leaves.size()] = all.count();
      leaves.add(leaf);
    }
    all.add(element);
  }

  /** Takes into account that the key was met in a leaf that may come before all so far. */
  void meet(K met, Leaf leaf, long place) {
    if (Leaf.compare(leaf, firstLeaf) < 0) {
      setFirst(met, leaf, place);
    }
  }

  private void setFirst(K met, Leaf leaf, long place) {
    key = met;
    firstLeaf = leaf;
    firstPlace = place;
  }

  /** Takes what another worker has met into account. */
  void merge(GroupEntry<K, E> other) {
    if (compareFirst(this, other) > 0) {
      setFirst(other.key, other.firstLeaf, other.firstPlace);
    }
    if (others == null) {
      others = new ArrayList<>();
    }
    others.add(other);
  }

  static int compareFirst(GroupEntry<?, ?> a, GroupEntry<?, ?> b) {
    int result = Leaf.compare(a.firstLeaf, b.firstLeaf);
    return result != 0 ? result : Long.compare(a.firstPlace, b.firstPlace);
  }

  /** Returns the elements of all workers, in their order. */
  List<E> toList() {
    List<E> known = list;
    return known == null ? list = merged() : known; // whoever else makes it makes the same
  }

  private List<E> merged() {
    List<Segment<E>> segments = new ArrayList<>();
    addSegments(segments);
    if (others != null) {
      for (GroupEntry<K, E> other : others) {
        other.addSegments(segments);
      }
    }
    segments.sort((a, b) -> Leaf.compare(a.leaf, b.leaf));
    int count = 0;
    for (Segment<E> segment : segments) {
      count += segment.to - segment.from;
    }
    @Nullable Object[] all = new @Nullable Object[count];
    int place = 0;
    for (Segment<E> segment : segments) {
      System.arraycopy(
          segment.elements.array(), segment.from, all, place, segment.to - segment.from);
      place += segment.to - segment.from;
    }
    return elements(all);
  }

  @SuppressWarnings("unchecked") // the array has nothing else
  private static <E extends @Nullable Object> List<E> elements(@Nullable Object[] all) {
    return (List<E>) Collections.unmodifiableList(Arrays.asList(all));
  }

  private void addSegments(List<Segment<E>> segments) {
    Buffer<E> all = elements;
    for (int i = 0; all != null && i < leaves.size(); i++) {
      int to = i + 1 < leaves.size() ? begins[i + 1] : all.count();
      segments.add(new Segment<>(leaves.get(i), all, begins[i], to));
    }
  }

  private record Segment<E extends @Nullable Object>(
      Leaf leaf, Buffer<E> elements, int from, int to) {}
}
