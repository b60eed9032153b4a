// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Iterates over a stream, and closes it. */
final class StreamIterator<T extends @Nullable Object> implements CloseableIterator<T> {
  private final Stream<? extends T> stream;
  private final Iterator<? extends T> iterator;

  StreamIterator(Stream<? extends T> stream) {
    this.stream = stream;
    iterator = stream.sequential().iterator();
  }

  @Override
  public boolean hasNext() {
    return iterator.hasNext();
  }

  @Override
  public T next() {
    return iterator.next();
  }

  @Override
  public void close() {
    stream.close();
  }
}
