// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * How each worker of a loop makes the value that its bodies pass on, and what becomes of it.
 *
 * @param <L> the value
 */
record LoopLocals<L extends @Nullable Object>(
    Callable<? extends L> localInit, ThrowingConsumer<? super L> localFinally) {
  /** Bodies pass nothing on. */
  static final LoopLocals<@Nullable Void> NONE = new LoopLocals<>(() -> null, none -> {});
}
