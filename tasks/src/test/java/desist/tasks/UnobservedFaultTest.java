// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnobservedFaultTest {
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final AutoCloseable handler =
      TaskScheduler.onUnobservedTaskException(
          event -> {
            if (event.exception().getCause() instanceof Unseen unseen) {
              seen.add(unseen.getMessage());
            }
          });

  @AfterEach
  void takeTheHandlerOff() throws Exception {
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

  private static void drop(String name, Consumer<Task<Integer>> look) {
    Task<Integer> task = Task.fromException(new Unseen(name));
    look.accept(task);
    assertThat(new WeakReference<>(task)).isNotNull();
  }

  private static final class Unseen extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unseen(String message) {
      super(message);
    }
  }
}
