// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a sum, an average, a count and the extremes of {@code double}s are made of. */
final class DoubleTally implements Terminal<Double> {
  private final Queue<Counter> counters = new ConcurrentLinkedQueue<>();

  @Override
  public Sink<Double> sink(Worker worker) {
    Counter counter = new Counter();
    counters.add(counter);
    return counter;
  }

  /** Returns how many numbers there were, when all workers have ended. */
  long count() {
    return counters.stream().mapToLong(counter -> counter.count).sum();
  }

  double sum() {
    return counters.stream().mapToDouble(counter -> counter.sum).sum();
  }

  /** Tallies one worker's numbers. */
  private static final class Counter extends DoubleSink {
    private long count;
    private double sum;

    @Override
    void accept(double value) {
      count++;
      sum += value;
    }
  }
}
