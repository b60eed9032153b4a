// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

/** Consecutive numbers. */
final class LongRangeFeed extends IndexedFeed<Long> {
  private final long first;
  private final long size;

  LongRangeFeed(long first, long size) {
    this.first = first;
    this.size = size;
  }

  @Override
  long size() {
    return size;
  }

  @Override
  void push(long from, long to, Sink<Long> sink) {
    LongSink longs = (LongSink) sink;
    for (long i = from; i < to; i++) {
      longs.accept(first + i);
    }
  }
}
