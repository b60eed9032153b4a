// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.Http;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The listings of docs/guide/http.md. */
class HttpGuideTest {
  private static final byte[] BEGINNING = new byte[1000];

  private final HttpClient client = HttpClient.newHttpClient();
  private final CancellationTokenSource source = new CancellationTokenSource();

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/page", exchange -> respond(exchange, BEGINNING.length));
    server.createContext("/file", exchange -> respond(exchange, 1_000_000));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  // snippet: send
  static String fetch(HttpClient client, URI page, CancellationToken token)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(page).build();
    return Http.send(client, request, BodyHandlers.ofString(), token).body();
  }

  // end

  @Test
  void aPageIsFetched() throws Exception {
    assertThat(fetch(client, uri("http", "/page"), source.token())).hasSize(BEGINNING.length);
    assertThat(source.registrationCount()).isZero();

    assertThatThrownBy(() -> fetch(client, uri("http", "/page"), CancellationToken.canceled()))
        .isInstanceOf(OperationCanceledException.class);
  }

  // snippet: stream
  static void download(HttpClient client, URI file, OutputStream to, CancellationToken token)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(file).build();
    try (InputStream body =
        Http.send(client, request, BodyHandlers.ofInputStream(), token).body()) {
      body.transferTo(to);
    }
  }

  // end

  @Test
  void aDownloadIsStopped() {
    ByteArrayOutputStream cancelsWhenSomethingComes =
        new ByteArrayOutputStream() {
          @Override
          public void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            source.cancel();
          }
        };

    assertThatThrownBy(
            () -> download(client, uri("http", "/file"), cancelsWhenSomethingComes, source.token()))
        .isInstanceOf(OperationCanceledException.class);
    assertThat(cancelsWhenSomethingComes.size()).isPositive();
  }

  @Test
  void aSocketIsOpened() {
    URI chat = uri("ws", "/page");
    WebSocket.Listener listener = new WebSocket.Listener() {};
    CancellationToken token = source.token();
    // snippet: socket
    CompletableFuture<WebSocket> socket =
        Http.webSocket(client.newWebSocketBuilder(), chat, listener, token);
    // end
    assertThatThrownBy(socket::get).isInstanceOf(ExecutionException.class);
    assertThat(source.registrationCount()).isZero();
  }

  private URI uri(String scheme, String path) {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** Sends the beginning of a file of that length. */
  private static void respond(HttpExchange exchange, int length) throws IOException {
    exchange.sendResponseHeaders(200, length);
    exchange.getResponseBody().write(BEGINNING);
    exchange.getResponseBody().flush();
  }
}
