// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import desist.CancellationToken;
import desist.OperationCanceledException;
import desist.jdk.Jdbc;
import desist.jdk.Shield;
import desist.jdk.ShutdownOptions;
import desist.jdk.ShutdownScope;
import desist.jdk.Waits;
import desist.testing.FakeTimeProvider;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** The listings of docs/guide/shutdown.md. */
class ShutdownGuideTest {
  interface Job {
    void run(CancellationToken token);
  }

  interface Request {
    String path();

    int answer(CancellationToken token);
  }

  // snippet: worker
  /** Takes jobs until the service drains, and finishes the one that it has. */
  static void work(BlockingQueue<Job> queue, ShutdownScope shutdown) throws InterruptedException {
    try (var work = shutdown.begin(Thread.currentThread().getName())) {
      while (true) {
        Job job = Waits.take(queue, shutdown.draining()); // throws when the service drains
        job.run(shutdown.stopping());
      }
    }
  }

  // end

  private static void workQuietly(BlockingQueue<Job> queue, ShutdownScope shutdown) {
    try {
      work(queue, shutdown);
    } catch (OperationCanceledException e) {
      assertTrue(shutdown.draining().isCancellationRequested());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  // snippet: request
  static int handle(Request request, ShutdownScope shutdown) {
    try (var work = shutdown.begin(request.path())) {
      return request.answer(shutdown.stopping());
    } catch (OperationCanceledException e) {
      return 503;
    }
  }

  // end

  private static void startWorker(BlockingQueue<Job> queue, ShutdownScope shutdown) {
    queue.add(token -> shutdown.request()); // what SIGTERM would do
    new Thread(() -> workQuietly(queue, shutdown)).start();
  }

  @Test
  void serviceEndsOnRequest() throws Exception {
    BlockingQueue<Job> queue = new LinkedBlockingQueue<>();
    queue.add(token -> assertFalse(token.isCancellationRequested()));
    // snippet: main
    try (var shutdown = ShutdownScope.ofJvm(new ShutdownOptions())) {
      startWorker(queue, shutdown);
      shutdown.draining().awaitCancellation(); // until SIGTERM, Ctrl-C or a request
    }
    // end
    assertTrue(queue.isEmpty());
  }

  @Test
  void requestThatComesLateIsRefused() {
    Request request =
        new Request() {
          @Override
          public String path() {
            return "/orders";
          }

          @Override
          public int answer(CancellationToken token) {
            return 200;
          }
        };
    try (var shutdown = new ShutdownScope(new ShutdownOptions())) {
      assertEquals(200, handle(request, shutdown));
      shutdown.request();
      assertEquals(503, handle(request, shutdown));
    }
  }

  @Test
  void gracesForDocker() {
    // snippet: graces
    ShutdownOptions options =
        new ShutdownOptions()
            .withDrainGrace(Duration.ofSeconds(6))
            .withStopGrace(Duration.ofSeconds(2));
    // end
    try (var shutdown = new ShutdownScope(options)) {
      assertEquals(List.of(), shutdown.running());
    }
  }

  private static void work(Connection connection, CancellationToken token) throws SQLException {
    try (PreparedStatement take = connection.prepareStatement("insert into lease values ('me')")) {
      take.executeUpdate();
    }
    token.throwIfCancellationRequested();
  }

  private static void workWithLease(Connection connection, CancellationToken token)
      throws SQLException {
    // snippet: shield
    try (Shield shield = Shield.of(Duration.ofSeconds(2), token);
        PreparedStatement release = connection.prepareStatement("delete from lease")) {
      try {
        work(connection, token);
      } finally {
        Jdbc.executeUpdate(release, shield.token());
      }
    }
    // end
  }

  @Test
  void leaseIsGivenBackThoughTheWorkWasStopped() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = connection.createStatement()) {
      statement.execute("create table lease (owner varchar)");
      assertThrows(
          OperationCanceledException.class,
          () -> workWithLease(connection, CancellationToken.canceled()));
      try (ResultSet leases = statement.executeQuery("select * from lease")) {
        assertFalse(leases.next());
      }
    }
  }

  @Test
  void graceGoesByTheClock() {
    // snippet: test
    var clock = new FakeTimeProvider();
    var shutdown = new ShutdownScope(new ShutdownOptions().withTimeProvider(clock));
    shutdown.begin("import");
    shutdown.request();
    clock.advance(Duration.ofSeconds(20));
    assertTrue(shutdown.stopping().isCancellationRequested());
    assertEquals(List.of("import"), shutdown.running());
    // end
  }
}
