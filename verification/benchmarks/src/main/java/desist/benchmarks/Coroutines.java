// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import java.util.concurrent.Callable;
import kotlin.ResultKt;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.ContinuationImpl;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineScope;
import kotlinx.coroutines.CoroutineScopeKt;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.Deferred;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.GlobalScope;
import org.jspecify.annotations.Nullable;

/** What a user of kotlinx-coroutines writes, in the form that Kotlin's compiler gives it. */
final class Coroutines {
  private Coroutines() {}

  /** {@code async(Dispatchers.Default) { ensureActive(); body() }}. */
  static <T> Deferred<T> async(Callable<T> body) {
    return async(GlobalScope.INSTANCE, body);
  }

  private static <T> Deferred<T> async(CoroutineScope in, Callable<T> body) {
    return BuildersKt.async(
        in,
        Dispatchers.getDefault(),
        CoroutineStart.DEFAULT,
        (scope, end) -> {
          CoroutineScopeKt.ensureActive(scope);
          try {
            return body.call();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** {@code runBlocking { task.await() }}. */
  static <T> T join(Deferred<T> task) throws InterruptedException {
    return BuildersKt.runBlocking(EmptyCoroutineContext.INSTANCE, (scope, end) -> task.await(end));
  }

  /** {@code async(context) { val before = task.await(); body.run(); before }}. */
  static <T> Deferred<T> next(Deferred<T> task, CoroutineContext context, Runnable body) {
    return BuildersKt.async(
        GlobalScope.INSTANCE,
        context,
        CoroutineStart.DEFAULT,
        (scope, end) -> new Next(task, body, end).invokeSuspend(Unit.INSTANCE));
  }

  /**
   * {@code runBlocking(Dispatchers.Default) { repeat(times) { async(Dispatchers.Default) { body() }
   * .await() } }}.
   */
  static void awaitInTurn(int times, Callable<?> body) throws InterruptedException {
    BuildersKt.runBlocking(
        Dispatchers.getDefault(),
        (scope, end) -> new InTurn(scope, times, body, end).invokeSuspend(Unit.INSTANCE));
  }

  /** The state machine of {@link #next}. */
  @SuppressWarnings("serial") // as Kotlin makes them
  private static final class Next extends ContinuationImpl {
    private final Deferred<?> task;
    private final Runnable body;
    private boolean isResumed;

    @SuppressWarnings("unchecked")
    Next(Deferred<?> task, Runnable body, Continuation<?> end) {
      super((Continuation<Object>) end);
      this.task = task;
      this.body = body;
    }

    @Override
    protected @Nullable Object invokeSuspend(Object result) {
      ResultKt.throwOnFailure(result);
      Object before = result;
      if (!isResumed) {
        isResumed = true;
        before = task.await(this);
        if (before == IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
          return before;
        }
      }
      body.run();
      return before;
    }
  }

  /** The state machine of {@link #awaitInTurn}. */
  @SuppressWarnings("serial")
  private static final class InTurn extends ContinuationImpl {
    private final CoroutineScope scope;
    private final Callable<?> body;
    private int left;

    @SuppressWarnings("unchecked")
    InTurn(CoroutineScope scope, int times, Callable<?> body, Continuation<?> end) {
      super((Continuation<Object>) end);
      this.scope = scope;
      this.left = times;
      this.body = body;
    }

    @Override
    protected @Nullable Object invokeSuspend(Object result) {
      ResultKt.throwOnFailure(result);
      while (left-- > 0) {
        if (async(scope, body).await(this) == IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
          return IntrinsicsKt.getCOROUTINE_SUSPENDED();
        }
      }
      return Unit.INSTANCE;
    }
  }
}
