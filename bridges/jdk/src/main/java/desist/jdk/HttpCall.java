// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import desist.OperationCanceledException;
import desist.Timeout;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A request and its response, which a token may stop until the response's body has come or is not
 * wanted any more.
 *
 * @param <T> the type of the body
 */
final class HttpCall<T extends @Nullable Object> extends HttpOperation {
  /*
   * Overview
   *
   * What the token stops has three parts, which come one after another: the body of the request on
   * its way up, the exchange as a whole, whose future is done when the response is handed out, and
   * the body of the response, which may go on after that.
   *
   * Once the response's body has a receiver it is the body that is stopped, and not the exchange.
   * That decides who wins: a body that has ended by then is not touched, and of any other the
   * receiver is told of the cancellation, and not of what the client says of a canceled exchange,
   * which differs between JDKs. And to cancel an exchange that is about to end has been seen to hit
   * one that had its connection next (JDK 17).
   *
   * The body of the request is stopped besides: with HTTP/2, canceling the exchange does not reach
   * its publisher.
   *
   * A response may come just when nobody waits for it any more, because of an interrupt or because
   * the caller has canceled his future. Its body is canceled then, as nobody else would do it.
   *
   * Why nothing is missed: each part is stored first and isAborted() looked at after; abort does it
   * the other way round. Likewise the registration is taken off by whoever comes last of the
   * response and its body: each tells of its own end first and then looks at the other's.
   */

  /**
   * How much longer a time-out of the client's is than the time that the token has left, so that
   * the token comes first. On JDK 17 the client's may close the connection of a response that comes
   * just then, and does not say that it was a time-out.
   */
  private static final Duration HEAD_START = Duration.ofSeconds(1);

  /** A time-out that is too long overflows. */
  private static final Duration MOST = Duration.ofDays(365);

  // Each written by the caller's thread, or one of the client's, and read by who aborts.
  private volatile @Nullable HttpBody<ByteBuffer> upload;
  private volatile @Nullable CompletableFuture<?> exchange;
  private volatile @Nullable HttpBody<List<ByteBuffer>> download;

  private volatile boolean isResponseThere;

  // Whether a time-out of the client's means that the token's time is over. Written before the
  // request is sent.
  private boolean isTimeOurs;
  private boolean isTimeToConnectOurs;

  HttpCall(CancellationToken token) {
    super(token);
  }

  /** Sends the request; to cancel the future, or a stage of it, cancels the exchange. */
  CompletableFuture<HttpResponse<T>> send(
      HttpClient client, HttpRequest request, BodyHandler<T> handler) {
    CompletableFuture<HttpResponse<T>> sent =
        client.sendAsync(governed(client, request), response -> download(handler.apply(response)));
    exchange = sent;
    if (isAborted()) {
      abortParts();
    }
    return sent;
  }

  /** Waits for the response. */
  HttpResponse<T> await(CompletableFuture<HttpResponse<T>> sent)
      throws IOException, InterruptedException {
    try {
      HttpResponse<T> response = sent.get();
      responded();
      return response;
    } catch (InterruptedException e) {
      if (!sent.cancel(true)) {
        abandonBody(); // the response has come just now
      }
      throw e;
    } catch (ExecutionException | CancellationException e) {
      end();
      Throwable failure = bare(e);
      OperationCanceledException canceled = cancellation(failure);
      if (canceled != null) {
        throw canceled;
      }
      throw HttpFailures.asOfSend(failure);
    }
  }

  /** Returns a future for the caller, which ends as the exchange does. */
  CompletableFuture<HttpResponse<T>> whenResponded(CompletableFuture<HttpResponse<T>> sent) {
    CompletableFuture<HttpResponse<T>> result = sent.newIncompleteFuture();
    sent.whenComplete(
        (response, thrown) -> {
          if (thrown == null) {
            responded();
            if (!result.complete(response)) {
              abandonBody();
            }
          } else {
            detach();
            fail(result, thrown);
          }
        });
    return result;
  }

  /** Told of a body that is going up; once more where the request is sent again. */
  void uploading(HttpBody<ByteBuffer> body) {
    upload = body;
    if (isAborted()) {
      body.abort();
    }
  }

  /** Told by a body that has come, failed, or is not wanted any more. */
  void bodyEnded() {
    HttpBody<?> body = download;
    if (isResponseThere && (body == null || body.isOver())) {
      detach();
    }
  }

  @Override
  void abortParts() {
    HttpBody<?> down = download;
    HttpBody<?> up = upload;
    CompletableFuture<?> future = exchange;
    try {
      if (down != null) {
        down.abort(); // throws what its receiver throws
      }
    } finally {
      if (future != null && (down == null || down.isClosed())) {
        future.cancel(down == null); // with a body it is only told
      }
      if (up != null) {
        up.abort();
      }
    }
  }

  @Override
  @Nullable OperationCanceledException cancellation(Throwable failure) {
    if (isAborted() && (failure instanceof CancellationException || isStopped(failure))) {
      return canceled(failure);
    } else if (failure instanceof HttpTimeoutException && isOurs(failure)) {
      return expired(failure);
    }
    return null;
  }

  /** Whether a failure of the exchange tells that one of its bodies was stopped. */
  private boolean isStopped(Throwable failure) {
    return isCauseOf(failure) || isClosed(download) || isClosed(upload);
  }

  private static boolean isClosed(@Nullable HttpBody<?> body) {
    return body != null && body.isClosed();
  }

  /** Ends a body that nobody is going to read, since nobody has got the response. */
  private void abandonBody() {
    HttpBody<?> body = download;
    if (body != null) {
      body.abandon();
    }
  }

  private void responded() {
    isResponseThere = true;
    bodyEnded();
  }

  private BodySubscriber<T> download(BodySubscriber<T> receiver) {
    HttpResponseBody<T> body = new HttpResponseBody<>(this, receiver);
    download = body;
    if (isAborted()) {
      body.abort();
    }
    return body;
  }

  /** Returns the request with what the token needs to govern it. */
  private HttpRequest governed(HttpClient client, HttpRequest request) {
    Optional<BodyPublisher> body = request.bodyPublisher();
    Duration left = token.remaining().orElse(Timeout.INFINITE);
    Duration limit = left.compareTo(MOST) < 0 ? left.plus(HEAD_START) : Timeout.INFINITE;
    boolean isLimited = limit.compareTo(request.timeout().orElse(MOST)) < 0;
    if (!isLimited && body.isEmpty()) {
      return request;
    }
    HttpRequest.Builder governed = HttpRequest.newBuilder(request, (name, value) -> true);
    if (isLimited) {
      governed.timeout(limit);
      isTimeOurs = true;
      isTimeToConnectOurs = limit.compareTo(client.connectTimeout().orElse(MOST)) < 0;
    }
    body.ifPresent(
        publisher -> governed.method(request.method(), new HttpRequestBody(this, publisher)));
    return governed.build();
  }

  private boolean isOurs(Throwable timeout) {
    return timeout instanceof HttpConnectTimeoutException ? isTimeToConnectOurs : isTimeOurs;
  }

  /**
   * Makes the exception for the time that the token had left, which the client measured as well.
   */
  private OperationCanceledException expired(Throwable timeout) {
    Throwable reason = token.reason();
    OperationCanceledException canceled =
        new OperationCanceledException(
            null, reason == null ? new TimeoutException(timeout.getMessage()) : reason, token);
    canceled.addSuppressed(timeout);
    return canceled;
  }
}
