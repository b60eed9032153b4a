// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

/** Looks inside tasks, for probes of which .NET's do so too. */
public final class Hooks {
  private Hooks() {}

  /** How many continuations, combinators and blocked waits hang on a task. */
  public static int of(Task<?> task) {
    return task.hookCount();
  }
}
