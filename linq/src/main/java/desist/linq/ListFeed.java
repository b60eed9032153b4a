// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements of a list with random access. */
final class ListFeed<S extends @Nullable Object> extends IndexedFeed<S> {
  private final List<? extends S> list;
  private final int size;

  ListFeed(List<? extends S> list) {
    this.list = list;
    size = list.size();
  }

  @Override
  long size() {
    return size;
  }

  @Override
  void push(long from, long to, Sink<S> sink) {
    for (int i = (int) from; i < (int) to; i++) {
      sink.accept(list.get(i));
    }
  }
}
