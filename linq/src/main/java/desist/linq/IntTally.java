// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a sum, an average, a count and the extremes of {@code int}s are made of. */
final class IntTally implements Terminal<Integer> {
  private final Queue<Counter> counters = new ConcurrentLinkedQueue<>();

  @Override
  public Sink<Integer> sink(Worker worker) {
    Counter counter = new Counter();
    counters.add(counter);
    return counter;
  }

  /** Returns how many numbers there were, when all workers have ended. */
  long count() {
    return counters.stream().mapToLong(counter -> counter.count).sum();
  }

  /**
   * Returns the sum.
   *
   * @throws ArithmeticException if it does not fit a {@code long}
   */
  long sum() {
    return counters.stream().mapToLong(counter -> counter.sum).reduce(0, Math::addExact);
  }

  /** Tallies one worker's numbers. */
  private static final class Counter extends IntSink {
    private long count;
    private long sum;

    @Override
    void accept(int value) {
      count++;
      sum += value;
    }
  }
}
