// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** A source of 0, 1, 2 and so on that counts what is done to it, and in which a step may fail. */
final class Spy implements Iterable<Integer> {
  private static final int USUAL_COUNT = 16;

  private final int count;
  private final IntConsumer onMove;
  private final Runnable onClose;
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger pulled = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  /** A source of 16. */
  Spy() {
    this(USUAL_COUNT);
  }

  /** A source of as many. */
  Spy(int count) {
    this(count, at -> {}, () -> {});
  }

  private Spy(int count, IntConsumer onMove, Runnable onClose) {
    this.count = count;
    this.onMove = onMove;
    this.onClose = onClose;
  }

  /** A source that never ends, by any practical measure. */
  static Spy endless() {
    return new Spy(Integer.MAX_VALUE);
  }

  /** Another source, which does this at each step: it is given the element to come. */
  Spy onMove(IntConsumer action) {
    return new Spy(count, action, onClose);
  }

  /** Another source, which does this when it is closed. */
  Spy onClose(Runnable action) {
    return new Spy(count, onMove, action);
  }

  /** How many iterators were made. */
  int opened() {
    return opened.get();
  }

  /** How many elements were handed out. */
  int pulled() {
    return pulled.get();
  }

  /** How many iterators were closed. */
  int closed() {
    return closed.get();
  }

  @Override
  public Iterator<Integer> iterator() {
    opened.incrementAndGet();
    return new Walk();
  }

  /** For one thread at a time, as iterators are. */
  private final class Walk implements Iterator<Integer>, AutoCloseable {
    private int next;
    private boolean moved;

    @Override
    public boolean hasNext() {
      if (!moved) {
        onMove.accept(next);
        moved = next < count;
      }
      return moved;
    }

    @Override
    public Integer next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      moved = false;
      pulled.incrementAndGet();
      return next++;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
      onClose.run();
    }
  }
}
