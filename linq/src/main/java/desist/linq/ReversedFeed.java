// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** The elements of another feed, from the last to the first. */
final class ReversedFeed<S extends @Nullable Object> extends IndexedFeed<S> {
  private final IndexedFeed<S> forward;

  ReversedFeed(IndexedFeed<S> forward) {
    this.forward = forward;
  }

  @Override
  long size() {
    return forward.size();
  }

  @Override
  void push(long from, long to, Sink<S> sink) {
    long size = size();
    for (long i = from; i < to; i++) {
      forward.push(size - 1 - i, size - i, sink);
    }
  }
}
