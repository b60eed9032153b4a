// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.function.DoubleConsumer;

/** Iterates over unboxed {@code double}s of an iterator over objects. */
final class DoubleIterator implements CloseableIterator.OfDouble {
  private final CloseableIterator<Double> boxed;

  DoubleIterator(CloseableIterator<Double> boxed) {
    this.boxed = boxed;
  }

  @Override
  public boolean hasNext() {
    return boxed.hasNext();
  }

  @Override
  public double nextDouble() {
    return boxed.next();
  }

  @Override
  public void forEachRemaining(DoubleConsumer action) {
    while (hasNext()) {
      action.accept(nextDouble());
    }
  }

  @Override
  public void close() {
    boxed.close();
  }
}
