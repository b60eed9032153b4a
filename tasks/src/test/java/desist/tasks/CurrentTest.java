// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Threads that are not ours are left as they were: what a container's threads keep, it keeps. */
class CurrentTest {
  private final TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();
  private final List<@Nullable Current> within = new ArrayList<>();

  @Test
  void whoOnlyLooksLeavesNothing() throws Exception {
    TestThreads.run(
            () -> {
              assertThat(Task.currentId()).isEmpty();
              assertThat(TaskScheduler.current()).isSameAs(TaskScheduler.defaultScheduler());
              promise.task().continueWith(Task::await);
              Task.whenAll(promise.task(), Task.completedTask());
              Task.run(() -> 1);

              assertThat(Current.peek()).isNull();
            })
        .join();
  }

  @Test
  void aBodyThatRunsInPlaceLeavesNothing() throws Exception {
    Task<Integer> inner = noting();
    Task<Integer> outer =
        new Task<>(
            () -> {
              inner.runSynchronously(Runnable::run);
              within.add(Current.peek());
              return inner.await();
            });
    TestThreads.start(
            () -> {
              outer.runSynchronously(Runnable::run);

              assertThat(Current.peek()).isNull();
              return outer.await();
            })
        .join();
    assertThat(within).hasSize(2).doesNotContainNull();
  }

  @Test
  void aContinuationThatRunsInPlaceLeavesNothing() throws Exception {
    promise
        .task()
        .continueWithAction(
            t -> within.add(Current.peek()), TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);
    TestThreads.run(
            () -> {
              promise.setResult(1);

              assertThat(Current.peek()).isNull();
            })
        .join();
    assertThat(within).hasSize(1).doesNotContainNull();
  }

  private Task<Integer> noting() {
    return new Task<>(
        () -> {
          within.add(Current.peek());
          return 1;
        });
  }
}
