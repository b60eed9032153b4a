// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Options as bits. */
final class Options {
  static final int ATTACHED_TO_PARENT = TaskCreationOptions.ATTACHED_TO_PARENT.bits;
  static final int DENY_CHILD_ATTACH = TaskCreationOptions.DENY_CHILD_ATTACH.bits;
  static final int LONG_RUNNING = TaskCreationOptions.LONG_RUNNING.bits;
  static final int RUN_CONTINUATIONS_ASYNCHRONOUSLY =
      TaskCreationOptions.RUN_CONTINUATIONS_ASYNCHRONOUSLY.bits;

  static final int LAZY_CANCELLATION = TaskContinuationOptions.LAZY_CANCELLATION.bits;
  static final int EXECUTE_SYNCHRONOUSLY = TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY.bits;
  static final int NOT_ON_RAN_TO_COMPLETION = TaskContinuationOptions.NOT_ON_RAN_TO_COMPLETION.bits;
  static final int NOT_ON_FAULTED = TaskContinuationOptions.NOT_ON_FAULTED.bits;
  static final int NOT_ON_CANCELED = TaskContinuationOptions.NOT_ON_CANCELED.bits;
  static final int NOT_ON_ANYTHING = NOT_ON_RAN_TO_COMPLETION | NOT_ON_FAULTED | NOT_ON_CANCELED;

  private static final TaskCreationOptions[] CREATION = TaskCreationOptions.values();

  private Options() {}

  static int of(TaskCreationOptions... options) {
    int bits = 0;
    for (TaskCreationOptions option : requireNonNull(options, "options")) {
      bits |= requireNonNull(option, "options").bits;
    }
    return bits;
  }

  static int ofCreation(Collection<TaskCreationOptions> options) {
    return of(requireNonNull(options, "creationOptions").toArray(new TaskCreationOptions[0]));
  }

  static int ofContinuation(Collection<TaskContinuationOptions> options) {
    return bits(
        requireNonNull(options, "continuationOptions").toArray(new TaskContinuationOptions[0]));
  }

  /**
   * Returns the bits of a continuation's options.
   *
   * @throws IllegalArgumentException if they exclude each other
   */
  static int of(TaskContinuationOptions... options) {
    int bits = bits(requireNonNull(options, "options"));
    if ((bits & NOT_ON_ANYTHING) == NOT_ON_ANYTHING) {
      throw new IllegalArgumentException("options let it run after nothing: " + List.of(options));
    }
    checkSynchronous(bits);
    return bits;
  }

  private static int bits(TaskContinuationOptions[] options) {
    int bits = 0;
    for (TaskContinuationOptions option : options) {
      bits |= requireNonNull(option, "options").bits;
    }
    return bits;
  }

  /** Refuses options of which one asks for a thread of its own, and another for this one. */
  static void checkSynchronous(int bits) {
    if ((bits & EXECUTE_SYNCHRONOUSLY) != 0 && (bits & LONG_RUNNING) != 0) {
      throw new IllegalArgumentException(
          "options exclude each other: EXECUTE_SYNCHRONOUSLY, LONG_RUNNING");
    }
  }

  /** Returns the options of a task out of its flags. */
  static Set<TaskCreationOptions> toSet(int flags) {
    EnumSet<TaskCreationOptions> options = EnumSet.noneOf(TaskCreationOptions.class);
    for (TaskCreationOptions option : CREATION) {
      if ((flags & option.bits) != 0) {
        options.add(option);
      }
    }
    return Collections.unmodifiableSet(options);
  }
}
