// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What a request for cancellation promises, and callbacks on good days and bad. */
class CancelTest {
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();
  private final List<String> log = new ArrayList<>();

  @Test
  void callbacksRunNewestFirstOnTheCallersThread() {
    Thread caller = Thread.currentThread();
    token.register(() -> log.add("oldest " + (Thread.currentThread() == caller)));
    token.register(() -> log.add("newest " + (Thread.currentThread() == caller)));

    source.cancel();

    assertThat(log).containsExactly("newest true", "oldest true");
    pokeEveryMutator();
  }

  @Test
  void theReasonBecomesTheCause() {
    IllegalStateException reason = new IllegalStateException("disk full");

    source.cancelBecause(reason);
    source.cancelBecause(new RuntimeException("too late"));

    assertThat(token.reason()).isSameAs(reason);
    assertThatThrownBy(token::throwIfCancellationRequested)
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(token))
        .hasCause(reason);
  }

  @Test
  void aRequestWithoutReasonStandsToo() {
    source.cancel();
    source.cancelBecause(new RuntimeException("too late"));

    assertThat(token.reason()).isNull();
    assertThatThrownBy(token::throwIfCancellationRequested).hasNoCause();
  }

  @Test
  void tryCancelTellsWhoWasFirst() {
    assertThat(source.tryCancel()).isTrue();
    assertThat(source.tryCancel()).isFalse();
    source.close();
    assertThat(source.tryCancel()).isFalse();
    CancellationTokenSource closed = new CancellationTokenSource();
    closed.close();
    assertThat(closed.tryCancel()).isFalse();
  }

  @Test
  void errorsAndSneakyExceptionsAreCollectedInTheirPlace() {
    token.register(() -> log.add("oldest"));
    token.register(() -> sneak(new Exception("checked")));
    token.register(CancelTest::overflow);
    token.register(
        () -> {
          throw new OutOfMemoryError("claimed");
        });

    AggregateException failure = catchThrowableOfType(AggregateException.class, source::cancel);

    assertThat(log).containsExactly("oldest");
    assertThat(failure.innerExceptions())
        .extracting(Throwable::getClass)
        .extracting(Class::getSimpleName)
        .containsExactly("OutOfMemoryError", "StackOverflowError", "Exception");
    pokeEveryMutator();
  }

  @Test
  void throwOnFirstSkipsOwnCallbacksButTellsLinkedSources() {
    CancellationTokenSource child = CancellationTokenSource.createLinkedTokenSource(token);
    child
        .token()
        .register(
            () -> {
              throw new IllegalStateException("child");
            });
    CancellationTokenRegistration skipped = token.register(() -> log.add("skipped"));
    token.register(
        () -> {
          throw new IllegalArgumentException("first");
        });

    Throwable failure = catchThrowable(source::cancelThrowOnFirstException);

    assertThat(failure).isInstanceOf(IllegalArgumentException.class).hasMessage("first");
    assertThat(failure.getSuppressed()).singleElement().isInstanceOf(AggregateException.class);
    assertThat(child.isCancellationRequested()).isTrue();
    assertThat(log).isEmpty();
    assertThat(skipped.unregister()).isTrue();
    assertThat(skipped.unregister()).isFalse();
  }

  @Test
  void callbackOfAnExecutorIsHandedOverAndWaitedForByClose() throws Exception {
    List<Runnable> queue = new ArrayList<>();
    CancellationTokenRegistration registration = token.register(() -> log.add("ran"), queue::add);

    source.cancel();
    assertThat(registration.unregister()).isFalse();
    assertThat(log).isEmpty();
    var closing = TestThreads.run(registration::close).awaitBlocked();
    queue.get(0).run();
    queue.get(0).run();
    closing.join();

    assertThat(log).containsExactly("ran");
  }

  @Test
  void refusalByAnExecutorIsTheCallbacksException() {
    CancellationTokenRegistration registration =
        token.register(
            () -> log.add("ran"),
            command -> {
              throw new RejectedExecutionException("full");
            });
    token.register(() -> log.add("other"));

    assertThatThrownBy(source::cancel).hasRootCauseMessage("full");

    assertThat(log).containsExactly("other");
    registration.close();
  }

  @Test
  void onARequestedTokenTheExecutorIsUsedNeverThisThread() {
    source.cancel();
    List<Runnable> queue = new ArrayList<>();

    CancellationTokenRegistration registration = token.register(() -> log.add("ran"), queue::add);

    assertThat(log).isEmpty();
    queue.get(0).run();
    registration.close();
    assertThat(log).containsExactly("ran");
  }

  @Test
  void closeWaitsForTheCallbackInFlightAndKeepsTheInterrupt() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CancellationTokenRegistration registration =
        token.register(
            () -> {
              running.countDown();
              await(release);
              log.add("ended");
            });
    var canceling = TestThreads.run(source::cancel);
    running.await();

    var closing =
        TestThreads.start(
            () -> {
              Thread.currentThread().interrupt();
              registration.close();
              return List.copyOf(log) + " " + Thread.interrupted();
            });
    closing.awaitBlocked();
    assertThat(registration.unregister()).isFalse();
    release.countDown();

    assertThat(closing.join()).isEqualTo("[ended] true");
    canceling.join();
  }

  @Test
  void closeAsyncCompletesAwayFromTheCanceller() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CancellationTokenRegistration registration =
        token.register(
            () -> {
              running.countDown();
              await(release);
            });
    var canceling = TestThreads.run(source::cancel);
    running.await();

    var dependent =
        registration
            .closeAsync()
            .thenApply(ignored -> Thread.currentThread())
            .toCompletableFuture();
    assertThat(dependent).isNotDone();
    release.countDown();
    TestThreads.await("is complete", dependent::isDone);

    assertThat(dependent.get()).isNotSameAs(canceling.thread());
    canceling.join();
  }

  @Test
  void cancelAsyncCarriesOutWhatWasRequestedAlsoIfClosed() throws Exception {
    CancellationTokenSource child = CancellationTokenSource.createLinkedTokenSource(token);
    CountDownLatch ran = new CountDownLatch(2);
    child.token().register(ran::countDown);
    token.register(ran::countDown);

    var stage = source.cancelAsync();
    source.close();
    child.close();
    stage.toCompletableFuture().get();

    assertThat(ran.getCount()).isZero();
    assertThatThrownBy(() -> source.cancelAsync().toCompletableFuture().get())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void cancelAsyncFailsWithWhatCallbacksThrow() {
    token.register(
        () -> {
          throw new IllegalStateException("callback");
        });

    assertThatThrownBy(() -> source.cancelAsync().toCompletableFuture().get())
        .cause()
        .isInstanceOf(AggregateException.class)
        .hasMessage("One or more errors occurred. (callback)");
  }

  @Test
  void aCallbackClosesItselfAfterAContextThatGaveUpItsOwn() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    SynchronizationContext impatient =
        new SynchronizationContext() {
          @Override
          public void send(Runnable work) {
            TestThreads.run(work);
            await(begun);
            throw new IllegalStateException("gave up");
          }
        };
    List<CancellationTokenRegistration> own = new ArrayList<>();
    own.add(token.register(() -> own.get(0).close()));
    token.register(
        () -> {
          begun.countDown();
          await(end);
        },
        impatient);

    var canceling = TestThreads.start(() -> catchThrowable(source::cancel));

    assertThat(canceling.join()).hasMessage("One or more errors occurred. (gave up)");
    end.countDown();
  }

  @Test
  void aCallbackClosesItselfOnAnExecutorThatWaitsForIt() throws Exception {
    List<CancellationTokenRegistration> own = new ArrayList<>();
    own.add(
        token.register(
            () -> own.get(0).close(),
            work -> assertThat(catchThrowable(TestThreads.run(work)::join)).isNull()));

    TestThreads.run(source::cancel).join();

    assertThat(own.get(0).unregister()).isFalse();
  }

  private void pokeEveryMutator() {
    List<String> late = new ArrayList<>();
    source.cancel();
    source.cancelBecause(new RuntimeException());
    source.cancelThrowOnFirstException();
    source.cancelAfter(Duration.ZERO);
    assertThat(source.tryCancel()).isFalse();
    assertThat(source.tryReset()).isFalse();
    assertThat(source.cancelAsync().toCompletableFuture()).isCompleted();
    assertThat(token.register(() -> late.add("late")))
        .isSameAs(CancellationTokenRegistration.none());
    assertThat(late).containsExactly("late");
    assertThat(token.isCancellationRequested()).isTrue();
    assertThat(source.registrationCount()).isZero();
  }

  private static int overflow() {
    return overflow() + 1;
  }

  private static void await(CountDownLatch latch) {
    assertThat(catchThrowable(latch::await)).isNull();
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
