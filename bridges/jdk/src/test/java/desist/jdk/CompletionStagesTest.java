// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CompletionStagesTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();

  private void assertCanceled(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(token));
  }

  /** Returns what the stage was completed by, bare. */
  private static Throwable failure(CompletionStage<?> stage) throws Exception {
    return stage
        .handle((result, failure) -> failure)
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  @Nested
  class Computations {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CompletableFuture<CancellationToken> given = new CompletableFuture<>();
    private final CompletableFuture<CancellationToken> stopped = new CompletableFuture<>();

    /** A body that ends when it is told to, and tells that it has. */
    private String work(CancellationToken stop) throws InterruptedException {
      given.complete(stop);
      begun.countDown();
      stop.awaitCancellation();
      stopped.complete(stop);
      throw new OperationCanceledException(stop);
    }

    private CompletableFuture<String> started() throws InterruptedException {
      CompletableFuture<String> future = CompletionStages.supplyAsync(this::work, token);
      begun.await();
      return future;
    }

    private void assertStops(Function<CompletableFuture<String>, CompletableFuture<?>> dependent)
        throws Exception {
      CompletableFuture<?> made = dependent.apply(started());

      assertThat(made.cancel(false)).isTrue();

      stopped.get(10, TimeUnit.SECONDS);
    }

    @Test
    void theBodysResultIsTheFutures() throws Exception {
      assertThat(CompletionStages.supplyAsync(stop -> 1, token).get()).isEqualTo(1);
      assertThat(CompletionStages.runAsync(stop -> {}, token).get()).isNull();
      assertThat(CompletionStages.supplyAsync(stop -> 1, Runnable::run, token).getNow(0))
          .isEqualTo(1);
      assertThat(source.registrationCount()).isZero();
    }

    @Test
    void theBodysExceptionIsTheFuturesItself() throws Exception {
      IOException thrown = new IOException();
      CompletableFuture<Void> future =
          CompletionStages.runAsync(
              stop -> {
                throw thrown;
              },
              token);

      assertThat(failure(future)).isSameAs(thrown);
    }

    @Test
    void theTokenStopsTheBody() throws Exception {
      IOException reason = new IOException();
      CompletableFuture<String> future = started();

      source.cancelBecause(reason);

      Throwable failure = failure(future);
      assertCanceled(failure);
      assertThat(failure).hasCause(reason);
      assertThat(failure.getSuppressed()).hasSize(1);
      assertThat(future.isCancelled()).isTrue();
    }

    @Test
    void aResultCountsThoughTheTokenIsCanceled() throws Exception {
      CompletableFuture<Integer> future =
          CompletionStages.supplyAsync(
              stop -> {
                source.cancel();
                return 1;
              },
              token);

      assertThat(future.get()).isEqualTo(1);
    }

    @Test
    void cancelStopsTheBody() throws Exception {
      CompletableFuture<String> future = started();

      assertThat(future.cancel(false)).isTrue();

      assertThat(future.isCancelled()).isTrue();
      CancellationToken stop = stopped.get(10, TimeUnit.SECONDS);
      assertThat(failure(future))
          .isInstanceOfSatisfying(
              OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(stop));
      assertThat(token.isCancellationRequested()).isFalse();
      assertThat(future.cancel(false)).isTrue();
    }

    @Test
    void cancelOfADependentStopsTheBody() throws Exception {
      assertStops(future -> future.thenApply(text -> text));
    }

    @Test
    void cancelOfADependentsDependentStopsTheBody() throws Exception {
      assertStops(
          future ->
              future
                  .thenApply(text -> text)
                  .whenComplete((text, failure) -> {})
                  .thenCompose(CompletableFuture::completedFuture)
                  .thenAcceptAsync(text -> {}));
    }

    @Test
    void cancelOfACombinationStopsTheOneWhoseMethodWasCalled() throws Exception {
      assertStops(future -> future.thenCombine(new CompletableFuture<>(), (one, two) -> one));
    }

    @Test
    void cancelOfWhatIsMadeFromAnotherStopsNothing() throws Exception {
      CompletableFuture<String> future = started();

      new CompletableFuture<>().thenCombine(future, (one, two) -> one).cancel(false);
      CompletableFuture.allOf(future).cancel(false);
      CompletableFuture.anyOf(future, new CompletableFuture<>()).cancel(false);
      future.copy().cancel(false);
      future.copy().thenApply(text -> text).cancel(false);
      future.minimalCompletionStage().toCompletableFuture().cancel(false);

      assertThat(given.get().isCancellationRequested()).isFalse();
      source.cancel();
      assertCanceled(failure(future));
    }

    @Test
    void aTimeOutStopsTheBodyAndIsTheReason() throws Exception {
      CompletableFuture<String> future = started();

      CompletableFuture<String> limited =
          future.thenApply(text -> text).orTimeout(1, TimeUnit.NANOSECONDS);

      assertThat(failure(limited)).isInstanceOf(TimeoutException.class);
      assertThat(stopped.get(10, TimeUnit.SECONDS).reason()).isSameAs(failure(limited));
    }

    @Test
    void whoCompletesTheFutureHasNoUseForTheBody() throws Exception {
      CompletableFuture<String> future = started();

      assertThat(future.complete("by hand")).isTrue();

      stopped.get(10, TimeUnit.SECONDS);
      assertThat(future.join()).isEqualTo("by hand");
    }

    @Test
    void soHasWhoCompletesItElsewhere() throws Exception {
      CompletableFuture<String> future = started();

      future.thenApply(text -> text).completeAsync(() -> "by another", Runnable::run);

      stopped.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aFailureElsewhereIsTheReason() throws Exception {
      IllegalStateException failure = new IllegalStateException();
      CompletableFuture<String> future = started();

      future.completeAsync(
          () -> {
            throw failure;
          },
          Runnable::run);

      assertThat(stopped.get(10, TimeUnit.SECONDS).reason()).hasCause(failure);
      assertThat(failure(future)).isInstanceOf(CompletionException.class).hasCause(failure);
    }

    @Test
    void soHasWhoOverwritesTheResult() throws Exception {
      CompletableFuture<String> future = started();

      future.obtrudeValue("by force");

      stopped.get(10, TimeUnit.SECONDS);
      assertThat(future.join()).isEqualTo("by force");
      IOException thrown = new IOException();
      future.obtrudeException(thrown); // the body has ended, or is about to
      assertThat(failure(future)).isSameAs(thrown);
    }

    @Test
    void whatIsMadeFromItFindsNothingLeftOfTheBody() throws Exception {
      CountDownLatch go = new CountDownLatch(1);
      CompletableFuture<Integer> left =
          CompletionStages.supplyAsync(
                  stop -> {
                    stop.register(() -> {});
                    return go.await(10, TimeUnit.SECONDS);
                  },
                  token)
              .thenApply(result -> source.registrationCount());

      go.countDown();

      assertThat(left.get()).isZero();
    }

    @Test
    void whatComesAfterTheEndChangesNothing() throws Exception {
      CompletableFuture<Integer> future = CompletionStages.supplyAsync(stop -> 1, token);
      future.get();
      assertThat(future.cancel(true)).isFalse();
      assertThat(future.complete(2)).isFalse();
      assertThat(future.completeExceptionally(new IOException())).isFalse();
      source.cancel();
      assertThat(future.get()).isEqualTo(1);
    }

    @Test
    void aTokenThatIsCanceledAlreadyBeginsNothing() throws Exception {
      source.cancel();

      CompletableFuture<String> future = CompletionStages.supplyAsync(this::work, token);

      assertThat(future.isCancelled()).isTrue();
      assertCanceled(failure(future));
      assertThat(begun.getCount()).isOne();
    }

    @Test
    void aBodyThatIsCanceledInTheQueueLeavesItAndNeverBegins() throws Exception {
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
      CountDownLatch end = new CountDownLatch(1);
      pool.submit(() -> end.await(10, TimeUnit.SECONDS));
      CompletableFuture<String> future = CompletionStages.supplyAsync(this::work, pool, token);
      CompletableFuture<String> other =
          CompletionStages.supplyAsync(this::work, pool, CancellationToken.none());
      assertThat(pool.getQueue()).hasSize(2);
      Thread canceler = Thread.currentThread();
      CompletableFuture<Thread> completer = future.handle((result, e) -> Thread.currentThread());

      other.cancel(false);
      assertThat(pool.getQueue()).hasSize(1);
      source.cancel();

      assertThat(pool.getQueue()).isEmpty();
      assertCanceled(failure(future));
      assertThat(completer.get()).isNotSameAs(canceler);
      end.countDown();
      pool.shutdown();
      assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      assertThat(begun.getCount()).isOne();
    }

    @Test
    void aBodyInTheQueueIsCanceledThroughDependentsToo() throws Exception {
      Queue<Runnable> queue = new ArrayDeque<>();
      CompletableFuture<String> future =
          CompletionStages.supplyAsync(this::work, queue::add, token);

      future.thenApply(text -> text).cancel(false);

      assertThat(failure(future))
          .isInstanceOfSatisfying(
              OperationCanceledException.class,
              e -> assertThat(e.token().isCancellationRequested()).isTrue());
      queue.remove().run();
      assertThat(begun.getCount()).isOne();
      assertThat(source.registrationCount()).isZero();
    }

    @Test
    void aBodyWhoseTurnComesWhileTheTokenIsBeingCanceledNeverBegins() throws Exception {
      Queue<Runnable> queue = new ArrayDeque<>();
      CompletableFuture<String> future =
          CompletionStages.supplyAsync(this::work, queue::add, token);
      token.register(() -> queue.remove().run()); // comes first, as the newest

      source.cancel();

      assertThat(queue).isEmpty();
      assertCanceled(failure(future));
      assertThat(begun.getCount()).isOne();
    }

    @Test
    void aRefusalOfTheExecutorComesOutAndLeavesNothing() {
      RejectedExecutionException refusal = new RejectedExecutionException();
      assertThatThrownBy(
              () ->
                  CompletionStages.supplyAsync(
                      this::work,
                      task -> {
                        throw refusal;
                      },
                      token))
          .isSameAs(refusal);
      assertThat(source.registrationCount()).isZero();
    }
  }

  @Nested
  class Views {
    private final CompletableFuture<Integer> stage = new CompletableFuture<>();

    @Test
    void itCompletesAsTheStageDoes() throws Exception {
      CompletionStage<Integer> view = CompletionStages.withCancellation(stage, token);
      assertThat(source.registrationCount()).isOne();
      stage.complete(1);

      assertThat(view.toCompletableFuture().get()).isEqualTo(1);
      assertThat(source.registrationCount()).isZero();

      IOException thrown = new IOException();
      CompletableFuture<Integer> failing = new CompletableFuture<>();
      CompletionStage<Integer> failed = CompletionStages.withCancellation(failing, token);
      failing.completeExceptionally(thrown);
      assertThat(failure(failed)).isSameAs(thrown);
    }

    @Test
    void theTokenCompletesItWithItsReason() throws Exception {
      IOException reason = new IOException();
      CompletionStage<Integer> view = CompletionStages.withCancellation(stage, token);

      source.cancelBecause(reason);

      Throwable failure = failure(view);
      assertCanceled(failure);
      assertThat(failure).hasCause(reason);
      assertThat(stage.isDone()).isFalse();
      assertThat(((CompletableFuture<?>) view).isCancelled()).isTrue();
    }

    @Test
    void dependentsDoNotRunWhereItIsCanceled() throws Exception {
      CompletionStage<Thread> dependent =
          CompletionStages.withCancellation(stage, token)
              .handle((result, failure) -> Thread.currentThread());

      source.cancel();

      assertThat(dependent.toCompletableFuture().get()).isNotSameAs(Thread.currentThread());
    }

    @Test
    void whatCameFirstStands() throws Exception {
      CompletionStage<Integer> view = CompletionStages.withCancellation(stage, token);
      source.cancel();
      stage.complete(1);
      assertCanceled(failure(view));
    }

    @Test
    void itIsTheStageItselfIfNothingElseCanEndIt() {
      assertThat(CompletionStages.withCancellation(stage, CancellationToken.none()))
          .isSameAs(stage);
      stage.complete(1);
      source.cancel();
      assertThat(CompletionStages.withCancellation(stage, token)).isSameAs(stage);
    }

    @Test
    void itsReaderCannotCompleteIt() {
      CompletableFuture<Integer> view =
          (CompletableFuture<Integer>) CompletionStages.withCancellation(stage, token);

      assertThatThrownBy(() -> view.complete(1)).isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> view.cancel(true)).isInstanceOf(UnsupportedOperationException.class);
      assertThat(view.toCompletableFuture().complete(1)).isTrue();
      assertThat(view.isDone()).isFalse();
    }

    @Test
    void allViewsAreOneDependentOfTheStage() {
      CompletionStages.withCancellation(stage, token);
      CompletionStages.withCancellation(stage, new CancellationTokenSource().token());

      assertThat(stage.getNumberOfDependents()).isOne();
      assertThat(Relay.of(stage).size()).isEqualTo(2);
    }

    @Test
    void aMillionViewsOfAStageThatNeverCompletesLeaveNothing() {
      for (int i = 0; i < 1_000_000; i++) {
        CancellationTokenSource shortLived = new CancellationTokenSource();
        CompletionStages.withCancellation(stage, shortLived.token());
        shortLived.cancel();
      }

      assertThat(stage.getNumberOfDependents()).isOne();
      assertThat(Relay.of(stage).size()).isZero();
    }

    @Test
    void manyViewsMayBeCanceledInAnyOrder() {
      Queue<CancellationTokenSource> sources = new ArrayDeque<>();
      for (int i = 0; i < 100_000; i++) {
        CancellationTokenSource each = new CancellationTokenSource();
        sources.add(each);
        CompletionStages.withCancellation(stage, each.token());
      }

      sources.forEach(CancellationTokenSource::cancel); // oldest first

      assertThat(Relay.of(stage).size()).isZero();
    }

    @Test
    void aStageThatIsNoFutureHasViewsToo() throws Exception {
      CompletionStage<Integer> minimal = stage.minimalCompletionStage();
      CompletionStage<Integer> canceled = CompletionStages.withCancellation(minimal, token);
      CompletionStage<Integer> completed =
          CompletionStages.withCancellation(minimal, new CancellationTokenSource().token());
      source.cancel();
      stage.complete(1);

      assertCanceled(failure(canceled));
      assertThat(completed.toCompletableFuture().get()).isEqualTo(1);
    }

    @Test
    void whatRacesIsOneOrTheOtherAndLeavesNothing() throws Exception {
      for (int i = 0; i < 2_000; i++) {
        CompletableFuture<Integer> racing = new CompletableFuture<>();
        CancellationTokenSource canceling = new CancellationTokenSource();
        TestThreads.Running<Void> canceler = TestThreads.run(canceling::cancel);
        TestThreads.Running<Void> completer = TestThreads.run(() -> racing.complete(1));

        CompletionStage<Integer> view =
            CompletionStages.withCancellation(racing, canceling.token());

        Throwable failure = failure(view);
        assertThat(failure == null || failure instanceof OperationCanceledException).isTrue();
        canceler.join();
        completer.join();
        assertThat(canceling.registrationCount()).isZero();
      }
    }

    @Test
    void aStageThatTakesNoDependentsFailsItsViews() throws Exception {
      IllegalStateException refusal = new IllegalStateException();
      CompletableFuture<Integer> refusing =
          new CompletableFuture<>() {
            @Override
            public CompletableFuture<Integer> whenComplete(
                BiConsumer<? super Integer, ? super Throwable> action) {
              throw refusal;
            }
          };
      assertThat(failure(CompletionStages.withCancellation(refusing, token))).isSameAs(refusal);
      assertThat(source.registrationCount()).isZero();
    }
  }

  @Nested
  class BlockingWaits {
    private final CompletableFuture<Integer> stage = new CompletableFuture<>();

    @Test
    void theyReturnTheResult() throws Exception {
      TestThreads.Running<Integer> get =
          TestThreads.start(() -> CompletionStages.get(stage, token)).awaitBlocked();
      TestThreads.Running<Integer> timed =
          TestThreads.start(() -> CompletionStages.get(stage, HOUR, token)).awaitBlocked();
      TestThreads.Running<Integer> join =
          TestThreads.start(() -> CompletionStages.join(stage, token)).awaitBlocked();

      stage.complete(1);

      assertThat(get.join()).isEqualTo(1);
      assertThat(timed.join()).isEqualTo(1);
      assertThat(join.join()).isEqualTo(1);
      assertThat(source.registrationCount()).isZero();
    }

    @Test
    void theTokenEndsThemWithItsReason() throws Exception {
      TestThreads.Running<Integer> get =
          TestThreads.start(() -> CompletionStages.get(stage, token)).awaitBlocked();
      TestThreads.Running<Integer> timed =
          TestThreads.start(() -> CompletionStages.get(stage, HOUR, token)).awaitBlocked();
      TestThreads.Running<Integer> join =
          TestThreads.start(() -> CompletionStages.join(stage, token)).awaitBlocked();
      IOException reason = new IOException();

      source.cancelBecause(reason);

      for (TestThreads.Running<Integer> wait : List.of(get, timed, join)) {
        Throwable thrown = catchThrowable(wait::join);
        assertCanceled(thrown);
        assertThat(thrown).hasCause(reason);
      }
      assertThat(stage.isDone()).isFalse();
      assertThat(Relay.of(stage).size()).isZero();
    }

    @Test
    void aStageThatIsCompleteIsAnsweredThoughTheTokenIsCanceled() throws Exception {
      source.cancel();
      stage.complete(1);

      assertThat(CompletionStages.get(stage, token)).isEqualTo(1);
      assertThat(CompletionStages.get(stage, Duration.ZERO, token)).isEqualTo(1);
      assertThat(CompletionStages.join(stage, token)).isEqualTo(1);
      assertThat(CompletionStages.get(stage.minimalCompletionStage(), token)).isEqualTo(1);
    }

    @Test
    void anInterruptEndsGetAndIsKeptByJoin() throws Exception {
      TestThreads.Running<Integer> get =
          TestThreads.start(() -> CompletionStages.get(stage, token)).awaitBlocked();
      TestThreads.Running<Boolean> join =
          TestThreads.start(
                  () -> {
                    CompletionStages.join(stage, token);
                    return Thread.currentThread().isInterrupted();
                  })
              .awaitBlocked();

      get.thread().interrupt();
      join.thread().interrupt();

      assertThatThrownBy(get::join).isInstanceOf(InterruptedException.class);
      assertThat(Relay.of(stage).size()).isOne();
      stage.complete(1);
      assertThat(join.join()).isTrue();
      assertThat(source.registrationCount()).isZero();
    }

    @Test
    void anInterruptThatIsPendingGoesBeforeTheToken() {
      source.cancel();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> CompletionStages.get(stage, token))
          .isInstanceOf(InterruptedException.class);
      assertThatThrownBy(() -> CompletionStages.get(stage, token))
          .isInstanceOf(OperationCanceledException.class);
    }

    @Test
    void aReasonThatIsACancellationItselfStaysTheReason() {
      OperationCanceledException reason = new OperationCanceledException("elsewhere");
      source.cancelBecause(reason);

      Throwable thrown = catchThrowable(() -> CompletionStages.get(stage, token));

      assertCanceled(thrown);
      assertThat(thrown).hasCause(reason);
    }

    @Test
    void aWorkerOfAForkJoinPoolIsReplacedMeanwhile() throws Exception {
      ForkJoinPool pool = new ForkJoinPool(1);
      Future<Integer> waiting =
          pool.submit(
              () -> {
                CompletableFuture<Integer> stage = CompletableFuture.supplyAsync(() -> 1, pool);
                CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> 1, pool);
                CompletableFuture<Integer> third = CompletableFuture.supplyAsync(() -> 1, pool);
                return CompletionStages.get(stage, token)
                    + CompletionStages.get(second, HOUR, token)
                    + CompletionStages.join(third, token);
              });

      assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(3);
      assertThat(source.registrationCount()).isZero();
      pool.shutdown();
    }

    @Test
    void aTimeThatIsOverEndsThemAndLeavesNothing() {
      assertThatThrownBy(() -> CompletionStages.get(stage, Duration.ofNanos(1), token))
          .isInstanceOf(TimeoutException.class);
      assertThatThrownBy(() -> CompletionStages.get(stage, Duration.ofSeconds(-1), token))
          .isInstanceOf(TimeoutException.class);
      assertThatThrownBy(
              () -> CompletionStages.get(stage, Duration.ofNanos(1), CancellationToken.none()))
          .isInstanceOf(TimeoutException.class);
      assertThat(source.registrationCount()).isZero();
      assertThat(Relay.of(stage).size()).isZero();
    }

    @Test
    void aFailureIsThrownAsThePlainCallThrowsIt() {
      IOException failure = new IOException();
      stage.completeExceptionally(failure);
      for (CompletionStage<Integer> each :
          List.of(stage, stage.minimalCompletionStage(), stage.thenApply(i -> i))) {
        assertThatThrownBy(() -> CompletionStages.get(each, token))
            .isInstanceOf(ExecutionException.class)
            .hasCause(failure);
        assertThatThrownBy(() -> CompletionStages.join(each, token))
            .isInstanceOf(CompletionException.class)
            .hasCause(failure);
      }
    }

    @Test
    void aStagesOwnCancellationIsToldByItsOwnException() {
      OperationCanceledException canceled = new OperationCanceledException("by itself");
      stage.completeExceptionally(canceled);
      for (CancellationToken each : List.of(token, CancellationToken.none())) {
        assertThatThrownBy(() -> CompletionStages.get(stage, each)).isSameAs(canceled);
        assertThatThrownBy(() -> CompletionStages.join(stage, each)).isSameAs(canceled);
      }
      CompletableFuture<Integer> plain = new CompletableFuture<>();
      plain.cancel(true);
      assertThatThrownBy(() -> CompletionStages.get(plain, token))
          .isInstanceOf(CancellationException.class)
          .isNotInstanceOf(OperationCanceledException.class);
    }
  }

  @Nested
  class StagesOfTokens {
    @Test
    void itCompletesWhenTheTokenIsCanceledAndOnAnotherThread() throws Exception {
      CompletionStage<Void> stage = CompletionStages.whenCanceled(token);
      CompletionStage<Thread> dependent = stage.thenApply(nothing -> Thread.currentThread());
      assertThat(((CompletableFuture<?>) stage).isDone()).isFalse();

      source.cancel();

      assertThat(dependent.toCompletableFuture().get()).isNotSameAs(Thread.currentThread());
      assertThat(failure(stage)).isNull();
    }

    @Test
    void itIsCompleteIfTheTokenIsCanceledAlready() {
      source.cancel();
      assertThat(((CompletableFuture<?>) CompletionStages.whenCanceled(token)).isDone()).isTrue();
    }

    @Test
    void itNeverCompletesIfTheTokenCannotBeCanceled() {
      CompletionStage<Void> stage = CompletionStages.whenCanceled(CancellationToken.none());
      assertThat(((CompletableFuture<?>) stage).isDone()).isFalse();
    }

    @Test
    void itsReaderCannotCompleteIt() {
      CompletableFuture<Void> stage =
          (CompletableFuture<Void>) CompletionStages.whenCanceled(token);
      assertThatThrownBy(() -> stage.complete(null))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void nullsAreRefused() {
    CompletableFuture<Integer> stage = CompletableFuture.completedFuture(1);
    assertThatThrownBy(() -> CompletionStages.withCancellation(null, token))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("stage");
    assertThatThrownBy(() -> CompletionStages.withCancellation(stage, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("token");
    assertThatThrownBy(() -> CompletionStages.supplyAsync(null, token))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("body");
    assertThatThrownBy(() -> CompletionStages.runAsync(stop -> {}, null, token))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("executor");
    assertThatThrownBy(() -> CompletionStages.whenCanceled(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("token");
  }
}
