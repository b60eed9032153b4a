// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.HandServer.Connection;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebSocketTest {
  /** A frame with a text. */
  private static final String HI = "\u0081\u0002hi";

  private final HttpClient client = HttpClient.newHttpClient();
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final Listener listener = new Listener();

  private HandServer server;

  @BeforeEach
  void start() throws IOException {
    server = new HandServer();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void nothingIsOpenedWithATokenThatIsCanceled() throws IOException {
    source.cancel();

    CompletableFuture<WebSocket> opened = open(source.token());

    assertThat(opened.isCancelled()).isTrue();
    server.expectNobody();
  }

  @Test
  void aHandshakeIsStopped() throws Exception {
    CompletableFuture<WebSocket> opened = open(source.token());
    try (Connection connection = server.accept()) {
      source.cancel();

      assertThatThrownBy(() -> opened.get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .satisfies(e -> assertThat(opened.isCancelled()).isTrue());
      connection.awaitEnd();
      assertThat(listener.heard).isEmpty();
    }
  }

  @Test
  void aSocketIsAbortedAndItsListenerIsTold() throws Exception {
    CompletableFuture<WebSocket> opened = open(source.token());
    try (Connection connection = shakeHands()) {
      WebSocket socket = opened.get();
      listener.expect("open");
      connection.send(HI);
      listener.expect("hi");

      source.cancel();

      listener.expect("OperationCanceledException");
      connection.awaitEnd();
      assertThat(socket.isInputClosed()).isTrue();
      assertThat(socket.isOutputClosed()).isTrue();
    }
  }

  @Test
  void aSocketIsAbortedAlsoIfItsListenerIsBusy() throws Exception {
    BusyListener busy = new BusyListener();
    CompletableFuture<WebSocket> opened = open(busy, source.token());
    try (Connection connection = shakeHands()) {
      WebSocket socket = opened.get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS);
      busy.expect("open");
      connection.send(HI);
      busy.expect("hi");

      source.cancel();

      connection.awaitEnd();
      assertThat(socket.isOutputClosed()).isTrue();
      assertThat(busy.heard).isEmpty();
    } finally {
      busy.free.countDown();
    }
    busy.expect("OperationCanceledException");
  }

  @Test
  void aSocketIsAbortedAlsoIfItsListenerIsBusyWithinTheHandshake() throws Exception {
    BusyListener busy = new BusyListener();
    CompletableFuture<WebSocket> opened = open(busy, source.token());
    try (Connection connection = shakeHands(HI)) { // which the client may handle as one
      busy.expect("open");
      busy.expect("hi");

      source.cancel();

      connection.awaitEnd();
      boolean isOpen =
          opened
              .handle((socket, failure) -> failure == null && !socket.isOutputClosed())
              .get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(isOpen).isFalse();
      assertThat(busy.heard).isEmpty();
    } finally {
      busy.free.countDown();
    }
    busy.expect("OperationCanceledException");
  }

  @Test
  void whatIsSentAfterTheCancellationIsCanceled() throws Exception {
    CompletableFuture<WebSocket> opened = open(source.token());
    try (Connection connection = shakeHands()) {
      WebSocket socket = opened.get();
      listener.expect("open");
      source.cancel();
      listener.expect("OperationCanceledException");

      assertThat(
              socket
                  .sendText("too late", true)
                  .handle((sent, failure) -> failure)
                  .get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(OperationCanceledException.class);
      connection.awaitEnd();
    }
  }

  @Test
  void whatIsBeingSentIsCanceled() throws Exception {
    CompletableFuture<WebSocket> opened = open(source.token());
    try (Connection connection = shakeHands()) {
      WebSocket socket = opened.get();
      CompletableFuture<WebSocket> sent = socket.sendBinary(ByteBuffer.allocate(1 << 26), true);
      connection.receive(1);

      source.cancel();

      assertThat(
              sent.handle((raw, failure) -> failure)
                  .get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(OperationCanceledException.class);
    }
  }

  @Test
  void whoSendsAndWhoListensHaveTheSameSocket() throws Exception {
    CompletableFuture<WebSocket> opened = open(source.token());
    try (Connection connection = shakeHands()) {
      WebSocket socket = opened.get();
      listener.expect("open");

      assertThat(listener.socket).isSameAs(socket);
      assertThat(socket.sendText("hi", true).get()).isSameAs(socket);
      assertThat(connection.receive(1)).isNotEmpty();
    }
  }

  @Test
  void theTokenGovernsUntilTheListenerKnowsTheEnd() throws Exception {
    CompletableFuture<WebSocket> opened = open(source.token());
    try (Connection connection = shakeHands()) {
      listener.expect("open");
      assertThat(source.registrationCount()).isEqualTo(1);

      connection.send("\u0088\u0000"); // a close frame
      listener.expect("close");

      assertThat(source.registrationCount()).isZero();
      source.cancel();
      assertThat(opened.join().sendClose(WebSocket.NORMAL_CLOSURE, "").join()).isNotNull();
      assertThat(listener.heard).isEmpty();
    }
  }

  @Test
  void aSocketThatIsAbortedLeavesNothingBehind() throws Exception {
    CompletableFuture<WebSocket> opened = open(source.token());
    try (Connection connection = shakeHands()) {
      listener.expect("open");

      opened.get().abort();

      assertThat(source.registrationCount()).isZero();
      source.cancel();
      connection.awaitEnd();
      assertThat(listener.heard).isEmpty();
    }
  }

  @Test
  void aSocketThatNobodyGetsIsAborted() throws Exception {
    CompletableFuture<WebSocket> opened = open(source.token());
    opened.cancel(false);

    try (Connection connection = shakeHands()) {
      connection.awaitEnd();
      TestThreads.await("nothing is registered", () -> source.registrationCount() == 0);
    }
  }

  @Test
  void aHandshakeThatFailsIsAFailure() {
    URI nowhere = URI.create("ws://127.0.0.1:1/");

    assertThatThrownBy(
            () ->
                Http.webSocket(client.newWebSocketBuilder(), nowhere, listener, source.token())
                    .get())
        .hasCauseInstanceOf(ConnectException.class);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aTokenThatCannotBeCanceledMakesThePlainSocket() throws Exception {
    CompletableFuture<WebSocket> opened = open(CancellationToken.none());
    try (Connection connection = shakeHands()) {
      assertThat(opened.get()).isNotInstanceOf(TokenWebSocket.class);
      listener.expect("open");
      assertThat(listener.socket).isSameAs(opened.get());
      opened.get().abort();
      connection.awaitEnd();
    }
  }

  private CompletableFuture<WebSocket> open(CancellationToken token) {
    return open(listener, token);
  }

  private CompletableFuture<WebSocket> open(WebSocket.Listener listener, CancellationToken token) {
    return Http.webSocket(client.newWebSocketBuilder(), server.uri("ws"), listener, token);
  }

  private Connection shakeHands() throws IOException, NoSuchAlgorithmException {
    return shakeHands("");
  }

  /** Accepts the handshake, and sends frames at once. */
  private Connection shakeHands(String frames) throws IOException, NoSuchAlgorithmException {
    Connection connection = server.accept();
    String key = connection.header("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    byte[] digest = MessageDigest.getInstance("SHA-1").digest(key.getBytes(ISO_8859_1));
    connection.respond(
        "HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\n"
            + "Sec-WebSocket-Accept: "
            + Base64.getEncoder().encodeToString(digest),
        frames);
    return connection;
  }

  /** Notes what it hears. */
  private static class Listener implements WebSocket.Listener {
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    volatile WebSocket socket;

    void expect(String what) throws InterruptedException {
      assertThat(heard.poll(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(what);
    }

    @Override
    public void onOpen(WebSocket webSocket) {
      socket = webSocket;
      heard.add("open");
      webSocket.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      heard.add(data.toString());
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
      heard.add("close");
      return new CompletableFuture<>();
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      heard.add(error.getClass().getSimpleName());
    }
  }

  /** Does not return from a text until it is free to. */
  private static final class BusyListener extends Listener {
    final CountDownLatch free = new CountDownLatch(1);

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      super.onText(webSocket, data, last);
      Uninterruptibly.await(free);
      return null;
    }
  }
}
