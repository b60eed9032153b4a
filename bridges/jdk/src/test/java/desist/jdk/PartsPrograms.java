// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Programs that use one part of the module each, and tell in the end what came of it. */
final class PartsPrograms {
  private static final CancellationTokenSource SOURCE = new CancellationTokenSource();

  private PartsPrograms() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println(
        switch (arguments[0]) {
          case "interruption" -> interruption();
          case "escalation" -> escalation();
          case "selection" -> selection();
          default -> throw new IllegalArgumentException(arguments[0]);
        });
  }

  private static String interruption() throws InterruptedException {
    try {
      Interruption.run(
          () -> {
            SOURCE.cancel();
            new CountDownLatch(1).await();
          },
          SOURCE.token());
      return "completed";
    } catch (OperationCanceledException e) {
      return "canceled";
    }
  }

  private static String selection() throws IOException {
    try (Selector selector = Selector.open()) {
      SOURCE.cancelAfter(Duration.ofMillis(1));
      Shared.select(selector, SOURCE.token());
      return "selected";
    } catch (OperationCanceledException e) {
      return "canceled";
    }
  }

  private static String escalation() throws InterruptedException {
    CountDownLatch reported = new CountDownLatch(1);
    new Escalation()
        .withReportAfter(Duration.ZERO, report -> reported.countDown())
        .run(
            () -> {
              SOURCE.cancel();
              reported.await();
            },
            SOURCE.token());
    return "reported";
  }
}
