// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** A sink of unboxed {@code int}s that pushes on to another. */
abstract class IntLink<T extends @Nullable Object> extends IntSink {
  final Sink<T> down;

  IntLink(Sink<T> down) {
    this.down = down;
  }

  @Override
  void begin(Leaf leaf) {
    down.begin(leaf);
  }

  @Override
  void end(Leaf leaf) {
    down.end(leaf);
  }

  @Override
  boolean isDone() {
    return down.isDone();
  }
}
