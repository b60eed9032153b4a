// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** One stage after another. */
final class ConcatStage<T extends @Nullable Object> extends Stage<T> {
  private final Stage<T> first;
  private final Stage<T> second;

  ConcatStage(Stage<T> first, Stage<T> second) {
    this.first = first;
    this.second = second;
  }

  @Override
  void assemble(Assembly worker, Sink<T> down) {
    first.assemble(worker, down);
    // A side without indexes may count its own, further up.
    long before = isIndexed() ? first.size() : 0;
    worker.shiftIndexes(before);
    second.assemble(worker, down);
    worker.shiftIndexes(-before);
  }

  @Override
  long size() {
    return first.isIndexed() && second.isIndexed() ? first.size() + second.size() : Feed.UNKNOWN;
  }

  @Override
  boolean isStriped() {
    return first.isStriped() || second.isStriped();
  }

  @Override
  Stage<T> slice(long from, long to) {
    long border = first.size();
    if (to <= border) {
      return first.slice(from, to);
    } else if (from >= border) {
      return second.slice(from - border, to - border);
    }
    return new ConcatStage<>(first.slice(from, border), second.slice(0, to - border));
  }

  @Override
  Stage<T> reversed() {
    return new ConcatStage<>(second.reversed(), first.reversed());
  }
}
