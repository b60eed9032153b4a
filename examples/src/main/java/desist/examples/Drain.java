// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.CancellationToken;
import desist.jdk.ShutdownOptions;
import desist.jdk.ShutdownScope;
import desist.jdk.UnfinishedWork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A service is told to end, by a key press, Ctrl-C or SIGTERM. Of its three workers one finishes
 * the job that it has, one has to be stopped, and one does not stop.
 */
public final class Drain {
  private static final ShutdownOptions OPTIONS =
      new ShutdownOptions()
          .withDrainGrace(Duration.ofMillis(1500))
          .withStopGrace(Duration.ofMillis(500))
          .withReport(Drain::report);

  private Drain() {}

  public static void main(String[] args) throws InterruptedException {
    try (var shutdown = ShutdownScope.ofJvm(OPTIONS)) {
      start("short jobs", shutdown, Drain::shortJob);
      start("a long job", shutdown, Drain::longJob);
      start("a stubborn job", shutdown, Drain::stubbornJob);
      Keys.onPress(key -> shutdown.request());
      shutdown.draining().awaitCancellation();
      System.out.println("draining");
    }
    System.out.println("closed");
  }

  private static void start(String name, ShutdownScope shutdown, Job job)
      throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Thread worker =
        new Thread(
            () -> {
              try (var work = shutdown.begin(name)) {
                doJobs(stopping -> beginAndRun(job, begun, stopping), shutdown);
                System.out.println(work.name() + ": ended");
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    worker.setDaemon(true); // what does not stop must not keep the program alive
    worker.start();
    begun.await(); // so that each of the three has a job when the shutdown begins
  }

  private static void beginAndRun(Job job, CountDownLatch begun, CancellationToken stopping)
      throws InterruptedException {
    begun.countDown();
    job.run(stopping);
  }

  private static void doJobs(Job job, ShutdownScope shutdown) throws InterruptedException {
    // snippet: drain
    while (!shutdown.draining().isCancellationRequested()) {
      job.run(shutdown.stopping()); // the job begun last is finished, if it can
    }
    // end
  }

  private static void shortJob(CancellationToken stopping) throws InterruptedException {
    stopping.awaitCancellation(Duration.ofMillis(500)); // as work would that polls
    System.out.println("short jobs: one is done");
  }

  private static void longJob(CancellationToken stopping) throws InterruptedException {
    if (stopping.awaitCancellation(Duration.ofHours(1))) {
      System.out.println("a long job: stopped half-way");
    }
  }

  private static void stubbornJob(CancellationToken stopping) throws InterruptedException {
    new CountDownLatch(1).await(); // whatever the token says
  }

  private static void report(List<UnfinishedWork> unfinished) {
    unfinished.forEach(work -> System.out.println("not stopped: " + work.name()));
  }

  /** A piece of work that is told when to stop. */
  private interface Job {
    void run(CancellationToken stopping) throws InterruptedException;
  }
}
