// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Hooks that are added, removed and run by several threads at once. */
class HookSoakTest {
  private static final int ROUNDS = 20_000;
  private static final int THREADS = 3;

  @Test
  void eachHookIsRunOnceOrRemovedOrRefused() throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS + 1);
    List<TaskCompletionSource<Integer>> promises = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      promises.add(new TaskCompletionSource<>());
    }
    List<TestThreads.Running<Void>> threads = new ArrayList<>();
    AtomicInteger wrong = new AtomicInteger();
    for (int t = 0; t < THREADS; t++) {
      boolean removes = t > 0;
      threads.add(
          TestThreads.start(
              () -> {
                for (TaskCompletionSource<Integer> promise : promises) {
                  start.await();
                  Counted first = new Counted(promise.task());
                  Counted second = new Counted(promise.task());
                  boolean added = promise.task().addHook(first);
                  boolean addedToo = promise.task().addHook(second);
                  boolean removed = removes && promise.task().removeHook(first);
                  start.await();
                  if (first.runs.get() != (added && !removed ? 1 : 0)
                      || second.runs.get() != (addedToo ? 1 : 0)
                      || promise.task().hookCount() != 0) {
                    wrong.incrementAndGet();
                  }
                }
                return null;
              }));
    }
    for (TaskCompletionSource<Integer> promise : promises) {
      start.await();
      Thread.onSpinWait();
      promise.setResult(1);
      start.await();
    }
    for (TestThreads.Running<Void> thread : threads) {
      thread.join();
    }

    assertThat(wrong).hasValue(0);
  }

  private static final class Counted extends Hook {
    final AtomicInteger runs = new AtomicInteger();

    Counted(Task<?> antecedent) {
      super(antecedent);
    }

    @Override
    void run() {
      runs.incrementAndGet();
    }
  }
}
