// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.SynchronizationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class TaskSchedulerTest {
  private final ManualScheduler scheduler = new ManualScheduler();

  @Test
  void aTaskIsExecutedOnce() {
    Task<Integer> task = Task.factory().startNew(() -> 1, CancellationToken.none(), scheduler);

    assertThat(scheduler.run(task)).isTrue();
    assertThat(scheduler.run(task)).isFalse();
  }

  @Test
  void aCanceledTaskIsExecutedAgainAndAgainWithoutRunning() {
    CancellationTokenSource source = new CancellationTokenSource();
    source.cancel();
    Task<Integer> task = Task.factory().startNew(() -> 1, source.token(), scheduler);
    assertThat(task.status()).isEqualTo(TaskStatus.WAITING_TO_RUN);

    assertThat(scheduler.run(task)).isTrue();
    assertThat(scheduler.run(task)).isTrue();
    assertThat(task.isCanceled()).isTrue();
  }

  @Test
  void onlyItsOwnTasksAreExecuted() {
    Task<Integer> task = Task.factory().startNew(() -> 1, CancellationToken.none(), scheduler);
    scheduler.runAll();

    assertThatThrownBy(() -> new ManualScheduler().run(task))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> scheduler.run(new Task<>(() -> 1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tasksStartedInABodyStayOnItsScheduler() {
    Task<Task<TaskScheduler>> outer =
        Task.factory()
            .startNew(
                () -> Task.factory().startNew(TaskScheduler::current),
                CancellationToken.none(),
                scheduler);
    scheduler.runAll();

    assertThat(outer.resultNow().resultNow()).isSameAs(scheduler);
    assertThat(TaskScheduler.current()).isSameAs(TaskScheduler.defaultScheduler());
  }

  @Test
  void anExecutorRunsWhatItIsGiven() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Task<Thread> task =
          Task.factory().startNew(Thread::currentThread, CancellationToken.none(), executor);

      assertThat(task.result()).isSameAs(executor.submit(Thread::currentThread).get());
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void anExecutorThatRefusesATaskFaultsIt() {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    executor.shutdown();
    Task<Integer> task = new Task<>(() -> 1);

    assertThatThrownBy(() -> task.start(executor))
        .isInstanceOf(TaskSchedulerException.class)
        .hasCauseInstanceOf(RejectedExecutionException.class);
    assertThat(task.isFaulted()).isTrue();
  }

  @Test
  void aWaitRunsNothingForAnExecutor() throws Exception {
    List<Runnable> queue = new ArrayList<>();
    Task<Thread> task =
        Task.factory().startNew(Thread::currentThread, CancellationToken.none(), queue::add);
    TestThreads.Running<Thread> waiting = TestThreads.start(task::result).awaitBlocked();

    queue.get(0).run();

    assertThat(waiting.join()).isSameAs(Thread.currentThread());
  }

  @Test
  void aContextGetsEachTaskByPost() throws Exception {
    List<Runnable> posted = new ArrayList<>();
    SynchronizationContext context = SynchronizationContext.of(posted::add, () -> false);
    SynchronizationContext.setSynchronizationContext(context);
    TaskScheduler ofContext;
    try {
      ofContext = TaskScheduler.fromCurrentSynchronizationContext();
      Task<Integer> inline = Task.factory().startNew(() -> 1, CancellationToken.none(), ofContext);
      assertThat(inline.result()).isEqualTo(1);
    } finally {
      SynchronizationContext.setSynchronizationContext(null);
    }
    Task<Integer> later = Task.factory().startNew(() -> 2, CancellationToken.none(), ofContext);
    assertThat(later.isCompleted()).isFalse();

    posted.forEach(Runnable::run);

    assertThat(later.resultNow()).isEqualTo(2);
    assertThat(ofContext.maximumConcurrencyLevel()).isEqualTo(1);
  }

  @Test
  void withoutAContextThereIsNoSchedulerOfIt() {
    assertThatThrownBy(TaskScheduler::fromCurrentSynchronizationContext)
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void eachTaskHasAVirtualThread() throws Exception {
    Task<Thread> task =
        Task.factory()
            .startNew(
                Thread::currentThread, CancellationToken.none(), TaskScheduler.virtualThreads());

    assertThat(Threads.isVirtual(task.result())).isTrue();
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_20)
  void thereAreNoVirtualThreadsBefore21() {
    assertThatThrownBy(TaskScheduler::virtualThreads)
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void poolThreadsAreDaemonsAndInheritNothing() throws Exception {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    local.set("mine");
    Thread.currentThread().setContextClassLoader(new ClassLoader() {});
    try {
      Task<Thread> task = Task.run(Thread::currentThread);
      assertThat(task.result().isDaemon()).isTrue();
      assertThat(task.result().getContextClassLoader())
          .isSameAs(ClassLoader.getSystemClassLoader());
      assertThat(Task.run(() -> String.valueOf(local.get())).result()).isEqualTo("null");
    } finally {
      Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
    }
  }

  @Test
  void anInterruptThatABodyLeavesBehindIsNobodyElses() throws Exception {
    for (int i = 0; i < 100; i++) {
      Task.runAction(() -> Thread.currentThread().interrupt()).join();
      assertThat(Task.run(Thread::interrupted).result()).isFalse();
    }
  }

  @Test
  @Timeout(30)
  void tasksThatKeepStartingTasksLetThoseFromOutsideRun() throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    int chains = 4 * Runtime.getRuntime().availableProcessors();
    CountDownLatch begun = new CountDownLatch(chains);
    for (int i = 0; i < chains; i++) {
      Task.runAction(() -> startAnother(isOver, begun));
    }
    begun.await();
    try {
      assertThat(Task.run(() -> "ran").await()).isEqualTo("ran");
    } finally {
      isOver.set(true);
    }
  }

  private static void startAnother(AtomicBoolean isOver, CountDownLatch begun) {
    begun.countDown();
    if (!isOver.get()) {
      Task.runAction(() -> startAnother(isOver, begun));
    }
  }

  @Test
  void anExecutorIsGivenNoFuture() throws Exception {
    List<Runnable> given = new ArrayList<>();
    Task<String> task = Task.factory().startNew(() -> "ran", CancellationToken.none(), given::add);

    assertThat(given).hasSize(1).noneMatch(Future.class::isInstance);
    given.get(0).run();
    assertThat(task.await()).isEqualTo("ran");
  }
}
