// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Counts elements. */
final class Counting<T extends @Nullable Object> implements Terminal<T> {
  private static final class Counter<T extends @Nullable Object> extends Sink<T> {
    private long count;

    @Override
    void accept(T value) {
      count++;
    }
  }

  private final Queue<Counter<T>> counters = new ConcurrentLinkedQueue<>();

  @Override
  public Sink<T> sink(Worker worker) {
    Counter<T> counter = new Counter<>();
    counters.add(counter);
    return counter;
  }

  /** Returns how many there were, when all workers have ended. */
  long result() {
    return counters.stream().mapToLong(counter -> counter.count).sum();
  }
}
