// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.OperationCanceledException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.AsynchronousChannel;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileLock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asynchronous input and output on channels that belong to the caller, so that the token may close
 * them. What {@link Owned} is for calls that block.
 *
 * <p>If the token is canceled while an operation runs its channel is closed, on a thread of this
 * library, and the operation ends by that. It then fails with the bare {@link
 * OperationCanceledException}, unless it has a result nevertheless. So the buffer is at the
 * caller's disposal again when the future is complete, or the handler called. Which failures are
 * due to the token is told in {@link Owned}.
 *
 * <p>A future completes where the channel's group calls its handlers, never on the thread that
 * cancels. Its reader may complete it earlier, by canceling it or by a time-out. That gives up what
 * the operation delivers and stops neither it nor the channel: a connection that is accepted later
 * is closed, and a lock released. To wait for a future call {@link CompletionStages#get
 * CompletionStages.get}.
 *
 * {@snippet lang = java:
 * OwnedChannels.read(channel, buffer, token)
 *     .thenAccept(count -> parse(buffer.flip()));
 * }
 *
 * @dotnet none
 * @since 1.0
 */
public final class OwnedChannels {
  private OwnedChannels() {}

  /**
   * Connects a channel.
   *
   * @param channel what to connect
   * @param remote where to
   * @param token closes the channel
   * @return completes when the channel is connected
   * @throws java.nio.channels.AlreadyConnectedException if it is connected
   * @throws java.nio.channels.ConnectionPendingException if it is being connected
   * @throws java.nio.channels.UnresolvedAddressException if the address is not resolved
   * @throws NullPointerException if an argument is null
   * @dotnet Socket.ConnectAsync(EndPoint, CancellationToken)
   * @since 1.0
   */
  public static CompletableFuture<@Nullable Void> connect(
      AsynchronousSocketChannel channel, SocketAddress remote, CancellationToken token) {
    requireNonNull(channel, "channel");
    requireNonNull(remote, "remote");
    requireNonNull(token, "token");
    return ChannelOperation.<@Nullable Void>future(
        channel, handler -> channel.connect(remote, null, handler), token);
  }

  /**
   * Accepts a connection.
   *
   * @param channel what to accept it by
   * @param token closes {@code channel}, and not what was accepted
   * @return completes with the channel of the connection
   * @throws java.nio.channels.AcceptPendingException if another call is accepting
   * @throws java.nio.channels.NotYetBoundException if the channel has no address
   * @throws NullPointerException if an argument is null
   * @dotnet Socket.AcceptAsync(CancellationToken)
   * @since 1.0
   */
  public static CompletableFuture<AsynchronousSocketChannel> accept(
      AsynchronousServerSocketChannel channel, CancellationToken token) {
    requireNonNull(channel, "channel");
    requireNonNull(token, "token");
    return ChannelOperation.future(channel, handler -> channel.accept(null, handler), token);
  }

  /**
   * Reads from a connection.
   *
   * @param channel where to read from
   * @param target where to put what is read; not to be touched before the end
   * @param token closes the channel
   * @return completes with the number of bytes; -1 if there will be no more
   * @throws java.nio.channels.ReadPendingException if another call is reading
   * @throws java.nio.channels.NotYetConnectedException if the channel is not connected
   * @throws NullPointerException if an argument is null
   * @dotnet Stream.ReadAsync(Memory, CancellationToken)
   * @since 1.0
   */
  public static CompletableFuture<Integer> read(
      AsynchronousByteChannel channel, ByteBuffer target, CancellationToken token) {
    requireNonNull(channel, "channel");
    requireNonNull(target, "target");
    requireNonNull(token, "token");
    return ChannelOperation.future(channel, handler -> channel.read(target, null, handler), token);
  }

