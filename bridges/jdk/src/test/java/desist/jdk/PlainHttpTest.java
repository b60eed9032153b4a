// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.jdk.HandServer.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** What the JDK's client does by itself, on which {@link Http} rests, or which it is there for. */
class PlainHttpTest {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private HandServer server;
  private HttpRequest get;
  private InputStream body;

  @BeforeEach
  void start() throws IOException {
    server = new HandServer();
    get = HttpRequest.newBuilder(server.uri("http")).build();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void toCancelTheFutureEndsTheExchange() throws Exception {
    CompletableFuture<?> sent = client.sendAsync(get, BodyHandlers.ofString());
    try (Connection connection = server.accept()) {
      sent.cancel(true);

      connection.awaitEnd();
    }
  }

  @Test
  void toCancelAStageEndsTheExchange() throws Exception {
    CompletableFuture<?> stage =
        client.sendAsync(get, BodyHandlers.ofString()).thenApply(HttpResponse::body);
    try (Connection connection = server.accept()) {
      stage.cancel(true);

      connection.awaitEnd();
    }
  }

  @Test
  void toCancelWithoutInterruptionLetsTheExchangeGoOn() throws Exception {
    CountDownLatch received = new CountDownLatch(1);
    CompletableFuture<?> sent =
        client.sendAsync(get, BodyHandlers.ofByteArrayConsumer(bytes -> received.countDown()));
    try (Connection connection = server.accept()) {
      sent.cancel(false);

      connection.respond("HTTP/1.1 200 OK\nContent-Length: 4", "body");

      assertThat(received.await(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void toCancelTheFutureDoesNothingOnceTheResponseIsThere() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> sent =
        client.sendAsync(get, BodyHandlers.ofInputStream());
    try (Connection connection = server.accept()) {
      connection.respond("HTTP/1.1 200 OK\nContent-Length: 4", "bo");
      InputStream body = sent.get().body();

      assertThat(sent.cancel(true)).isFalse();

      connection.send("dy");
      assertThat(body.readAllBytes()).asString().isEqualTo("body");
    }
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_17)
  void whoReadsABodyIsNotInterrupted() throws Exception {
    try (Connection connection = begin()) {
      TestThreads.Running<Integer> reader = TestThreads.start(body::read).awaitBlocked();
      reader.thread().interrupt();

      connection.send("x");

      assertThat(reader.join()).isEqualTo('x');
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_25)
  void whoReadsABodyEndsTheExchangeWhenInterrupted() throws Exception {
    try (Connection connection = begin()) {
      TestThreads.Running<Integer> reader = TestThreads.start(body::read).awaitBlocked();
      reader.thread().interrupt();

      assertThatThrownBy(reader::join).isInstanceOf(IOException.class);
      connection.awaitEnd();
    }
  }

  private Connection begin() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> sent =
        client.sendAsync(get, BodyHandlers.ofInputStream());
    Connection connection = server.accept();
    connection.respond("HTTP/1.1 200 OK\nContent-Length: 1", "");
    body = sent.get().body();
    return connection;
  }
}
