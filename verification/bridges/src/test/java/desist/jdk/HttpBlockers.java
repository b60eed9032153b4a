// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import desist.jdk.Http2Server.Exchange;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** Requests that the server does not answer, or not to the end. */
final class HttpBlockers extends BlockerGroup {
  private final Http2Server server = new Http2Server();

  HttpBlockers() throws Exception {
    for (Version version : Version.values()) {
      HttpClient client = HttpClient.newBuilder().version(version).build();
      String name = version == Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1";
      add(name + ", `send`, no answer", "Http.send", threads -> new Send(client, server));
      add(name + ", a body that streams", "Http.send", threads -> new Body(client, server));
      add(name + ", `sendAsync`", "Http.sendAsync", threads -> new SendAsync(client, server));
    }
  }

  @Override
  public void close() throws Exception {
    server.close();
  }

  /** An exchange on a connection of its own, which is there already, through a proxy. */
  private abstract static class Request implements Blocker {
    final HttpClient client;
    final HttpRequest request;

    private final Http2Server server;
    private final TcpProxy proxy;

    private Exchange exchange;

    Request(HttpClient client, Http2Server server, String path) throws Exception {
      this.client = client;
      this.server = server;
      proxy = new TcpProxy(server.uri("/").getPort());
      client.send(request("/echo"), BodyHandlers.discarding());
      request = request(path);
    }

    private HttpRequest request(String path) {
      return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + path)).build();
    }

    @Override
    public boolean isBlocked(Thread thread) throws Exception {
      if (exchange == null) {
        exchange = server.awaitExchange();
      }
      return Blocker.super.isBlocked(thread);
    }

    @Override
    public final boolean goesOn() {
      return exchange.version() == Version.HTTP_2
          ? !exchange.failure().isDone()
          : proxy.isConnected();
    }

    @Override
    public final String left() {
      String connection = proxy.isConnected() ? "connection open" : "connection closed";
      return goesOn() ? connection + ", exchange goes on" : connection;
    }

    @Override
    public void close() throws Exception {
      proxy.close();
    }
  }

  private static final class Send extends Request {
    Send(HttpClient client, Http2Server server) throws Exception {
      super(client, server, "/silence");
    }

    @Override
    public void plain() throws Exception {
      client.send(request, BodyHandlers.ofString());
    }

    @Override
    public void bridged(CancellationToken token) throws Exception {
      Http.send(client, request, BodyHandlers.ofString(), token);
    }
  }

  private static final class Body extends Request {
    private volatile InputStream body;

    Body(HttpClient client, Http2Server server) throws Exception {
      super(client, server, "/beginning");
    }

    @Override
    public void plain() throws Exception {
      read(client.send(request, BodyHandlers.ofInputStream()));
    }

    @Override
    public void bridged(CancellationToken token) throws Exception {
      read(Http.send(client, request, BodyHandlers.ofInputStream(), token));
    }

    private void read(HttpResponse<InputStream> response) throws Exception {
      body = response.body();
      body.readAllBytes();
    }

    @Override
    public boolean isBlocked(Thread thread) throws Exception {
      return body != null && super.isBlocked(thread);
    }
  }

  private static final class SendAsync extends Request {
    private volatile CompletableFuture<?> response;

    SendAsync(HttpClient client, Http2Server server) throws Exception {
      super(client, server, "/beginning");
    }

    @Override
    public void plain() throws Exception {
      response = client.sendAsync(request, BodyHandlers.ofString());
      response.get();
    }

    @Override
    public void bridged(CancellationToken token) throws Exception {
      response = Http.sendAsync(client, request, BodyHandlers.ofString(), token);
      response.get();
    }

    @Override
    public boolean isBlocked(Thread thread) throws Exception {
      return response != null && super.isBlocked(thread);
    }

    @Override
    public void cancel(Future<?> call) {
      response.cancel(true);
    }
  }
}
