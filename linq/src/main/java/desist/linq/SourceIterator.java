// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import desist.ObjectDisposedException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Iterates over the source of a query that is nothing else. */
final class SourceIterator<T extends @Nullable Object> implements CloseableIterator<T> {
  private final Iterable<T> source;
  private @Nullable Iterator<T> iterator;
  private boolean isClosed;

  SourceIterator(Iterable<T> source) {
    this.source = source;
  }

  @Override
  public boolean hasNext() {
    return iterator().hasNext();
  }

  @Override
  public T next() {
    return iterator().next();
  }

  private Iterator<T> iterator() {
    if (isClosed) {
      throw new ObjectDisposedException("CloseableIterator");
    }
    Iterator<T> opened = iterator;
    if (opened == null) {
      iterator = opened = source.iterator();
    }
    return opened;
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      if (iterator instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception e) {
          throw Failures.rethrow(e);
        }
      }
    }
  }
}
