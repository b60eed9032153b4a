// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Takes the only element, and stops the phase when there are two. */
final class Single<T extends @Nullable Object> implements Terminal<T> {
  private final AtomicInteger count = new AtomicInteger();
  private volatile @Nullable Object element;

  @Override
  public Sink<T> sink(Worker worker) {
    return new Sink<>() {
      @Override
      void accept(T value) {
        if (count.getAndIncrement() == 0) {
          element = value;
        } else {
          worker.phase.stop();
        }
      }
    };
  }

  /**
   * Returns the only element in an array, or an empty one.
   *
   * @throws IllegalStateException if there are two
   */
  @Nullable Object[] result() {
    int found = count.get();
    if (found > 1) {
      throw new IllegalStateException("There is more than one such element.");
    }
    return found == 0 ? new @Nullable Object[0] : new @Nullable Object[] {element};
  }
}
