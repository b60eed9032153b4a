// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The body of a response, which a token may end until it has come or is not wanted any more. */
final class HttpResponseBody<T extends @Nullable Object> extends HttpBody<List<ByteBuffer>>
    implements BodySubscriber<T> {
  private final BodySubscriber<T> receiver;

  HttpResponseBody(HttpCall<?> call, BodySubscriber<T> receiver) {
    super(call, receiver);
    this.receiver = receiver;
  }

  @Override
  public CompletionStage<T> getBody() {
    return receiver.getBody().thenApply(this::readable);
  }

  /**
   * Returns a body whose readers are told of the cancellation, where the JDK's would tell of a
   * failure. Its class is not one that anybody else can name, so that another will do as well.
   */
  @SuppressWarnings("unchecked")
  private T readable(T body) {
    if (body instanceof InputStream in && isIn(HttpClient.class.getModule(), body)) {
      return (T) new HttpInputStream(call, in);
    } else if (body instanceof Stream<?> stream && isIn(Stream.class.getModule(), body)) {
      return (T)
          StreamSupport.stream(
                  new HttpSpliterator<>(call, stream.spliterator()), stream.isParallel())
              .onClose(stream::close);
    }
    return body;
  }

  private static boolean isIn(Module module, Object body) {
    return body.getClass().getModule() == module;
  }
}
