// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.AggregateException;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class CrossingTest {
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final TaskCompletionSource<String> promise = new TaskCompletionSource<>();
  private final IOException failure = new IOException("broken");

  @Nested
  class FromTaskToFuture {
    @Test
    void aResultCrosses() throws Exception {
      CompletableFuture<String> future = promise.task().toCompletableFuture();
      assertThat(future.isDone()).isFalse();
      promise.setResult("done");

      assertThat(get(future)).isEqualTo("done");
      assertThat(promise.task().toCompletableFuture()).isCompletedWithValue("done");
      assertThat(Task.fromResult((String) null).toCompletableFuture()).isCompletedWithValue(null);
    }

    @Test
    void aFaultCrossesAsItIs() {
      promise.setException(failure);

      CompletableFuture<String> future = promise.task().toCompletableFuture();
      assertThat(bare(future)).isSameAs(failure);
      assertThat(future.isCancelled()).isFalse();
      assertThatThrownBy(future::join).isInstanceOf(CompletionException.class).hasCause(failure);
      assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class).hasCause(failure);
    }

    @Test
    void severalFaultsCrossTogether() {
      promise.setException(List.of(failure, new IllegalArgumentException("too")));

      assertThat(bare(promise.task().toCompletableFuture()))
          .isInstanceOfSatisfying(
              AggregateException.class,
              e -> assertThat(e.innerExceptions()).hasSize(2).first().isSameAs(failure));
    }

    @Test
    void aCancellationCrossesWithTokenAndReason() {
      source.cancelBecause(failure);
      CompletableFuture<String> future =
          Task.<String>fromCanceled(source.token()).toCompletableFuture();

      assertThat(future.isCancelled()).isTrue();
      assertThat(bare(future))
          .hasCause(failure)
          .isInstanceOfSatisfying(
              TaskCanceledException.class, e -> assertThat(e.token()).isSameAs(source.token()));
    }

    @Test
    void theExceptionOfTheBodyCrossesAsItIs() {
      OperationCanceledException thrown = new OperationCanceledException("mine", source.token());
      Task<String> task = canceledByItsBody(thrown);

      assertThat(bare(task.toCompletableFuture())).isSameAs(thrown);
    }

    /** JDK 17 throws the exception itself, newer ones another round it. */
    @Test
    void joinAndGetThrowACancellationOrOneThatItCauses() {
      OperationCanceledException thrown = new OperationCanceledException("mine", source.token());
      CompletableFuture<String> future = canceledByItsBody(thrown).toCompletableFuture();

      for (Callable<String> wait : List.<Callable<String>>of(future::join, future::get)) {
        Throwable out = catchThrowable(wait::call);
        assertThat(out).isInstanceOf(CancellationException.class);
        assertThat(out == thrown || out.getCause() == thrown).isTrue();
        assertThat(out == thrown).isEqualTo(Runtime.version().feature() == 17);
      }
    }

    @Test
    void dependentsRunInThePoolAndNotWhereTheTaskEnds() throws Exception {
      CompletableFuture<Thread> dependent =
          promise.task().toCompletableFuture().thenApply(r -> Thread.currentThread());
      promise.setResult("");
      assertThat(get(dependent)).isInstanceOf(PoolThread.class);

      Task<String> canceled = new Task<>(() -> "", source.token());
      CompletableFuture<Thread> handler =
          canceled.toCompletableFuture().handle((r, e) -> Thread.currentThread());
      source.cancel();
      assertThat(get(handler)).isInstanceOf(PoolThread.class);
    }

    @Test
    void theCopyCannotEndTheTaskAndLeavesNothingOnIt() {
      CompletableFuture<String> future = promise.task().toCompletableFuture();
      promise.task().toCompletableFuture().complete("mine");
      promise.task().toCompletableFuture().completeExceptionally(failure);
      assertThat(promise.task().hookCount()).isEqualTo(1);
      future.cancel(true);

      assertThat(promise.task().hookCount()).isZero();
      assertThat(promise.task().isCompleted()).isFalse();
    }
  }

  @Nested
  class FromStageToTask {
    private final CompletableFuture<String> stage = new CompletableFuture<>();
    private final Task<String> task = Task.from(stage);

    @Test
    void aResultCrosses() throws Exception {
      assertThat(task.status()).isEqualTo(TaskStatus.WAITING_FOR_ACTIVATION);
      stage.complete("done");

      assertThat(task.resultNow()).isEqualTo("done");
      assertThat(Task.from(stage).resultNow()).isEqualTo("done");
      assertThat(Task.from(CompletableFuture.completedStage(null)).resultNow()).isNull();
      assertThat(Task.from(stage.minimalCompletionStage()).await()).isEqualTo("done");
    }

    @Test
    void aFailureIsAFault() {
      stage.completeExceptionally(failure);

      assertThat(task.exception().innerExceptions()).containsExactly(failure);
      assertThatThrownBy(task::await).isInstanceOf(CompletionException.class).hasCause(failure);
    }

    @Test
    void whatOnlyWrapsAFailureIsTakenOff() {
      Task<String> dependent = Task.from(stage.thenApply(r -> r).minimalCompletionStage());
      Task<String> further = Task.from(stage.thenApplyAsync(r -> r).thenApply(r -> r));
      stage.completeExceptionally(failure);

      assertThat(dependent.exception().innerExceptions()).containsExactly(failure);
      assertThatThrownBy(further::await).hasCause(failure);
      Throwable alone = new CompletionException("alone", null);
      assertThat(Task.from(CompletableFuture.failedStage(alone)).exception().innerExceptions())
          .containsExactly(alone);
    }

    @Test
    void aCancellationWithATokenCancels() {
      OperationCanceledException thrown = new OperationCanceledException(source.token());
      Task<String> dependent = Task.from(stage.thenApply(r -> r));
      stage.completeExceptionally(thrown);

      for (Task<String> canceled : List.of(task, dependent)) {
        assertThat(canceled.status()).isEqualTo(TaskStatus.CANCELED);
        assertThat(catchThrowable(canceled::await)).isSameAs(thrown);
        assertThat(canceled.cancellationToken()).isSameAs(source.token());
      }
    }

    @Test
    void aStageThatWasCanceledCancels() {
      Task<String> dependent = Task.from(stage.thenApply(r -> r));
      stage.cancel(false);

      for (Task<String> canceled : List.of(task, dependent)) {
        assertThat(canceled.status()).isEqualTo(TaskStatus.CANCELED);
        assertThat(catchThrowable(canceled::await))
            .isInstanceOf(TaskCanceledException.class)
            .hasCauseExactlyInstanceOf(CancellationException.class);
      }
    }

    /** On newer JDKs what join throws is wrapped once more. */
    @Test
    void aCancellationThatABodyHasJoinedKeepsItsToken() throws Exception {
      OperationCanceledException thrown = new OperationCanceledException(source.token());
      stage.completeExceptionally(thrown);
      Task<String> joined = Task.from(CompletableFuture.supplyAsync(stage::join));

      Task.waitAny(joined);
      assertThat(joined.status()).isEqualTo(TaskStatus.CANCELED);
      assertThat(catchThrowable(joined::await)).isSameAs(thrown);
    }

    @Test
    void whatIsObtrudedAfterTheEndChangesNothing() {
      stage.complete("first");
      stage.obtrudeValue("second");
      assertThat(task.resultNow()).isEqualTo("first");
      assertThat(Task.from(stage).resultNow()).isEqualTo("second");

      stage.obtrudeException(failure);
      assertThat(Task.from(stage).isFaulted()).isTrue();
      assertThat(task.resultNow()).isEqualTo("first");
    }

    @Test
    void theTaskEndsWhereTheStageCompletes() {
      Task<Thread> seen =
          task.continueWith(
              t -> Thread.currentThread(), TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);
      stage.complete("");

      assertThat(seen.resultNow()).isSameAs(Thread.currentThread());
    }

    @Test
    void nullIsRefused() {
      assertThatThrownBy(() -> Task.from(null)).isInstanceOf(NullPointerException.class);
    }
  }

  @Nested
  class ThereAndBack {
    @Test
    void aCancellationIsTheSame() {
      OperationCanceledException thrown = new OperationCanceledException("mine", source.token());
      Task<String> back = Task.from(canceledByItsBody(thrown).toCompletableFuture());

      assertThat(back.isCanceled()).isTrue();
      assertThat(catchThrowable(back::await)).isSameAs(thrown);
    }

    @Test
    void aCancellationWithoutExceptionNamesTaskTokenAndReason() {
      source.cancelBecause(failure);
      Task<String> there = Task.fromCanceled(source.token());
      Task<String> back = Task.from(there.toCompletableFuture());

      assertThat(back.cancellationToken()).isSameAs(source.token());
      assertThat(catchThrowable(back::await))
          .hasCause(failure)
          .isInstanceOfSatisfying(
              TaskCanceledException.class, e -> assertThat(e.task()).isSameAs(there));
    }

    @Test
    void aFaultIsTheSame() {
      Task<String> back = Task.from(Task.<String>fromException(failure).toCompletableFuture());

      assertThat(back.exception().innerExceptions()).containsExactly(failure);
    }
  }

  @Nested
  class AsFuture {
    @Test
    void aResultIsGot() throws Exception {
      Future<String> future = promise.task().asFuture(source);
      assertThat(future.isDone()).isFalse();
      assertThatThrownBy(() -> future.get(1, TimeUnit.NANOSECONDS))
          .isInstanceOf(TimeoutException.class);
      promise.setResult("done");

      assertThat(future.isDone()).isTrue();
      assertThat(future.isCancelled()).isFalse();
      assertThat(future.get()).isEqualTo("done");
      assertThat(future.get(Long.MAX_VALUE, TimeUnit.DAYS)).isEqualTo("done");
    }

    @Test
    void getWaits() throws Exception {
      Future<String> future = promise.task().asFuture(source);
      TestThreads.Running<String> waiting = TestThreads.start(future::get).awaitBlocked();
      promise.setResult("done");

      assertThat(waiting.join()).isEqualTo("done");
    }

    @Test
    void anInterruptEndsAGet() throws Exception {
      Future<String> future = promise.task().asFuture(source);
      TestThreads.Running<String> waiting =
          TestThreads.start(() -> future.get(1, TimeUnit.DAYS)).awaitBlocked();
      waiting.thread().interrupt();

      assertThatThrownBy(waiting::join).isInstanceOf(InterruptedException.class);
      assertThat(promise.task().hookCount()).isZero();
    }

    @Test
    void aFaultIsTheCause() {
      promise.setException(failure);

      assertThatThrownBy(() -> promise.task().asFuture(source).get())
          .isInstanceOf(ExecutionException.class)
          .hasCause(failure);
    }

    @Test
    void aFaultWithACancellationIsNoCancellation() {
      promise.setException(new OperationCanceledException());

      assertThat(promise.task().asFuture(source).isCancelled()).isFalse();
      assertThatThrownBy(() -> promise.task().asFuture(source).get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(OperationCanceledException.class);
    }

    @Test
    void cancelCancelsTheSource() {
      Task<String> task = new Task<>(() -> "", source.token());
      Future<String> future = task.asFuture(source);

      assertThat(future.cancel(true)).isTrue();
      assertThat(source.isCancellationRequested()).isTrue();
      assertThat(future.isDone()).isTrue();
      assertThat(future.isCancelled()).isTrue();
      assertThatThrownBy(future::get)
          .isInstanceOfSatisfying(
              TaskCanceledException.class, e -> assertThat(e.token()).isSameAs(source.token()));
      assertThat(future.cancel(true)).isFalse();
    }

    @Test
    void theTaskDecidesHowItEndsAfterCancel() throws Exception {
      Future<String> future = promise.task().asFuture(source);

      assertThat(future.cancel(false)).isTrue();
      assertThat(future.cancel(false)).isTrue();
      assertThat(future.isDone()).isFalse();
      assertThat(future.isCancelled()).isFalse();
      promise.setResult("all the same");
      assertThat(future.get()).isEqualTo("all the same");
      assertThat(future.cancel(false)).isFalse();
    }

    @Test
    void cancelOfAnEndedTaskOrAClosedSourceDoesNothing() {
      assertThat(Task.fromResult(1).asFuture(source).cancel(true)).isFalse();
      assertThat(source.isCancellationRequested()).isFalse();
      source.close();
      assertThat(promise.task().asFuture(source).cancel(true)).isFalse();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_19)
    void newerMethodsOfFutureWork() throws Exception {
      Task<String> faulted = Task.fromException(failure);
      source.cancel();
      Task<String> canceled = Task.fromCanceled(source.token());
      promise.setResult("done");

      assertThat(call("state", new TaskCompletionSource<String>().task())).hasToString("RUNNING");
      assertThat(call("state", promise.task())).hasToString("SUCCESS");
      assertThat(call("state", faulted)).hasToString("FAILED");
      assertThat(call("state", canceled)).hasToString("CANCELLED");
      assertThat(call("resultNow", promise.task())).isEqualTo("done");
      assertThat(call("exceptionNow", faulted)).isSameAs(failure);
    }

    private Object call(String method, Task<String> task) throws ReflectiveOperationException {
      return Future.class.getMethod(method).invoke(task.asFuture(source));
    }
  }

  private Task<String> canceledByItsBody(OperationCanceledException thrown) {
    source.cancelBecause(failure);
    TaskCompletionSource<String> ended = new TaskCompletionSource<>();
    ended.task().trySetCanceled(source.token(), thrown);
    return ended.task();
  }

  private static Throwable bare(CompletableFuture<?> future) {
    Throwable[] seen = new Throwable[1];
    future.whenComplete((result, e) -> seen[0] = e);
    return seen[0];
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
