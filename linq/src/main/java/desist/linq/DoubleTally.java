// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a sum, an average and a count of {@code double}s are made of. */
final class DoubleTally implements Terminal<Double> {
  private final boolean counts;
  private final Queue<Adder> adders = new ConcurrentLinkedQueue<>();

  /**
   * @param counts whether how many numbers there are matters too, which costs as much as to add
   *     them
   */
  DoubleTally(boolean counts) {
    this.counts = counts;
  }

  @Override
  public Sink<Double> sink(Worker worker) {
    Adder adder = counts ? new Counter() : new Adder();
    adders.add(adder);
    return adder;
  }

  /** Returns how many numbers there were if they are counted, when all workers have ended. */
  long count() {
    return adders.stream().mapToLong(Adder::count).sum();
  }

  double sum() {
    return adders.stream().mapToDouble(adder -> adder.sum).sum();
  }

  /** Adds one worker's numbers up. */
  private static class Adder extends DoubleSink {
    private double sum;

    @Override
    void accept(double value) {
      sum += value;
    }

    long count() {
      return 0;
    }
  }

  /** Counts them as well. */
  private static final class Counter extends Adder {
    private long count;

    @Override
    void accept(double value) {
      count++;
      super.accept(value);
    }

    @Override
    long count() {
      return count;
    }
  }
}
