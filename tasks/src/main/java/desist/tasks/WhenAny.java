// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import org.jspecify.annotations.Nullable;

/** Ends a task when the first of several others has ended, with that one as its result. */
final class WhenAny {
  private WhenAny() {}

  /** Returns the task that waits for these, which are the caller's no more. */
  static <T extends @Nullable Object> Task<Task<T>> of(Task<? extends T>[] parts) {
    Tasks.checkNotEmpty(parts);
    Task<Task<T>> whole = Task.promise(0);
    Quorum.ofFirst(parts, first -> whole.trySetResult(asPart(first))).begin();
    return whole;
  }

  @SuppressWarnings("unchecked") // it is one of the parts
  private static <T extends @Nullable Object> Task<T> asPart(Task<?> first) {
    return (Task<T>) first;
  }
}
