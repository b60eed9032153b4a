// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waits of threads, and what they leave behind. */
class TaskWaitTest {
  private static final Duration LONG = Duration.ofDays(1);

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();
  private final Task<Integer> task = promise.task();

  @Test
  void aJoinEndsWithItsTask() throws Exception {
    TestThreads.Running<Integer> waiting = TestThreads.start(task::result).awaitBlocked();

    promise.setResult(7);

    assertThat(waiting.join()).isEqualTo(7);
  }

  @Test
  void aTokenEndsAJoinAndLeavesTheTask() throws Exception {
    TestThreads.Running<Throwable> waiting =
        TestThreads.start(() -> catchThrowable(() -> task.join(source.token()))).awaitBlocked();

    source.cancel();

    assertThat(waiting.join()).isExactlyInstanceOf(OperationCanceledException.class);
    assertThat(task.isCompleted()).isFalse();
    assertThat(task.hookCount()).isZero();
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void anInterruptEndsAJoinAndLeavesNothingBehind() throws Exception {
    TestThreads.Running<Throwable> waiting =
        TestThreads.start(() -> catchThrowable(task::join)).awaitBlocked();

    waiting.thread().interrupt();

    assertThat(waiting.join()).isInstanceOf(InterruptedException.class);
    assertThat(task.hookCount()).isZero();
  }

  @Test
  void aTimeoutEndsAJoin() throws Exception {
    assertThat(task.join(Duration.ofMillis(1))).isFalse();
    assertThat(task.join(Duration.ZERO)).isFalse();
    assertThat(task.hookCount()).isZero();
  }

  @Test
  void aTaskThatHasEndedIsNotAskedAboutInterrupts() throws Exception {
    promise.setResult(7);
    Thread.currentThread().interrupt();

    assertThat(task.await()).isEqualTo(7);

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anInterruptThatIsPendingComesFirstOnATaskThatHasNotEnded() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(task::join).isInstanceOf(InterruptedException.class);
  }

  @Test
  void aJoinWithACanceledTokenReturnsIfTheTaskRan() throws Exception {
    source.cancel();
    promise.setResult(1);

    task.join(source.token());
  }

  @Test
  void aJoinOfACanceledTaskWithACanceledTokenThrowsThePlainException() {
    source.cancel();
    promise.setCanceled();

    assertThatThrownBy(() -> task.join(source.token()))
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(source.token()));
  }

