// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.OperationCanceledException;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Input and output on what belongs to the caller, so that the token may close it: sockets, server
 * sockets, datagram sockets, channels, pipes, selectors. {@link OwnedChannels} is the same for
 * asynchronous channels.
 *
 * <p>If the token is canceled while a body runs, the resource is closed, which is what ends a body
 * that waits for it. It stays closed, also if the body has a result nevertheless, which is
 * returned. So never pass what others use as well, such as a {@code FileChannel} that is shared:
 * {@link Shared} is for that. Closing does not wake who reads from a {@link
 * java.io.FileInputStream} or from a process, which has to end for that, nor a virtual thread that
 * waits for the lock of a file.
 *
 * <p>The body failed because of the token if the token has closed the resource, and what the body
 * throws, or one of its causes, is one of these:
 *
 * <ul>
 *   <li>a {@link java.nio.channels.ClosedChannelException}, but for a {@link
 *       java.nio.channels.ClosedByInterruptException}
 *   <li>a {@link java.nio.channels.ClosedSelectorException}
 *   <li>a {@link java.net.SocketException} or an {@link IOException} itself, but not one of their
 *       other subclasses: a time-out, or a connection that is refused, stays what it is
 * </ul>
 *
 * <p>A read of an {@code SSLSocket} that is closed fails with nothing at all: it returns -1, as it
 * does where the peer has ended the stream. That is a result. So look at the token when such a
 * stream ends.
 *
 * <p>The resource is closed on a thread of this library, since that may block. The call waits for
 * it, two seconds at most, but whoever cancels does not.
 *
 * {@snippet lang = java:
 * int count = Owned.call(socket, () -> socket.getInputStream().read(buffer), token);
 * }
 *
 * @dotnet none
 * @since 1.0
 */
public final class Owned {
  private Owned() {}

  /**
   * Runs a body that has a result.
   *
   * <p>An interrupt is the body's affair: a channel is closed by it, a socket is not.
   *
   * @param <T> the type of the result
   * @param resource what the body waits for
   * @param body what to run
   * @param token closes the resource
   * @return the body's result
   * @throws IOException if the body throws it, and not because of the token
   * @throws OperationCanceledException if the body has failed because of the token, or cancellation
   *     was requested before it began; the resource is left open then
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <T extends @Nullable Object> T call(
      Closeable resource, IoCallable<T> body, CancellationToken token) throws IOException {
    requireNonNull(resource, "resource");
    requireNonNull(body, "body");
    requireNonNull(token, "token");
    if (!token.canBeCanceled()) {
      return body.call();
    }
    Closing closing = new Closing(resource);
    try {
      closing.begin(token);
      return body.call();
    } catch (Throwable e) {
      closing.end();
      if (closing.isCauseOf(e)) {
        throw closing.canceled(e);
      }
      throw e;
    } finally {
      closing.end();
    }
  }

  /**
   * Runs a body that has no result.
   *
   * <p>Otherwise as {@link #call}.
   *
   * @param resource what the body waits for
   * @param body what to run
   * @param token closes the resource
   * @throws IOException if the body throws it, and not because of the token
   * @throws OperationCanceledException if the body has failed because of the token, or cancellation
   *     was requested before it began; the resource is left open then
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static void run(Closeable resource, IoRunnable body, CancellationToken token)
      throws IOException {
    requireNonNull(body, "body");
    Owned.<@Nullable Void>call(
        resource,
        () -> {
          body.run();
          return null;
        },
        token);
  }
}
