// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.jdk.Escalation;
import desist.jdk.EscalationReport;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * An import does not look at its token, and takes an interrupt for a hiccup. It is asked to stop,
 * then interrupted, then reported.
 */
public final class StubbornWork {
  private static final Duration GRACE = Duration.ofMillis(500);

  private final CancellationTokenSource source;
  private final CountDownLatch answer = new CountDownLatch(1);

  private StubbornWork(CancellationTokenSource source) {
    this.source = source;
  }

  public static void main(String[] args) throws InterruptedException {
    try (var source = new CancellationTokenSource()) {
      new StubbornWork(source).run(source.token());
    }
  }

  private void run(CancellationToken token) throws InterruptedException {
    // snippet: escalate
    new Escalation()
        .withInterruptAfter(GRACE)
        .withReportAfter(GRACE, this::report)
        .run(this::importAll, token);
    System.out.println("has ended after all; what is done, is done");
    // end
  }

  /** Tries again whatever happens, as one should not. */
  private void importAll() {
    System.out.println("importing");
    Keys.onPress(key -> ask());
    boolean isDone = false;
    while (!isDone) {
      try {
        fetch();
        isDone = true;
      } catch (Exception e) {
        System.out.println("tries again after an " + e.getClass().getSimpleName());
      }
    }
  }

  private void ask() {
    System.out.println("asked to stop");
    source.tryCancel();
  }

  private void fetch() throws InterruptedException {
    answer.await(); // from a host that does not answer
  }

  /** Whoever reads the report sees where it hangs, and restarts that host. */
  private void report(EscalationReport report) {
    System.out.println(report);
    answer.countDown();
  }
}
