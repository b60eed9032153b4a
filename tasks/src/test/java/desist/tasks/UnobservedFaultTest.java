// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnobservedFaultTest {
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final EventRegistration handler =
      TaskScheduler.onUnobservedTaskException(
          event -> {
            if (event.exception().getCause() instanceof Unseen unseen) {
              seen.add(unseen.getMessage());
            }
          });

  @AfterEach
  void takeTheHandlerOff() {
    handler.close();
  }

  @Test
  void onlyFaultsThatNobodyHasLookedAtAreReported() {
    drop("status", Task::status);
    drop("exception", Task::exception);
    drop("joined", task -> catchThrowable(task::join));
    drop("awaited", task -> catchThrowable(task::await));
    drop("waited for", task -> catchThrowable(() -> Task.waitAny(task)));
    drop("taken over", task -> new TaskCompletionSource<Integer>().trySetFromTask(task));
    drop("mismatch", task -> task.continueWith(t -> 1, TaskContinuationOptions.ONLY_ON_CANCELED));

    TestThreads.await(
        "four are reported",
        () -> {
          System.gc();
          return seen.size() >= 4;
        });
    // "taken over" is reported for the one that took it
    assertThat(seen).containsExactlyInAnyOrder("status", "waited for", "taken over", "mismatch");
  }

  @Test
  void aFaultThatACombinatorTookOverIsReportedForThatOneAlone() {
    TaskCompletionSource<Integer> open = new TaskCompletionSource<>();
    drop("all", task -> Task.whenAll(task, Task.completedTask()));
    drop("all, seen", task -> Task.whenAll(task, Task.completedTask()).exception());
    drop("unwrapped", task -> Task.unwrap(Task.fromResult(task)));
    drop("unwrapped, seen", task -> Task.unwrap(Task.fromResult(task)).exception());
    drop("any", task -> Task.whenAny(task, open.task()).resultNow());
    drop("each", task -> Task.whenEach(task).forEach(Task::status));
    drop(
        "continued",
        task ->
            Task.factory()
                .continueWhenAll(
                    List.of(task), List::size, TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY));
    giveUp("given up");

    TestThreads.await(
        "six are reported",
        () -> {
          System.gc();
          return seen.size() >= 6;
        });
    assertThat(seen)
        .containsExactlyInAnyOrder("all", "unwrapped", "any", "each", "continued", "given up");
  }

  @Test
  void aFaultIsReportedOnlyIfItCameWhileThereWasAHandler() throws Exception {
    handler.close();
    drop("before", Task::status);
    try (EventRegistration later =
        TaskScheduler.onUnobservedTaskException(
            event -> seen.add(event.exception().getCause().getMessage()))) {
      assertThat(later).isNotNull();
      drop("after", Task::status);

      TestThreads.await(
          "one is reported",
          () -> {
            System.gc();
            return !seen.isEmpty();
          });
    }
    assertThat(seen).containsExactly("after");
  }

  @Test
  void aFaultThatRefersToItsOwnTaskIsCollectedIfNobodyWantsToBeTold() throws Exception {
    handler.close();
    TestThreads.awaitCollection(faultOfItsOwn());
  }

  private static WeakReference<Task<Integer>> faultOfItsOwn() {
    TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();
    promise.setException(new Owned(promise.task()));
    return new WeakReference<>(promise.task());
  }

  private static void giveUp(String name) {
    TaskCompletionSource<Integer> late = new TaskCompletionSource<>();
    assertThat(late.task().waitAsync(Duration.ZERO).exception()).isNotNull();
    late.setException(new Unseen(name));
  }

  private static void drop(String name, Consumer<Task<Integer>> look) {
    Task<Integer> task = Task.fromException(new Unseen(name));
    look.accept(task);
    assertThat(new WeakReference<>(task)).isNotNull();
  }

  private static final class Owned extends Exception {
    private static final long serialVersionUID = 1L;

    final transient Task<Integer> owner;

    Owned(Task<Integer> owner) {
      this.owner = owner;
    }
  }

  private static final class Unseen extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unseen(String message) {
      super(message);
    }
  }
}
