// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** A stage, and an element that comes if it has none. */
final class LateStage<T extends @Nullable Object> extends Stage<T> {
  private final Stage<T> source;
  private final LateFeed<T> late;

  LateStage(Stage<T> source, T element) {
    this.source = source;
    late = new LateFeed<>(element);
  }

  @Override
  void assemble(Assembly worker, Sink<T> down) {
    int first = worker.feedCount();
    worker.addReleased(late.released(down), late);
    source.assemble(worker, new Refusing<>(late, down));
    worker.setCover(late, first);
    worker.add(late, down);
  }

  @Override
  long size() {
    return Feed.UNKNOWN;
  }

  @Override
  boolean isStriped() {
    return source.isStriped();
  }

  @Override
  Stage<T> slice(long from, long to) {
    throw new AssertionError("has no indexes");
  }

  @Override
  Stage<T> reversed() {
    throw new AssertionError("has no indexes");
  }

  /** Lets the others by. */
  private static final class Refusing<T extends @Nullable Object> extends Link<T, T> {
    private final LateFeed<T> late;
    private boolean hasRefused;

    Refusing(LateFeed<T> late, Sink<T> down) {
      super(down);
      this.late = late;
    }

    @Override
    void accept(T value) {
      if (!hasRefused) {
        hasRefused = true;
        late.refuse();
      }
      down.accept(value);
    }

    @Override
    void end(Leaf leaf) {
      super.end(leaf);
      late.passed(leaf);
    }
  }
}
