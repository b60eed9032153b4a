// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import com.sun.net.httpserver.HttpServer;
import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.jdk.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.TearDown;

/** What does it cost that a token could end an HTTP exchange with a server that answers at once? */
public class BridgedSendBenchmark extends MeasuredBridge {
  private static final int NO_CONTENT = 204;

  private final HttpServer server = serve();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpRequest request = HttpRequest.newBuilder(uri()).build();

  private static HttpServer serve() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", exchange -> exchange.sendResponseHeaders(NO_CONTENT, -1));
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private URI uri() {
    InetSocketAddress address = server.getAddress();
    return URI.create("http://" + address.getHostString() + ":" + address.getPort() + "/");
  }

  @Benchmark
  public void plain() throws IOException, InterruptedException {
    answered(client.send(request, BodyHandlers.discarding()));
  }

  @Benchmark
  public void floor() throws IOException, InterruptedException {
    CancellationTokenRegistration registration = register();
    plain();
    registration.close();
  }

  @Benchmark
  public void desist() throws IOException, InterruptedException {
    answered(Http.send(client, request, BodyHandlers.discarding(), token));
  }

  @Benchmark
  public void desistWithoutToken() throws IOException, InterruptedException {
    answered(Http.send(client, request, BodyHandlers.discarding(), CancellationToken.none()));
  }

  private static void answered(HttpResponse<?> response) {
    check(response.statusCode() == NO_CONTENT, "the server has not answered");
  }

  @TearDown
  public void tearDown() {
    server.stop(0);
  }
}
