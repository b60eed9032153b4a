// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Gathers what a leaf has at the place of a sequencer, and leaves it there. */
class Deposit<T extends @Nullable Object> extends Sink<T> {
  private final Sequencer<T> sequencer;

  private @Nullable Leaf leaf;
  private final Buffer<T> elements = new Buffer<>();

  Deposit(Sequencer<T> sequencer) {
    this.sequencer = sequencer;
  }

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

  void setLeaf(Leaf ended) {
    leaf = ended;
  }

  Released released(int from, int to, long index) {
    return new Released(leaf().at(index), elements.array(), from, to);
  }

  void leave() {
    sequencer.leave(this);
  }
}
