// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Hooks that are added, removed and run by two threads that meet on one task after another. */
class HookSoakTest {
  private static final int CHUNKS = 500;
  private static final int CHUNK = 500;

  private final List<Task<Integer>> tasks = new ArrayList<>();
  private final CyclicBarrier chunks = new CyclicBarrier(2);

  @Test
  void aHookThatIsAddedWhenItsTaskEndsIsRunOrRefused() throws Exception {
    int[] refused = new int[1];
    Counted[] hooks = new Counted[CHUNKS * CHUNK];

    meet(
        (task, i) -> task.trySetResult(1),
        (task, i) -> {
          hooks[i] = new Counted(task);
          if (!task.addHook(hooks[i])) {
            refused[0]++;
            hooks[i].run();
          }
        });

    assertThat(hooks).allMatch(hook -> hook.runs.get() == 1);
    assertThat(refused[0]).isBetween(1, hooks.length);
  }

  @Test
  void ofTwoThatAddASecondHookNeitherDisturbsTheOther() throws Exception {
    Counted[] first = new Counted[CHUNKS * CHUNK];
    Counted[] second = new Counted[CHUNKS * CHUNK];
    Counted[] third = new Counted[CHUNKS * CHUNK];
    prepare();
    for (int i = 0; i < first.length; i++) {
      first[i] = new Counted(tasks.get(i));
      tasks.get(i).addHook(first[i]);
    }

    meet((task, i) -> add(task, i, second), (task, i) -> add(task, i, third));

    assertThat(tasks).allMatch(task -> task.hookCount() == 3);
    for (int i = 0; i < first.length; i++) {
      assertThat(tasks.get(i).removeHook(first[i])).isTrue();
      tasks.get(i).trySetResult(1);
      assertThat(first[i].runs).hasValue(0);
      assertThat(second[i].runs).hasValue(1);
      assertThat(third[i].runs).hasValue(1);
    }
  }

  @Test
  void aHookThatIsRemovedWhenItsTaskEndsIsRunOrRemoved() throws Exception {
    Counted[] hooks = new Counted[CHUNKS * CHUNK];
    boolean[] removed = new boolean[CHUNKS * CHUNK];
    prepare();
    for (int i = 0; i < hooks.length; i++) {
      add(tasks.get(i), i, hooks);
    }

    meet((task, i) -> task.trySetResult(1), (task, i) -> removed[i] = task.removeHook(hooks[i]));

    for (int i = 0; i < hooks.length; i++) {
      assertThat(hooks[i].runs).hasValue(removed[i] ? 0 : 1);
    }
  }

  private void prepare() {
    while (tasks.size() < CHUNKS * CHUNK) {
      tasks.add(Task.promise(0));
    }
  }

  private static void add(Task<Integer> task, int index, Counted[] hooks) {
    hooks[index] = new Counted(task);
    task.addHook(hooks[index]);
  }

  /** Has two threads go through the tasks at the same time. */
  private void meet(Step one, Step other) throws Exception {
    prepare();
    TestThreads.Running<Void> thread = TestThreads.start(() -> walk(one));
    walk(other);
    thread.join();
  }

  private Void walk(Step step) throws Exception {
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      chunks.await();
      for (int i = chunk * CHUNK; i < (chunk + 1) * CHUNK; i++) {
        step.run(tasks.get(i), i);
      }
    }
    return null;
  }

  private interface Step {
    void run(Task<Integer> task, int index);
  }

  private static final class Counted extends Hook {
    final AtomicInteger runs = new AtomicInteger();

    Counted(Task<?> antecedent) {
      super(antecedent);
    }

    @Override
    public void run() {
      runs.incrementAndGet();
    }
  }
}
