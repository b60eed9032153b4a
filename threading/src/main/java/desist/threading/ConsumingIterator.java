// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import desist.CancellationToken;
import desist.OperationCanceledException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Takes the items of a collection, one at each step; for one thread at a time. */
final class ConsumingIterator<T> implements Iterator<T> {
  private final BlockingCollection<T> collection;
  private final CancellationToken token;

  /** What hasNext() has taken and next() has not returned yet. */
  private @Nullable T taken;

  private boolean isEnded;

  ConsumingIterator(BlockingCollection<T> collection, CancellationToken token) {
    this.collection = collection;
    this.token = token;
  }

  @Override
  public boolean hasNext() {
    if (taken == null && !isEnded) {
      isEnded = true; // also if the step fails
      taken = step();
      isEnded = taken == null;
    }
    return taken != null;
  }

  @Override
  public T next() {
    T item = hasNext() ? taken : null;
    if (item == null) {
      throw new NoSuchElementException();
    }
    taken = null;
    return item;
  }

  private @Nullable T step() {
    try {
      return collection.takeNext(token);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationCanceledException("The thread was interrupted.", e);
    }
  }
}
