// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A web server on this machine that sends a file in small pieces, ten a second. */
final class SlowServer implements AutoCloseable {
  static final int PIECE = 1024;

  private final int pieces;
  private final Runnable onPiece;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch firstPiece = new CountDownLatch(1);
  private final CountDownLatch hangUp = new CountDownLatch(1);

  SlowServer(int pieces, Runnable onPiece) throws IOException {
    this.pieces = pieces;
    this.onPiece = onPiece;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/file", this::send);
    server.start();
  }

  URI file() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/file");
  }

  void awaitFirstPiece() throws InterruptedException {
    firstPiece.await();
  }

  /** Waits for a client to close its connection before the end of the file. */
  boolean awaitHangUp(Duration timeout) throws InterruptedException {
    return hangUp.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void send(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      for (int i = 0; i < pieces; i++) {
        body.write(new byte[PIECE]);
        body.flush();
        onPiece.run();
        firstPiece.countDown();
        LockSupport.parkNanos(100_000_000);
      }
    } catch (IOException e) {
      hangUp.countDown();
      throw e;
    }
  }
}
