// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static java.util.Objects.requireNonNull;

import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Slots for the items in a store of the user's. */
final class StoreSlots<T> extends Slots<T> {
  private final Queue<T> store;

  StoreSlots(Queue<T> store, int capacity) {
    super(capacity, requireNonNull(store, "store").size());
    this.store = store;
  }

  @Override
  boolean tryAdd(T item) {
    boolean holdsSlot = tryHoldFree();
    if (holdsSlot) {
      add(item);
    }
    return holdsSlot;
  }

  @Override
  void add(T item) {
    boolean isAdded = false;
    try {
      isAdded = store.offer(item);
    } finally {
      if (isAdded) {
        fill();
      } else {
        vacate();
      }
    }
    if (!isAdded) {
      throw new IllegalStateException("The store refuses the item.");
    }
  }

  @Override
  @Nullable T tryTake() {
    return tryHoldFull() ? take() : null;
  }

  /**
   * If the store throws, the item counts as not taken; if it has none, the slot is given up with
   * the item.
   */
  @Override
  T take() {
    T item;
    boolean isDone = false;
    try {
      item = store.poll();
      isDone = true;
    } finally {
      if (isDone) {
        vacate();
      } else {
        fill();
      }
    }
    if (item == null) {
      throw new IllegalStateException("The store lacks an item, which others must have taken.");
    }
    return item;
  }

  @Override
  Object[] toArray() {
    return store.toArray();
  }
}
