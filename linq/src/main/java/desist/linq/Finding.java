// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks for an element, and stops the phase when one is found. */
final class Finding<T extends @Nullable Object> implements Terminal<T> {
  /** An element, which may be null. */
  private record Found<T extends @Nullable Object>(T element) {}

  private final Predicate<? super T> predicate;
  private final AtomicReference<@Nullable Found<T>> found = new AtomicReference<>();

  Finding(Predicate<? super T> predicate) {
    this.predicate = predicate;
  }

  @Override
  public Sink<T> sink(Worker worker) {
    return new Sink<>() {
      @Override
      void accept(T value) {
        if (predicate.test(value) && found.compareAndSet(null, new Found<>(value))) {
          worker.phase.stop();
        }
      }

      @Override
      boolean isDone() {
        return found.get() != null;
      }
    };
  }

  boolean isFound() {
    return found.get() != null;
  }

  /** Returns what was found, as the only element of an array; or an empty one. */
  @Nullable Object[] result() {
    Found<T> result = found.get();
    return result == null ? new @Nullable Object[0] : new @Nullable Object[] {result.element};
  }
}
