// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** Elements of another feed that lie beside each other. */
final class SliceFeed<S extends @Nullable Object> extends IndexedFeed<S> {
  private final IndexedFeed<S> whole;
  private final long first;
  private final long size;

  SliceFeed(IndexedFeed<S> whole, long from, long to) {
    this.whole = whole;
    first = from;
    size = to - from;
  }

  @Override
  long size() {
    return size;
  }

  @Override
  void push(long from, long to, Sink<S> sink) {
    whole.push(first + from, first + to, sink);
  }
}
