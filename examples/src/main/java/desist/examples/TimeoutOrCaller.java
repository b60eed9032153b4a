// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static desist.CancellationTokenSource.createLinkedTokenSource;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.TimeProvider;
import java.time.Duration;

/**
 * An answer is waited for until the caller gives up or the time is over, whichever comes first. The
 * reason of the cancellation tells which it was.
 */
public final class TimeoutOrCaller {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration LATE = Duration.ofSeconds(30);

  private TimeoutOrCaller() {}

  public static void main(String[] args) throws InterruptedException {
    TimeProvider time = TimeProvider.system();
    try (var caller = new CancellationTokenSource()) {
      System.out.println(ask(SOON, TIMEOUT, time, caller.token()));
      System.out.println(ask(LATE, TIMEOUT, time, caller.token()));

      caller.cancelBecause(new IllegalStateException("window closed"));
      System.out.println(ask(LATE, TIMEOUT, time, caller.token()));
    }
  }

  static String ask(Duration answer, Duration timeout, TimeProvider time, CancellationToken caller)
      throws InterruptedException {
    // snippet: ask
    try (var either = createLinkedTokenSource(timeout, time, caller)) {
      either.token().awaitCancellation(answer);
      either.token().throwIfCancellationRequested();
      return "answered in time";
    } catch (OperationCanceledException e) {
      return e.getCause() == caller.reason()
          ? "caller: " + e.getCause()
          : "time-out: " + e.getCause();
    }
    // end
  }
}
