// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;

/** The body of a request, which a token may end while it is being sent. */
final class HttpRequestBody implements BodyPublisher {
  private final HttpCall<?> call;
  private final BodyPublisher publisher;

  HttpRequestBody(HttpCall<?> call, BodyPublisher publisher) {
    this.call = call;
    this.publisher = publisher;
  }

  @Override
  public long contentLength() {
    return publisher.contentLength();
  }

  /** Called once more where the request is sent again. */
  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    HttpBody<ByteBuffer> upload = new HttpBody<>(call, subscriber);
    call.uploading(upload);
    publisher.subscribe(upload);
  }
}
