// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.SynchronizationContext;
import desist.threading.ManualResetEventSlim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class ConcurrentExclusiveSchedulerPairTest {
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final ManualScheduler under = new ManualScheduler();

  @Test
  void exclusiveTasksRunInTheirOrder() throws Exception {
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair();
    ManualResetEventSlim gate = new ManualResetEventSlim(false);
    startAction(pair.exclusiveScheduler(), gate::await);
    for (int i = 0; i < 100; i++) {
      say(pair.exclusiveScheduler(), "" + i);
    }
    gate.set();

    pair.complete();
    pair.completion().join();
    assertThat(log)
        .hasSize(100)
        .isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
  }

  @Test
  void anExclusiveTaskRunsBesideNoOther() throws Exception {
    ConcurrentExclusiveSchedulerPair pair =
        new ConcurrentExclusiveSchedulerPair(TaskScheduler.defaultScheduler(), 4, 3);
    AtomicLong running = new AtomicLong(); // an exclusive one counts as a million
    AtomicInteger mistakes = new AtomicInteger();
    List<Task<?>> tasks = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      boolean isExclusive = i % 3 == 0;
      long weight = isExclusive ? 1_000_000 : 1;
      tasks.add(
          startAction(
              isExclusive ? pair.exclusiveScheduler() : pair.concurrentScheduler(),
              () -> {
                long beside = running.getAndAdd(weight);
                if (isExclusive ? beside != 0 : beside > 3) {
                  mistakes.incrementAndGet();
                }
                Thread.yield();
                running.addAndGet(-weight);
              }));
    }

    Task.waitAll(tasks);
    assertThat(mistakes).hasValue(0);
  }

  @Test
  void exclusiveTasksThatWaitGoBeforeConcurrentOnes() {
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair(under, 1);
    say(pair.concurrentScheduler(), "reader 1");
    say(pair.concurrentScheduler(), "reader 2");
    say(pair.exclusiveScheduler(), "writer 1");
    say(pair.concurrentScheduler(), "reader 3");
    say(pair.exclusiveScheduler(), "writer 2");
    assertThat(under.queue).hasSize(1);

    under.runAll();
    assertThat(log).containsExactly("reader 1", "writer 1", "writer 2", "reader 2", "reader 3");
  }

  @Test
  void noMoreConcurrentTasksAreHandedOnThanTheLevel() {
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair(under, 2, 1);
    for (int i = 0; i < 5; i++) {
      say(pair.concurrentScheduler(), "reader");
    }
    assertThat(under.queue).hasSize(2);

    under.run(under.queue.poll());
    assertThat(under.queue).hasSize(2);
    under.runAll();
    assertThat(log).hasSize(5);
  }

  @Test
  void oneTaskBelowRunsAsManyAsItIsTold() {
    for (int items : new int[] {-1, 1, 2}) {
      under.calls.clear();
      ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair(under, 1, items);
      for (int i = 0; i < 4; i++) {
        say(pair.exclusiveScheduler(), "writer");
      }
      under.runAll();

      assertThat(under.calls).hasSize(items == -1 ? 1 : 4 / items);
    }
    assertThat(log).hasSize(12);
  }

  @Test
  void levelsAreThoseOfTheSchedulerBelowAtMost() {
    TaskScheduler two = new ConcurrentExclusiveSchedulerPair(under, 2).concurrentScheduler();

    assertThat(two.maximumConcurrencyLevel()).isEqualTo(2);
    assertThat(new ConcurrentExclusiveSchedulerPair(two, 3).concurrentScheduler())
        .extracting(TaskScheduler::maximumConcurrencyLevel)
        .isEqualTo(2);
    assertThat(new ConcurrentExclusiveSchedulerPair(under, -1).concurrentScheduler())
        .extracting(TaskScheduler::maximumConcurrencyLevel)
        .isEqualTo(Integer.MAX_VALUE);
    assertThat(new ConcurrentExclusiveSchedulerPair(under, -1).exclusiveScheduler())
        .extracting(TaskScheduler::maximumConcurrencyLevel)
        .isEqualTo(1);
  }

  @Test
  void argumentsAreChecked() {
    assertThatThrownBy(() -> new ConcurrentExclusiveSchedulerPair(null, 0))
        .isInstanceOf(NullPointerException.class);
    for (int number : new int[] {0, -2}) {
      assertThatThrownBy(() -> new ConcurrentExclusiveSchedulerPair(under, number))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new ConcurrentExclusiveSchedulerPair(under, 1, number))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  // ---- In place ----

  @Test
  void anExclusiveTaskRunsAnotherThatItWaitsFor() throws Exception {
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair();
    TaskFactory writers = new TaskFactory(pair.exclusiveScheduler());

    Task<Boolean> outer =
        writers.startNew(
            () -> {
              Thread here = Thread.currentThread();
              Task<Thread> waitedFor = writers.startNew(Thread::currentThread);
              Task<Thread> synchronous = new Task<>(Thread::currentThread);
              synchronous.runSynchronously(pair.exclusiveScheduler());
              return waitedFor.result() == here && synchronous.result() == here;
            });
    assertThat(outer.result()).isTrue();
  }

  @Test
  void exclusiveTasksWaitForOneAnotherAThousandDeep() throws Exception {
    TaskScheduler exclusive = new ConcurrentExclusiveSchedulerPair().exclusiveScheduler();

    assertThat(start(exclusive, () -> depth(exclusive, 1_000)).result()).isEqualTo(1_000);
  }

  private static int depth(TaskScheduler scheduler, int more) throws Exception {
    return more == 0 ? 0 : 1 + start(scheduler, () -> depth(scheduler, more - 1)).result();
  }

  @Test
  void aTaskOfTheOtherSideIsNotRunInPlace() throws Exception {
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair();

    for (boolean isExclusive : new boolean[] {true, false}) {
      TaskScheduler own = isExclusive ? pair.exclusiveScheduler() : pair.concurrentScheduler();
      TaskScheduler other = isExclusive ? pair.concurrentScheduler() : pair.exclusiveScheduler();
      Task<Task<Integer>> outer =
          start(
              own,
              () -> {
                Task<Integer> inner = start(other, () -> 1);
                assertThat(other.runInline(inner, true)).isFalse();
                return inner;
              });

      assertThat(outer.result().result()).isEqualTo(1);
    }
  }

  @Test
  void aConcurrentTaskRunsOneThatItWaitsForThoughAnExclusiveOneWaits() throws Exception {
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair();

    Task<Boolean> outer =
        start(
            pair.concurrentScheduler(),
            () -> {
              say(pair.exclusiveScheduler(), "writer");
              Task<Thread> late = start(pair.concurrentScheduler(), Thread::currentThread);
              return late.result() == Thread.currentThread();
            });
    assertThat(outer.result()).isTrue();
  }

  @Test
  void outsideItsTasksNothingIsRunInPlace() throws Exception {
    Task<Thread> task = new Task<>(Thread::currentThread);
    task.runSynchronously(new ConcurrentExclusiveSchedulerPair().exclusiveScheduler());

    assertThat(task.result()).isNotSameAs(Thread.currentThread());
  }

  @Test
  void aUsersSchedulerDecidesWhetherATaskIsRunInPlace() throws Exception {
    NewThreads threads = new NewThreads();
    TaskScheduler exclusive = new ConcurrentExclusiveSchedulerPair(threads).exclusiveScheduler();

    Task<Boolean> elsewhere =
        start(
            exclusive,
            () -> start(exclusive, Thread::currentThread).result() != Thread.currentThread());
    assertThat(elsewhere.result()).isTrue();

    threads.inlines = true;
    Task<Boolean> here =
        start(
            exclusive,
            () -> start(exclusive, Thread::currentThread).result() == Thread.currentThread());
    assertThat(here.result()).isTrue();
  }

  @Test
  void anInterruptDoesNotLetAnExclusiveTaskGoOnBesideOneThatRunsForIt() throws Exception {
    TaskScheduler exclusive =
        new ConcurrentExclusiveSchedulerPair(new NewThreads()).exclusiveScheduler();
    ManualResetEventSlim begun = new ManualResetEventSlim(false);
    ManualResetEventSlim gate = new ManualResetEventSlim(false);
    Thread[] waiting = new Thread[1];

    Task<Boolean> outer =
        start(
            exclusive,
            () -> {
              waiting[0] = Thread.currentThread();
              Task<Void> inner =
                  startAction(
                      exclusive,
                      () -> {
                        begun.set();
                        gate.await();
                      });
              inner.join();
              return inner.isCompleted() && Thread.interrupted();
            });
    begun.await();
    waiting[0].interrupt();
    TestThreads.await("goes on waiting", () -> waiting[0].getState() == Thread.State.WAITING);
    assertThat(outer.isCompleted()).isFalse();
    gate.set();

    assertThat(outer.result()).isTrue();
  }

  @Test
  void aPairOnAnExecutorOfOneThreadRunsInPlaceToo() throws Exception {
    ExecutorService one = Executors.newSingleThreadExecutor();
    try {
      TaskScheduler exclusive = new ConcurrentExclusiveSchedulerPair(one).exclusiveScheduler();
      Task<Integer> outer = start(exclusive, () -> 1 + start(exclusive, () -> 1).result());

      assertThat(outer.result()).isEqualTo(2);
    } finally {
      one.shutdown();
    }
  }

  @Test
  void aPairOnAnExecutorThatRunsInTheCallDoesSoToo() throws Exception {
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair(Runnable::run);
    startAction(
        pair.concurrentScheduler(),
        () -> {
          say(pair.exclusiveScheduler(), "writer");
          say(pair.concurrentScheduler(), "reader");
          log.add("first");
        });

    assertThat(log).containsExactly("first", "writer", "reader");
    pair.complete();
    pair.completion().join();
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void aPairRunsOnVirtualThreads() throws Exception {
    ConcurrentExclusiveSchedulerPair pair =
        new ConcurrentExclusiveSchedulerPair(TaskScheduler.virtualThreads());

    assertThat(start(pair.exclusiveScheduler(), () -> 1).result()).isEqualTo(1);
    assertThat(start(pair.concurrentScheduler(), () -> 2).result()).isEqualTo(2);
  }

  @Test
  void tasksStartedInABodyStayOnItsSide() throws Exception {
    TaskScheduler exclusive = new ConcurrentExclusiveSchedulerPair().exclusiveScheduler();

    assertThat(start(exclusive, TaskScheduler::current).result()).isSameAs(exclusive);
  }

  @Test
  void whatABodyLeavesOnTheThreadIsNotTheNextOnes() throws Exception {
    TaskScheduler exclusive = new ConcurrentExclusiveSchedulerPair().exclusiveScheduler();
    ManualResetEventSlim gate = new ManualResetEventSlim(false);
    startAction(
        exclusive,
        () -> {
          gate.await();
          SynchronizationContext.setSynchronizationContext(new SynchronizationContext());
          Thread.currentThread().interrupt();
        });
    Task<Boolean> next =
        start(exclusive, () -> Thread.interrupted() || SynchronizationContext.current() != null);
    gate.set();

    assertThat(next.result()).isFalse();
  }

  // ---- The end ----

  @Test
  void aCompletedPairRunsWhatIsQueuedAndRefusesMore() throws Exception {
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair(under, 1);
    say(pair.concurrentScheduler(), "reader");
    say(pair.exclusiveScheduler(), "writer");
    pair.complete();
    pair.complete();
    assertThatThrownBy(() -> say(pair.concurrentScheduler(), "late"))
        .isInstanceOf(TaskSchedulerException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(pair.completion().status()).isEqualTo(TaskStatus.WAITING_FOR_ACTIVATION);

    under.runAll();
    pair.completion().join();
    assertThat(log).containsExactly("reader", "writer");
    assertThatThrownBy(() -> new Task<>(() -> 1).runSynchronously(pair.exclusiveScheduler()))
        .isInstanceOf(TaskSchedulerException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void completionEndsInThePool() throws Exception {
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair();
    Task<Thread> seen =
        pair.completion()
            .continueWith(
                t -> Thread.currentThread(), TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);
    pair.complete();

    assertThat(seen.result()).isInstanceOf(PoolThread.class);
  }

  @Test
  void faultsOfTasksAreNotThePairs() throws Exception {
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair();
    Task<?> faulty =
        start(
            pair.concurrentScheduler(),
            () -> {
              throw new IllegalArgumentException("faulty");
            });
    assertThatThrownBy(faulty::await).hasMessage("faulty");
    pair.complete();

    pair.completion().join();
  }

  @Test
  void aTaskCanceledInTheQueueIsCanceledInItsTurn() {
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair(under);
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Boolean> queued =
        Task.factory().startNew(() -> log.add("ran"), source.token(), pair.exclusiveScheduler());
    source.cancel();
    assertThat(queued.status()).isEqualTo(TaskStatus.WAITING_TO_RUN);

    under.runAll();
    assertThat(queued.status()).isEqualTo(TaskStatus.CANCELED);
    assertThat(log).isEmpty();
  }

  @Test
  void aSchedulerBelowThatFailsFaultsThePair() {
    for (boolean isExclusive : new boolean[] {true, false}) {
      ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair(under);
      TaskScheduler side = isExclusive ? pair.exclusiveScheduler() : pair.concurrentScheduler();
      under.failure = new IllegalArgumentException("full");
      Task<?> refused = startAction(side, () -> {});
      assertThatThrownBy(() -> pair.completion().await())
          .isInstanceOf(TaskSchedulerException.class)
          .hasCause(under.failure);
      under.failure = null;

      assertThat(refused.status()).isEqualTo(TaskStatus.WAITING_TO_RUN);
      assertThatThrownBy(() -> startAction(side, () -> {}))
          .isInstanceOf(TaskSchedulerException.class)
          .hasCauseInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void anExecutorThatRejectsFaultsThePair() {
    ExecutorService closed = Executors.newSingleThreadExecutor();
    closed.shutdown();
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair(closed);
    startAction(pair.exclusiveScheduler(), () -> {});

    assertThatThrownBy(() -> pair.completion().await())
        .isInstanceOf(TaskSchedulerException.class)
        .hasCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void tasksThatWaitAreTold() {
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair(under);
    Task<?> waiting = startAction(pair.exclusiveScheduler(), () -> {});

    assertThat(pair.exclusiveScheduler().getScheduledTasks()).containsExactly(waiting);
    assertThat(pair.concurrentScheduler().getScheduledTasks()).isEmpty();
  }

  private void say(TaskScheduler scheduler, String what) {
    start(scheduler, () -> log.add(what));
  }

  private static <T> Task<T> start(TaskScheduler scheduler, Callable<T> body) {
    return Task.factory().startNew(body, CancellationToken.none(), scheduler);
  }

  private static Task<Void> startAction(TaskScheduler scheduler, ThrowingRunnable body) {
    return Task.factory().startNewAction(body, CancellationToken.none(), scheduler);
  }

  /** A user's scheduler with a thread for each task, which runs in place only when told to. */
  private static final class NewThreads extends TaskScheduler {
    volatile boolean inlines;

    @Override
    protected void queueTask(Task<?> task) {
      Thread thread = new Thread(() -> tryExecuteTask(task), "test");
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    protected boolean tryExecuteTaskInline(Task<?> task, boolean taskWasPreviouslyQueued) {
      return inlines && tryExecuteTask(task);
    }

    @Override
    protected Iterable<Task<?>> getScheduledTasks() {
      return List.of();
    }
  }

  @Test
  @Timeout(30)
  void turnsThatAreTakenInPlaceDoNotNestForEver() throws Exception {
    ConcurrentExclusiveSchedulerPair pair =
        new ConcurrentExclusiveSchedulerPair(Runnable::run, 1, 1);
    TaskFactory factory = new TaskFactory(pair.exclusiveScheduler());
    AtomicInteger ran = new AtomicInteger();
    Task<?> all =
        factory.startNewAction(
            () -> {
              for (int i = 0; i < 20_000; i++) {
                factory.startNewAction(ran::incrementAndGet);
              }
            });
    pair.complete();

    all.join();
    pair.completion().join();
    assertThat(ran).hasValue(20_000);
  }
}