  @Test
  void aJoinWithTimeoutAndTokenLooksAtTheTokenFirst() {
    source.cancel();
    promise.setResult(1);

    assertThatThrownBy(() -> task.join(Duration.ZERO, source.token()))
        .isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void aQueuedTaskRunsInTheThreadThatWaitsIfItsSchedulerSaysSo() throws Exception {
    ManualScheduler scheduler = new ManualScheduler();
    scheduler.inlines = true;
    Task<Thread> queued =
        Task.factory().startNew(Thread::currentThread, CancellationToken.none(), scheduler);

    assertThat(queued.result()).isSameAs(Thread.currentThread());
    assertThat(scheduler.calls).containsExactly("queue", "inline queued");
  }

  @Test
  void aWaitWithTokenOrTimeoutRunsNothing() throws Exception {
    ManualScheduler scheduler = new ManualScheduler();
    scheduler.inlines = true;
    Task<Thread> queued =
        Task.factory().startNew(Thread::currentThread, CancellationToken.none(), scheduler);

    queued.join(Duration.ofMillis(1));
    source.cancel();
    assertThatThrownBy(() -> queued.join(source.token()))
        .isInstanceOf(OperationCanceledException.class);

    assertThat(scheduler.calls).containsExactly("queue");
  }

  @Test
  void aPoolThreadRunsWhatItHasStartedItselfWhereItWaits() throws Exception {
    boolean[] isInline = new boolean[1];
    Task.runAction(
            () -> {
              for (int i = 0; i < 10_000 && !isInline[0]; i++) {
                isInline[0] = Task.run(Thread::currentThread).result() == Thread.currentThread();
              }
            })
        .join();

    assertThat(isInline[0]).isTrue();
  }

  @Test
  void waitersAreReleasedBeforeContinuations() throws Exception {
    List<TestThreads.Running<Void>> waiters = new ArrayList<>();
    boolean[] areReleased = new boolean[1];
    task.continueWithAction(
        t -> {
          for (TestThreads.Running<Void> waiter : waiters) {
            waiter.join();
          }
          areReleased[0] = true;
        },
        TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);
    waiters.add(
        TestThreads.<Void>start(
                () -> {
                  task.join();
                  return null;
                })
            .awaitBlocked());
    waiters.add(
        TestThreads.<Void>start(
                () -> {
                  Task.waitAll(task);
                  return null;
                })
            .awaitBlocked());

    promise.setResult(1);

    assertThat(areReleased[0]).isTrue();
  }

  @Test
  void waitAllThrowsWhatAllHaveThrownInTheirOrder() {
    IllegalArgumentException first = new IllegalArgumentException("1");
    IllegalArgumentException third = new IllegalArgumentException("3");
    promise.setCanceled();

    assertThatThrownBy(
            () ->
                Task.waitAll(
                    Task.fromException(first), task, Task.fromException(third), Task.fromResult(4)))
        .isInstanceOfSatisfying(
            AggregateException.class,
            e -> {
              assertThat(e.innerExceptions()).hasSize(3);
              assertThat(e.innerExceptions().get(0)).isSameAs(first);
              assertThat(e.innerExceptions().get(1)).isInstanceOf(TaskCanceledException.class);
              assertThat(e.innerExceptions().get(2)).isSameAs(third);
            });
  }

  @Test
  void waitAllInTimeSaysWhetherAllHaveEnded() throws Exception {
    Task<?>[] tasks = {Task.fromException(new IllegalArgumentException()), task};

    assertThat(Task.waitAll(tasks, Duration.ofMillis(1))).isFalse();
    assertThat(task.hookCount()).isZero();
    promise.setResult(1);
    assertThatThrownBy(() -> Task.waitAll(tasks, Duration.ZERO))
        .isInstanceOf(AggregateException.class);
  }

  @Test
  void waitAllRunsQueuedTasksFromTheLast() throws Exception {
    ManualScheduler scheduler = new ManualScheduler();
    scheduler.inlines = true;
    List<Integer> order = new ArrayList<>();
    List<Task<?>> tasks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int index = i;
      tasks.add(
          Task.factory().startNew(() -> order.add(index), CancellationToken.none(), scheduler));
    }

    Task.waitAll(tasks);

    assertThat(order).containsExactly(2, 1, 0);
  }

  @Test
  void waitAnyGivesTheLowestThatHasEnded() throws Exception {
    assertThat(Task.waitAny(task, Task.fromResult(1), Task.fromResult(2))).isEqualTo(1);
    assertThat(Task.waitAny()).isEqualTo(-1);
    assertThat(Task.waitAny(List.of(task), Duration.ofMillis(1))).isEqualTo(-1);
  }

  @Test
  void waitAnyEndsWithTheFirstToEndAndLeavesNothingOnTheOthers() throws Exception {
    Task<Integer> other = new TaskCompletionSource<Integer>().task();
    TestThreads.Running<Integer> waiting =
        TestThreads.start(() -> Task.waitAny(other, task)).awaitBlocked();

    promise.setException(new IllegalArgumentException("looked at by nobody"));

    assertThat(waiting.join()).isEqualTo(1);
    assertThat(other.hookCount()).isZero();
    assertThat(task.exception()).isNotNull();
  }

  @Test
  void waitAnyThatItsTokenEndsLeavesNothingBehind() throws Exception {
    TestThreads.Running<Throwable> waiting =
        TestThreads.start(
                () -> catchThrowable(() -> Task.waitAny(new Task<?>[] {task}, source.token())))
            .awaitBlocked();

    source.cancel();

    assertThat(waiting.join()).isInstanceOf(OperationCanceledException.class);
    assertThat(task.hookCount()).isZero();
  }

  @Test
  void aNullTaskIsRefusedByItsPlace() {
    assertThatThrownBy(() -> Task.waitAll(task, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("tasks[1]");
  }

  @Test
  void resultNowNeverWaits() {
    assertThatThrownBy(task::resultNow).isInstanceOf(IllegalStateException.class);

    promise.setResult(3);

    assertThat(task.resultNow()).isEqualTo(3);
  }

  @Test
  void theWaitHandleIsSetByTheEnd() throws Exception {
    assertThat(task.asyncWaitHandle().waitOne(Duration.ZERO)).isFalse();
    promise.setCanceled();
    assertThat(task.asyncWaitHandle().waitOne(LONG)).isTrue();
    assertThat(Task.completedTask().asyncWaitHandle().waitOne(LONG)).isTrue();
  }
}
