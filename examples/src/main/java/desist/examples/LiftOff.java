// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.TimeProvider;
import desist.tasks.Task;
import java.time.Duration;

/** A countdown of delays, which any key ends in the midst of a second. */
public final class LiftOff {
  private static final int SECONDS = 10;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private LiftOff() {}

  public static void main(String[] args) throws InterruptedException {
    try (var source = new CancellationTokenSource()) {
      Keys.onPress(key -> source.tryCancel());
      System.out.println(countDown(SECONDS, TimeProvider.system(), source.token()));
    }
  }

  /** Returns how the countdown has ended. */
  static String countDown(int from, TimeProvider time, CancellationToken token)
      throws InterruptedException {
    int left = from;
    // snippet: countdown
    try {
      for (; left > 0; left--) {
        System.out.println(left);
        Task.delay(SECOND, time, token).await();
      }
      return "lift-off";
    } catch (OperationCanceledException e) {
      return "called off at " + left;
    }
    // end
  }
}
