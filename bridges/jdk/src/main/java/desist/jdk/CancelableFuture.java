// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A future whose computation stops when the future, or what was made from it, is given up. */
final class CancelableFuture<T extends @Nullable Object> extends CompletableFuture<T> {
  /*
   * Overview
   *
   * The future of the computation and everything that is made from it, directly or over others,
   * share one source, whose token the computation has. Whoever completes one of them from outside has
   * no use for the computation, and cancels it. The JDK completes dependents by other ways than the
   * public methods, so these are called from outside only: by users, and by orTimeout and
   * completeOnTimeout when the time is over. What completeAsync is given would be completed by such
   * another way, and is made to go through them.
   *
   * When the computation has ended the source is closed first and the future completed then, so that
   * whoever has the result finds nothing left on the caller's token.
   *
   * Not done: counting dependents, and canceling when all have been given up. A dependent that nobody
   * looks at, such as a whenComplete that logs, would keep the computation alive.
   */

  private final CancellationTokenSource source; // closed when the computation has ended
  private final CancellationToken token;

  private CancelableFuture(CancellationTokenSource source, CancellationToken token) {
    this.source = source;
    this.token = token;
  }

  /** Starts a computation in an executor; null means where stages run by default. */
  static <T extends @Nullable Object> CompletableFuture<T> start(
      CancelableCallable<T> body, @Nullable Executor executor, CancellationToken token) {
    CancellationTokenSource source = CancellationTokenSource.createLinkedTokenSource(token);
    CancelableFuture<T> future = new CancelableFuture<>(source, source.token());
    if (token.isCancellationRequested()) {
      future.fail(new OperationCanceledException(token));
    } else {
      new Work<>(future, body, token).start(executor == null ? future.defaultExecutor() : executor);
    }
    return future;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean isMine = fail(new OperationCanceledException(token));
    if (isMine) {
      source.tryCancel();
    }
    return isMine || isCancelled();
  }

  @Override
  public boolean complete(T value) {
    boolean isMine = super.complete(value);
    if (isMine) {
      source.tryCancel();
    }
    return isMine;
  }

  /** Completes the future; the exception becomes the reason of the cancellation. */
  @Override
  public boolean completeExceptionally(Throwable ex) {
    boolean isMine = fail(ex);
    if (isMine) {
      stopBecause(ex);
    }
    return isMine;
  }

  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
    Stages.forward(new CompletableFuture<T>().completeAsync(supplier, executor), this);
    return this;
  }

  @Override
  public void obtrudeValue(T value) {
    super.obtrudeValue(value);
    source.tryCancel();
  }

  @Override
  public void obtrudeException(Throwable ex) {
    super.obtrudeException(ex);
    stopBecause(ex);
  }

  private void stopBecause(Throwable reason) {
    try {
      source.cancelBecause(reason);
    } catch (ObjectDisposedException e) {
      // the computation has ended meanwhile
    }
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
    return new CancelableFuture<>(source, token);
  }

  /** Returns a copy that stops nothing. */
  @Override
  public CompletableFuture<T> copy() {
    return Stages.copy(this);
  }

  private void finish(T result) {
    source.close();
    super.complete(result);
  }

  private void finishExceptionally(Throwable failure) {
    source.close();
    fail(failure);
  }

  private boolean fail(Throwable failure) {
    return super.completeExceptionally(failure);
  }

  /** The computation: it completes the future, and is itself looked at by nobody. */
  static final class Work<T extends @Nullable Object> extends QueuedTask<@Nullable Object> {
    private final CancelableFuture<T> future;
    private final CancellationToken given;

    Work(CancelableFuture<T> future, CancelableCallable<T> body, CancellationToken given) {
      super(
          () -> {
            compute(future, body, given);
            return null;
          },
          future.token);
      this.future = future;
      this.given = given;
    }

    private static <T extends @Nullable Object> void compute(
        CancelableFuture<T> future, CancelableCallable<T> body, CancellationToken given) {
      try {
        future.finish(body.call(future.token));
      } catch (OperationCanceledException e) {
        future.finishExceptionally(
            e.token() == future.token && given.isCancellationRequested() ? byCaller(e, given) : e);
      } catch (Throwable e) {
        future.finishExceptionally(e);
      }
    }

    /** Tells the caller of his own token; the body has seen another, linked to it. */
    private static Throwable byCaller(OperationCanceledException e, CancellationToken given) {
      OperationCanceledException canceled = new OperationCanceledException(given);
      canceled.addSuppressed(e);
      return canceled;
    }

    @Override
    protected void done() {
      super.done();
      future.source.close();
      if (!hasBegun() && !future.isDone()) {
        CancellationToken cause = given.isCancellationRequested() ? given : future.token;
        Stages.completeLater(() -> future.fail(new OperationCanceledException(cause)));
      }
    }
  }
}
