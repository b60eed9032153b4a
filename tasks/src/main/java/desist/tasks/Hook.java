// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import org.jspecify.annotations.Nullable;

/**
 * What is done when a task has ended: a continuation, a combinator's share, a wake-up.
 *
 * <p>A hook is added to its antecedent with {@link TaskState#addHook}, which says no if that has
 * ended already, and may be removed with {@link TaskState#removeHook}. It is run once, by the
 * thread that ends the antecedent; it must not throw, and must not block.
 */
abstract class Hook implements Runnable {
  final Task<?> antecedent;

  // Of the antecedent's list; later "newer" of the thread that runs the hooks.
  @Nullable Hook older; // itself if it is the oldest, null if it is in no list
  @Nullable Hook newer;

  Hook(Task<?> antecedent) {
    this.antecedent = antecedent;
  }

  /** Does it; the antecedent has ended. */
  @Override
  public abstract void run();

  /**
   * Does it here, or has it done elsewhere.
   *
   * @param mayInline whether code of the user's may run in this call
   */
  void run(boolean mayInline) {
    if (mayInline) {
      run();
    } else {
      DefaultScheduler.runInPool(this);
    }
  }

  /** Tells when it comes, among the hooks of one task; those of one turn come in their order. */
  Turn turn() {
    return Turn.RUN;
  }

  /** Returns a chain of what is in one, then what is in the other. */
  static @Nullable Hook join(@Nullable Hook first, @Nullable Hook then) {
    if (first == null || then == null) {
      return first == null ? then : first;
    }
    Hook last = first;
    for (Hook next = last.newer; next != null; next = next.newer) {
      last = next;
    }
    last.newer = then;
    return first;
  }

  /** The order in which the hooks of one task come. */
  enum Turn {
    /** It wakes a thread, and runs nothing. */
    WAKE,

    /** It hands something to a scheduler. */
    QUEUE,

    /** It may run code of the user's, or end a task whose hooks do. */
    RUN
  }
}
