// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** An element that comes only if no others have, and in the place after them. */
final class LateFeed<T extends @Nullable Object> extends Feed<T> implements LeafWatch {
  /*
   * Overview
   *
   * States (field "size", written under the lock):
   *
   *     UNKNOWN --all leaves of the others have passed--> 0, if there was an element among them; else 1
   *
   * The others do not wait here: that there is one is noted before its leaf ends. The worker that ends
   * the last leaf of theirs, or finds the end of the last feed, settles it. It tells those that wait
   * for the size of this feed; and takes the element, if no other worker does, before it ends.
   *
   * The lock guards all but "isRefused" and "isTaken", and no code of the user's runs under it.
   */

  private final T element;

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Phase<?> phase;
  private @Nullable LeafOrder<Leaf> others;
  private int number;
  private volatile long size = UNKNOWN;

  private volatile boolean isRefused;
  private final AtomicBoolean isTaken = new AtomicBoolean();

  LateFeed(T element) {
    this.element = element;
  }

  @Override
  public void setCover(Phase<?> given, int first, int last) {
    phase = given;
    others = new LeafOrder<>(given, first, last);
    number = last;
  }

  /** Is told that there is another element. */
  void refuse() {
    isRefused = true;
  }

  /** Is told that a leaf of the others has ended. */
  void passed(Leaf leaf) {
    advanceWith(leaf);
  }

  @Override
  public void advance() {
    advanceWith(null);
  }

  private void advanceWith(@Nullable Leaf ended) {
    if (hasSettledWith(ended)) {
      requireNonNull(phase).exhausted();
      if (size > 0) {
        requireNonNull(phase).released();
      }
    }
  }

  private boolean hasSettledWith(@Nullable Leaf ended) {
    LeafOrder<Leaf> leaves = requireNonNull(others);
    lock.lock();
    try {
      if (ended != null) {
        leaves.put(ended, ended);
      }
      for (Leaf next; (next = leaves.peek()) != null; ) {
        leaves.pass(next);
      }
      if (size != UNKNOWN || !leaves.isOver()) {
        return false;
      }
      size = isRefused ? 0 : 1;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean take() {
    return size > 0 && !isTaken.getAndSet(true);
  }

  @Override
  long size() {
    return size;
  }

  /** Returns a reader without leaves: the only one of this feed is released. */
  @Override
  Reader<T> reader(Worker worker, int feed, Sink<T> sink) {
    return new Reader<>(feed, sink) {
      @Override
      boolean nextLeaf() {
        return false;
      }

      @Override
      int push(int most) {
        throw new AssertionError("no leaf");
      }

      @Override
      void endLeaf() {
        throw new AssertionError("no leaf");
      }
    };
  }

  /** Returns what a worker reads the element through when it has been released. */
  Reader<T> released(Sink<T> sink) {
    return new Reader<>(Reader.RELEASED, sink) {
      private Leaf leaf = new Leaf(0, 0, 0);
      private int left = 1;

      @Override
      boolean nextLeaf() {
        if (!take()) {
          return false;
        }
        leaf = new Leaf(number, 0, 0);
        sink.begin(leaf);
        return true;
      }

      @Override
      int push(int most) {
        int pushed = left;
        if (pushed > 0) {
          left = 0;
          sink.accept(element);
        }
        return pushed;
      }

      @Override
      void endLeaf() {
        leaf.nextFrom = 1;
        sink.end(leaf);
      }
    };
  }
}
