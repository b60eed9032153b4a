// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Holds leaves back until all that come before them have passed: what operators by place need. */
abstract class Sequencer<T extends @Nullable Object> implements LeafWatch {
  /*
   * Overview
   *
   * A worker gathers what a leaf has at this place in a deposit, and leaves it here when the leaf
   * ends. When all leaves before it have passed, it is known how many elements come before its own:
   * it is passed too, by which the operator decides what of it goes on, and at which index. Workers
   * take what has been released before they read anything new, and push it further down.
   *
   * A leaf that is the next one may also be passed in parts, before it ends, by the worker that reads
   * it. That worker pushes them down itself. Nothing after such a leaf is released until it ends.
   *
   * No leaf is lost: a leaf is released by whoever leaves the last one that it had to wait for, or
   * finds the end of a feed before it; and that worker, if no other, takes it before it ends.
   *
   * When the operator has seen enough, the feeds that this covers are closed, and what else is left
   * here is dropped. The last leaf that is released is followed by the first feed after them.
   *
   * The lock guards all below, and no code of the user's runs under it.
   */

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Deposit.Released> released = new ArrayDeque<>();
  private @Nullable LeafOrder<Deposit<T>> order;
  private @Nullable Phase<?> phase;
  private int firstFeed;
  private int lastFeed;

  /** Whether the operator has seen enough; written under the lock. */
  private volatile boolean isCut;

  /** Elements of the leaves that have passed. */
  private long passed;

  /** Returns a sink for the elements of a leaf. */
  abstract Deposit<T> deposit();

  /**
   * Decides what becomes of the leaf that comes next, or of a part of it, by releasing that once;
   * under the lock.
   *
   * @param before how many elements have passed
   * @return how many elements pass with this one
   */
  abstract long pass(Deposit<T> leaf, long before);

  @Override
  public void setCover(Phase<?> given, int first, int last) {
    phase = given;
    firstFeed = first;
    lastFeed = last;
    order = new LeafOrder<>(given, first, last);
  }

  /** Leaves a leaf here, which has ended. */
  void leave(Deposit<T> leaf) {
    advanceWith(leaf);
  }

  @Override
  public void advance() {
    advanceWith(null);
  }

  private void advanceWith(@Nullable Deposit<T> left) {
    boolean hasReleased;
    lock.lock();
    try {
      if (left != null) {
        requireNonNull(order).put(left.leaf(), left);
      }
      hasReleased = releaseNext();
    } finally {
      lock.unlock();
    }
    if (hasReleased) {
      requireNonNull(phase).released();
    }
  }

  /**
   * Passes what has been gathered of a leaf that has not ended, if that comes next.
   *
   * @return what of it goes on; null if another leaf comes next
   */
  Deposit.@Nullable Released passPart(Deposit<T> part) {
    lock.lock();
    try {
      if (isCut || !requireNonNull(order).isNext(part.leaf())) {
        return null;
      }
      passed += pass(part, passed);
      return released.removeLast();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends a leaf that has been passed in parts, but for what is empty now.
   *
   * @return the leaf as it goes on
   */
  Leaf passEnd(Deposit<T> rest) {
    Leaf ended = rest.leaf();
    lock.lock();
    try {
      if (isCut) { // by this leaf: it is the next one
        endCover(ended);
        return ended;
      }
      requireNonNull(order).pass(ended);
      passed += pass(rest, passed);
      ended = released.removeLast().leaf();
    } finally {
      lock.unlock();
    }
    advance(); // to what waited for it
    return ended;
  }

  /** Whether the operator has seen enough. */
  boolean isCut() {
    return isCut;
  }

  /** Takes a leaf that has been released. */
  Deposit.@Nullable Released take() {
    lock.lock();
    try {
      return released.poll();
    } finally {
      lock.unlock();
    }
  }

  private boolean releaseNext() {
    LeafOrder<Deposit<T>> leaves = requireNonNull(order);
    boolean hasReleased = false;
    for (Deposit<T> next; !isCut && (next = leaves.peek()) != null; hasReleased = true) {
      leaves.pass(next.leaf());
      passed += pass(next, passed);
    }
    return hasReleased;
  }

  /** Lets elements of a leaf go on, the first of them with that index. */
  final void release(Deposit<T> leaf, int from, int to, long index) {
    released.add(leaf.released(from, to, index));
  }

  /** The same, and no more after them. */
  final void releaseLast(Deposit<T> leaf, int from, int to, long index) {
    isCut = true;
    endCover(leaf.leaf());
    release(leaf, from, to, index);
    requireNonNull(phase).closeFeeds(firstFeed, lastFeed);
  }

  /** Lets a leaf be followed by what comes after the feeds that this covers. */
  private void endCover(Leaf leaf) {
    leaf.nextFeed = lastFeed;
    leaf.nextFrom = 0;
  }
}
