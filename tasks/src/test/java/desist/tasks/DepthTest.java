// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Long chains and deep joins: neither the stack nor the pool runs out. */
class DepthTest {
  private static final int LONG = 100_000;

  @ParameterizedTest
  @EnumSource(
      value = TaskContinuationOptions.class,
      names = {"EXECUTE_SYNCHRONOUSLY", "PREFER_FAIRNESS"})
  void aLongChainOfContinuationsRuns(TaskContinuationOptions option) throws Exception {
    TaskCompletionSource<Integer> first = new TaskCompletionSource<>();
    Task<Integer> last = first.task();
    for (int i = 0; i < LONG; i++) {
      last = last.continueWith(t -> t.resultNow() + 1, option);
    }

    first.setResult(0);

    assertThat(last.result()).isEqualTo(LONG);
  }

  @Test
  void aLongChainOfMismatchesEndsInsideTheCall() {
    TaskCompletionSource<Integer> first = new TaskCompletionSource<>();
    Task<Integer> last = first.task();
    for (int i = 0; i < LONG; i++) {
      last = last.continueWith(Task::result, TaskContinuationOptions.ONLY_ON_FAULTED);
    }

    first.setResult(0);

    assertThat(last.isCanceled()).isTrue();
  }

  @Test
  void promisesThatKeepEachOtherInBodiesGoOnElsewhere() throws Exception {
    TaskCompletionSource<Integer> first = new TaskCompletionSource<>();
    TaskCompletionSource<Integer> next = first;
    for (int i = 0; i < LONG; i++) {
      TaskCompletionSource<Integer> kept = new TaskCompletionSource<>();
      next.task()
          .continueWithAction(
              t -> kept.setResult(t.resultNow() + 1),
              TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);
      next = kept;
    }

    first.setResult(0);

    assertThat(next.task().result()).isEqualTo(LONG);
  }

  @Test
  void aLongChainOnAnExecutorThatRunsInPlaceRuns() throws Exception {
    TaskCompletionSource<Integer> first = new TaskCompletionSource<>();
    Task<Integer> last = first.task();
    for (int i = 0; i < LONG; i++) {
      last = last.continueWith(t -> t.resultNow() + 1, Runnable::run);
    }

    first.setResult(0);

    assertThat(last.result()).isEqualTo(LONG);
  }

  @Test
  void aThousandJoinsInsideEachOtherEnd() throws Exception {
    assertThat(Task.run(joining(1_000)).result()).isEqualTo(1_000);
  }

  @Test
  void aThousandTasksEachWaitForOneQueuedLater() throws Exception {
    TaskCompletionSource<?>[] ends = new TaskCompletionSource<?>[1_001];
    Arrays.setAll(ends, i -> new TaskCompletionSource<Integer>());
    for (int i = 0; i < 1_000; i++) {
      int index = i;
      Task.runAction(
          () -> {
            Task.waitAny(ends[index + 1].task());
            ends[index].setCanceled();
          });
    }
    Task.runAction(() -> ends[1_000].setCanceled());

    assertThat(Task.waitAny(ends[0].task())).isZero();
  }

  private static Callable<Integer> joining(int depth) {
    return () -> depth == 0 ? 0 : Task.run(joining(depth - 1)).result() + 1;
  }
}
