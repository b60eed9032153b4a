// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A web socket whose senders are told of the cancellation. */
final class TokenWebSocket implements WebSocket {
  private final WebSocketCall call;

  // Written by whoever has it first of the handshake's future and the listener, before others see
  // this.
  private volatile @Nullable WebSocket socket;

  TokenWebSocket(WebSocketCall call) {
    this.call = call;
  }

  void set(WebSocket opened) {
    socket = opened;
  }

  @Override
  public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
    return whenSent(socket().sendText(data, last));
  }

  @Override
  public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
    return whenSent(socket().sendBinary(data, last));
  }

  @Override
  public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
    return whenSent(socket().sendPing(message));
  }

  @Override
  public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
    return whenSent(socket().sendPong(message));
  }

  @Override
  public CompletableFuture<WebSocket> sendClose(int statusCode, String reason) {
    return whenSent(socket().sendClose(statusCode, reason));
  }

  @Override
  public void request(long n) {
    socket().request(n);
  }

  @Override
  public String getSubprotocol() {
    return socket().getSubprotocol();
  }

  @Override
  public boolean isOutputClosed() {
    return socket().isOutputClosed();
  }

  @Override
  public boolean isInputClosed() {
    return socket().isInputClosed();
  }

  @Override
  public void abort() {
    call.abandoned();
    socket().abort();
  }

  @Override
  public String toString() {
    return "Web socket of " + call.token;
  }

  private WebSocket socket() {
    return requireNonNull(socket);
  }

  private CompletableFuture<WebSocket> whenSent(CompletableFuture<WebSocket> sent) {
    CompletableFuture<WebSocket> result = new CompletableFuture<>();
    sent.whenComplete(
        (raw, thrown) -> {
          if (thrown == null) {
            result.complete(this);
          } else {
            call.fail(result, thrown);
          }
        });
    return result;
  }
}
