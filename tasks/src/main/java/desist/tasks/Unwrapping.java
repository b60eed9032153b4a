// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.CancellationToken;
import desist.OperationCanceledException;
import org.jspecify.annotations.Nullable;

/** Ends a task as the task ends that is the result of another. */
final class Unwrapping<T extends @Nullable Object> extends Hook {
  private final Task<T> whole;

  /**
   * Whether an OperationCanceledException that the outer one has faulted with is a cancellation.
   */
  private final boolean isAsync;

  private Unwrapping(Task<?> antecedent, Task<T> whole, boolean isAsync) {
    super(antecedent);
    this.whole = whole;
    this.isAsync = isAsync;
  }

  /** Returns the task that stands for the inner one; that one itself if it is known already. */
  static <T extends @Nullable Object> Task<T> unwrap(
      Task<? extends @Nullable Task<? extends T>> outer) {
    if (!outer.isCompletedSuccessfully()) {
      return of(outer, false);
    }
    Task<? extends T> inner = outer.storedResult();
    return inner == null ? Task.fromCanceled(CancellationToken.canceled()) : Tasks.widen(inner);
  }

  /** Returns a task that stands for the inner one. */
  static <T extends @Nullable Object> Task<T> of(
      Task<? extends @Nullable Task<? extends T>> outer, boolean isAsync) {
    StackRoom.ensure();
    Task<T> whole = Task.promise(0);
    add(new Unwrapping<>(outer, whole, isAsync));
    return whole;
  }

  private static void add(Unwrapping<?> hook) {
    if (!hook.antecedent.addHook(hook)) {
      hook.run();
    }
  }

  @Override
  @SuppressWarnings("unchecked") // as "of" was given them
  public void run() {
    if (!antecedent.isCompletedSuccessfully()) {
      endAs(antecedent);
    } else if (antecedent.value == null) {
      whole.trySetCanceled(CancellationToken.none(), null);
    } else {
      Task<? extends T> inner = (Task<? extends T>) antecedent.value;
      Hook hook = new OfInner<>(inner, whole);
      if (!inner.addHook(hook)) {
        hook.run();
      }
    }
  }

  private void endAs(Task<?> outer) {
    if (isAsync
        && outer.isFaulted()
        && outer.faults().get(0) instanceof OperationCanceledException thrown) {
      whole.trySetCanceled(thrown.token(), thrown);
    } else {
      whole.trySetFailureOf(outer);
    }
  }

  private static final class OfInner<T extends @Nullable Object> extends Hook {
    private final Task<? extends T> inner;
    private final Task<T> whole;

    OfInner(Task<? extends T> inner, Task<T> whole) {
      super(inner);
      this.inner = inner;
      this.whole = whole;
    }

    @Override
    public void run() {
      whole.trySetFromTask(inner);
    }
  }
}
