// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.ManualResetEvent;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import desist.SemaphoreFullException;
import desist.Timeout;
import desist.WaitHandle;
import desist.threading.TestThreads.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SemaphoreSlimTest {
  private final SemaphoreSlim semaphore = new SemaphoreSlim(0, 3);
  private final CancellationTokenSource source = new CancellationTokenSource();

  @Test
  void aSemaphoreBeginsWithItsInitialCount() {
    assertThat(new SemaphoreSlim(2).currentCount()).isEqualTo(2);
    assertThat(new SemaphoreSlim(Integer.MAX_VALUE).currentCount()).isEqualTo(Integer.MAX_VALUE);
    assertThat(new SemaphoreSlim(0, 1).currentCount()).isZero();
  }

  @Test
  void countsThatMakeNoSenseAreRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SemaphoreSlim(-1))
        .withMessageContainingAll("initialCount", "-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SemaphoreSlim(2, 1))
        .withMessageContainingAll("initialCount", "2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SemaphoreSlim(0, 0))
        .withMessageContainingAll("maxCount", "0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> semaphore.releaseMany(0))
        .withMessageContainingAll("releaseCount", "0");
  }

  @Test
  void eachWaitTakesAPermitWhileThereIsOne() throws Exception {
    semaphore.releaseMany(3);

    semaphore.await();
    semaphore.await(source.token());
    assertThat(semaphore.currentCount()).isEqualTo(1);
    assertThat(semaphore.await(Duration.ZERO)).isTrue();

    assertThat(semaphore.await(Duration.ZERO)).isFalse();
    assertThat(semaphore.await(Duration.ofSeconds(-1), source.token())).isFalse();
    assertThat(semaphore.currentCount()).isZero();
  }

  @Test
  void releaseTellsWhatWasFreeBeforeAndKeepsToTheMaximum() {
    assertThat(semaphore.release()).isZero();
    assertThat(semaphore.releaseMany(2)).isEqualTo(1);

    assertThatThrownBy(semaphore::release)
        .isInstanceOf(SemaphoreFullException.class)
        .hasMessage("releaseCount is 1, but 3 permits of at most 3 are free already.");
    assertThatThrownBy(() -> semaphore.releaseMany(Integer.MAX_VALUE))
        .isInstanceOf(SemaphoreFullException.class);
    assertThat(semaphore.currentCount()).isEqualTo(3);
  }

  @Test
  void theMaximumIsHeldAgainstWhatIsFreeWhoeverWaits() throws Exception {
    SemaphoreSlim one = new SemaphoreSlim(0, 1);
    var first = one.awaitAsync().toCompletableFuture();
    var second = one.awaitAsync().toCompletableFuture();

    assertThatThrownBy(() -> one.releaseMany(2)).isInstanceOf(SemaphoreFullException.class);
    assertThat(first).isNotDone();
    one.release();
    one.release();

    assertThat(first).succeedsWithin(TestThreads.LIMIT);
    assertThat(second).succeedsWithin(TestThreads.LIMIT);
    assertThat(one.currentCount()).isZero();
  }

  @Test
  void whoWaitsIsServedInTheOrderOfArrivalThreadsAndStagesAlike() throws Exception {
    Running<Void> first = wait(source.token()).awaitBlocked();
    var second = semaphore.awaitAsync().toCompletableFuture();
    Running<Void> third = wait(source.token()).awaitBlocked();

    semaphore.release();
    first.join();
    assertThat(second).isNotDone();
    semaphore.release();
    assertThat(second).succeedsWithin(TestThreads.LIMIT);
    third.awaitBlocked();
    semaphore.release();
    third.join();

    assertThat(semaphore.currentCount()).isZero();
  }

  @Test
  void whatIsReleasedAtOnceServesThoseWhoWaitAndTheRestIsFree() throws Exception {
    Running<Void> thread = wait(source.token()).awaitBlocked();
    var stage = semaphore.awaitAsync(source.token()).toCompletableFuture();

    assertThat(semaphore.releaseMany(3)).isZero();

    thread.join();
    assertThat(stage).succeedsWithin(TestThreads.LIMIT);
    assertThat(semaphore.currentCount()).isEqualTo(1);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aCanceledWaitTakesNothingAndSaysByWhichTokenAndWhy() throws Exception {
    Exception reason = new Exception("stop");
    Running<Void> waiting = wait(source.token()).awaitBlocked();

    source.cancelBecause(reason);

    assertThatThrownBy(waiting::join)
        .isInstanceOfSatisfying(
            OperationCanceledException.class,
            e -> {
              assertThat(e.token()).isSameAs(source.token());
              assertThat(e.getCause()).isSameAs(reason);
            });
    semaphore.release();
    assertThat(semaphore.currentCount()).isEqualTo(1);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aCanceledStageTakesNothingAndSaysByWhichTokenAndWhy() throws Exception {
    Exception reason = new Exception("stop");
    var stage = semaphore.awaitAsync(source.token()).toCompletableFuture();
    var next = semaphore.awaitAsync().toCompletableFuture();

    source.cancelBecause(reason);
    semaphore.release();

    assertThat(next).succeedsWithin(TestThreads.LIMIT);
    Throwable failure = failure(stage);
    assertThat(failure).isExactlyInstanceOf(OperationCanceledException.class).hasCause(reason);
    assertThat(((OperationCanceledException) failure).token()).isSameAs(source.token());
    assertThat(semaphore.currentCount()).isZero();
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aCanceledTokenFailsTheStageThoughAPermitIsFree() {
    semaphore.release();
    source.cancel();

    var stage = semaphore.awaitAsync(source.token()).toCompletableFuture();
    var polled = semaphore.awaitAsync(Duration.ZERO, source.token()).toCompletableFuture();

    assertThat(stage).isCancelled();
    assertThat(polled).isCancelled();
    assertThat(semaphore.currentCount()).isEqualTo(1);
  }

  @Test
  void aStageThatNeedNotWaitIsCompleteAndRegistersNothing() {
    semaphore.releaseMany(2);

    assertThat(semaphore.awaitAsync(source.token()).toCompletableFuture()).isDone();
    assertThat(semaphore.awaitAsync(Duration.ofDays(1)).toCompletableFuture())
        .isCompletedWithValue(true);
    assertThat(semaphore.awaitAsync(Duration.ZERO).toCompletableFuture())
        .isCompletedWithValue(false);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void timeEndsAWaitAndNotBefore() throws Exception {
    long start = System.nanoTime();

    assertThat(semaphore.await(Duration.ofMillis(20), source.token())).isFalse();

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
    semaphore.release();
    assertThat(semaphore.currentCount()).isEqualTo(1);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void timeEndsAStageWithFalse() throws Exception {
    long start = System.nanoTime();
    var stage =
        semaphore
            .awaitAsync(Duration.ofMillis(20), source.token())
            .thenApply(
                taken -> {
                  assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
                  return taken;
                });

    assertThat(stage.toCompletableFuture()).succeedsWithin(TestThreads.LIMIT).isEqualTo(false);
    semaphore.release();
    assertThat(semaphore.currentCount()).isEqualTo(1);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aTimeOutMayBeAsLongAsADurationCanTell() throws Exception {
    Running<Boolean> thread =
        TestThreads.start(() -> semaphore.await(Timeout.INFINITE, source.token())).awaitBlocked();
    var stage = semaphore.awaitAsync(Duration.ofSeconds(Long.MAX_VALUE)).toCompletableFuture();
    var century = semaphore.awaitAsync(Duration.ofDays(36_500)).toCompletableFuture();

    semaphore.releaseMany(3);

    assertThat(thread.join()).isTrue();
    assertThat(stage).succeedsWithin(TestThreads.LIMIT).isEqualTo(true);
    assertThat(century).succeedsWithin(TestThreads.LIMIT).isEqualTo(true);
  }

  @Test
  void anInterruptedWaitTakesNothing() throws Exception {
    Running<Void> waiting = wait(source.token()).awaitBlocked();

    waiting.thread().interrupt();

    assertThatThrownBy(waiting::join).isInstanceOf(InterruptedException.class);
    semaphore.release();
    assertThat(semaphore.currentCount()).isEqualTo(1);
    semaphore.await(source.token());
  }

  @Test
  void aStageIsNoneOfAnInterruptsBusiness() {
    semaphore.release();
    Thread.currentThread().interrupt();

    var stage = semaphore.awaitAsync(source.token()).toCompletableFuture();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(stage).isDone();
  }

  @Test
  void whatIsWrongIsToldInOrder() throws Exception {
    SemaphoreSlim closed = new SemaphoreSlim(1);
    closed.close();
    source.cancel();
    semaphore.release();
    Thread.currentThread().interrupt();

    assertThatNullPointerException()
        .isThrownBy(() -> closed.await((CancellationToken) null))
        .withMessage("token");
    assertThatNullPointerException()
        .isThrownBy(() -> closed.await((Duration) null))
        .withMessage("timeout");
    assertThatThrownBy(() -> closed.await(source.token())).isInstanceOf(InterruptedException.class);
    assertThatThrownBy(() -> closed.await(source.token()))
        .isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(() -> semaphore.await(source.token()))
        .isInstanceOf(OperationCanceledException.class);
    assertThat(semaphore.currentCount()).isEqualTo(1);
  }

  @Test
  void whatIsWrongWithAStagesArgumentsOrSemaphoreIsThrown() {
    SemaphoreSlim closed = new SemaphoreSlim(1);
    closed.close();
    source.cancel();

    assertThatNullPointerException()
        .isThrownBy(() -> closed.awaitAsync((CancellationToken) null))
        .withMessage("token");
    assertThatNullPointerException()
        .isThrownBy(() -> closed.awaitAsync((Duration) null))
        .withMessage("timeout");
    assertThatThrownBy(() -> closed.awaitAsync(source.token()))
        .isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(() -> closed.releaseMany(0)).isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void closingWakesWhoWaitsAndFailsTheStages() throws Exception {
    Running<Void> thread = wait(source.token()).awaitBlocked();
    var stage = semaphore.awaitAsync(source.token()).toCompletableFuture();
    var timed = semaphore.awaitAsync(Duration.ofDays(1), source.token()).toCompletableFuture();

    semaphore.close();
    semaphore.close();

    assertThatThrownBy(thread::join).isInstanceOf(ObjectDisposedException.class);
    assertThat(failure(stage)).isInstanceOf(ObjectDisposedException.class);
    assertThat(failure(timed)).isInstanceOf(ObjectDisposedException.class);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aClosedSemaphoreTellsItsCountAndNothingElse() {
    semaphore.releaseMany(2);
    semaphore.close();

    assertThat(semaphore.currentCount()).isEqualTo(2);
    assertThatThrownBy(semaphore::await).isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(() -> semaphore.await(Duration.ZERO))
        .isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(semaphore::release).isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(semaphore::availableWaitHandle).isInstanceOf(ObjectDisposedException.class);
    assertThat(semaphore.currentCount()).isEqualTo(2);
  }

  @Test
  void whatWasHandedOverIsTheWaitersWhateverHappensToTheToken() throws Exception {
    var stage = semaphore.awaitAsync(source.token()).toCompletableFuture();
    Running<Void> thread = wait(source.token()).awaitBlocked();
    source.token().register(() -> semaphore.releaseMany(2)); // runs first: newest first

    source.cancel();

    thread.join();
    assertThat(stage).succeedsWithin(TestThreads.LIMIT);
    assertThat(semaphore.currentCount()).isZero();
  }

  @Test
  void aReleaseAfterAllHaveGivenUpIsFree() throws Exception {
    var stage = semaphore.awaitAsync(source.token()).toCompletableFuture();
    source.cancel();
    assertThat(failure(stage)).isInstanceOf(OperationCanceledException.class);

    semaphore.release();
    assertThat(semaphore.await(Duration.ZERO)).isTrue();
    assertThat(semaphore.release()).isZero();
    assertThat(semaphore.currentCount()).isEqualTo(1);
  }

  @Test
  void dependentsRunOnNoThreadThatReleasesOrCancels() throws Exception {
    List<Thread> threads = new ArrayList<>();
    var released = semaphore.awaitAsync().thenRun(() -> note(threads)).toCompletableFuture();
    var canceled = semaphore.awaitAsync(source.token()).whenComplete((nothing, e) -> note(threads));

    semaphore.release();
    source.cancel();

    assertThat(released).succeedsWithin(TestThreads.LIMIT);
    assertThat(failure(canceled.toCompletableFuture())).isNotNull();
    assertThat(threads).hasSize(2).doesNotContain(Thread.currentThread());
  }

  @Test
  void aDependentMayWaitAndReleaseAsItLikes() throws Exception {
    var stage =
        semaphore
            .awaitAsync()
            .thenCompose(
                nothing -> {
                  semaphore.release();
                  return semaphore.awaitAsync(source.token());
                });

    semaphore.release();

    assertThat(stage.toCompletableFuture()).succeedsWithin(TestThreads.LIMIT);
    assertThat(semaphore.currentCount()).isZero();
  }

  @Test
  void aStageCannotBeCompletedByItsReader() {
    var stage = semaphore.awaitAsync();

    stage.toCompletableFuture().complete(null);

    assertThat(stage.toCompletableFuture()).isNotDone();
    semaphore.release();
    assertThat(semaphore.currentCount()).isZero();
  }

  @Test
  void theHandleTellsWhetherAPermitIsFree() throws Exception {
    semaphore.release();
    WaitHandle handle = semaphore.availableWaitHandle();
    assertThat(semaphore.availableWaitHandle()).isSameAs(handle);
    assertThat(handle.waitOne(Duration.ZERO)).isTrue();
    assertThat(semaphore.currentCount()).isEqualTo(1);

    semaphore.await();
    assertThat(handle.waitOne(Duration.ZERO)).isFalse();

    semaphore.releaseMany(2);
    assertThat(WaitHandle.waitAny(source.token().waitHandle(), handle)).isEqualTo(1);
    semaphore.awaitAsync();
    assertThat(handle.waitOne(Duration.ZERO)).isTrue();
    semaphore.awaitAsync();
    assertThat(handle.waitOne(Duration.ZERO)).isFalse();

    semaphore.close();
    assertThatThrownBy(handle::waitOne).isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void whatIsHandedOverNeverShowsOnTheHandle() throws Exception {
    WaitHandle handle = semaphore.availableWaitHandle();
    var stage = semaphore.awaitAsync().toCompletableFuture();

    semaphore.release();

    assertThat(stage).succeedsWithin(TestThreads.LIMIT);
    assertThat(handle.waitOne(Duration.ZERO)).isFalse();
  }

  @Test
  void whatItsUserDoesToTheHandleGivesNoPermit() throws Exception {
    ManualResetEvent handle = (ManualResetEvent) semaphore.availableWaitHandle();

    handle.set();
    assertThat(semaphore.await(Duration.ZERO)).isFalse();
    handle.close();
    semaphore.release();
    semaphore.await(source.token());

    assertThat(semaphore.currentCount()).isZero();
  }

  @Test
  void itsTextTellsTheCountAndWhetherItIsClosed() {
    semaphore.releaseMany(2);
    assertThat(semaphore).hasToString("SemaphoreSlim[2 free]");

    semaphore.close();
    assertThat(semaphore).hasToString("SemaphoreSlim[2 free, closed]");
  }

  private Running<Void> wait(CancellationToken token) {
    return TestThreads.start(
        () -> {
          semaphore.await(token);
          return null;
        });
  }

  private static void note(List<Thread> threads) {
    synchronized (threads) {
      threads.add(Thread.currentThread());
    }
  }

  /** Waits until the stage has failed, and returns its bare exception. */
  private static Throwable failure(CompletableFuture<?> stage) {
    return stage
        .handle((result, e) -> e)
        .orTimeout(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join();
  }
}
