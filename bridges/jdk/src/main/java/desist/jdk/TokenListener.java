// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The listener of a web socket, to whom a token may give the last word. */
final class TokenListener extends SignalGate implements WebSocket.Listener {
  private final WebSocketCall call;
  private final WebSocket.Listener listener;

  // Written by the client before the first signal passes, read by whoever gives the last.
  private volatile @Nullable WebSocket opened;

  // Written and read while a signal passes, or the last one.
  private boolean isOpen;

  TokenListener(WebSocketCall call, WebSocket.Listener listener) {
    this.call = call;
    this.listener = listener;
  }

  @Override
  public void onOpen(WebSocket webSocket) {
    opened = webSocket;
    if (!enter()) {
      webSocket.abort();
      return;
    }
    try {
      isOpen = true;
      listener.onOpen(call.socketOf(webSocket));
    } finally {
      leave();
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    return pass(() -> listener.onText(call.socket(), data, last));
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
    return pass(() -> listener.onBinary(call.socket(), data, last));
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
    return pass(() -> listener.onPing(call.socket(), message));
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
    return pass(() -> listener.onPong(call.socket(), message));
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    call.detach();
    return pass(() -> tryEnd() ? listener.onClose(call.socket(), statusCode, reason) : null);
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    call.detach();
    pass(
        () -> {
          if (tryEnd()) {
            listener.onError(call.socket(), error);
          }
          return null;
        });
  }

  /** Aborts the socket, and has the listener told as soon as it is at no other signal. */
  void abort() {
    try {
      close();
    } finally {
      WebSocket socket = opened;
      if (socket != null && isClosed()) {
        socket.abort(); // which last() may have done, or do once more
      }
    }
  }

  @Override
  void last() {
    WebSocket socket = opened;
    if (socket != null) {
      socket.abort();
    }
    if (isOpen) {
      listener.onError(call.socket(), call.cause());
    }
  }

  private @Nullable CompletionStage<?> pass(Supplier<@Nullable CompletionStage<?>> signal) {
    if (!enter()) {
      return null;
    }
    try {
      return signal.get();
    } finally {
      leave();
    }
  }
}
