// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Gathers what a leaf has at the place of a sequencer. */
class Deposit<T extends @Nullable Object> extends Sink<T> {
  private @Nullable Leaf leaf;
  private Buffer<T> elements = new Buffer<>();

  /** What of a leaf goes on. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Released(Leaf leaf, @Nullable Object[] elements, int from, int to) {}

  @Override
  void accept(T value) {
    elements.add(value);
  }

  Leaf leaf() {
    return requireNonNull(leaf);
  }

  int count() {
    return elements.count();
  }

  void setLeaf(Leaf begun) {
    leaf = begun;
  }

  /** Forgets what has been gathered, which has gone on. */
  void clear() {
    elements = new Buffer<>();
  }

  Released released(int from, int to, long index) {
    return new Released(leaf().at(index), elements.array(), from, to);
  }
}
