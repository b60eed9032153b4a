// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a task when several others have ended, with what they have ended with. */
final class WhenAll<T extends @Nullable Object> {
  private final Task<? extends T>[] parts;
  private final Task<List<T>> whole = Task.promise(0);

  private WhenAll(Task<? extends T>[] parts) {
    this.parts = parts;
  }

  /** Returns the task that stands for all of these, which are the caller's no more. */
  static <T extends @Nullable Object> Task<List<T>> of(Task<? extends T>[] parts) {
    Tasks.check(parts);
    WhenAll<T> all = new WhenAll<>(parts);
    if (parts.length == 0) {
      all.end();
    } else {
      Quorum.ofAll(parts, last -> all.end()).begin();
    }
    return all.whole;
  }

  /** Ends the whole; faults go before cancellations, and the first cancellation counts. */
  private void end() {
    @Nullable Object[] results = new @Nullable Object[parts.length];
    List<Throwable> faults = new ArrayList<>(0);
    Task<?> canceled = null;
    for (int i = 0; i < parts.length; i++) {
      Task<?> part = parts[i];
      if (part.has(TaskState.RAN)) {
        results[i] = part.value;
      } else if (part.has(TaskState.FAULTED)) {
        faults.addAll(part.faults());
      } else if (canceled == null) {
        canceled = part;
      }
    }
    if (!faults.isEmpty()) {
      whole.trySetFaults(faults);
    } else if (canceled != null) {
      whole.trySetFailureOf(canceled);
    } else {
      whole.trySetResult(list(results));
    }
  }

  @SuppressWarnings("unchecked") // of those who have a T
  private List<T> list(@Nullable Object[] results) {
    return (List<T>) Collections.unmodifiableList(Arrays.asList(results));
  }
}
