// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.AggregateException;
import desist.CancellationTokenSource;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** From CREATED to RUNNING, and what keeps a task from getting there. */
class TaskStartTest {
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final ManualScheduler scheduler = new ManualScheduler();

  @Test
  void aTaskGoesThroughItsLife() throws Exception {
    TaskStatus[] inBody = new TaskStatus[1];
    Task<?>[] self = new Task<?>[1];
    Task<Integer> task =
        new Task<>(
            () -> {
              inBody[0] = self[0].status();
              return 1;
            });
    self[0] = task;
    assertThat(task.status()).isEqualTo(TaskStatus.CREATED);

    task.start(scheduler);
    assertThat(task.status()).isEqualTo(TaskStatus.WAITING_TO_RUN);

    scheduler.runAll();
    assertThat(inBody[0]).isEqualTo(TaskStatus.RUNNING);
    assertThat(task.status()).isEqualTo(TaskStatus.RAN_TO_COMPLETION);
  }

  @Test
  void aTaskIsStartedOnce() throws Exception {
    Task<Integer> task = new Task<>(() -> 1);
    task.start();

    assertThatThrownBy(task::start).isInstanceOf(IllegalStateException.class);
    task.join();
    assertThatThrownBy(task::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aPromiseIsNotToBeStarted() {
    Task<Integer> promise = new TaskCompletionSource<Integer>().task();

    assertThat(promise.status()).isEqualTo(TaskStatus.WAITING_FOR_ACTIVATION);
    assertThatThrownBy(promise::start).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(promise::runSynchronously).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTaskMadeWithACanceledTokenIsCanceledAtOnce() {
    source.cancel();
    Task<Integer> task = new Task<>(() -> 1, source.token());

    assertThat(task.status()).isEqualTo(TaskStatus.CANCELED);
    assertThatThrownBy(task::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void cancelingTheTokenOfACreatedTaskEndsItWithItsContinuationsInsideTheCall() {
    Task<Integer> task = new Task<>(() -> 1, source.token());
    Thread[] ran = new Thread[1];
    task.continueWithAction(
        t -> ran[0] = Thread.currentThread(), TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);

    source.cancel();

    assertThat(task.isCanceled()).isTrue();
    assertThat(ran[0]).isSameAs(Thread.currentThread());
  }

  @Test
  void aStartedTaskAsksItsSchedulerToLetItGo() {
    Task<Integer> task = new Task<>(() -> 1, source.token());
    task.start(scheduler);
    scheduler.letsGo = true;

    source.cancel();

    assertThat(task.isCanceled()).isTrue();
    assertThat(scheduler.calls).containsExactly("queue", "dequeue");
    assertThat(scheduler.run(task)).isTrue();
  }

  @Test
  void aTaskThatItsSchedulerKeepsIsCanceledInItsTurn() {
    Task<Integer> task = new Task<>(() -> 1, source.token());
    task.start(scheduler);

    source.cancel();
    assertThat(task.status()).isEqualTo(TaskStatus.WAITING_TO_RUN);

    scheduler.runAll();
    assertThat(task.status()).isEqualTo(TaskStatus.CANCELED);
  }

  @Test
  void whatTryDequeueThrowsLeavesCancel() {
    Task<Integer> task = new Task<>(() -> 1, source.token());
    task.start(scheduler);
    scheduler.failure = new IllegalArgumentException("no");

    assertThatThrownBy(source::cancel)
        .isInstanceOf(AggregateException.class)
        .hasCauseInstanceOf(TaskSchedulerException.class);
    assertThat(task.status()).isEqualTo(TaskStatus.WAITING_TO_RUN);
  }

  @Test
  void onlyAConstructorRegistersWithTheToken() throws Exception {
    Task<Integer> made = new Task<>(() -> 1, source.token());
    assertThat(source.registrationCount()).isEqualTo(1);
    made.runSynchronously();
    assertThat(source.registrationCount()).isZero();

    CountDownLatch go = new CountDownLatch(1);
    Task<?> run = Task.runAction(go::await, source.token());
    assertThat(source.registrationCount()).isZero();
    go.countDown();
    run.join();
  }

  @Test
  void runSynchronouslyRunsOnThisThread() throws Exception {
    Task<Thread> task = new Task<>(Thread::currentThread, TaskCreationOptions.LONG_RUNNING);

    task.runSynchronously();

    assertThat(task.resultNow()).isSameAs(Thread.currentThread());
  }

  @Test
  void runSynchronouslyThrowsNothingOfTheBodys() throws Exception {
    Task<?> task =
        new Task<>(
            () -> {
              throw new IllegalArgumentException("bad");
            });

    task.runSynchronously();

    assertThat(task.status()).isEqualTo(TaskStatus.FAULTED);
  }

  @Test
  void runSynchronouslyWaitsWhereTheSchedulerDoesNotInline() throws Exception {
    Task<Thread> task = new Task<>(Thread::currentThread);
    TestThreads.Running<Void> waiting =
        TestThreads.<Void>start(
                () -> {
                  task.runSynchronously(scheduler);
                  return null;
                })
            .awaitBlocked();

    scheduler.runAll();
    waiting.join();

    assertThat(scheduler.calls).containsExactly("inline", "queue");
  }

  @Test
  void whatTheSchedulerThrowsFaultsTheTaskAndIsToldToWhoStartsIt() {
    scheduler.failure = new IllegalArgumentException("full");
    Task<Integer> task = new Task<>(() -> 1);

    assertThatThrownBy(() -> task.start(scheduler))
        .isInstanceOf(TaskSchedulerException.class)
        .hasCause(scheduler.failure);
    assertThat(task.exception()).hasCauseInstanceOf(TaskSchedulerException.class);
  }

  @Test
  void aSchedulerThatSaysItRanATaskAndHasNotIsFoundOut() {
    scheduler.lies = true;
    Task<Integer> task = new Task<>(() -> 1);

    assertThatThrownBy(() -> task.runSynchronously(scheduler))
        .isInstanceOf(TaskSchedulerException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(task.status()).isEqualTo(TaskStatus.FAULTED);
  }

  @Test
  void anInnerTaskIsTheCurrentOneWhileItRuns() throws Exception {
    Task<Integer> inner = new Task<>(() -> Task.currentId().orElseThrow());
    Task<Integer> outer =
        new Task<>(
            () -> {
              inner.runSynchronously();
              return Task.currentId().orElseThrow();
            });

    outer.runSynchronously();

    assertThat(inner.resultNow()).isEqualTo(inner.id());
    assertThat(outer.resultNow()).isEqualTo(outer.id());
    assertThat(Task.currentId()).isEmpty();
  }

  @Test
  void aLongRunningTaskHasAThreadOfItsOwn() throws Exception {
    Task<Thread> task =
        Task.factory().startNew(Thread::currentThread, TaskCreationOptions.LONG_RUNNING);

    assertThat(task.result().getName()).isEqualTo("desist-long-running");
    assertThat(task.result().isDaemon()).isTrue();
  }
}
