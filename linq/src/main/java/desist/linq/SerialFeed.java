// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.Iterator;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The elements of an iterator, which one worker at a time reads, chunk by chunk. */
final class SerialFeed<S extends @Nullable Object> extends Feed<S> {
  /*
   * Overview
   *
   * The iterator is the user's, and made for one thread. So whoever wants a chunk takes the baton,
   * reads, and gives it back. It is the one thing of ours that is held while code of the user's runs;
   * a worker that waits for it parks, holds nothing, and gets it when the reader's call returns. Code
   * that runs in that call cannot want the same baton: a query opens an iterator of its own for each
   * run.
   *
   * The baton is a flag and not a lock, so that waits are those of Condition: not interruptible, and
   * made up for in a ForkJoinPool. The reader's call may last until a task of that pool has run, and
   * those that wait for it may be all threads that the pool has.
   *
   * "position", "isExhausted" and the iterator are read and written with the baton alone. "size" is
   * written once, by the one that finds the end, and read by anybody.
   *
   * A chunk begins with one element and doubles while reading it is quick. Where each element may be
   * long in coming (isSlow), all chunks have one, so that none waits in a chunk for another.
   *
   * Not done: handing the baton over in the order of arrival, which costs a wakeup for each chunk.
   */

  static final int MOST_CHUNK = 1024;

  private final Iterator<? extends S> iterator;
  private final boolean isSlow;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition isPassed = lock.newCondition();

  /** Guarded by the lock. */
  private boolean isTaken;

  private long position;
  private boolean isExhausted;

  private volatile long size = UNKNOWN;

  SerialFeed(Iterator<? extends S> iterator, boolean isSlow) {
    this.iterator = iterator;
    this.isSlow = isSlow;
  }

  @Override
  long size() {
    return size;
  }

  @Override
  Reader<S> reader(Worker worker, int number, Sink<S> sink) {
    return new ChunkReader<>(this, worker, number, sink, isSlow ? 1 : MOST_CHUNK);
  }

  /**
   * Reads elements into a chunk that is empty.
   *
   * @param most how many; no more than fit
   */
  void read(ChunkReader<S> chunk, int most) {
    takeBaton();
    try {
      chunk.beginAt(position);
      if (!isExhausted) {
        readAlone(chunk, most);
      }
    } finally {
      passBaton();
    }
  }

  private void takeBaton() {
    lock.lock();
    try {
      while (isTaken) {
        isPassed.awaitUninterruptibly();
      }
      isTaken = true;
    } finally {
      lock.unlock();
    }
  }

  private void passBaton() {
    lock.lock();
    try {
      isTaken = false;
      isPassed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void readAlone(ChunkReader<S> chunk, int most) {
    int count = 0;
    try {
      while (count < most && !chunk.isClosed()) {
        if (!iterator.hasNext()) {
          isExhausted = true;
          break;
        }
        chunk.add(iterator.next());
        count++;
      }
    } catch (Throwable e) {
      isExhausted = true;
      chunk.failAfter(e); // what came before is good
    } finally {
      position += count;
      if (isExhausted) {
        size = position;
      }
    }
  }
}