  /**
   * Writes to a connection.
   *
   * @param channel where to write to
   * @param source what to write; not to be touched before the end
   * @param token closes the channel
   * @return completes with the number of bytes, which may be fewer than there are
   * @throws java.nio.channels.WritePendingException if another call is writing
   * @throws java.nio.channels.NotYetConnectedException if the channel is not connected
   * @throws NullPointerException if an argument is null
   * @dotnet Stream.WriteAsync(ReadOnlyMemory, CancellationToken)
   * @since 1.0
   */
  public static CompletableFuture<Integer> write(
      AsynchronousByteChannel channel, ByteBuffer source, CancellationToken token) {
    requireNonNull(channel, "channel");
    requireNonNull(source, "source");
    requireNonNull(token, "token");
    return ChannelOperation.future(channel, handler -> channel.write(source, null, handler), token);
  }

  /**
   * Reads from a file.
   *
   * @param channel where to read from
   * @param target where to put what is read; not to be touched before the end
   * @param position where in the file to begin
   * @param token closes the channel
   * @return completes with the number of bytes; -1 if the file ends before
   * @throws IllegalArgumentException if the position is negative, or the buffer cannot be written
   * @throws java.nio.channels.NonReadableChannelException if the channel is not open for reading
   * @throws NullPointerException if an argument is null
   * @dotnet RandomAccess.ReadAsync(SafeFileHandle, Memory, long, CancellationToken)
   * @since 1.0
   */
  public static CompletableFuture<Integer> read(
      AsynchronousFileChannel channel, ByteBuffer target, long position, CancellationToken token) {
    requireNonNull(channel, "channel");
    requireNonNull(target, "target");
    requireNonNull(token, "token");
    return ChannelOperation.future(
        channel, handler -> channel.read(target, position, null, handler), token);
  }

  /**
   * Writes to a file.
   *
   * @param channel where to write to
   * @param source what to write; not to be touched before the end
   * @param position where in the file to begin
   * @param token closes the channel
   * @return completes with the number of bytes, which may be fewer than there are
   * @throws IllegalArgumentException if the position is negative
   * @throws java.nio.channels.NonWritableChannelException if the channel is not open for writing
   * @throws NullPointerException if an argument is null
   * @dotnet RandomAccess.WriteAsync(SafeFileHandle, ReadOnlyMemory, long, CancellationToken)
   * @since 1.0
   */
  public static CompletableFuture<Integer> write(
      AsynchronousFileChannel channel, ByteBuffer source, long position, CancellationToken token) {
    requireNonNull(channel, "channel");
    requireNonNull(source, "source");
    requireNonNull(token, "token");
    return ChannelOperation.future(
        channel, handler -> channel.write(source, position, null, handler), token);
  }

  /**
   * Acquires an exclusive lock on a whole file.
   *
   * @param channel a channel of the file, open for writing
   * @param token closes the channel
   * @return completes with the lock
   * @throws java.nio.channels.OverlappingFileLockException if this process has such a lock already
   * @throws java.nio.channels.NonWritableChannelException if the channel is not open for writing
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static CompletableFuture<FileLock> lock(
      AsynchronousFileChannel channel, CancellationToken token) {
    requireNonNull(channel, "channel");
    requireNonNull(token, "token");
    return ChannelOperation.future(channel, handler -> channel.lock(null, handler), token);
  }

  /**
   * Starts any operation that tells a handler of its end.
   *
   * <p>The body is given a handler that passes on to yours, and starts one operation of the channel
   * with it. What the body throws is thrown, and nothing is started then.
   *
   * {@snippet lang = java:
   * OwnedChannels.start(
   *     channel, ending -> channel.read(buffer, 5, SECONDS, session, ending), this, token);
   * }
   *
   * @param <T> the type of the result
   * @param <A> the type of what the operation is given for its handler
   * @param channel what is closed
   * @param body starts the operation
   * @param handler who is told of the end; of the token by an {@link OperationCanceledException}
   * @param token closes the channel
   * @throws OperationCanceledException if cancellation was requested before; the body is not run
   *     and the handler not called then
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <T extends @Nullable Object, A extends @Nullable Object> void start(
      AsynchronousChannel channel,
      Consumer<CompletionHandler<T, A>> body,
      CompletionHandler<T, A> handler,
      CancellationToken token) {
    requireNonNull(channel, "channel");
    requireNonNull(body, "body");
    requireNonNull(handler, "handler");
    requireNonNull(token, "token");
    ChannelOperation.start(channel, body, handler, token);
  }
}
