// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.OperationCanceledException;
import desist.TimeProvider;
import desist.Timeout;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the JDK leaves to be said about stages. */
final class Stages {
  private Stages() {}

  /**
   * Completes a stage elsewhere, so that its dependents hold up nobody who cancels: on the daemon
   * threads of the core that run what is due. They are few, and more when these are blocked; the
   * default executor of stages would start a thread for each stage where there are two processors.
   */
  static void completeLater(Runnable completion) {
    TimeProvider.system().createTimer(completion, Duration.ZERO, Timeout.INFINITE);
  }

  /** Returns a future that completes as the stage does, by the same exception, and is nobody's. */
  static <T extends @Nullable Object> CompletableFuture<T> copy(CompletionStage<T> stage) {
    CompletableFuture<T> copy = new CompletableFuture<>();
    forward(stage, copy);
    return copy;
  }

  /** Has a future completed as the stage is, by its own methods. */
  static <T extends @Nullable Object> void forward(
      CompletionStage<T> stage, CompletableFuture<T> to) {
    stage.whenComplete(
        (result, failure) -> {
          if (failure == null) {
            to.complete(result);
          } else {
            to.completeExceptionally(failure);
          }
        });
  }

  /** Returns what newer JDKs wrap when {@code get} and {@code join} throw it. */
  static CancellationException bare(CancellationException e) {
    return e.getClass() == CancellationException.class
            && e.getCause() instanceof OperationCanceledException canceled
        ? canceled
        : e;
  }
}
