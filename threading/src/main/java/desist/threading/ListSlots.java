// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Slots with a list of the items, first in first out: what a collection has without a store. */
final class ListSlots<T> extends Slots<T> {
  /*
   * Overview
   *
   * The list is guarded by the lock bit of the state. So where nobody waits an item comes and goes
   * together with its slot, by one CAS and one store, where a concurrent queue beside the slots
   * would need several of each. Where somebody waits the slot is held meanwhile, and then handed
   * over.
   *
   * Under the lock bit nothing is allocated, and nothing fails.
   */

  // Guarded by the lock bit.
  private @Nullable Node<T> oldest;
  private @Nullable Node<T> newest;

  ListSlots(int capacity) {
    super(capacity, 0);
  }

  @Override
  boolean tryAdd(T item) {
    if (!hasFree(unlocked())) {
      return false; // without a node
    }
    Node<T> node = new Node<>(item);
    for (long s; hasFree(s = unlocked()); ) {
      if ((s & TAKERS) != 0) {
        if (tryHoldFree()) {
          addHeld(node);
          return true;
        }
      } else if (tryLock(s)) {
        append(node);
        unlock(s + USED);
        return true;
      }
    }
    return false;
  }

  @Override
  void add(T item) {
    Node<T> node;
    try {
      node = new Node<>(item);
    } catch (Throwable e) {
      vacate();
      throw e;
    }
    addHeld(node);
  }

  @Override
  @Nullable T tryTake() {
    for (long s; hasFull(s = unlocked()); ) {
      if ((s & ADDERS) != 0) {
        if (tryHoldFull()) {
          return take();
        }
      } else if (tryLock(s)) {
        T item = unlink();
        unlock(s - USED);
        return item;
      }
    }
    return null;
  }

  @Override
  T take() {
    long s = lock();
    T item = unlink();
    unlock(s);
    vacate();
    return item;
  }

  @Override
  Object[] toArray() {
    Object[] items = new Object[full()];
    int size = copyTo(items);
    while (size > items.length) {
      items = new Object[size];
      size = copyTo(items);
    }
    return size == items.length ? items : Arrays.copyOf(items, size);
  }

  private void addHeld(Node<T> node) {
    long s = lock();
    append(node);
    unlock(s);
    fill();
  }

  /** Copies as many items as there is place for, and returns how many there are. */
  private int copyTo(Object[] items) {
    int size = 0;
    long s = lock();
    for (Node<T> node = oldest; node != null; node = node.newer) {
      if (size < items.length) {
        items[size] = node.item;
      }
      size++;
    }
    unlock(s);
    return size;
  }

  private void append(Node<T> node) {
    Node<T> before = newest;
    if (before == null) {
      oldest = node;
    } else {
      before.newer = node;
    }
    newest = node;
  }

  private T unlink() {
    Node<T> node = requireNonNull(oldest);
    Node<T> next = node.newer;
    oldest = next;
    if (next == null) {
      newest = null;
    }
    node.newer = null; // so that a node that is old for the collector keeps no young one
    return node.item;
  }

  private static final class Node<T> {
    private final T item;
    private @Nullable Node<T> newer;

    Node(T item) {
      this.item = item;
    }
  }
}
