// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.CancellationToken;
import desist.OperationCanceledException;
import desist.Timeout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Gives several tasks in the order in which they end; for one thread at a time. */
final class WhenEach<T extends @Nullable Object> implements Iterator<Task<T>> {
  /*
   * Overview
   *
   * A for-each loop closes no iterator, so there are no hooks but those of a step that waits. Yet the
   * order must come out that the ends had between two steps, and before the first. So the tasks that
   * are open at the call are asked to number their ends (TaskState.keepOrder), which leaves nothing
   * on them that grows with the number of calls.
   *
   * "ready" has the tasks that were seen to have ended, in their order; "open" the others, in the
   * order of the arguments. When nothing is ready the open ones are looked through. One may end after
   * it was passed and another, later, before it comes to be looked at. So only those are taken whose
   * numbers had been given when the look began: whatever is left has ended later, and is found by
   * the next look at the latest, since a wait for it does not wait.
   *
   * Not done: hooks that stay until the iterator is collected. A loop that is left early, over and
   * over, on a task that lives long would gather them until then.
   */

  private final Queue<Task<T>> ready = new ArrayDeque<>();
  private final List<Task<T>> open = new ArrayList<>();
  private CancellationToken token = CancellationToken.none();

  /** What hasNext() has found and next() has not returned yet. */
  private @Nullable Task<T> found;

  private boolean isEnded;

  WhenEach(Task<? extends T>[] tasks) {
    Tasks.check(tasks);
    for (Task<? extends T> task : tasks) {
      (task.keepOrder() ? open : ready).add(Tasks.widen(task));
    }
  }

  /** Sets what ends the steps; before the first. */
  void setToken(CancellationToken token) {
    this.token = token;
  }

  @Override
  public boolean hasNext() {
    if (found == null && !isEnded) {
      isEnded = true; // also if the step fails
      found = step();
      isEnded = found == null;
    }
    return found != null;
  }

  @Override
  public Task<T> next() {
    Task<T> task = hasNext() ? found : null;
    if (task == null) {
      throw new NoSuchElementException();
    }
    found = null;
    return task;
  }

  private @Nullable Task<T> step() {
    if (ready.isEmpty()) {
      gather();
    }
    while (ready.isEmpty()) {
      if (open.isEmpty()) {
        return null;
      }
      await();
      gather();
    }
    token.throwIfCancellationRequested();
    return ready.remove();
  }

  /** Moves open tasks that have ended to those that are ready. */
  private void gather() {
    List<Task<T>> ended = new ArrayList<>();
    long last = Extras.lastOrder();
    open.removeIf(task -> task.hasEnded() && task.order() <= last && ended.add(task));
    ended.sort(Comparator.comparingLong(Task::order));
    ready.addAll(ended);
  }

  /** Waits until one of the open tasks has ended. */
  private void await() {
    try {
      Waits.any(open.toArray(new Task<?>[0]), Timeout.INFINITE, token);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationCanceledException("The thread was interrupted.", e);
    } catch (OperationCanceledException e) {
      throw new TaskCanceledException(null, e.getCause(), token);
    }
  }
}
