// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** One element, again and again. */
final class RepeatFeed<S extends @Nullable Object> extends IndexedFeed<S> {
  private final S element;
  private final long size;

  RepeatFeed(S element, long size) {
    this.element = element;
    this.size = size;
  }

  @Override
  long size() {
    return size;
  }

  @Override
  void push(long from, long to, Sink<S> sink) {
    for (long i = from; i < to; i++) {
      sink.accept(element);
    }
  }
}
