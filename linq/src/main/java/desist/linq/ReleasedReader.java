// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Reads the leaves that a sequencer releases. */
final class ReleasedReader<T extends @Nullable Object> extends Reader<T> {
  private final Sequencer<T> sequencer;

  private Deposit.@Nullable Released leaf;
  private int position;

  ReleasedReader(Sequencer<T> sequencer, Sink<T> sink) {
    super(RELEASED, sink);
    this.sequencer = sequencer;
  }

  @Override
  boolean nextLeaf() {
    Deposit.Released next = sequencer.take();
    if (next == null) {
      return false;
    }
    leaf = next;
    position = next.from();
    sink.begin(next.leaf());
    return true;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the leaf has nothing else
  int push(int most) {
    Deposit.Released current = requireNonNull(leaf);
    int end = Math.min(current.to(), position + most);
    int count = end - position;
    @Nullable Object[] elements = current.elements();
    for (int i = position; i < end; i++) {
      sink.accept((T) elements[i]);
    }
    position = end;
    return count;
  }

  @Override
  void endLeaf() {
    Leaf ended = requireNonNull(leaf).leaf();
    leaf = null;
    sink.end(ended);
  }
}
