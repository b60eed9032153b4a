// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Reads an indexed feed. */
final class RangeReader<S extends @Nullable Object> extends Reader<S> {
  private final IndexedFeed<S> source;
  private final Dealer dealer;
  private final Worker worker;

  private final long indexBase;

  private @Nullable Leaf leaf;

  /** What is claimed and not pushed yet: [position, end). */
  private long position;

  private long end;

  RangeReader(IndexedFeed<S> source, Dealer dealer, Worker worker, int number, Sink<S> sink) {
    super(number, sink);
    this.source = source;
    this.dealer = dealer;
    this.worker = worker;
    indexBase = worker.indexBase();
  }

  void setClaim(long from, long to) {
    position = from;
    end = to;
  }

  @Override
  boolean nextLeaf() {
    do {
      if (claim()) {
        leaf = new Leaf(feed, position, indexBase + position);
        sink.begin(leaf);
        return true;
      }
    } while (dealer.steal(worker.number));
    return false;
  }

  @Override
  int push(int most) {
    if (position == end && (dealer.isStriped() || !claim())) {
      return 0;
    }
    int count = (int) Math.min(most, end - position);
    source.push(position, position + count, sink);
    position += count;
    return count;
  }

  private boolean claim() {
    return dealer.claim(worker.number, worker.pacer.stride(), this);
  }

  @Override
  void endLeaf() {
    Leaf ended = requireNonNull(leaf);
    ended.nextFrom = end; // also if what is left makes no difference
    leaf = null;
    sink.end(ended);
  }
}
