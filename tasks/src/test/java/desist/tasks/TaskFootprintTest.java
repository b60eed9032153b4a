// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationTokenSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.GraphLayout;

/** Bytes per task with compressed oops, and what is held by whom. */
class TaskFootprintTest {
  @Test
  void aTaskThatHasEndedTakesThirtyTwoBytes() throws Exception {
    Task<Integer> run = Task.run(() -> null);
    run.join();
    Task<Integer> made = new Task<>(() -> null, new CancellationTokenSource().token());
    made.runSynchronously();
    Task<Integer> continued = run.continueWith(t -> null);
    continued.join();

    long sentinel = 16; // which all tasks share that were waited for
    for (Task<Integer> task : List.of(run, made, continued)) {
      assertThat(ClassLayout.parseClass(Task.class).instanceSize()).isEqualTo(32);
      assertThat(GraphLayout.parseInstance(task).totalSize()).isLessThanOrEqualTo(32 + sentinel);
    }
  }

  @Test
  void aTaskThatWaitsToRunTakesAJobBesideAndAContinuationAHook() {
    assertThat(ClassLayout.parseClass(Job.OfCallable.class).instanceSize()).isEqualTo(40);
    assertThat(ClassLayout.parseClass(Job.OfFunction.class).instanceSize()).isEqualTo(48);
    assertThat(ClassLayout.parseClass(Continuation.class).instanceSize()).isEqualTo(32);
  }

  @Test
  void aMillionTasksTakeThirtyTwoMillionBytes() throws Exception {
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 1_000_000; i++) {
      tasks.add(Task.run(() -> null));
    }
    Task.waitAll(tasks);

    long array = 16 + 4L * tasks.size();
    long sentinel = 16;
    assertThat(GraphLayout.parseInstance((Object) tasks.toArray()).totalSize())
        .isLessThanOrEqualTo(32_000_000 + array + sentinel);
  }
}
