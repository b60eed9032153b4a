// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

/** Consecutive {@code int}s. */
final class IntRangeFeed extends IndexedFeed<Integer> {
  private final int first;
  private final int size;

  IntRangeFeed(int first, int size) {
    this.first = first;
    this.size = size;
  }

  @Override
  long size() {
    return size;
  }

  @Override
  void push(long from, long to, Sink<Integer> sink) {
    IntSink numbers = (IntSink) sink;
    for (long i = from; i < to; i++) {
      numbers.accept(first + (int) i);
    }
  }
}
