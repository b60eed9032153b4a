// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.ManualResetEvent;
import desist.WaitHandle;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A worker that can be paused waits for two things at once: that it may go on, and that it should
 * stop. P pauses it, R resumes it, and any other key cancels it, paused or not.
 */
public final class PauseResumeCancel {
  private PauseResumeCancel() {}

  public static void main(String[] args) throws InterruptedException {
    try (var mayWork = new ManualResetEvent(true);
        var source = new CancellationTokenSource(Duration.ofSeconds(20))) {
      Keys.onPress(key -> obey(key, mayWork, source));
      int steps = work(PauseResumeCancel::step, mayWork, source.token());
      System.out.println("\nstopped after " + steps + " steps");
    }
  }

  /** Returns how many steps were made until cancellation was requested. */
  static int work(Runnable step, ManualResetEvent mayWork, CancellationToken token)
      throws InterruptedException {
    int steps = 0;
    // snippet: work
    while (WaitHandle.waitAny(token.waitHandle(), mayWork) == 1) { // 0 is the token
      step.run();
      steps++;
    }
    // end
    return steps;
  }

  private static void obey(int key, ManualResetEvent mayWork, CancellationTokenSource source) {
    switch (key) {
      case 'p' -> {
        mayWork.reset();
        System.out.print(" paused ");
      }
      case 'r' -> {
        System.out.print(" resumed ");
        mayWork.set();
      }
      default -> source.tryCancel();
    }
  }

  private static void step() {
    System.out.print(".");
    System.out.flush();
    LockSupport.parkNanos(100_000_000); // so that there is something to see
  }
}
