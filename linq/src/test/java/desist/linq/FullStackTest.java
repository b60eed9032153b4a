// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Queries that are run where the stack is all but full: each is tried at its end, then a step
 * before and so on, until it does not throw. None may hang, and none may leave a worker behind.
 */
class FullStackTest {
  private static final int ROUNDS = "long".equals(System.getProperty("desist.budget")) ? 8 : 4;
  private static final List<Integer> NUMBERS = IntStream.range(0, 300).boxed().toList();

  @Test
  void aQueryRunsOrItThrows() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      onFullStack(round, () -> assertThat(query().toList()).hasSize(300));
    }
  }

  @Test
  void workersThatWaitForEachOtherAreNotLeft() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      onFullStack(round, () -> assertThat(query().where(x -> true).skip(1).count()).isEqualTo(299));

      TestThreads.await("no worker is left", () -> !isWorking());
    }
  }

  @Test
  void anIteratorIsClosedOnceThereIsRoom() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      var iterator = query().iterator();
      iterator.hasNext();

      onFullStack(round, iterator::close);

      TestThreads.await("no worker is left", () -> !isWorking());
    }
  }

  private static boolean isWorking() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(frame -> frame.getClassName().equals(Worker.class.getName()));
  }

  @Test
  void anIteratorGoesOnOrEnds() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      try (var iterator = query().withMergeOptions(ParallelMergeOptions.NOT_BUFFERED).iterator()) {
        iterator.hasNext();
        AtomicInteger seen = new AtomicInteger();
        onFullStack(
            round,
            () -> {
              while (seen.get() < 300 && iterator.hasNext()) {
                iterator.next();
                seen.incrementAndGet();
              }
            });
      }
    }
  }

  private static ParallelQuery<Integer> query() {
    return ParallelEnumerable.asParallel(NUMBERS::iterator)
        .withDegreeOfParallelism(3)
        .select(x -> x + 1);
  }

  private static void onFullStack(int round, Runnable attempt) throws Exception {
    if (round == 0) { // links what is linked at its first call
      attempt.run();
      return;
    }
    List<Throwable> failures = new ArrayList<>();
    TestThreads.run(() -> descend(attempt, failures)).join();
    assertThat(failures).isEmpty();
  }

  /** Fills the stack, and then tries at each depth, beginning at the end, until there is room. */
  private static void descend(Runnable attempt, List<Throwable> failures) {
    try {
      descend(attempt, failures);
    } catch (StackOverflowError full) {
      try {
        attempt.run();
      } catch (RuntimeException | AssertionError e) {
        failures.add(e);
      }
    }
  }
}
