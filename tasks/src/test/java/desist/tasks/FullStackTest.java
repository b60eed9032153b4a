// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import desist.AggregateException;
import desist.CancellationTokenSource;
import desist.tasks.TestThreads.Running;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * What is called where the stack is all but full: each call is tried at its end, then a step before
 * and so on, until it does not throw. What throws must have done nothing, or the next call would
 * find that out.
 *
 * <p>The first round has an ordinary stack: it links what is linked at its first call.
 */
class FullStackTest {
  private static final int ROUNDS = 4;

  @Test
  void aPromiseIsKeptWithAllThatHangsOnItOrNotAtAll() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      int round = i;
      TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();
      List<Task<?>> hanging = hangingOn(promise.task());
      Running<Integer> waiting = TestThreads.start(promise.task()::await).awaitBlocked();

      onFullStack(round, () -> promise.setResult(round));

      assertThat(Task.waitAll(hanging, TestThreads.LIMIT)).isTrue();
      assertThat(waiting.join()).isEqualTo(round);
    }
  }

  @Test
  void aPromiseFaultsOrItIsOpen() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();

      onFullStack(round, () -> promise.setException(new IOException()));

      assertThat(promise.task().isFaulted()).isTrue();
    }
  }

  @Test
  void aContinuationIsAddedOnce() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      int round = i;
      TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();
      CancellationTokenSource source = new CancellationTokenSource();
      AtomicReference<Task<Integer>> added = new AtomicReference<>();

      onFullStack(round, () -> added.set(promise.task().continueWith(Task::await, source.token())));

      assertThat(promise.task().hookCount()).isEqualTo(1);
      assertThat(source.registrationCount()).isEqualTo(1);
      promise.setResult(round);
      assertThat(added.get().await()).isEqualTo(round);
    }
  }

  @Test
  void aTaskIsStartedOnce() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Task<Integer> task = new Task<>(() -> 1);

      onFullStack(round, task::start);

      assertThat(task.await()).isEqualTo(1);
    }
  }

  @Test
  void aTaskRunsOnceInThisThread() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      AtomicInteger runs = new AtomicInteger();
      AtomicReference<Current> left = new AtomicReference<>();
      Task<Integer> task = new Task<>(runs::incrementAndGet);

      onFullStack(
          round,
          () -> {
            if (task.status() == TaskStatus.CREATED) {
              task.runSynchronously(); // may hand it to the pool, and then overflow in its wait
            }
            left.set(Current.peek());
          });

      assertThat(task.await()).isEqualTo(1);
      assertThat(left.get()).isNull();
    }
  }

  @Test
  void aWaitLeavesNothingBehind() throws Exception {
    TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();
    for (int round = 0; round < ROUNDS; round++) {
      onFullStack(round, () -> promise.task().join(Duration.ofNanos(1)));
    }

    assertThat(promise.task().hookCount()).isZero();
  }

  @Test
  void whatATokenOrATimerCallsGoesElsewhere() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      CompletableFuture<Thread> called = new CompletableFuture<>();
      AtomicReference<Thread> caller = new AtomicReference<>();

      onFullStack(
          round,
          () -> {
            caller.set(Thread.currentThread());
            StackRoom.call(() -> called.complete(Thread.currentThread()));
          });

      Thread runner = called.get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(runner == caller.get()).isEqualTo(round == 0);
    }
  }

  @Test
  void aBodyThatOverflowsTheStackFaultsAndLeavesTheThreadAsItWas() throws Exception {
    Task<Integer> task = new Task<>(FullStackTest::endless);
    task.runSynchronously(Runnable::run);

    assertThat(task.exception().getCause()).isInstanceOf(StackOverflowError.class);
    assertThat(Current.peek()).isNull();
  }

  @Test
  void invokeReturnsOnlyWhenAllActionsHaveRun() throws Exception {
    AtomicInteger returns = new AtomicInteger();
    AtomicInteger runs = new AtomicInteger();
    for (int round = 0; round < ROUNDS; round++) {
      onFullStack(
          round,
          () -> {
            runs.set(0);
            orOverflow(() -> Parallel.invoke(runs::incrementAndGet, runs::incrementAndGet));
            returns.incrementAndGet();
          });
      assertThat(runs).hasValue(2);
    }

    assertThat(returns).hasValue(ROUNDS);
  }

  @Test
  void aLoopClosesTheSourceThatItHasOpened() throws Exception {
    OpenedAndClosed source = new OpenedAndClosed();
    for (int round = 0; round < ROUNDS; round++) {
      onFullStack(round, () -> orOverflow(() -> Parallel.forEach(source, element -> {})));
    }

    assertThat(source.closed).isEqualTo(source.opened);
  }

  /** Calls a loop, whose workers may have overflown as well as its caller. */
  private static void orOverflow(Runnable loop) {
    try {
      loop.run();
    } catch (AggregateException e) {
      throw new StackOverflowError();
    }
  }

  /** A source that counts, of which nothing overflows that is counted. */
  private static final class OpenedAndClosed implements Iterable<Integer> {
    private int opened;
    private int closed;

    @Override
    public Iterator<Integer> iterator() {
      Iterator<Integer> iterator = new ClosedOnce();
      opened++;
      return iterator;
    }

    private final class ClosedOnce implements Iterator<Integer>, AutoCloseable {
      private int next;

      @Override
      public boolean hasNext() {
        return next < 10;
      }

      @Override
      public Integer next() {
        return next++;
      }

      @Override
      public void close() {
        closed++;
      }
    }
  }

  private static List<Task<?>> hangingOn(Task<Integer> task) {
    return List.of(
        task.continueWith(Task::await),
        task.continueWith(Task::await, TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY),
        task.continueWithAction(Task::await, TaskContinuationOptions.NOT_ON_RAN_TO_COMPLETION)
            .continueWithAction(Task::status),
        task.waitAsync(TestThreads.LIMIT),
        Task.whenAll(task, Task.completedTask()),
        Task.whenAny(List.of(task)),
        Task.unwrap(task.continueWith(Task::fromResult)));
  }

  private static int endless() {
    return endless() + 1;
  }

  private static void onFullStack(int round, Attempt attempt) throws Exception {
    if (round == 0) {
      attempt.run();
      return;
    }
    List<Throwable> failures = new ArrayList<>();
    TestThreads.run(() -> descend(attempt, failures)).join();
    assertThat(failures).isEmpty();
  }

  /** Fills the stack, and then tries at each depth, beginning at the end, until there is room. */
  private static void descend(Attempt attempt, List<Throwable> failures) {
    try {
      descend(attempt, failures);
    } catch (StackOverflowError full) {
      try {
        attempt.run();
      } catch (Exception | AssertionError e) {
        failures.add(e);
      }
    }
  }

  /** What is tried. */
  private interface Attempt {
    void run() throws Exception;
  }
}
