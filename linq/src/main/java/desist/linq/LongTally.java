// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a sum, an average and a count of {@code long}s are made of. */
final class LongTally implements Terminal<Long> {
  private final boolean counts;
  private final Queue<Adder> adders = new ConcurrentLinkedQueue<>();

  /**
   * @param counts whether how many numbers there are matters too, which costs as much as to add
   *     them
   */
  LongTally(boolean counts) {
    this.counts = counts;
  }

  @Override
  public Sink<Long> sink(Worker worker) {
    Adder adder = counts ? new Counter() : new Adder();
    adders.add(adder);
    return adder;
  }

  /** Returns how many numbers there were if they are counted, when all workers have ended. */
  long count() {
    return adders.stream().mapToLong(Adder::count).sum();
  }

  /**
   * Returns the sum.
   *
   * @throws ArithmeticException if it does not fit a {@code long}
   */
  long sum() {
    Adder all = new Adder();
    for (Adder adder : adders) {
      all.accept(adder.sum);
      all.overflows += adder.overflows;
    }
    if (all.overflows != 0) {
      throw new ArithmeticException("long overflow");
    }
    return all.sum;
  }

  /** Adds one worker's numbers up. */
  private static class Adder extends LongSink {
    private long sum;

    /**
     * How often the sum has gone past the greatest number, less how often past the least; so that
     * it does not matter which worker adds what.
     */
    private long overflows;

    @Override
    void accept(long value) {
      long added = sum + value;
      if (((sum ^ added) & (value ^ added)) < 0) {
        overflows += value < 0 ? -1 : 1;
      }
      sum = added;
    }

    long count() {
      return 0;
    }
  }

  /** Counts them as well. */
  private static final class Counter extends Adder {
    private long count;

    @Override
    void accept(long value) {
      count++;
      super.accept(value);
    }

    @Override
    long count() {
      return count;
    }
  }
}
