// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.AggregateException;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.util.concurrent.Callable;

/** What an actor was told by the call it made, in words, and what is left of a race. */
final class Answer {
  private Answer() {}

  /** Returns "through" or "not through" of a wait, or why it threw. */
  static String to(Callable<Boolean> wait) {
    try {
      return wait.call() ? "through" : "not through";
    } catch (InterruptedException e) {
      return "interrupted";
    } catch (OperationCanceledException e) {
      return "canceled";
    } catch (AggregateException e) {
      return "failed";
    } catch (IllegalStateException e) {
      return "refused";
    } catch (Exception e) {
      return e.toString();
    }
  }

  /** Returns what an attempt to end a promise came to; who has lost finds the end. */
  static String of(boolean hasWon, Task<?> task) {
    return hasWon ? "won" : task.isCompleted() ? "lost" : "lost before the end";
  }

  /** Returns how a task stands. */
  static String stateOf(Task<?> task) {
    return switch (task.status()) {
      case RAN_TO_COMPLETION -> "ran";
      case CANCELED -> "was canceled";
      case FAULTED -> "faulted";
      default -> "has not ended";
    };
  }

  /** Returns what hangs on a task and on a token although nobody waits any more. */
  static int left(Task<?> task, CancellationTokenSource source) {
    return task.hookCount() + source.registrationCount();
  }
}
