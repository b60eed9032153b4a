// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.tasks.ThreadPool;
import desist.threading.CountdownEvent;
import java.time.Duration;
import java.util.List;

/** The plainest way to have work done elsewhere: a pool's thread, given a token. */
public final class WorkItems {
  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration ENOUGH = Duration.ofMillis(550);

  private WorkItems() {}

  public static void main(String[] args) throws InterruptedException {
    List<String> names = List.of("washing", "drying", "ironing");
    try (var source = new CancellationTokenSource();
        var ended = new CountdownEvent(names.size())) {
      for (String name : names) {
        // snippet: item
        ThreadPool.queueUserWorkItem(
            source.token(),
            token -> {
              System.out.println(name + " ended at step " + stepsUntil(token));
              ended.signal();
            });
        // end
      }
      source.cancelAfter(ENOUGH);
      ended.await(); // a work item gives nothing to wait for, so it says so itself
    }
  }

  /** Returns how many steps were made until cancellation was requested. */
  static int stepsUntil(CancellationToken token) {
    int steps = 0;
    try {
      while (!token.awaitCancellation(STEP)) {
        steps++;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return steps;
  }
}
