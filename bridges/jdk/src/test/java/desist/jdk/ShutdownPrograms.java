// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Programs that {@link ShutdownOfJvmTest} runs in a JVM of their own and shuts down. */
final class ShutdownPrograms {
  private static final ShutdownOptions PATIENT =
      new ShutdownOptions().withDrainGrace(Duration.ofMinutes(1));
  private static final ShutdownOptions HASTY =
      new ShutdownOptions()
          .withDrainGrace(Duration.ofMillis(100))
          .withStopGrace(Duration.ofMillis(100));

  private ShutdownPrograms() {}

  public static void main(String[] args) throws InterruptedException {
    switch (args[0]) {
      case "drains" -> drains();
      case "isStopped" -> isStopped();
      case "ignoresAll" -> ignoresAll();
      case "requests" -> requests();
      case "exitsInItsWork" -> exitsInItsWork();
      case "exitsInACallback" -> exitsInACallback();
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** Finishes its work when told to take no more. */
  private static void drains() throws InterruptedException {
    ShutdownScope scope = ShutdownScope.ofJvm(PATIENT);
    try (var work = scope.begin("job")) {
      say("ready");
      scope.draining().awaitCancellation();
      say("draining: " + scope.draining().reason().getMessage());
      say(work.name() + " done, stopping: " + scope.stopping().isCancellationRequested());
    }
  }

  /** Stops its work when told to. */
  private static void isStopped() throws InterruptedException {
    ShutdownScope scope = ShutdownScope.ofJvm(HASTY.withStopGrace(Duration.ofMinutes(1)));
    try (var work = scope.begin("job")) {
      say("ready");
      scope.stopping().awaitCancellation();
      say(work.name() + " stopped");
    }
  }

  /** Does what no work should. */
  private static void ignoresAll() throws InterruptedException {
    ShutdownScope scope = ShutdownScope.ofJvm(HASTY.withStopGrace(Duration.ofSeconds(2)));
    scope
        .draining()
        .register(() -> say("draining on a daemon: " + Thread.currentThread().isDaemon()));
    scope.begin("stubborn job");
    say("ready");
    new CountDownLatch(1).await();
  }

  /** Ends by itself, in order. */
  private static void requests() {
    try (var scope = ShutdownScope.ofJvm(PATIENT)) {
      scope.stopping().register(() -> say("stopping"));
      scope.request();
    }
    say("closed");
  }

  private static void exitsInItsWork() {
    try (var work = ShutdownScope.ofJvm(HASTY).begin("job that exits")) {
      say(work.name());
      System.exit(3);
    }
  }

  private static void exitsInACallback() throws InterruptedException {
    ShutdownScope scope = ShutdownScope.ofJvm(HASTY);
    scope.draining().register(() -> System.exit(4));
    scope.begin("job");
    say("ready");
    new CountDownLatch(1).await();
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
