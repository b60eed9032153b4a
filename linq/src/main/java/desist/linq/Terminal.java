// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** Where the elements of a phase end. */
@FunctionalInterface
interface Terminal<T extends @Nullable Object> {
  /** Returns a worker's own sink; called once by each worker, in its thread. */
  Sink<T> sink(Worker worker);
}
