// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a sum, an average, a count and the extremes of {@code long}s are made of. */
final class LongTally implements Terminal<Long> {
  private final Queue<Counter> counters = new ConcurrentLinkedQueue<>();

  @Override
  public Sink<Long> sink(Worker worker) {
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
    Counter all = new Counter();
    for (Counter counter : counters) {
      all.add(counter.sum);
      all.overflows += counter.overflows;
    }
    if (all.overflows != 0) {
      throw new ArithmeticException("long overflow");
    }
    return all.sum;
  }

  /** Tallies one worker's numbers. */
  private static final class Counter extends LongSink {
    private long count;
    private long sum;

    /**
     * How often the sum has gone past the greatest number, less how often past the least; so that
     * it does not matter which worker adds what.
     */
    private long overflows;

    @Override
    void accept(long value) {
      count++;
      add(value);
    }

    private void add(long value) {
      long added = sum + value;
      if (((sum ^ added) & (value ^ added)) < 0) {
        overflows += value < 0 ? -1 : 1;
      }
      sum = added;
    }
  }
}
