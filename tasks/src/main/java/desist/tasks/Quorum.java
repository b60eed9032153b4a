// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Does something once, when all of several tasks have ended, or the first of them has. */
final class Quorum {
  /*
   * Overview
   *
   * A part is a hook on each task that had not ended when this was made. "needed" is how many of
   * them have still to end; the part that takes it from one to zero decides. What it decides is left
   * to the action.
   *
   * Invariants:
   *
   *   1. The action runs at most once: "needed" goes from one to zero once, as stop() sets it to zero
   *      and nothing raises it.
   *   2. Once "needed" is not positive no part stays on a task: whoever made it so takes off what is
   *      left, and begin() does too if it finds that it was adding parts meanwhile.
   *   3. The parts are taken off before the action runs, which may run code of the user's.
   *
   * Why no part is left behind: a part is added by an atomic operation on the task, then begin()
   * reads "needed"; whoever decides writes "needed", then takes the parts off by atomic operations
   * on the tasks. One of the two sees what the other has done.
   *
   * Taking the parts off costs a constant time each, so the end of whenAny costs as much as its call.
   */

  private static final VarHandle NEEDED =
      fieldVarHandle(MethodHandles.lookup(), "needed", VarHandle.class, Quorum.class, int.class);

  private final Part[] parts;
  private final boolean needsAll;
  private final Consumer<? super Task<?>> action;

  private volatile int needed;

  private Quorum(List<Task<?>> open, int needed, Consumer<? super Task<?>> action) {
    this.parts = new Part[open.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new Part(open.get(i));
    }
    this.needsAll = needed == parts.length;
    this.needed = needed;
    this.action = action;
  }

  /** One that waits for all tasks, of which there is at least one; the action gets the last. */
  static Quorum ofAll(Task<?>[] tasks, Consumer<? super Task<?>> action) {
    List<Task<?>> open = new ArrayList<>(tasks.length);
    for (Task<?> task : tasks) {
      if (!task.hasEnded()) {
        open.add(task);
      }
    }
    // If none is open the last one is asked once more, and counts.
    return open.isEmpty()
        ? new Quorum(List.of(tasks[tasks.length - 1]), 1, action)
        : new Quorum(open, open.size(), action);
  }

  /** One that waits for the first to end, of at least one task; the action gets it. */
  static Quorum ofFirst(Task<?>[] tasks, Consumer<? super Task<?>> action) {
    for (Task<?> task : tasks) {
      if (task.hasEnded()) {
        return new Quorum(List.of(task), 1, action);
      }
    }
    return new Quorum(List.of(tasks), 1, action);
  }

  /** Begins; the action may run in this call. */
  void begin() {
    for (Part part : parts) {
      if (isOver()) {
        break;
      } else if (!part.antecedent.addHook(part)) {
        part.run();
      }
    }
    if (isOver()) {
      removeParts();
    }
  }

  /** Gives up: the action does not run, unless it has been decided already. */
  void stop() {
    if ((int) NEEDED.getAndSet(this, 0) > 0) {
      removeParts();
    }
  }

  private boolean isOver() {
    return needed <= 0;
  }

  private void removeParts() {
    for (Part part : parts) {
      part.antecedent.removeHook(part);
    }
  }

  private void ended(Task<?> task) {
    if ((int) NEEDED.getAndAdd(this, -1) == 1) {
      if (!needsAll) {
        removeParts();
      }
      action.accept(task);
    }
  }

  /** What hangs on one of the tasks. */
  private final class Part extends Hook {
    Part(Task<?> antecedent) {
      super(antecedent);
    }

    @Override
    void run() {
      ended(antecedent);
    }
  }
}
