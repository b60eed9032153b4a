// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.OperationCanceledException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a token stops of an HTTP client: a future, and what goes on after it is done. */
abstract class HttpOperation extends LadderOperation {
  final CancellationToken token;

  // Written by abort(), in this order.
  private volatile @Nullable OperationCanceledException cause;
  private volatile boolean isAborted;

  HttpOperation(CancellationToken token) {
    this.token = token;
  }

  /** Begins, and then does what has a future; one that has failed if the token is canceled. */
  final <R> CompletableFuture<R> start(Supplier<CompletableFuture<R>> body) {
    try {
      begin(token);
    } catch (OperationCanceledException e) {
      end();
      return CompletableFuture.failedFuture(e);
    }
    try {
      return body.get();
    } catch (Throwable e) {
      end();
      throw e;
    }
  }

  /** One step, on a thread of ours, since it calls code of the user's. */
  @Override
  final List<Step> steps() {
    return List.of(Step.of(this::abort));
  }

  private void abort() {
    cause = new OperationCanceledException(token);
    isAborted = true;
    abortParts();
  }

  /** Stops whatever there is; what comes later looks at {@link #isAborted()} when it is there. */
  abstract void abortParts();

  final boolean isAborted() {
    return isAborted;
  }

  /** Returns what those are told whose part has been stopped. */
  final OperationCanceledException cause() {
    return requireNonNull(cause);
  }

  /** Returns our exception if the failure of a future comes of the token. */
  abstract @Nullable OperationCanceledException cancellation(Throwable failure);

  /** Makes one of the caller's own, also if he was told of the one that the parts were. */
  @Override
  final OperationCanceledException canceled(@Nullable Throwable own) {
    return super.canceled(own == cause ? null : own);
  }

  /** Throws our exception if what a reader is told comes of it, and does nothing otherwise. */
  final void throwIfTold(Throwable failure) {
    if (isCauseOf(failure)) {
      throw canceled(failure);
    }
  }

  /** Completes a future of ours as one of the client's has failed. */
  final void fail(CompletableFuture<?> result, Throwable thrown) {
    OperationCanceledException canceled = cancellation(bare(thrown));
    if (canceled == null) {
      result.completeExceptionally(thrown);
    } else { // which may be on the thread that stops, or while the client calls a listener
      Stages.completeLater(() -> result.completeExceptionally(canceled));
    }
  }

  /** Whether what those are told who were stopped is among the causes of a failure. */
  final boolean isCauseOf(Throwable failure) {
    Throwable told = cause;
    Throwable next = failure;
    while (next != null && next != told) {
      next = next.getCause();
    }
    return next != null;
  }

  /** Returns the failure of a future without what it comes wrapped in. */
  static Throwable bare(Throwable thrown) {
    Throwable cause = thrown.getCause();
    boolean isWrapper =
        thrown instanceof ExecutionException || thrown instanceof CompletionException;
    return isWrapper && cause != null ? cause : thrown;
  }
}
