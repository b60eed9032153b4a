// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import java.util.concurrent.Callable;

/** What an actor was told by the call it made, in words. */
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
    } catch (ObjectDisposedException e) {
      return "closed";
    } catch (IllegalStateException e) {
      return "refused";
    } catch (Exception e) {
      return e.toString();
    }
  }
}
