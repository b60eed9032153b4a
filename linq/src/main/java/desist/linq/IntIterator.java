// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.function.IntConsumer;

/** Iterates over unboxed {@code int}s of an iterator over objects. */
final class IntIterator implements CloseableIterator.OfInt {
  private final CloseableIterator<Integer> boxed;

  IntIterator(CloseableIterator<Integer> boxed) {
    this.boxed = boxed;
  }

  @Override
  public boolean hasNext() {
    return boxed.hasNext();
  }

  @Override
  public int nextInt() {
    return boxed.next();
  }

  @Override
  public void forEachRemaining(IntConsumer action) {
    while (hasNext()) {
      action.accept(nextInt());
    }
  }

  @Override
  public void close() {
    boxed.close();
  }
}
