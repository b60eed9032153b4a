// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.OperationCanceledException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Requests of {@link HttpClient} that a token stops, with their bodies.
 *
 * <p>To stop a request ends it on the server's side too: the connection is closed, or with HTTP/2
 * the stream reset, which leaves the connection to the others. The token governs the body of the
 * response until the last of it has come, or its receiver has canceled it or closed it, also after
 * the response was handed out:
 *
 * <ul>
 *   <li>A read from the {@code InputStream} of {@code BodyHandlers.ofInputStream()}, and a step of
 *       the {@code Stream} of {@code BodyHandlers.ofLines()}, throw an {@link
 *       OperationCanceledException}. Close both when they are not wanted any more.
 *   <li>A subscriber is given it by {@code onError}, and no other signal after that. What a handler
 *       of your own makes of that is its affair.
 *   <li>The subscription to the publisher of a request's body is canceled. An {@code InputStream}
 *       that a publisher reads from is not closed.
 * </ul>
 *
 * <p>The call failed because of the token if what failed was stopped by it, or if a time-out of the
 * client comes of the time that the token had left. A body that has come by the time the token is
 * canceled is not touched.
 *
 * <p>Publishers and subscribers may be told of the cancellation on a thread of this library, but
 * never while another signal is on its way.
 *
 * @dotnet HttpClient
 * @since 1.0
 */
public final class Http {
  private Http() {}

  /**
   * Sends a request and waits for the response.
   *
   * <p>As {@link HttpClient#send}, which it is if the token cannot be canceled. The request is
   * given the time that the token has left, and a second, as its time-out, unless it has a shorter
   * one.
   *
   * <p>An interrupt that is pending on entry is thrown before the token is looked at. One that
   * comes during the wait cancels the exchange.
   *
   * {@snippet lang = java:
   * var response = Http.send(client, request, BodyHandlers.ofString(), token);
   * }
   *
   * @param <T> the type of the response's body
   * @param client who sends it
   * @param request what to send
   * @param handler what is made of the response's body
   * @param token stops the exchange, and the body for as long as it comes
   * @return the response
   * @throws OperationCanceledException if cancellation is requested first
   * @throws IOException if the exchange fails otherwise
   * @throws InterruptedException if the thread is interrupted first
   * @throws IllegalArgumentException if the client does not take the request
   * @throws NullPointerException if an argument is null
   * @dotnet HttpClient.Send(HttpRequestMessage, CancellationToken)
   * @since 1.0
   */
  public static <T extends @Nullable Object> HttpResponse<T> send(
      HttpClient client, HttpRequest request, BodyHandler<T> handler, CancellationToken token)
      throws IOException, InterruptedException {
    requireNonNull(client, "client");
    requireNonNull(request, "request");
    requireNonNull(handler, "handler");
    requireNonNull(token, "token");
    if (!token.canBeCanceled()) {
      return client.send(request, handler);
    }
    Interruption.throwIfInterrupted();
    HttpCall<T> call = new HttpCall<>(token);
    try {
      call.begin(token);
      return call.await(call.send(client, request, handler));
    } catch (Throwable e) {
      call.end();
      throw e;
    }
  }

  /**
   * Sends a request.
   *
   * <p>As {@link HttpClient#sendAsync(HttpRequest, BodyHandler)}, which it is if the token cannot
   * be canceled. The request is given the time that the token has left, and a second, as its
   * time-out, unless it has a shorter one. To cancel the future, or a stage that depends on it,
   * with {@code cancel(true)} cancels the exchange and not the token.
   *
   * <p>The future is completed with the bare {@link OperationCanceledException} if cancellation is
   * requested first. What depends on it runs on a daemon thread of this library then, never on the
   * thread that cancels.
   *
   * @param <T> the type of the response's body
   * @param client who sends it
   * @param request what to send
   * @param handler what is made of the response's body
   * @param token stops the exchange, and the body for as long as it comes
   * @return the future of the response
   * @throws IllegalArgumentException if the client does not take the request
   * @throws NullPointerException if an argument is null
   * @dotnet HttpClient.SendAsync(HttpRequestMessage, CancellationToken)
   * @since 1.0
   */
  public static <T extends @Nullable Object> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpClient client, HttpRequest request, BodyHandler<T> handler, CancellationToken token) {
    requireNonNull(client, "client");
    requireNonNull(request, "request");
    requireNonNull(handler, "handler");
    requireNonNull(token, "token");
    if (!token.canBeCanceled()) {
      return client.sendAsync(request, handler);
    }
    HttpCall<T> call = new HttpCall<>(token);
    return call.start(() -> call.whenResponded(call.send(client, request, handler)));
  }

  /**
   * Opens a web socket.
   *
   * <p>As {@link WebSocket.Builder#buildAsync}, which it is if the token cannot be canceled. The
   * token governs the handshake, and then the socket until its listener has been told that it is
   * closed or has failed, or until {@link WebSocket#abort} is called. Canceling it aborts the
   * socket, so that the server sees the connection end. The listener's {@code onError} is then
   * given an {@link OperationCanceledException}, if the socket was open, and is the last that it
   * hears; what is being sent, or is sent after, fails with one.
   *
   * <p>The future is completed with the bare {@code OperationCanceledException} if cancellation is
   * requested during the handshake.
   *
   * @param builder says how to open it
   * @param uri what to connect to
   * @param listener who receives what comes
   * @param token stops the handshake, and aborts the socket
   * @return the future of the socket
   * @throws IllegalArgumentException if the URI is not one of a web socket
   * @throws NullPointerException if an argument is null
   * @dotnet ClientWebSocket.ConnectAsync(Uri, CancellationToken)
   * @since 1.0
   */
  public static CompletableFuture<WebSocket> webSocket(
      WebSocket.Builder builder, URI uri, WebSocket.Listener listener, CancellationToken token) {
    requireNonNull(builder, "builder");
    requireNonNull(uri, "uri");
    requireNonNull(listener, "listener");
    requireNonNull(token, "token");
    if (!token.canBeCanceled()) {
      return builder.buildAsync(uri, listener);
    }
    WebSocketCall call = new WebSocketCall(token, listener);
    return call.start(() -> call.open(builder, uri));
  }
}
