// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.function.LongConsumer;

/** Iterates over unboxed {@code long}s of an iterator over objects. */
final class LongIterator implements CloseableIterator.OfLong {
  private final CloseableIterator<Long> boxed;

  LongIterator(CloseableIterator<Long> boxed) {
    this.boxed = boxed;
  }

  @Override
  public boolean hasNext() {
    return boxed.hasNext();
  }

  @Override
  public long nextLong() {
    return boxed.next();
  }

  @Override
  public void forEachRemaining(LongConsumer action) {
    while (hasNext()) {
      action.accept(nextLong());
    }
  }

  @Override
  public void close() {
    boxed.close();
  }
}
