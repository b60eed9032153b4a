// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** An operator that looks at one element after another, each alone. */
@FunctionalInterface
interface Operator<S extends @Nullable Object, T extends @Nullable Object> {
  /** Returns a sink for one worker that pushes what the operator makes of its elements. */
  Sink<S> link(Assembly worker, Sink<T> down);
}
