// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.threading.BlockingCollection.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Adds to, or takes from, whichever of several collections lets it. */
final class AnyCollection {
  private AnyCollection() {}

  /** Adds to one of them, at once or when there is room; returns its index, or -1 if time is up. */
  static <T> int add(
      List<? extends BlockingCollection<? super T>> collections,
      T item,
      long nanos,
      CancellationToken token)
      throws InterruptedException {
    List<BlockingCollection<? super T>> all = copyOf(collections);
    requireNonNull(item, "item");
    requireNonNull(token, "token");
    ThreadWaiter.throwIfInterrupted();
    ensureAddable(all);
    int index = addToUnbounded(all, item);
    if (index >= 0) {
      return index;
    }
    token.throwIfCancellationRequested();
    index = addToFirst(all, item);
    if (index >= 0 || nanos <= 0) {
      return index;
    }
    index = Slots.awaitFree(slots(all), nanos, token);
    if (index >= 0) {
      all.get(index).slots().add(item);
    } else {
      ensureAddable(all);
    }
    return index;
  }

  /** Adds to one of them, if that is possible at once; returns its index, or -1. */
  static <T> int tryAdd(List<? extends BlockingCollection<? super T>> collections, T item) {
    List<BlockingCollection<? super T>> all = copyOf(collections);
    requireNonNull(item, "item");
    ensureAddable(all);
    int index = addToUnbounded(all, item);
    return index >= 0 ? index : addToFirst(all, item);
  }

  /**
   * Takes from one of them, at once or when there is an item; returns null if time is up, or if
   * there will be none.
   */
  static <T> @Nullable Taken<T> take(
      List<? extends BlockingCollection<? extends T>> collections,
      long nanos,
      CancellationToken token)
      throws InterruptedException {
    List<BlockingCollection<? extends T>> all = copyOf(collections);
    requireNonNull(token, "token");
    ThreadWaiter.throwIfInterrupted();
    Taken<T> taken = takeFromFirst(all);
    if (taken != null || areEnded(all)) {
      return taken;
    }
    token.throwIfCancellationRequested();
    int index = nanos > 0 ? Slots.awaitFull(slots(all), nanos, token) : Waiter.TIMED_OUT;
    if (index == Waiter.ENDED) {
      all.forEach(BlockingCollection::ensureOpen);
    }
    return index < 0 ? null : new Taken<>(index, all.get(index).slots().take());
  }

  /** Takes from one of them, if that is possible at once, or returns null. */
  static <T> @Nullable Taken<T> tryTake(
      List<? extends BlockingCollection<? extends T>> collections) {
    return takeFromFirst(copyOf(collections));
  }

  private static <T> int addToUnbounded(List<BlockingCollection<? super T>> all, T item) {
    return addToFirst(all, item, collection -> !collection.isBounded());
  }

  private static <T> int addToFirst(List<BlockingCollection<? super T>> all, T item) {
    return addToFirst(all, item, collection -> true);
  }

  private static <T> int addToFirst(
      List<BlockingCollection<? super T>> all,
      T item,
      Predicate<? super BlockingCollection<? super T>> where) {
    for (int i = 0; i < all.size(); i++) {
      if (where.test(all.get(i)) && all.get(i).slots().tryAdd(item)) {
        return i;
      }
    }
    return -1;
  }

  private static <T> @Nullable Taken<T> takeFromFirst(
      List<? extends BlockingCollection<? extends T>> all) {
    all.forEach(BlockingCollection::ensureOpen);
    for (int i = 0; i < all.size(); i++) {
      T item = all.get(i).slots().tryTake();
      if (item != null) {
        return new Taken<>(i, item);
      }
    }
    return null;
  }

  private static void ensureAddable(List<? extends BlockingCollection<?>> all) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).ensureOpen();
      if (all.get(i).slots().isCompleted()) {
        throw new IllegalArgumentException("Adding to collections[" + i + "] is completed.");
      }
    }
  }

  private static boolean areEnded(List<? extends BlockingCollection<?>> all) {
    return all.stream().allMatch(collection -> collection.slots().isEnded());
  }

  private static Slots<?>[] slots(List<? extends BlockingCollection<?>> all) {
    return all.stream().map(BlockingCollection::slots).toArray(Slots<?>[]::new);
  }

  /** Returns a copy, which nobody else changes. */
  private static <C> List<C> copyOf(List<? extends C> collections) {
    List<C> all = new ArrayList<>(requireNonNull(collections, "collections"));
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i) == null) {
        throw new NullPointerException("collections[" + i + "]");
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException("collections is empty");
    }
    return all;
  }
}
