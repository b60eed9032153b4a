// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.HandServer.Connection;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class HttpBodyTest {
  private static final String ENDLESS = "HTTP/1.1 200 OK\nContent-Length: 1000000";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final CancellationTokenSource source = new CancellationTokenSource();

  private HandServer server;
  private HttpRequest get;

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
  void aReadThatWaitsThrows() throws Exception {
    TestThreads.Running<HttpResponse<InputStream>> sender = send(BodyHandlers.ofInputStream());
    try (Connection connection = server.accept()) {
      connection.respond(ENDLESS, "ab");
      InputStream body = sender.join().body();
      assertThat(body.readNBytes(2)).containsExactly('a', 'b');
      TestThreads.Running<Integer> reader = TestThreads.start(body::read).awaitBlocked();

      source.cancel();

      assertThatThrownBy(reader::join)
          .isInstanceOfSatisfying(
              OperationCanceledException.class,
              e -> assertThat(e.token()).isSameAs(source.token()));
      connection.awaitEnd();
    }
  }

  @Test
  void aReadOfManyBytesThrowsToo() throws Exception {
    TestThreads.Running<HttpResponse<InputStream>> sender = send(BodyHandlers.ofInputStream());
    try (Connection connection = server.accept()) {
      connection.respond(ENDLESS, "");
      InputStream body = sender.join().body();
      TestThreads.Running<byte[]> reader = TestThreads.start(body::readAllBytes).awaitBlocked();

      source.cancel();

      assertThatThrownBy(reader::join).isInstanceOf(OperationCanceledException.class);
      connection.awaitEnd();
    }
  }

  @Test
  void theLinesEnd() throws Exception {
    TestThreads.Running<HttpResponse<Stream<String>>> sender = send(BodyHandlers.ofLines());
    try (Connection connection = server.accept()) {
      connection.respond(ENDLESS, "one\ntwo\n");
      List<String> seen = Collections.synchronizedList(new ArrayList<>());
      Stream<String> lines = sender.join().body();
      TestThreads.Running<Void> reader = TestThreads.run(() -> lines.forEach(seen::add));
      TestThreads.await("two lines", () -> seen.size() == 2);

      source.cancel();

      assertThatThrownBy(reader::join).isInstanceOf(OperationCanceledException.class);
      connection.awaitEnd();
    }
  }

  @Test
  void linesThatAreClosedEndTheConnection() throws Exception {
    TestThreads.Running<HttpResponse<Stream<String>>> sender = send(BodyHandlers.ofLines());
    try (Connection connection = server.accept()) {
      connection.respond(ENDLESS, "one\ntwo\n");
      try (Stream<String> lines = sender.join().body()) {
        assertThat(lines.findFirst()).hasValue("one");
      }

      connection.awaitEnd();
      assertThat(source.registrationCount()).isZero();
    }
  }

  @Test
  void aSubscriberIsToldAndGetsNothingAfter() throws Exception {
    TestThreads.Running<HttpResponse<Publisher<List<ByteBuffer>>>> sender =
        send(BodyHandlers.ofPublisher());
    try (Connection connection = server.accept()) {
      connection.respond(ENDLESS, "ab");
      Signals signals = new Signals();
      sender.join().body().subscribe(signals);
      TestThreads.await("the first bytes", () -> signals.seen.contains("next"));

      source.cancel();

      assertThat(signals.failure.get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(OperationCanceledException.class);
      connection.awaitEnd();
      assertThat(signals.seen).endsWith("error");
    }
  }

  @Test
  void aHandlerOfOnesOwnIsToldWithinItsOwnFailure() throws Exception {
    BodyHandler<FilterInputStream> handler =
        response ->
            BodySubscribers.mapping(
                BodySubscribers.ofInputStream(), in -> new FilterInputStream(in) {});
    TestThreads.Running<HttpResponse<FilterInputStream>> sender = send(handler);
    try (Connection connection = server.accept()) {
      connection.respond(ENDLESS, "");
      InputStream body = sender.join().body();
      TestThreads.Running<Integer> reader = TestThreads.start(body::read).awaitBlocked();

      source.cancel();

      assertThatThrownBy(reader::join)
          .isInstanceOf(IOException.class)
          .hasCauseInstanceOf(OperationCanceledException.class);
      connection.awaitEnd();
    }
  }

  @Test
  void aReceiverThatIsBusyHoldsUpNobody() throws Exception {
    CountDownLatch isBusy = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    Signals busy =
        new Signals() {
          @Override
          public void onNext(List<ByteBuffer> item) {
            isBusy.countDown();
            awaitQuietly(free);
            super.onNext(item);
          }
        };
    TestThreads.Running<?> sender = send(BodyHandlers.fromSubscriber(busy));
    try (Connection connection = server.accept()) {
      connection.respond(ENDLESS, "ab");
      isBusy.await();

      source.cancel();

      connection.awaitEnd();
      assertThatThrownBy(sender::join).isInstanceOf(OperationCanceledException.class);
      assertThat(busy.seen).containsExactly("subscribe");
    } finally {
      free.countDown();
    }
    assertThat(busy.failure.get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(OperationCanceledException.class);
    assertThat(busy.seen).containsExactly("subscribe", "next", "error");
  }

  @Test
  void aReceiverThatThrowsWhenItIsToldHoldsUpNobody() throws Exception {
    CountDownLatch isSubscribed = new CountDownLatch(1);
    BodySubscriber<String> careless =
        new BodySubscriber<>() {
          @Override
          public void onSubscribe(Subscription subscription) {
            isSubscribed.countDown();
          }

          @Override
          public void onNext(List<ByteBuffer> item) {}

          @Override
          public void onError(Throwable failure) {
            throw new IllegalStateException("is not prepared for this", failure);
          }

          @Override
          public void onComplete() {}

          @Override
          public CompletionStage<String> getBody() {
            return new CompletableFuture<>();
          }
        };
    TestThreads.Running<?> sender = send(response -> careless);
    try (Connection connection = server.accept()) {
      connection.respond(ENDLESS, "ab");
      isSubscribed.await();

      source.cancel();

      assertThatThrownBy(sender::join).isInstanceOf(OperationCanceledException.class);
      connection.awaitEnd();
    }
  }

  @Test
  void aBodyThatHasComeIsNotTouched() throws Exception {
    TestThreads.Running<HttpResponse<InputStream>> sender = send(BodyHandlers.ofInputStream());
    try (Connection connection = server.accept()) {
      connection.respond("HTTP/1.1 200 OK\nContent-Length: 4", "body");
      InputStream body = sender.join().body();
      awaitNothingLeft();

      source.cancel();

      assertThat(body.readAllBytes()).asString().isEqualTo("body");
    }
  }

  /** Again and again, since the client ends the body on a thread of its own. */
  @RepeatedTest(20)
  void whoHasReadTheEndFindsNothingRegistered() throws Exception {
    TestThreads.Running<HttpResponse<InputStream>> sender = send(BodyHandlers.ofInputStream());
    try (Connection connection = server.accept()) {
      connection.respond("HTTP/1.1 200 OK\nContent-Length: 4", "bo");
      TestThreads.Running<byte[]> reader =
          TestThreads.start(sender.join().body()::readAllBytes).awaitBlocked();

      connection.send("dy");

      assertThat(reader.join()).asString().isEqualTo("body");
      assertThat(source.registrationCount()).isZero();
    }
  }

  @RepeatedTest(20)
  void whoHasReadTheLastLineFindsNothingRegistered() throws Exception {
    TestThreads.Running<HttpResponse<Stream<String>>> sender = send(BodyHandlers.ofLines());
    try (Connection connection = server.accept()) {
      connection.respond("HTTP/1.1 200 OK\nContent-Length: 8", "one\n");
      Stream<String> lines = sender.join().body();
      TestThreads.Running<List<String>> reader = TestThreads.start(lines::toList).awaitBlocked();

      connection.send("two\n");

      assertThat(reader.join()).containsExactly("one", "two");
      assertThat(source.registrationCount()).isZero();
    }
  }

  @Test
  void theTokenGovernsUntilTheBodyIsClosed() throws Exception {
    TestThreads.Running<HttpResponse<InputStream>> sender = send(BodyHandlers.ofInputStream());
    try (Connection connection = server.accept()) {
      connection.respond(ENDLESS, "ab");
      InputStream body = sender.join().body();
      assertThat(body.read()).isEqualTo('a');
      assertThat(source.registrationCount()).isEqualTo(1);

      body.close();

      assertThat(source.registrationCount()).isZero();
      connection.awaitEnd();
    }
  }

  @Test
  void aBodyThatFailsIsAFailure() throws Exception {
    TestThreads.Running<HttpResponse<InputStream>> sender = send(BodyHandlers.ofInputStream());
    try (Connection connection = server.accept()) {
      connection.respond(ENDLESS, "");
      InputStream body = sender.join().body();
      TestThreads.Running<Integer> reader = TestThreads.start(body::read).awaitBlocked();

      connection.hangUp();

      assertThatThrownBy(reader::join).isInstanceOf(IOException.class);
      awaitNothingLeft();
    }
  }

  @Test
  void theBodyOfARequestIsStopped() throws Exception {
    Upload upload = new Upload();
    HttpRequest post = HttpRequest.newBuilder(server.uri("http")).POST(upload).build();
    TestThreads.Running<HttpResponse<String>> sender =
        TestThreads.start(() -> Http.send(client, post, BodyHandlers.ofString(), source.token()));
    try (Connection connection = server.accept()) {
      connection.receive(Upload.PIECE);

      source.cancel();

      assertThatThrownBy(sender::join).isInstanceOf(OperationCanceledException.class);
      assertThat(upload.canceled.await(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      connection.awaitEnd();
    }
  }

  @Test
  void aStreamThatIsSentIsNotClosed() throws Exception {
    AtomicBoolean isClosed = new AtomicBoolean();
    CountDownLatch more = new CountDownLatch(1);
    InputStream in =
        new InputStream() {
          private int pieces;

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
              if (++pieces > 3) {
                more.await();
              }
              return length;
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }

          @Override
          public int read() {
            throw new AssertionError("reads single bytes");
          }

          @Override
          public void close() {
            isClosed.set(true);
          }
        };
    HttpRequest post =
        HttpRequest.newBuilder(server.uri("http"))
            .POST(BodyPublishers.ofInputStream(() -> in))
            .build();
    CompletableFuture<?> sent =
        Http.sendAsync(client, post, BodyHandlers.ofString(), source.token());
    try (Connection connection = server.accept()) {
      source.cancel();

      assertThatThrownBy(() -> sent.get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(CancellationException.class);
      connection.awaitEnd();
      assertThat(isClosed).isFalse();
    } finally {
      more.countDown();
    }
  }

  @Test
  void aBodyThatComesAfterTheCancellationIsCanceledAtOnce() {
    HttpCall<?> call = new HttpCall<>(source.token());
    call.begin(source.token());
    source.cancel();
    TestThreads.await("is stopped", call::isStopped);
    call.end();
    Signals signals = new Signals();
    HttpBody<List<ByteBuffer>> body = new HttpBody<>(call, signals);
    body.close();
    CountDownLatch canceled = new CountDownLatch(1);

    body.onSubscribe(subscription(canceled::countDown));
    body.onNext(List.of());
    body.onComplete();

    assertThat(canceled.getCount()).isZero();
    assertThat(signals.seen).containsExactly("subscribe", "error");
  }

  private <T> TestThreads.Running<HttpResponse<T>> send(BodyHandler<T> handler) {
    return TestThreads.start(() -> Http.send(client, get, handler, source.token()));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitNothingLeft() {
    TestThreads.await("nothing is registered", () -> source.registrationCount() == 0);
  }

  private static Subscription subscription(Runnable onCancel) {
    return new Subscription() {
      @Override
      public void request(long n) {}

      @Override
      public void cancel() {
        onCancel.run();
      }
    };
  }

  /** A body that never ends. */
  private static final class Upload implements BodyPublisher {
    static final int PIECE = 1000;

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
                subscriber.onNext(ByteBuffer.allocate(PIECE));
              }
            }

            @Override
            public void cancel() {
              canceled.countDown();
            }
          });
    }
  }

  /** Notes the signals of a body. */
  private static class Signals implements Subscriber<List<ByteBuffer>> {
    final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    @Override
    public void onSubscribe(Subscription subscription) {
      seen.add("subscribe");
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
      seen.add("next");
    }

    @Override
    public void onError(Throwable throwable) {
      seen.add("error");
      failure.complete(throwable);
    }

    @Override
    public void onComplete() {
      seen.add("complete");
    }
  }
}
