// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All elements of a stage by their keys. */
final class Groups<K extends @Nullable Object, E extends @Nullable Object> {
  /*
   * Overview
   *
   * Each worker puts the elements it gets into a table of its own. Then the workers merge the tables:
   * the entries are dealt by the low bits of their hash codes into shares, and whoever takes a share
   * puts its entries, of all tables, into one. No table is written by two.
   *
   * An entry remembers where its key was first met and of which leaf its elements are, so that groups
   * and elements can be put in their order, whoever has met them.
   */

  /** Tables of which each has the keys of one share. */
  private final List<GroupTable<K, E>> shares;

  private Groups(List<GroupTable<K, E>> shares) {
    this.shares = shares;
  }

  /**
   * Groups the elements of a stage.
   *
   * @param elementSelector gives what is kept of each; null for the keys alone
   */
  static <T extends @Nullable Object, K extends @Nullable Object, E extends @Nullable Object>
      Groups<K, E> of(
          QueryRun run,
          Stage<T> stage,
          Function<? super T, ? extends K> keySelector,
          @Nullable Function<? super T, ? extends E> elementSelector,
          EqualityComparer<? super K> comparer) {
    return of(run, stage, keySelector, elementSelector, comparer, true);
  }

  /** Groups the elements of a stage whose keys are not null. */
  static <T extends @Nullable Object, K extends @Nullable Object, E extends @Nullable Object>
      Groups<K, E> withoutNull(
          QueryRun run,
          Stage<T> stage,
          Function<? super T, ? extends K> keySelector,
          Function<? super T, ? extends E> elementSelector,
          EqualityComparer<? super K> comparer) {
    return of(run, stage, keySelector, elementSelector, comparer, false);
  }

  private static <
          T extends @Nullable Object, K extends @Nullable Object, E extends @Nullable Object>
      Groups<K, E> of(
          QueryRun run,
          Stage<T> stage,
          Function<? super T, ? extends K> keySelector,
          @Nullable Function<? super T, ? extends E> elementSelector,
          EqualityComparer<? super K> comparer,
          boolean takesNull) {
    Queue<GroupTable<K, E>> tables = new ConcurrentLinkedQueue<>();
    run.execute(
        stage,
        worker -> {
          GroupTable<K, E> table = new GroupTable<>(comparer);
          tables.add(table);
          return new GroupSink<>(table, keySelector, elementSelector, takesNull);
        });
    return new Groups<>(merged(run, List.copyOf(tables), comparer));
  }

  private static <K extends @Nullable Object, E extends @Nullable Object>
      List<GroupTable<K, E>> merged(
          QueryRun run, List<GroupTable<K, E>> tables, EqualityComparer<? super K> comparer) {
    if (tables.size() < 2) {
      return tables.isEmpty() ? List.of(new GroupTable<>(comparer)) : tables;
    }
    int count = Integer.highestOneBit(2 * run.workers() - 1);
    List<GroupTable<K, E>> shares = new ArrayList<>();
    List<List<List<GroupEntry<K, E>>>> dealt = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shares.add(new GroupTable<>(comparer));
    }
    for (int i = 0; i < tables.size(); i++) {
      dealt.add(List.of());
    }
    run.inParallel(
        tables.size(), (table, worker) -> dealt.set(table, deal(tables.get(table), count)));
    run.inParallel(
        count,
        (share, worker) -> {
          for (int table = 0; table < dealt.size() && !worker.isStopped(); table++) {
            merge(dealt.get(table).get(share), shares.get(share), worker);
          }
        });
    return shares;
  }

  /** Deals the entries of a table to that many shares, a power of two. */
  private static <K extends @Nullable Object, E extends @Nullable Object>
      List<List<GroupEntry<K, E>>> deal(GroupTable<K, E> table, int count) {
    List<List<GroupEntry<K, E>>> shares = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shares.add(new ArrayList<>());
    }
    table.entries().forEach(entry -> shares.get(shareOf(entry.hash, count)).add(entry));
    return shares;
  }

  /** Chooses by other bits than the slot of a table. */
  private static int shareOf(int hash, int count) {
    return ((hash * 0x9E3779B9) >>> 16) & (count - 1);
  }

  private static <K extends @Nullable Object, E extends @Nullable Object> void merge(
      List<GroupEntry<K, E>> entries, GroupTable<K, E> share, Worker worker) {
    for (GroupEntry<K, E> entry : entries) {
      if (worker.isStopped()) {
        return;
      }
      GroupEntry<K, E> same = share.find(entry.key, entry.hash);
      if (same == null) {
        share.add(entry);
      } else {
        same.merge(entry);
      }
    }
  }

  /** Returns the entry of a key. */
  @Nullable GroupEntry<K, E> find(K key) {
    int hash = shares.get(0).hash(key);
    return shares.get(shareOf(hash, shares.size())).find(key, hash);
  }

  /** Returns the entries, by where their keys were first met. */
  List<GroupEntry<K, E>> inOrder(QueryRun run) {
    List<GroupEntry<K, E>> all = new ArrayList<>();
    for (GroupTable<K, E> share : shares) {
      all.addAll(share.entries());
    }
    MergeSort sort =
        new MergeSort(
            run,
            all.size(),
            null,
            (a, keyA, b, keyB) -> GroupEntry.compareFirst(all.get(a), all.get(b)));
    List<GroupEntry<K, E>> sorted = new ArrayList<>(all.size());
    for (int index : sort.order()) {
      sorted.add(all.get(index));
    }
    return sorted;
  }

  /** Puts a worker's elements into its table. */
  private static final class GroupSink<
          T extends @Nullable Object, K extends @Nullable Object, E extends @Nullable Object>
      extends Sink<T> {
    private final GroupTable<K, E> table;
    private final Function<? super T, ? extends K> keySelector;
    private final @Nullable Function<? super T, ? extends E> elementSelector;
    private final boolean takesNull;

    private Leaf leaf = new Leaf(0, 0, 0);
    private long place;

    /** The leaf that comes last in order, and whether this one comes before it. */
    private Leaf last = leaf;

    private boolean isBehind;

    GroupSink(
        GroupTable<K, E> table,
        Function<? super T, ? extends K> keySelector,
        @Nullable Function<? super T, ? extends E> elementSelector,
        boolean takesNull) {
      this.table = table;
      this.keySelector = keySelector;
      this.elementSelector = elementSelector;
      this.takesNull = takesNull;
    }

    @Override
    void begin(Leaf begun) {
      leaf = begun;
      place = 0;
      isBehind = Leaf.compare(begun, last) < 0;
      last = isBehind ? last : begun;
    }

    @Override
    void accept(T value) {
      K key = keySelector.apply(value);
      if (key == null && !takesNull) {
        return;
      }
      int hash = table.hash(key);
      GroupEntry<K, E> entry = table.find(key, hash);
      if (entry == null) {
        entry = new GroupEntry<>(key, hash, leaf, place);
        table.add(entry);
      } else if (isBehind) {
        entry.meet(key, leaf, place);
      }
      if (elementSelector != null) {
        entry.add(elementSelector.apply(value), leaf);
      }
      place++;
    }
  }
}
