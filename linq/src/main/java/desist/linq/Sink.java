// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/**
 * Where a worker pushes elements: an operator on them, or the end. Belongs to one worker.
 *
 * <p>A leaf begins, its elements come, and it ends; unless the query stops, and then it does not.
 */
abstract class Sink<T extends @Nullable Object> {
  void begin(Leaf leaf) {}

  abstract void accept(T value);

  void end(Leaf leaf) {}

  /** Whether it makes no difference what else comes in this leaf; between leaves, in any. */
  boolean isDone() {
    return false;
  }
}
