// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Arguments that are several tasks: copied, so that nobody changes them later, and checked. */
final class Tasks {
  private Tasks() {}

  /** Returns the tasks, copied. */
  static <T extends @Nullable Object> Task<? extends T>[] copy(Task<? extends T>[] tasks) {
    return requireNonNull(tasks, "tasks").clone();
  }

  /** Returns the tasks, copied. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // no arrays of generic types can be made
  static <T extends @Nullable Object> Task<? extends T>[] copy(
      Collection<? extends Task<? extends T>> tasks) {
    return requireNonNull(tasks, "tasks").toArray(new Task[0]);
  }

  /**
   * Checks that no task is null.
   *
   * @throws NullPointerException if one is
   */
  static void check(Task<?>[] tasks) {
    for (int i = 0; i < tasks.length; i++) {
      if (tasks[i] == null) {
        throw new NullPointerException("tasks[" + i + "]");
      }
    }
  }

  /**
   * Checks that there is a task, and none is null.
   *
   * @throws IllegalArgumentException if there is none
   * @throws NullPointerException if one is null
   */
  static void checkNotEmpty(Task<?>[] tasks) {
    if (tasks.length == 0) {
      throw new IllegalArgumentException("there are no tasks");
    }
    check(tasks);
  }

  /** Returns the task as one whose result is seen less exactly: a task only gives its result. */
  @SuppressWarnings("unchecked")
  static <T extends @Nullable Object> Task<T> widen(Task<? extends T> task) {
    return (Task<T>) task;
  }
}
