// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does something once, when all of several tasks have ended, or the first of them has. */
final class Quorum {
  /*
   * Overview
   *
   * A part is a hook on each task, but where all are needed not on one that had ended before. "needed"
   * is how many have still to end; whoever takes it to zero decides. That is the last part to run, or
   * begin(), which counts at once all those that ended before their part was added. What it decides
   * is left to the action.
   *
   * Invariants:
   *
   *   1. The action runs at most once: "needed" comes down to zero once, as stop() sets it to zero
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

  /** One for each task; null for one that had ended, where all are needed. */
  private final @Nullable Part[] parts;

  private final boolean needsAll;
  private final Consumer<? super Task<?>> action;

  private volatile int needed;

  private Quorum(boolean needsAll, Consumer<? super Task<?>> action, Task<?>... tasks) {
    this.needsAll = needsAll;
    this.action = action;
    this.parts = new Part[tasks.length];
    int open = 0;
    for (int i = 0; i < parts.length; i++) {
      if (!needsAll || !tasks[i].hasEnded()) {
        parts[i] = new Part(tasks[i]);
        open++;
      }
    }
    if (open == 0) { // the last one is asked once more, and counts
      parts[parts.length - 1] = new Part(tasks[parts.length - 1]);
      open = 1;
    }
    NEEDED.setRelease(this, needsAll ? open : 1);
  }

  /** One that waits for all tasks, of which there is at least one; the action gets the last. */
  static Quorum ofAll(Task<?>[] tasks, Consumer<? super Task<?>> action) {
    return new Quorum(true, action, tasks);
  }

  /** One that waits for the first to end, of at least one task; the action gets it. */
  static Quorum ofFirst(Task<?>[] tasks, Consumer<? super Task<?>> action) {
    for (Task<?> task : tasks) {
      if (task.hasEnded()) {
        return new Quorum(false, action, task);
      }
    }
    return new Quorum(false, action, tasks);
  }

  /** Begins; the action may run in this call. */
  void begin() {
    StackRoom.ensure();
    int ended = 0;
    Task<?> last = null;
    for (Part part : parts) {
      if (part != null && !part.antecedent.addHook(part)) {
        last = part.antecedent;
        ended++;
      }
      if (!needsAll && (last != null || isOver())) {
        break;
      }
    }
    if (last != null) {
      ended(last, ended);
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
      if (part != null) {
        part.antecedent.removeHook(part);
      }
    }
  }

  private void ended(Task<?> task, int count) {
    if ((int) NEEDED.getAndAdd(this, -count) == count) {
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
    public void run() {
      ended(antecedent, 1);
    }
  }
}
