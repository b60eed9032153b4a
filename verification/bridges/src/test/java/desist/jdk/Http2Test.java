// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.Http2Server.Exchange;
import desist.jdk.TestThreads.Kind;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Http2Test {
  private final HttpClient client = HttpClient.newHttpClient();
  private final CancellationTokenSource source = new CancellationTokenSource();

  private Http2Server server;

  @BeforeEach
  void start() throws Exception {
    server = new Http2Server();
    HttpRequest get = HttpRequest.newBuilder(server.uri("/echo")).build();
    assertThat(client.send(get, BodyHandlers.discarding()).version())
        .isEqualTo(HttpClient.Version.HTTP_2);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  static List<Kind> threads() {
    return TestThreads.kinds();
  }

  @ParameterizedTest
  @MethodSource("threads")
  void theStreamOfARequestThatGetsNoAnswerIsReset(Kind threads) throws Exception {
    HttpRequest get = HttpRequest.newBuilder(server.uri("/silence")).build();
    TestThreads.Running<?> sender =
        threads.start(() -> Http.send(client, get, BodyHandlers.ofString(), source.token()));
    Exchange exchange = server.awaitExchange();

    source.cancel();

    assertThatThrownBy(sender::join).isInstanceOf(OperationCanceledException.class);
    assertThat(exchange.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(exchange.awaitReset()).hasMessageContaining("cancel_stream_error");
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void theStreamOfABodyIsReset() throws Exception {
    HttpRequest get = HttpRequest.newBuilder(server.uri("/beginning")).build();
    HttpResponse<InputStream> response =
        Http.send(client, get, BodyHandlers.ofInputStream(), source.token());
    Exchange exchange = server.awaitExchange();
    InputStream body = response.body();
    assertThat(body.readNBytes(Http2Server.BEGINNING.length()))
        .isEqualTo(Http2Server.BEGINNING.getBytes(US_ASCII));
    TestThreads.Running<Integer> reader = TestThreads.start(body::read).awaitBlocked();

    source.cancel();

    assertThatThrownBy(reader::join).isInstanceOf(OperationCanceledException.class);
    assertThat(exchange.awaitReset()).hasMessageContaining("cancel_stream_error");
  }

  @Test
  void theStreamOfABodyThatNobodyReadsIsReset() throws Exception {
    HttpRequest get = HttpRequest.newBuilder(server.uri("/beginning")).build();
    HttpResponse<InputStream> response =
        Http.send(client, get, BodyHandlers.ofInputStream(), source.token());
    Exchange exchange = server.awaitExchange();

    source.cancel();

    assertThat(exchange.awaitReset()).hasMessageContaining("cancel_stream_error");
    assertThatThrownBy(() -> response.body().readAllBytes())
        .isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void theBodyOfARequestIsStopped() throws Exception {
    Upload upload = new Upload();
    HttpRequest post = HttpRequest.newBuilder(server.uri("/silence")).POST(upload).build();
    TestThreads.Running<?> sender =
        TestThreads.start(() -> Http.send(client, post, BodyHandlers.ofString(), source.token()));
    Exchange exchange = server.awaitExchange();

    source.cancel();

    assertThatThrownBy(sender::join).isInstanceOf(OperationCanceledException.class);
    assertThat(upload.canceled.await(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(exchange.awaitReset()).hasMessageContaining("cancel_stream_error");
  }

  @Test
  void theConnectionIsLeftToTheOthers() throws Exception {
    HttpRequest get = HttpRequest.newBuilder(server.uri("/silence")).build();
    CompletableFuture<?> stopped =
        Http.sendAsync(client, get, BodyHandlers.ofString(), source.token());
    Exchange one = server.awaitExchange();
    CompletableFuture<?> other = client.sendAsync(get, BodyHandlers.ofString());
    Exchange another = server.awaitExchange();
    assertThat(another.connection()).isEqualTo(one.connection());

    source.cancel();

    one.awaitReset();
    echo("still there");
    assertThat(stopped).failsWithin(TestThreads.LIMIT);
    assertThat(stopped.isCancelled()).isTrue();
    assertThat(other).isNotDone();
    assertThat(another.failure()).isNotDone();
    assertThat(server.connections()).isEqualTo(1);
    other.cancel(true);
  }

  private void echo(String text) throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(server.uri("/echo")).POST(BodyPublishers.ofString(text)).build();
    assertThat(client.send(post, BodyHandlers.ofString()).body()).isEqualTo(text);
  }

  /** A body that never ends. */
  private static final class Upload implements BodyPublisher {
    final CountDownLatch canceled = new CountDownLatch(1);

    @Override
    public long contentLength() {
      return -1;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      AtomicBoolean isFirst = new AtomicBoolean(true);
      subscriber.onSubscribe(
          new Subscription() {
            @Override
            public void request(long n) {
              if (isFirst.getAndSet(false)) {
                subscriber.onNext(ByteBuffer.allocate(1000));
              }
            }

            @Override
            public void cancel() {
              canceled.countDown();
            }
          });
    }
  }
}
