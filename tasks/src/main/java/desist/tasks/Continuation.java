// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.CancellationToken;

/** Starts a task when another has ended, or cancels it. */
final class Continuation extends Hook {
  private final Task<?> task;
  private final int options;

  /** Makes the hook that starts the task, by options of TaskContinuationOptions. */
  Continuation(Task<?> antecedent, Task<?> task, int options) {
    super(antecedent);
    this.task = task;
    this.options = options;
  }

  /** Has the task go on when the antecedent ends, or at once if it has. */
  void begin(CancellationToken token) {
    if (token.canBeCanceled() && (options & Options.LAZY_CANCELLATION) == 0) {
      if (antecedent.hasEnded() || token.isCancellationRequested()) {
        task.heed(token);
      } else {
        task.register(token.registerWith(this, next -> StackRoom.call(next::cancel)));
      }
    }
    if (!task.hasEnded() && !antecedent.addHook(this)) {
      run(Current.mayNest());
    }
    if (task.hasEndedMeanwhile()) {
      antecedent.removeHook(this); // the token may have been quicker
    }
  }

  /** For the token's callback. */
  private void cancel() {
    antecedent.removeHook(this);
    task.withdraw();
    antecedent.removeHook(this); // one that was added between; after this, "begin" sees the end
  }

  @Override
  Turn turn() {
    return isSynchronous() ? Turn.RUN : Turn.QUEUE;
  }

  @Override
  public void run() {
    run(true);
  }

  @Override
  void run(boolean mayInline) {
    if (!isWanted()) {
      if (task.tryReserve(TaskState.STARTED | TaskState.INVOKED)) {
        task.end(TaskState.CANCELED, task.cancellationToken());
      }
    } else if (mayInline && isSynchronous()) {
      Starting.inline(task);
    } else {
      Starting.queue(task);
    }
  }

  private boolean isSynchronous() {
    return (options & Options.EXECUTE_SYNCHRONOUSLY) != 0;
  }

  private boolean isWanted() {
    int s = antecedent.state;
    int excluded =
        (s & TaskState.FAULTED) != 0
            ? Options.NOT_ON_FAULTED
            : (s & TaskState.CANCELED) != 0
                ? Options.NOT_ON_CANCELED
                : Options.NOT_ON_RAN_TO_COMPLETION;
    return (options & excluded) == 0;
  }
}
