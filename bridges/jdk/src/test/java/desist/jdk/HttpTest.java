// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.HandServer.Connection;
import desist.testing.FakeTimeProvider;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final StubClient stub = new StubClient();

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
  void nothingIsSentWithATokenThatIsCanceled() throws IOException {
    source.cancel();

    assertThatThrownBy(() -> Http.send(client, get, BodyHandlers.ofString(), source.token()))
        .isInstanceOf(OperationCanceledException.class);
    CompletableFuture<?> sent =
        Http.sendAsync(client, get, BodyHandlers.ofString(), source.token());

    assertThat(sent.isCancelled()).isTrue();
    server.expectNobody();
  }

  @Test
  void aTokenThatCannotBeCanceledMakesThePlainCall() throws Exception {
    CompletableFuture<?> sent =
        Http.sendAsync(stub, get, BodyHandlers.ofString(), CancellationToken.none());
    assertThat(sent).isSameAs(stub.exchange);
    assertThat(stub.sent()).isSameAs(get);

    stub.exchange.complete(null);
    assertThat(Http.send(stub, get, BodyHandlers.ofString(), CancellationToken.none())).isNull();
  }

  @Test
  void aRequestThatGetsNoAnswerIsStopped() throws Exception {
    Throwable reason = new Throwable("not wanted");
    TestThreads.Running<?> sender = TestThreads.start(this::send);
    try (Connection connection = server.accept()) {
      source.cancelBecause(reason);

      OperationCanceledException canceled =
          catchThrowableOfType(OperationCanceledException.class, sender::join);
      assertThat(canceled.token()).isSameAs(source.token());
      assertThat(canceled).hasCause(reason);
      connection.awaitEnd();
    }
  }

  @Test
  void aBodyThatIsBeingCollectedIsStopped() throws Exception {
    TestThreads.Running<?> sender = TestThreads.start(this::send);
    try (Connection connection = server.accept()) {
      connection.respond("HTTP/1.1 200 OK\nContent-Length: 1000", "the beginning");
      sender.awaitBlocked();

      source.cancel();

      assertThatThrownBy(sender::join).isInstanceOf(OperationCanceledException.class);
      connection.awaitEnd();
    }
  }

  @Test
  void whoIsToldHasTheExceptionWithHisOwnStackTrace() throws Exception {
    TestThreads.Running<?> sender = TestThreads.start(this::send);
    try (Connection connection = server.accept()) {
      source.cancel();

      OperationCanceledException canceled =
          catchThrowableOfType(OperationCanceledException.class, sender::join);
      assertThat(canceled.getStackTrace()).anyMatch(frame -> frame.getMethodName().equals("send"));
      connection.awaitEnd();
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void aRequestOfAVirtualThreadIsStopped() throws Exception {
    FutureTask<HttpResponse<String>> sender = new FutureTask<>(this::send);
    VirtualThreads.factory().newThread(sender).start();
    try (Connection connection = server.accept()) {
      source.cancel();

      assertThatThrownBy(() -> sender.get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .hasCauseInstanceOf(OperationCanceledException.class);
      connection.awaitEnd();
    }
  }

  @Test
  void aFutureIsCanceledWithTheBareException() throws Exception {
    CompletableFuture<?> sent =
        Http.sendAsync(client, get, BodyHandlers.ofString(), source.token());
    CompletableFuture<Throwable> told =
        sent.handle((response, failure) -> failure).toCompletableFuture();
    try (Connection connection = server.accept()) {
      source.cancel();

      assertThat(told.get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              OperationCanceledException.class,
              e -> assertThat(e.token()).isSameAs(source.token()));
      assertThat(sent.isCancelled()).isTrue();
      connection.awaitEnd();
    }
  }

  @Test
  void whatDependsOnAFutureRunsNeitherOnTheThreadThatCancelsNorOnTheOneThatStops()
      throws Exception {
    CompletableFuture<String> thread =
        Http.sendAsync(stub, get, BodyHandlers.ofString(), source.token())
            .handle((response, failure) -> Thread.currentThread().getName());

    source.cancel();

    assertThat(thread.get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS))
        .isNotEqualTo(Thread.currentThread().getName())
        .doesNotStartWith("desist-bridge-");
  }

  @Test
  void aFutureIsCanceledAlsoIfTheCommonPoolIsBusy() throws Exception {
    int moreThanThreads = 2 + ForkJoinPool.getCommonPoolParallelism();
    Semaphore free = new Semaphore(0);
    for (int i = 0; i < moreThanThreads; i++) {
      ForkJoinPool.commonPool().execute(free::acquireUninterruptibly);
    }
    try {
      CompletableFuture<?> sent =
          Http.sendAsync(stub, get, BodyHandlers.ofString(), source.token());

      source.cancel();

      assertThatThrownBy(() -> sent.get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(CancellationException.class);
    } finally {
      free.release(moreThanThreads);
    }
  }

  @Test
  void aFutureThatIsCanceledStopsTheExchangeAndNotTheToken() throws Exception {
    CompletableFuture<?> sent =
        Http.sendAsync(client, get, BodyHandlers.ofString(), source.token());
    try (Connection connection = server.accept()) {
      sent.cancel(true);

      connection.awaitEnd();
      assertThat(source.isCancellationRequested()).isFalse();
      awaitNothingLeft();
    }
  }

  @Test
  void aStageOfAFutureThatIsCanceledStopsTheExchange() throws Exception {
    CompletableFuture<?> stage =
        Http.sendAsync(client, get, BodyHandlers.ofString(), source.token())
            .thenApply(HttpResponse::body);
    try (Connection connection = server.accept()) {
      stage.cancel(true);

      connection.awaitEnd();
      awaitNothingLeft();
    }
  }

  @Test
  void aResponseThatIsThereIsReturnedAlsoIfCanceledMeanwhile() throws Exception {
    stub.exchange.complete(null);
    CompletableFuture<?> sent = Http.sendAsync(stub, get, BodyHandlers.ofString(), source.token());

    source.cancel();

    assertThat(sent).isCompletedWithValue(null);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        ConnectException.class,
        HttpConnectTimeoutException.class,
        HttpTimeoutException.class,
        IllegalArgumentException.class,
        IOException.class,
        ProtocolException.class,
        SecurityException.class,
        SSLException.class,
        SSLHandshakeException.class,
      })
  void otherFailuresAreThrownByTheirTypes(Class<? extends Exception> type) throws Exception {
    Exception failure = type.getConstructor(String.class).newInstance("failed");
    stub.exchange.completeExceptionally(failure);

    assertThatThrownBy(() -> Http.send(stub, get, BodyHandlers.ofString(), source.token()))
        .isExactlyInstanceOf(type)
        .hasMessage("failed")
        .hasCause(failure);
    assertThat(Http.sendAsync(stub, get, BodyHandlers.ofString(), source.token()))
        .isCompletedExceptionally()
        .failsWithin(TestThreads.LIMIT)
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isSameAs(failure);
  }

  @Test
  void anotherFailureStaysOneAlsoIfCanceledMeanwhile() throws Exception {
    ConnectException failure = new ConnectException("refused");
    stub.exchange.completeExceptionally(failure);
    CompletableFuture<?> sent = Http.sendAsync(stub, get, BodyHandlers.ofString(), source.token());

    source.cancel();

    assertThat(sent.handle((response, e) -> e)).isCompletedWithValue(failure);
  }

  @Test
  void aCancellationOfAHandlersOwnIsAFailure() {
    stub.exchange.completeExceptionally(new CancellationException("mine"));

    assertThatThrownBy(() -> Http.send(stub, get, BodyHandlers.ofString(), source.token()))
        .isExactlyInstanceOf(IOException.class)
        .hasCauseInstanceOf(CancellationException.class);
  }

  @Test
  void anInterruptStaysAnInterrupt() throws Exception {
    TestThreads.Running<?> sender = TestThreads.start(this::send);
    try (Connection connection = server.accept()) {
      sender.awaitBlocked().thread().interrupt();

      assertThatThrownBy(sender::join).isInstanceOf(InterruptedException.class);
      connection.awaitEnd();
      awaitNothingLeft();
    }
  }

  @Test
  void anInterruptOnEntryIsThrownBeforeTheTokenIsLookedAt() throws Exception {
    source.cancel();
    Thread.currentThread().interrupt();

    assertThatThrownBy(this::send).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void theTimeLeftAndASecondBecomesTheTimeout() throws Exception {
    FakeTimeProvider clock = new FakeTimeProvider();
    try (var limited = new CancellationTokenSource(MINUTE, clock)) {
      clock.advance(Duration.ofSeconds(20));
      Http.sendAsync(stub, get, BodyHandlers.ofString(), limited.token());
      assertThat(stub.sent().timeout()).hasValue(Duration.ofSeconds(41));

      Http.sendAsync(stub, withTimeout(MINUTE), BodyHandlers.ofString(), limited.token());
      assertThat(stub.sent().timeout()).hasValue(Duration.ofSeconds(41));

      Http.sendAsync(
          stub, withTimeout(Duration.ofSeconds(1)), BodyHandlers.ofString(), limited.token());
      assertThat(stub.sent().timeout()).hasValue(Duration.ofSeconds(1));
    }
  }

  @Test
  void aRequestIsCopiedWithAllThatItHas() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri("http"))
            .method("PATCH", BodyPublishers.ofString("body"))
            .header("Name", "value")
            .version(HttpClient.Version.HTTP_2)
            .expectContinue(true)
            .build();
    try (var limited = new CancellationTokenSource(MINUTE)) {
      Http.sendAsync(stub, request, BodyHandlers.ofString(), limited.token());
    }

    HttpRequest sent = stub.sent();
    assertThat(sent.uri()).isEqualTo(request.uri());
    assertThat(sent.method()).isEqualTo("PATCH");
    assertThat(sent.headers()).isEqualTo(request.headers());
    assertThat(sent.version()).isEqualTo(request.version());
    assertThat(sent.expectContinue()).isTrue();
    assertThat(sent.bodyPublisher().orElseThrow().contentLength()).isEqualTo(4);
  }

  @Test
  void aTimeoutOfTheTimeLeftIsACancellation() {
    HttpTimeoutException timeout = new HttpTimeoutException("request timed out");
    stub.exchange.completeExceptionally(timeout);
    try (var limited = new CancellationTokenSource(MINUTE)) {
      assertThatExceptionOfType(OperationCanceledException.class)
          .isThrownBy(() -> Http.send(stub, get, BodyHandlers.ofString(), limited.token()))
          .satisfies(e -> assertThat(e.token()).isSameAs(limited.token()))
          .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(timeout))
          .havingCause()
          .isInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void aTimeoutOfTheRequestsOwnIsNone() {
    stub.exchange.completeExceptionally(new HttpTimeoutException("request timed out"));
    try (var limited = new CancellationTokenSource(MINUTE)) {
      assertThatThrownBy(
              () ->
                  Http.send(
                      stub,
                      withTimeout(Duration.ofSeconds(1)),
                      BodyHandlers.ofString(),
                      limited.token()))
          .isExactlyInstanceOf(HttpTimeoutException.class);
    }
  }

  @Test
  void aTimeoutOfTheClientsOwnIsNone() {
    stub.connectTimeout = Duration.ofSeconds(1);
    stub.exchange.completeExceptionally(new HttpConnectTimeoutException("connect timed out"));
    try (var limited = new CancellationTokenSource(MINUTE)) {
      assertThatThrownBy(() -> Http.send(stub, get, BodyHandlers.ofString(), limited.token()))
          .isExactlyInstanceOf(HttpConnectTimeoutException.class);
    }
  }

  @Test
  void aDelayStopsARequestAndSaysSo() throws Exception {
    FakeTimeProvider clock = new FakeTimeProvider();
    try (var limited = new CancellationTokenSource(MINUTE, clock)) {
      TestThreads.Running<?> sender =
          TestThreads.start(() -> Http.send(client, get, BodyHandlers.ofString(), limited.token()));
      try (Connection connection = server.accept()) {
        clock.advance(MINUTE);

        assertThatThrownBy(sender::join)
            .isInstanceOf(OperationCanceledException.class)
            .hasCauseInstanceOf(TimeoutException.class);
        connection.awaitEnd();
      }
    }
  }

  @Test
  void theLongestDelayIsNoTimeout() throws Exception {
    try (var limited = new CancellationTokenSource(Duration.ofSeconds(Long.MAX_VALUE - 1))) {
      TestThreads.Running<HttpResponse<String>> sender =
          TestThreads.start(() -> Http.send(client, get, BodyHandlers.ofString(), limited.token()));
      try (Connection connection = server.accept()) {
        connection.respond("HTTP/1.1 200 OK\nContent-Length: 4", "body");

        assertThat(sender.join().body()).isEqualTo("body");
      }
    }
  }

  @Test
  void anExchangeThatIsBegunAfterTheCancellationIsCanceledAtOnce() {
    HttpCall<String> call = new HttpCall<>(source.token());
    call.begin(source.token());
    source.cancel();
    TestThreads.await("is aborted", call::isAborted);

    call.send(stub, get, BodyHandlers.ofString());

    assertThat(stub.exchange.isCancelled()).isTrue();
    call.end();
  }

  @Test
  void aResponseThatComesAfterTheCancellationIsCanceledAtOnce() {
    HttpCall<String> call = new HttpCall<>(source.token());
    call.begin(source.token());
    call.send(stub, get, response -> BodySubscribers.ofString(UTF_8));
    source.cancel();
    TestThreads.await("is canceled", stub.exchange::isCancelled);

    CompletionStage<?> body = requireNonNull(stub.handler).apply(null).getBody();

    assertThat(body.toCompletableFuture()).isCompletedExceptionally();
    call.end();
  }

  @Test
  void aResponseThatNobodyGetsIsEnded() {
    CompletableFuture<?> sent =
        Http.sendAsync(stub, get, response -> BodySubscribers.ofString(UTF_8), source.token());
    AtomicBoolean isEnded = beginBody();
    sent.cancel(false);

    stub.exchange.complete(null);

    assertThat(isEnded).isTrue();
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aResponseThatComesInTheMomentOfAnInterruptIsEnded() {
    HttpCall<String> call = new HttpCall<>(source.token());
    call.begin(source.token());
    call.send(stub, get, response -> BodySubscribers.ofString(UTF_8));
    AtomicBoolean isEnded = beginBody();
    CompletableFuture<HttpResponse<String>> interrupted =
        new CompletableFuture<>() {
          @Override
          public HttpResponse<String> get() throws InterruptedException {
            complete(null);
            throw new InterruptedException();
          }
        };

    assertThatThrownBy(() -> call.await(interrupted)).isInstanceOf(InterruptedException.class);

    assertThat(isEnded).isTrue();
    call.end();
  }

  /** Has a body begin to come; returns whether it was canceled. */
  private AtomicBoolean beginBody() {
    AtomicBoolean isCanceled = new AtomicBoolean();
    requireNonNull(stub.handler)
        .apply(null)
        .onSubscribe(
            new Subscription() {
              @Override
              public void request(long n) {}

              @Override
              public void cancel() {
                isCanceled.set(true);
              }
            });
    return isCanceled;
  }

  @Test
  void aBodyThatGoesUpAfterTheCancellationIsCanceledAtOnce() {
    HttpRequest post =
        HttpRequest.newBuilder(get.uri()).POST(BodyPublishers.ofString("text")).build();
    HttpCall<String> call = new HttpCall<>(source.token());
    call.begin(source.token());
    call.send(stub, post, BodyHandlers.ofString());
    source.cancel();
    TestThreads.await("is canceled", stub.exchange::isCancelled);
    List<Object> signals = new ArrayList<>();

    stub.sent().bodyPublisher().orElseThrow().subscribe(new Signals(signals));

    assertThat(signals).singleElement().isInstanceOf(OperationCanceledException.class);
    call.end();
  }

  @Test
  void nothingIsLeftBehindByAResponse() throws Exception {
    TestThreads.Running<HttpResponse<String>> sender = TestThreads.start(this::send);
    try (Connection connection = server.accept()) {
      connection.respond("HTTP/1.1 200 OK\nContent-Length: 4", "body");

      assertThat(sender.join().body()).isEqualTo("body");
      assertThat(source.registrationCount()).isZero();
    }
  }

  @Test
  void nothingIsLeftBehindByAResponseWithoutABody() throws Exception {
    TestThreads.Running<HttpResponse<String>> sender = TestThreads.start(this::send);
    try (Connection connection = server.accept()) {
      connection.respond("HTTP/1.1 204 No Content", "");

      assertThat(sender.join().statusCode()).isEqualTo(204);
      assertThat(source.registrationCount()).isZero();
    }
  }

  @Test
  void nothingIsLeftBehindByAFailure() {
    HttpRequest nowhere =
        HttpRequest.newBuilder(server.uri("http").resolve("//127.0.0.1:1")).build();

    assertThatThrownBy(() -> Http.send(client, nowhere, BodyHandlers.ofString(), source.token()))
        .isInstanceOf(ConnectException.class);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void nothingIsLeftBehindByARequestThatIsNotTaken() {
    stub.refusal = new IllegalArgumentException("not taken");

    assertThatThrownBy(() -> Http.send(stub, get, BodyHandlers.ofString(), source.token()))
        .isSameAs(stub.refusal);
    assertThatThrownBy(() -> Http.sendAsync(stub, get, BodyHandlers.ofString(), source.token()))
        .isSameAs(stub.refusal);
    assertThat(source.registrationCount()).isZero();
  }

  private HttpResponse<String> send() throws IOException, InterruptedException {
    return Http.send(client, get, BodyHandlers.ofString(), source.token());
  }

  private HttpRequest withTimeout(Duration timeout) {
    return HttpRequest.newBuilder(server.uri("http")).timeout(timeout).build();
  }

  private void awaitNothingLeft() {
    TestThreads.await("nothing is registered", () -> source.registrationCount() == 0);
  }

  /** Notes what a receiver of bytes, who asks for all of them, is told. */
  private record Signals(List<Object> seen) implements Subscriber<ByteBuffer> {
    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer item) {
      seen.add(item);
    }

    @Override
    public void onError(Throwable failure) {
      seen.add(failure);
    }

    @Override
    public void onComplete() {
      seen.add("complete");
    }
  }
}
