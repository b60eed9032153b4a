// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import desist.OperationCanceledException;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A web socket from its handshake on, which a token may abort until its listener knows its end. */
final class WebSocketCall extends HttpOperation {
  private final TokenListener listener;
  private final TokenWebSocket socket;

  // Written by the caller's thread, and read by who aborts.
  private volatile @Nullable CompletableFuture<WebSocket> handshake;

  WebSocketCall(CancellationToken token, WebSocket.Listener listener) {
    super(token);
    this.listener = new TokenListener(this, listener);
    socket = new TokenWebSocket(this);
  }

  /** Begins the handshake, and returns the future of the socket for the caller. */
  CompletableFuture<WebSocket> open(WebSocket.Builder builder, URI uri) {
    CompletableFuture<WebSocket> begun = builder.buildAsync(uri, listener);
    handshake = begun;
    CompletableFuture<WebSocket> result = begun.newIncompleteFuture();
    begun.whenComplete(
        (opened, thrown) -> {
          if (thrown != null) {
            detach();
            fail(result, thrown);
          } else if (isAborted()) {
            opened.abort();
            fail(result, cause());
          } else if (!result.complete(socketOf(opened))) {
            socket.abort(); // as nobody gets it
          }
        });
    if (isAborted()) {
      begun.cancel(true);
    }
    return result;
  }

  /** Returns the socket as the caller and his listener see it. */
  TokenWebSocket socketOf(WebSocket opened) {
    socket.set(opened);
    return socket;
  }

  TokenWebSocket socket() {
    return socket;
  }

  /** Told by the caller who has aborted the socket himself. */
  void abandoned() {
    listener.tryEnd();
    detach();
  }

  @Override
  void abortParts() {
    try {
      listener.abort();
    } finally {
      CompletableFuture<WebSocket> begun = handshake;
      if (begun != null) {
        begun.cancel(true);
      }
    }
  }

  @Override
  @Nullable OperationCanceledException cancellation(Throwable failure) {
    boolean isOfAbort = failure instanceof CancellationException || failure instanceof IOException;
    return isAborted() && isOfAbort ? canceled(failure) : null;
  }
}
