// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A web site on this machine, whose pages link to two others each and take their time. */
final class Site implements AutoCloseable {
  private final int pages;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger mostBusy = new AtomicInteger();

  Site(int pages) throws IOException {
    this.pages = pages;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::send);
    server.start();
  }

  URI start() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/1");
  }

  /** Returns how many pages were asked for at the same time, at the most. */
  int mostBusy() {
    return mostBusy.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void send(HttpExchange exchange) throws IOException {
    mostBusy.accumulateAndGet(busy.incrementAndGet(), Math::max);
    LockSupport.parkNanos(100_000_000); // so that there is something to see
    int page = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
    byte[] text = (link(2 * page) + link(2 * page + 1)).getBytes(UTF_8);
    busy.decrementAndGet();
    exchange.sendResponseHeaders(200, text.length == 0 ? -1 : text.length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(text);
    }
  }

  private String link(int page) {
    return page <= pages ? "<a href='/" + page + "'>" + page + "</a>\n" : "";
  }
}
