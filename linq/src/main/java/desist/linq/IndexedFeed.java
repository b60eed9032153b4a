// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A feed whose elements have indexes, and may be read by several workers at once. */
abstract class IndexedFeed<S extends @Nullable Object> extends Feed<S> {
  private @Nullable Dealer dealer;

  /** Pushes the elements with indexes in [from, to), and calls neither begin nor end. */
  abstract void push(long from, long to, Sink<S> sink);

  @Override
  void prepare(int workers, boolean isStriped) {
    dealer = isStriped ? new Stripes(size(), workers) : new Ranges(size(), workers);
  }

  @Override
  Reader<S> reader(Worker worker, int number, Sink<S> sink) {
    return new RangeReader<>(this, requireNonNull(dealer), worker, number, sink);
  }
}
