// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import desist.CancellationToken;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * {@link CompletableFuture} and {@link CompletionStage} with a token.
 *
 * <p>A stage that a token completes is completed by an {@link desist.OperationCanceledException}
 * with that token, and so {@link CompletableFuture#isCancelled() is canceled}; what depends on it
 * fails with a {@link java.util.concurrent.CompletionException} round that exception. Dependents
 * never run on the thread that cancels, but on a daemon thread of this library, so that the stage
 * may complete a moment after the cancellation.
 *
 * <p>All methods are safe to call from any thread at any time.
 *
 * @dotnet none
 * @since 1.0
 */
public final class CompletionStages {
  private CompletionStages() {}

  /**
   * Starts a computation that is given a token, in the executor that asynchronous stages use by
   * default. Otherwise as {@link #supplyAsync(CancelableCallable, Executor, CancellationToken)}.
   *
   * {@snippet lang = java:
   * var pages = CompletionStages.supplyAsync(stop -> crawl(site, stop), token).thenApply(this::rank);
   * pages.cancel(false); // stops crawl
   * }
   *
   * @param <T> the type of the result
   * @param body what to compute
   * @param token what stops it, besides its future; {@link CancellationToken#none()} if nothing
   * @return the computation's future
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Run(Func, CancellationToken)
   * @since 1.0
   */
  public static <T extends @Nullable Object> CompletableFuture<T> supplyAsync(
      CancelableCallable<T> body, CancellationToken token) {
    requireNonNull(body, "body");
    requireNonNull(token, "token");
    return CancelableFuture.start(body, null, token);
  }

  /**
   * Starts a computation that is given a token.
   *
   * <p>The computation's token is canceled as soon as
   *
   * <ul>
   *   <li>{@code token} is,
   *   <li>the returned future, or one made from it, directly or over others, is canceled,
   *   <li>one of these is completed by somebody else before it completes by itself, a time-out
   *       ({@link CompletableFuture#orTimeout}) included. The exception, if it is completed by one,
   *       is the token's reason.
   * </ul>
   *
   * So it is stopped for all who have one of these futures, whoever of them gives up. A {@link
   * CompletableFuture#copy()} and what is made from that stops nothing. Of several futures that are
   * combined, it is the one whose method was called that the result was made from; {@code allOf} of
   * any and {@code anyOf} of several are made from none.
   *
   * <p>The token does not interrupt; a body that blocks where only interrupts help calls {@link
   * Interruption}. The future completes when the body ends, by the exception that it throws; if
   * that says that {@code token} was the cause, by one that has {@code token}. If the token is
   * canceled before the body begins it will not begin, and leaves the queue of a {@link
   * java.util.concurrent.ThreadPoolExecutor}. A future that is canceled by its own method is done
   * at once, with an {@link desist.OperationCanceledException}, though the body may run on.
   *
   * @param <T> the type of the result
   * @param body what to compute
   * @param executor who runs it
   * @param token what stops it, besides its future; {@link CancellationToken#none()} if nothing
   * @return the computation's future
   * @throws java.util.concurrent.RejectedExecutionException if the executor refuses the body
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Run(Func, CancellationToken)
   * @since 1.0
   */
  public static <T extends @Nullable Object> CompletableFuture<T> supplyAsync(
      CancelableCallable<T> body, Executor executor, CancellationToken token) {
    requireNonNull(body, "body");
    requireNonNull(executor, "executor");
    requireNonNull(token, "token");
    return CancelableFuture.start(body, executor, token);
  }

  /**
   * Starts a computation without a result, in the executor that asynchronous stages use by default.
   * Otherwise as {@link #supplyAsync(CancelableCallable, Executor, CancellationToken)}.
   *
   * @param body what to do
   * @param token what stops it, besides its future; {@link CancellationToken#none()} if nothing
   * @return the computation's future
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Run(Action, CancellationToken)
   * @since 1.0
   */
  public static CompletableFuture<@Nullable Void> runAsync(
      CancelableRunnable body, CancellationToken token) {
    requireNonNull(body, "body");
    return supplyAsync(withoutResult(body), token);
  }

  /**
   * Starts a computation without a result. Otherwise as {@link #supplyAsync(CancelableCallable,
   * Executor, CancellationToken)}.
   *
   * @param body what to do
   * @param executor who runs it
   * @param token what stops it, besides its future; {@link CancellationToken#none()} if nothing
   * @return the computation's future
   * @throws java.util.concurrent.RejectedExecutionException if the executor refuses the body
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Run(Action, CancellationToken)
   * @since 1.0
   */
  public static CompletableFuture<@Nullable Void> runAsync(
      CancelableRunnable body, Executor executor, CancellationToken token) {
    requireNonNull(body, "body");
    return supplyAsync(withoutResult(body), executor, token);
  }

  private static CancelableCallable<@Nullable Void> withoutResult(CancelableRunnable body) {
    return token -> {
      body.run(token);
      return null;
    };
  }

  /**
   * Returns a view of a stage: it completes as the stage does, unless the token is canceled before.
   *
   * <p>The stage itself goes on, whatever becomes of the view. A view that has completed has left
   * nothing behind on the token; and nothing on the stage, however long that lives, but one
   * dependent that all its views share.
   *
   * <p>The view of a stage that is complete is complete as well, also if the token has been
   * canceled.
   *
   * @param <T> the type of the result
   * @param stage the stage
   * @param token what completes the view earlier
   * @return the view, which its reader cannot complete; the stage itself if the token cannot end it
   *     earlier
   * @throws NullPointerException if an argument is null
   * @dotnet Task.WaitAsync(CancellationToken)
   * @since 1.0
   */
  public static <T extends @Nullable Object> CompletionStage<T> withCancellation(
      CompletionStage<T> stage, CancellationToken token) {
    requireNonNull(stage, "stage");
    requireNonNull(token, "token");
    return needsNoToken(stage, token) ? stage : StageView.of(stage, token);
  }

  /**
   * Waits until a stage is complete or the token is canceled, and returns the result.
   *
   * <p>The stage itself goes on when the wait ends early, and nothing is left behind on it but the
   * one dependent that its {@linkplain #withCancellation views} share. If it is a {@link
   * CompletableFuture} and complete, neither an interrupt nor the token is looked at.
   *
   * @param <T> the type of the result
   * @param stage the stage
   * @param token what ends the wait
   * @return the result
   * @throws desist.OperationCanceledException if the token is canceled first
   * @throws CancellationException if the stage was canceled
   * @throws ExecutionException if the stage was completed by an exception, which is the cause
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Wait(CancellationToken)
   * @since 1.0
   */
  public static <T extends @Nullable Object> T get(
      CompletionStage<T> stage, CancellationToken token)
      throws InterruptedException, ExecutionException {
    requireNonNull(stage, "stage");
    requireNonNull(token, "token");
    try {
      return needsNoToken(stage, token)
          ? stage.toCompletableFuture().get()
          : StageView.get(stage, token);
    } catch (CancellationException e) {
      throw Stages.bare(e);
    }
  }

  /**
   * Waits until a stage is complete, the token is canceled or the time is over. Otherwise as {@link
   * #get(CompletionStage, CancellationToken)}.
   *
   * @param <T> the type of the result
   * @param stage the stage
   * @param timeout how long to wait
   * @param token what ends the wait
   * @return the result
   * @throws desist.OperationCanceledException if the token is canceled first
   * @throws TimeoutException if the time is over first
   * @throws CancellationException if the stage was canceled
   * @throws ExecutionException if the stage was completed by an exception, which is the cause
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Wait(TimeSpan, CancellationToken)
   * @since 1.0
   */
  public static <T extends @Nullable Object> T get(
      CompletionStage<T> stage, Duration timeout, CancellationToken token)
      throws InterruptedException, ExecutionException, TimeoutException {
    requireNonNull(stage, "stage");
    long nanos = NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
    requireNonNull(token, "token");
    try {
      return needsNoToken(stage, token)
          ? stage.toCompletableFuture().get(nanos, NANOSECONDS)
          : StageView.get(stage, nanos, token);
    } catch (CancellationException e) {
      throw Stages.bare(e);
    }
  }

  /**
   * Waits until a stage is complete or the token is canceled, without regard to interrupts, and
   * returns the result. The flag of an interrupt is kept.
   *
   * <p>The stage itself goes on when the wait ends early, and nothing is left behind on it but the
   * one dependent that its {@linkplain #withCancellation views} share.
   *
   * @param <T> the type of the result
   * @param stage the stage
   * @param token what ends the wait
   * @return the result
   * @throws desist.OperationCanceledException if the token is canceled first
   * @throws CancellationException if the stage was canceled
   * @throws java.util.concurrent.CompletionException if the stage was completed by an exception,
   *     which is the cause
   * @throws NullPointerException if an argument is null
   * @dotnet Task.Wait(CancellationToken)
   * @since 1.0
   */
  public static <T extends @Nullable Object> T join(
      CompletionStage<T> stage, CancellationToken token) {
    requireNonNull(stage, "stage");
    requireNonNull(token, "token");
    try {
      return needsNoToken(stage, token)
          ? stage.toCompletableFuture().join()
          : StageView.join(stage, token);
    } catch (CancellationException e) {
      throw Stages.bare(e);
    }
  }

  /**
   * Whether the token can end nothing that has not ended by itself. Not every CompletableFuture can
   * be asked: a minimal stage is one, and refuses.
   */
  private static boolean needsNoToken(CompletionStage<?> stage, CancellationToken token) {
    return !token.canBeCanceled()
        || (stage.getClass() == CompletableFuture.class && ((CompletableFuture<?>) stage).isDone());
  }

  /**
   * Returns a stage that completes when cancellation of the token is requested.
   *
   * <p>It is a registration on the token, and stays there until the token is canceled or its source
   * closed. To have another stage end by a token, take {@link #withCancellation}, which leaves
   * nothing behind.
   *
   * @param token the token
   * @return a stage that completes without a result; never if the token cannot be canceled, or if
   *     its source is closed first. Its reader cannot complete it
   * @throws NullPointerException if {@code token} is null
   * @dotnet none
   * @since 1.0
   */
  public static CompletionStage<@Nullable Void> whenCanceled(CancellationToken token) {
    requireNonNull(token, "token");
    ReadOnlyStage<@Nullable Void> stage = new ReadOnlyStage<>();
    if (token.isCancellationRequested()) {
      stage.finish(null);
    } else {
      token.register(() -> stage.finish(null), Stages::completeLater);
    }
    return stage;
  }
}
