// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

/** The numbers of an array. */
final class LongArrayFeed extends IndexedFeed<Long> {
  private final long[] array;

  LongArrayFeed(long[] array) {
    this.array = array;
  }

  @Override
  long size() {
    return array.length;
  }

  @Override
  void push(long from, long to, Sink<Long> sink) {
    LongSink numbers = (LongSink) sink;
    for (int i = (int) from; i < (int) to; i++) {
      numbers.accept(array[i]);
    }
  }
}
