// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.AggregateException;
import java.lang.ref.Cleaner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The exceptions of a task that has faulted, and whether anybody has looked at them. */
final class Fault {
  private final List<Throwable> exceptions;

  private volatile boolean isObserved;

  /** Written before the task has ended. */
  private Cleaner.@Nullable Cleanable watch;

  Fault(Throwable exception) {
    exceptions = List.of(exception);
  }

  /** A fault with several exceptions, at least one. */
  Fault(List<Throwable> exceptions) {
    this.exceptions = List.copyOf(exceptions);
  }

  /** Returns the exceptions, which counts as having looked at them. */
  List<Throwable> exceptions() {
    observe();
    return exceptions;
  }

  /** Whether somebody has looked at them; for tests. */
  boolean isObserved() {
    return isObserved;
  }

  void observe() {
    if (!isObserved) {
      isObserved = true;
      Cleaner.Cleanable watched = watch;
      if (watched != null) {
        watched.clean();
      }
    }
  }

  /**
   * Sees to it that the fault is reported if the task is collected before anybody has looked, and
   * somebody wants to be told.
   */
  void watch(TaskState task) {
    if (!isObserved && watch == null) {
      watch = UnobservedFaults.watch(task, this::report);
    }
  }

  private void report() {
    if (!isObserved) {
      isObserved = true;
      UnobservedFaults.report(new AggregateException(exceptions));
    }
  }
}
