// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import desist.OperationCanceledException;
import java.nio.channels.AsynchronousChannel;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The handler of an asynchronous operation, which is stopped by closing its channel. */
final class ChannelOperation<T extends @Nullable Object, A extends @Nullable Object>
    implements CompletionHandler<T, A> {
  /*
   * Overview
   *
   * The operation begins before the channel's own and ends before the handler is called, on the
   * channel's thread. That waits for a close that is under way, since whoever is told of a result
   * may use the channel again, under another token. Closing a channel waits for no handler, so
   * neither waits for ever.
   */

  private final Closing closing;
  private final CompletionHandler<T, A> handler;

  private ChannelOperation(Closing closing, CompletionHandler<T, A> handler) {
    this.closing = closing;
    this.handler = handler;
  }

  /** Starts an operation; nothing is left behind if that throws. */
  static <T extends @Nullable Object, A extends @Nullable Object> void start(
      AsynchronousChannel channel,
      Consumer<CompletionHandler<T, A>> body,
      CompletionHandler<T, A> handler,
      CancellationToken token) {
    if (!token.canBeCanceled()) {
      body.accept(handler);
      return;
    }
    Closing closing = new Closing(channel);
    try {
      closing.begin(token);
      body.accept(new ChannelOperation<>(closing, handler));
    } catch (Throwable e) {
      closing.end();
      throw e;
    }
  }

  /** Starts an operation that completes a future. */
  static <T extends @Nullable Object> CompletableFuture<T> future(
      AsynchronousChannel channel,
      Consumer<CompletionHandler<T, @Nullable Void>> body,
      CancellationToken token) {
    CompletableFuture<T> future = new CompletableFuture<>();
    try {
      start(channel, body, new Completion<>(future), token);
    } catch (OperationCanceledException e) {
      future.completeExceptionally(e);
    }
    return future;
  }

  @Override
  public void completed(T result, A attachment) {
    closing.end();
    handler.completed(result, attachment);
  }

  @Override
  public void failed(Throwable failure, A attachment) {
    closing.end();
    handler.failed(closing.isCauseOf(failure) ? closing.canceled(failure) : failure, attachment);
  }

  /** Completes a future. */
  private record Completion<T extends @Nullable Object>(CompletableFuture<T> future)
      implements CompletionHandler<T, @Nullable Void> {
    @Override
    public void completed(T result, @Nullable Void attachment) {
      if (!future.complete(result) && result instanceof AutoCloseable late) {
        try {
          late.close(); // a connection or a lock, which nobody waits for any more
        } catch (Exception e) {
          // Nobody is left to be told.
        }
      }
    }

    @Override
    public void failed(Throwable failure, @Nullable Void attachment) {
      future.completeExceptionally(failure);
    }
  }
}
