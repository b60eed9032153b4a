// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.threading.CountdownEvent;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AsyncLoopTest {
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final ParallelOptions options =
      new ParallelOptions().withCancellationToken(source.token());
  private final AtomicInteger bodies = new AtomicInteger();

  @Test
  void eachIndexIsRunOnceAndTheLoopEndsAfterAll() throws Exception {
    Parallel.forAsync(
            0,
            1000,
            options.withMaxDegreeOfParallelism(4),
            (i, own) -> i % 2 == 0 ? null : Task.runAction(bodies::incrementAndGet))
        .join();
    assertThat(bodies).hasValue(500);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void bodiesThatHaveEndedNestNoCalls() throws Exception {
    Parallel.forAsync(
            0,
            100_000,
            options.withMaxDegreeOfParallelism(1),
            (i, own) -> {
              bodies.incrementAndGet();
              return Task.completedTask();
            })
        .join();
    assertThat(bodies).hasValue(100_000);
  }

  @Test
  void aFailureCancelsTheOthersAndComesFirst() throws Exception {
    IOException failure = new IOException();
    CountdownEvent waits = new CountdownEvent(1); // a wait that the pool makes up for
    Task<Void> loop =
        Parallel.forAsync(
            0,
            2,
            options.withMaxDegreeOfParallelism(2),
            (i, own) -> {
              if (i == 1) {
                return Task.runAction(
                    () -> {
                      waits.signal();
                      own.awaitCancellation();
                      own.throwIfCancellationRequested();
                    },
                    own);
              }
              waits.await();
              throw failure;
            });
    assertThatThrownBy(loop::join).isInstanceOf(AggregateException.class);
    List<Throwable> failures = loop.exception().innerExceptions();
    assertThat(failures).hasSize(2).startsWith(failure);
    assertThat(source.isCancellationRequested()).isFalse();
  }

  @Test
  void whatCallbacksOfTheOwnTokenThrowComesAfterTheFailure() {
    IOException failure = new IOException();
    IllegalStateException ofCallback = new IllegalStateException();
    Task<Void> loop =
        Parallel.forAsync(
            0,
            1,
            (i, own) -> {
              own.register(
                  () -> {
                    throw ofCallback;
                  });
              throw failure;
            });
    assertThatThrownBy(loop::join).isInstanceOf(AggregateException.class);
    assertThat(loop.exception().innerExceptions()).containsExactly(failure, ofCallback);
  }

  @Test
  void aCancellationReachesTheOwnTokenBeforeItReturns() throws Exception {
    CancellationToken[] given = new CancellationToken[1];
    TaskCompletionSource<Void> gate = new TaskCompletionSource<>();
    CountDownLatch begun = new CountDownLatch(1);
    Task<Void> loop =
        Parallel.forAsync(
            0,
            10,
            options.withMaxDegreeOfParallelism(1),
            (i, own) -> {
              given[0] = own;
              begun.countDown();
              return gate.task();
            });
    begun.await();
    source.cancel();
    assertThat(given[0].isCancellationRequested()).isTrue();
    gate.setResult(null);
    assertThatThrownBy(loop::await).isInstanceOf(TaskCanceledException.class);
  }

  @Test
  void theTokensReasonIsTheCause() {
    IOException reason = new IOException();
    Task<Void> loop =
        Parallel.forAsync(
            0,
            10,
            options,
            (i, own) -> {
              source.cancelBecause(reason);
              return null;
            });
    assertThatThrownBy(loop::await).isInstanceOf(TaskCanceledException.class).hasCause(reason);
  }

  @Test
  void whatTheSourceThrowsIsAFailure() {
    IllegalStateException failure = new IllegalStateException();
    Iterable<Integer> failing =
        () -> {
          throw failure;
        };
    Task<Void> loop = Parallel.forEachAsync(failing, (x, own) -> null);
    assertThatThrownBy(loop::await).isSameAs(failure);
  }

  @Test
  void whatClosingTheSourceThrowsComesAfterTheBodys() {
    IOException ofBody = new IOException();
    IllegalStateException ofClose = new IllegalStateException();
    Task<Void> loop =
        Parallel.forEachAsync(
            () -> new ClosingBadly(ofClose),
            options.withMaxDegreeOfParallelism(1),
            (x, own) -> {
              throw ofBody;
            });
    assertThatThrownBy(loop::join).isInstanceOf(AggregateException.class);
    assertThat(loop.exception().innerExceptions()).containsExactly(ofBody, ofClose);
  }

  /** One element, and a failure when closed. */
  private record ClosingBadly(RuntimeException failure)
      implements Iterator<Integer>, AutoCloseable {
    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public Integer next() {
      return 1;
    }

    @Override
    public void close() {
      throw failure;
    }
  }

  @Test
  void whoEndsABodysTaskRunsNothingOfTheLoop() {
    TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();
    AtomicReference<Thread> caller = new AtomicReference<>();
    Task<Void> loop =
        Parallel.forAsync(
            0,
            1,
            (i, own) -> {
              own.register(() -> caller.set(Thread.currentThread()));
              return promise.task();
            });
    TestThreads.await("the loop waits", () -> promise.task().hookCount() == 1);

    promise.setException(new IOException());

    assertThatThrownBy(loop::join).isInstanceOf(AggregateException.class);
    assertThat(caller.get()).isNotNull().isNotSameAs(Thread.currentThread());
  }

  @Test
  void aLoopThatIsRefusedItsFirstWorkerFails() {
    Executor refusing =
        work -> {
          throw new RejectedExecutionException();
        };
    Task<Void> loop =
        Parallel.forAsync(0, 1, options.withTaskScheduler(refusing), (i, own) -> null);
    assertThatThrownBy(loop::await).isInstanceOf(TaskSchedulerException.class);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void anExecutorThatRunsInPlaceRunsNoWorkerWithinAnother() throws Exception {
    Parallel.forAsync(
            0,
            1000,
            options.withTaskScheduler(Runnable::run).withMaxDegreeOfParallelism(100),
            (i, own) -> {
              bodies.incrementAndGet();
              return null;
            })
        .join();
    assertThat(bodies).hasValue(1000);
  }
}
