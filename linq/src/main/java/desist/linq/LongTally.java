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
    long low = 0;
    long high = 0;
    for (Counter counter : counters) {
      low += counter.low;
      high += counter.high + (Long.compareUnsigned(low, counter.low) < 0 ? 1 : 0);
    }
    if (high != low >> 63) {
      throw new ArithmeticException("long overflow");
    }
    return low;
  }

  /** Tallies one worker's numbers. */
  private static final class Counter extends LongSink {
    private long count;

    /** The sum in 128 bits, so that it does not matter which worker adds what. */
    private long low;

    private long high;

    @Override
    void accept(long value) {
      count++;
      low += value;
      high += (value >> 63) + (Long.compareUnsigned(low, value) < 0 ? 1 : 0);
    }
  }
}
