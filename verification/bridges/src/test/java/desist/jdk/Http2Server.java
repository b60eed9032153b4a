// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.RateControl;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * A web server of HTTP/1.1 and HTTP/2. What it does is the path of the request:
 *
 * <ul>
 *   <li>{@code /echo} responds with what it is sent.
 *   <li>{@code /silence} reads what it is sent, and does not respond.
 *   <li>{@code /beginning} responds with the beginning of a body.
 * </ul>
 */
final class Http2Server implements AutoCloseable {
  static final String BEGINNING = "the beginning";

  private final Server server = new Server();
  private final ServerConnector connector;
  private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();

  Http2Server() throws Exception {
    HttpConfiguration configuration = new HttpConfiguration();
    HTTP2CServerConnectionFactory http2 = new HTTP2CServerConnectionFactory(configuration);
    http2.setRateControlFactory(new RateControl.Factory() {}); // no limit of resets in a second
    connector = new ServerConnector(server, new HttpConnectionFactory(configuration), http2);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Paths());
    server.start();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
  }

  /** Waits until an exchange that does not end by itself has begun. */
  Exchange awaitExchange() throws InterruptedException {
    return requireNonNull(exchanges.poll(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS));
  }

  int connections() {
    return connector.getConnectedEndPoints().size();
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }

  /** The server's side of a request that it does not respond to, or not wholly. */
  record Exchange(
      HttpClient.Version version, String connection, CompletableFuture<Throwable> failure) {
    static Exchange of(Request request) {
      boolean is2 = request.getConnectionMetaData().getHttpVersion().getVersion() == 20;
      return new Exchange(
          is2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1,
          request.getConnectionMetaData().getId(),
          new CompletableFuture<>());
    }

    /** Waits until the server has noticed that the client has reset the stream. */
    Throwable awaitReset() throws Exception {
      return failure.get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private final class Paths extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      if (request.getHttpURI().getPath().equals("/echo")) {
        Content.copy(request, response, callback);
        return true;
      }
      Exchange exchange = Exchange.of(request);
      request.addFailureListener(
          failure -> {
            exchange.failure.complete(failure);
            callback.failed(failure);
          });
      if (request.getHttpURI().getPath().equals("/beginning")) {
        ByteBuffer beginning = ByteBuffer.wrap(BEGINNING.getBytes(US_ASCII));
        response.write(false, beginning, Callback.NOOP);
      } else {
        new Reader(request, exchange).run();
      }
      exchanges.add(exchange);
      return true;
    }
  }

  /** Reads what comes, for as long as it comes. */
  private record Reader(Request request, Exchange exchange) implements Runnable {
    @Override
    public void run() {
      Content.Chunk chunk;
      do {
        chunk = request.read();
        if (chunk == null) {
          request.demand(this);
        } else if (Content.Chunk.isFailure(chunk)) {
          exchange.failure.complete(chunk.getFailure());
        } else {
          chunk.release();
        }
      } while (chunk != null && !chunk.isLast());
    }
  }
}
