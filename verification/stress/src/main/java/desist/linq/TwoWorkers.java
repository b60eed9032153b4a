// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** A phase of two workers, each of which an actor has work; and how often each number came out. */
final class TwoWorkers {
  private final Phase<Integer> phase;
  private final AtomicIntegerArray seen;
  private final Worker first;
  private final Worker second;

  /**
   * Makes one.
   *
   * @param count how many numbers the stage gives, from 0 on
   */
  TwoWorkers(int count, Stage<Integer> stage) {
    seen = new AtomicIntegerArray(count);
    phase = new Phase<>(new QueryRun(QuerySettings.NONE), stage, this::sink, 2, stage.isStriped());
    first = phase.assemble(0, Outlet.NONE, 1);
    second = phase.assemble(1, Outlet.NONE, 1);
  }

  private Sink<Integer> sink(Worker worker) {
    return new Sink<>() {
      @Override
      void accept(Integer number) {
        seen.incrementAndGet(number);
      }
    };
  }

  void workFirst() {
    phase.work(first);
  }

  void workSecond() {
    phase.work(second);
  }

  List<Feed<?>> feeds() {
    return phase.feeds();
  }

  /** Returns what came of the work. */
  String outcome() {
    RuntimeException failure = phase.run().takeFailure();
    if (failure != null) {
      return failure.toString();
    }
    for (int number = 0; number < seen.length(); number++) {
      if (seen.get(number) != 1) {
        return seen.toString();
      }
    }
    return "each once";
  }
}
