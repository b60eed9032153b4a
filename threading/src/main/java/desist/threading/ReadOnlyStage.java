// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A stage that only we complete: whoever is given it can read it and nothing else. */
final class ReadOnlyStage<T extends @Nullable Object> extends CompletableFuture<T> {
  /** Returns a stage that is complete already. */
  static <T extends @Nullable Object> CompletionStage<T> completed(T result) {
    ReadOnlyStage<T> stage = new ReadOnlyStage<>();
    stage.finish(result);
    return stage;
  }

  /** Returns a stage that has failed already. */
  static <T extends @Nullable Object> CompletionStage<T> failed(Throwable failure) {
    ReadOnlyStage<T> stage = new ReadOnlyStage<>();
    stage.fail(failure);
    return stage;
  }

  /** Completes the stage; its dependents run on this thread. */
  void finish(T result) {
    super.complete(result);
  }

  /** Completes the stage with the bare exception; its dependents run on this thread. */
  void fail(Throwable failure) {
    super.completeExceptionally(failure);
  }

  /** Returns a copy, which whoever has it may complete as he likes. */
  @Override
  public CompletableFuture<T> toCompletableFuture() {
    return copy();
  }

  @Override
  public CompletableFuture<T> copy() {
    CompletableFuture<T> copy = new CompletableFuture<>();
    whenComplete(
        (result, failure) -> {
          if (failure == null) {
            copy.complete(result);
          } else {
            copy.completeExceptionally(failure);
          }
        });
    return copy;
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }

  @Override
  public boolean complete(T value) {
    throw refusal();
  }

  @Override
  public boolean completeExceptionally(Throwable ex) {
    throw refusal();
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    throw refusal();
  }

  @Override
  public void obtrudeValue(T value) {
    throw refusal();
  }

  @Override
  public void obtrudeException(Throwable ex) {
    throw refusal();
  }

  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier) {
    throw refusal();
  }

  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
    throw refusal();
  }

  @Override
  public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
    throw refusal();
  }

  @Override
  public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
    throw refusal();
  }

  private static UnsupportedOperationException refusal() {
    return new UnsupportedOperationException("This stage is completed by who made it alone.");
  }
}
