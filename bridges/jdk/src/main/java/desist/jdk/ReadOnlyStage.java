// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A stage that only we complete: whoever is given it can read it and nothing else. */
sealed class ReadOnlyStage<T extends @Nullable Object> extends CompletableFuture<T>
    permits StageView {
  /** Completes the stage; its dependents run on this thread. */
  final boolean finish(T result) {
    return super.complete(result);
  }

  /** Completes the stage with the bare exception; its dependents run on this thread. */
  final boolean fail(Throwable failure) {
    return super.completeExceptionally(failure);
  }

  /** Returns a copy, which whoever has it may complete as he likes. */
  @Override
  public final CompletableFuture<T> toCompletableFuture() {
    return copy();
  }

  @Override
  public final CompletableFuture<T> copy() {
    return Stages.copy(this);
  }

  @Override
  public final <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }

  @Override
  public final boolean complete(T value) {
    throw refusal();
  }

  @Override
  public final boolean completeExceptionally(Throwable ex) {
    throw refusal();
  }

  @Override
  public final boolean cancel(boolean mayInterruptIfRunning) {
    throw refusal();
  }

  @Override
  public final void obtrudeValue(T value) {
    throw refusal();
  }

  @Override
  public final void obtrudeException(Throwable ex) {
    throw refusal();
  }

  @Override
  public final CompletableFuture<T> completeAsync(Supplier<? extends T> supplier) {
    throw refusal();
  }

  @Override
  public final CompletableFuture<T> completeAsync(
      Supplier<? extends T> supplier, Executor executor) {
    throw refusal();
  }

  @Override
  public final CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
    throw refusal();
  }

  @Override
  public final CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
    throw refusal();
  }

  private static UnsupportedOperationException refusal() {
    return new UnsupportedOperationException("This stage is completed by who made it alone.");
  }
}
