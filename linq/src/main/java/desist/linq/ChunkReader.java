// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads an iterator's feed in chunks, each of which is a leaf. */
final class ChunkReader<S extends @Nullable Object> extends Reader<S> {
  private static final long QUICK = 50_000; // nanoseconds

  private final SerialFeed<S> source;
  private final Worker worker;
  private final int mostSize;

  private @Nullable Object[] items = new @Nullable Object[1];
  private int size = 1;

  private @Nullable Leaf leaf;
  private long from;
  private int count;
  private int pushed;
  private @Nullable Throwable failure;

  ChunkReader(SerialFeed<S> source, Worker worker, int number, Sink<S> sink, int mostSize) {
    super(number, sink);
    this.source = source;
    this.worker = worker;
    this.mostSize = mostSize;
  }

  void beginAt(long position) {
    from = position;
    count = 0;
    pushed = 0;
  }

  void add(S item) {
    items[count++] = item;
  }

  void failAfter(Throwable e) {
    failure = e;
  }

  /** Whether nobody wants more. */
  boolean isClosed() {
    return worker.phase.isClosed(feed);
  }

  @Override
  boolean nextLeaf() {
    if (items.length < size) {
      items = new @Nullable Object[size];
    }
    long start = System.nanoTime();
    source.read(this, size);
    boolean isQuick = System.nanoTime() - start < QUICK;
    size = isQuick ? Math.min(2 * size, mostSize) : Math.max(1, size / 2);
    if (count == 0) {
      throwFailure();
      return false;
    }
    leaf = new Leaf(feed, from, from);
    sink.begin(leaf);
    return true;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // there is nothing else in the chunk
  int push(int most) {
    int end = Math.min(count, pushed + most);
    int pushedNow = end - pushed;
    for (int i = pushed; i < end; i++) {
      sink.accept((S) items[i]);
    }
    pushed = end;
    return pushedNow;
  }

  @Override
  void endLeaf() {
    Leaf ended = requireNonNull(leaf);
    ended.nextFrom = from + count;
    leaf = null;
    Arrays.fill(items, 0, count, null);
    sink.end(ended);
    throwFailure();
  }

  private void throwFailure() {
    if (failure != null) {
      Failures.rethrow(failure);
    }
  }
}
