// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.Jdbc;
import desist.tasks.TaskScheduler;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A query runs and does not come to an end. An interrupt of the thread that waits for it does not
 * stop it; a token does, and its connection can be used at once.
 */
public final class RunawayQuery {
  private static final Duration WHILE = Duration.ofSeconds(1);

  private final LocalDatabase database;

  // Written by the thread that reads the keys.
  private volatile long pressed;

  private RunawayQuery(LocalDatabase database) {
    this.database = database;
  }

  public static void main(String[] args) throws Exception {
    try (var database = new LocalDatabase()) {
      RunawayQuery query = new RunawayQuery(database);
      query.interrupt("a platform thread", body -> new Thread(body).start());
      if (Runtime.version().feature() >= 21) {
        query.interrupt("a virtual thread", TaskScheduler.virtualThreads());
      }
      query.cancel();
    }
  }

  private void interrupt(String kind, Executor threads) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      CompletableFuture<Thread> thread = new CompletableFuture<>();
      CountDownLatch ended = new CountDownLatch(1);
      threads.execute(
          () -> {
            thread.complete(Thread.currentThread());
            try {
              statement.executeQuery(LocalDatabase.RUNAWAY);
            } catch (SQLException e) {
              // Its connection is gone, or it was ended from outside.
            }
            ended.countDown();
          });
      database.awaitRunning();
      thread.get().interrupt();
      ended.await(WHILE.toMillis(), TimeUnit.MILLISECONDS);
      tell("interrupted on " + kind, connection);
      database.cancelQuery();
      ended.await();
    }
  }

  private void cancel() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      // snippet: runaway
      try (var source = new CancellationTokenSource()) {
        Keys.onPress(key -> cancelQuery(source));
        Jdbc.executeQuery(statement, LocalDatabase.RUNAWAY, source.token());
      } catch (OperationCanceledException e) {
        tell("stopped within " + millisSinceKey() + " ms", connection);
      }
      // end
    }
  }

  private void cancelQuery(CancellationTokenSource source) {
    database.awaitRunning(); // as a script may be quicker than the query
    pressed = System.nanoTime();
    source.tryCancel();
  }

  private String millisSinceKey() {
    return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - pressed) / 1e6);
  }

  private void tell(String what, Connection connection) throws SQLException {
    String query = database.isRunning() ? "the query runs on" : "no query runs";
    String state = connection.isClosed() ? "gone" : "alive";
    System.out.println(what + ": " + query + ", the connection is " + state);
  }
}
