// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

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

  // Written by the caller's thread, in this order, and read by who aborts.
  private volatile @Nullable CompletableFuture<WebSocket> result;
  private volatile @Nullable CompletableFuture<WebSocket> handshake;

  WebSocketCall(CancellationToken token, WebSocket.Listener listener) {
    super(token);
    this.listener = new TokenListener(this, listener);
    socket = new TokenWebSocket(this);
  }

  /** Begins the handshake, and returns the future of the socket for the caller. */
  CompletableFuture<WebSocket> open(WebSocket.Builder builder, URI uri) {
    CompletableFuture<WebSocket> begun = builder.buildAsync(uri, listener);
    CompletableFuture<WebSocket> opening = begun.newIncompleteFuture();
    result = opening;
    handshake = begun;
    begun.whenComplete(
        (opened, thrown) -> {
          if (thrown != null) {
            detach();
            fail(opening, thrown);
          } else if (isAborted()) {
            fail(opening, cause());
            opened.abort();
          } else if (!opening.complete(socketOf(opened))) {
            socket.abort(); // as nobody gets it
          }
        });
    if (isAborted()) {
      abortParts();
    }
    return opening;
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

  /**
   * Tells the caller first, since the listener may take as long as it likes to be told. The
   * handshake comes last: on JDK 25 to cancel it ends the connection, of which a listener whose
   * gate is open would hear.
   */
  @Override
  void abortParts() {
    CompletableFuture<WebSocket> begun = handshake;
    if (begun != null && !begun.isDone()) {
      fail(requireNonNull(result), cause());
    }
    try {
      listener.abort();
    } finally {
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
