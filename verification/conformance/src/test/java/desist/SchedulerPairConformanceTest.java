// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.TaskSteps.end;
import static desist.TaskSteps.look;
import static desist.TaskSteps.startOn;

import desist.tasks.ConcurrentExclusiveSchedulerPair;
import desist.tasks.Task;
import desist.tasks.TaskContinuationOptions;
import desist.tasks.TaskFactory;
import desist.tasks.TaskScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** {@code ConcurrentExclusiveSchedulerPair}: tasks/pair. */
final class SchedulerPairConformanceTest extends Conformance {
  private static final Duration FIFTY = Duration.ofMillis(50);

  @Probe("tasks/pair/exclusive-in-order")
  void exclusiveInOrder(Out o) throws Exception {
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair();
    TaskFactory factory = new TaskFactory(pair.exclusiveScheduler());
    ManualResetEvent gate = new ManualResetEvent(false);
    List<Task<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int number = i;
      tasks.add(
          factory.startNewAction(
              () -> {
                gate.waitOne();
                o.say("task " + number);
              }));
    }
    gate.set();
    Task.waitAll(tasks, Steps.LONG);
  }

  @Probe("tasks/pair/canceled-while-queued")
  void canceledWhileQueued(Out o) {
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair();
    ManualResetEvent hold = new ManualResetEvent(false);
    CancellationTokenSource canceler = new CancellationTokenSource();
    AtomicBoolean ran = new AtomicBoolean();
    startOn(pair.exclusiveScheduler(), () -> hold.waitOne());
    Task<Void> queued = startOn(pair.exclusiveScheduler(), canceler.token(), () -> ran.set(true));
    canceler.cancel();
    o.say("canceled token", queued.status());
    hold.set();
    end(queued);
    o.say("reached", queued.status());
    o.say("ran", ran);
  }

  @Probe("tasks/pair/fault-of-a-task-does-not-fault-the-pair")
  void faultOfTaskDoesNotFaultThePair(Out o) throws Exception {
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair();
    Task<Void> task =
        end(
            startOn(
                pair.concurrentScheduler(),
                () -> {
                  throw new Boom("x");
                }));
    o.say(look(task));
    pair.complete();
    pair.completion().join();
    o.say("completion", pair.completion().status());
  }

  /** A scheduler below that is run by hand shows which task goes first. */
  @Probe("tasks/pair/order")
  void order(Out o) {
    ManualScheduler under = new ManualScheduler();
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair(under, 1);
    TaskFactory readers = new TaskFactory(pair.concurrentScheduler());
    TaskFactory writers = new TaskFactory(pair.exclusiveScheduler());
    readers.startNewAction(() -> o.say("reader 1"));
    readers.startNewAction(() -> o.say("reader 2"));
    writers.startNewAction(() -> o.say("writer 1"));
    readers.startNewAction(() -> o.say("reader 3"));
    writers.startNewAction(() -> o.say("writer 2"));
    o.say("tasks of the pair on the underlying scheduler", under.queue.size());
    under.runAll();
  }

  @Probe("tasks/pair/items-per-task")
  void itemsPerTask(Out o) {
    for (int items : new int[] {-1, 1, 2}) {
      ManualScheduler under = new ManualScheduler();
      ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair(under, 1, items);
      AtomicInteger ran = new AtomicInteger();
      for (int i = 0; i < 4; i++) {
        startOn(pair.exclusiveScheduler(), ran::incrementAndGet);
      }
      under.runAll();
      o.say(items + ": ran " + ran + ", tasks on the underlying scheduler", under.calls.size());
    }
  }

  @Probe("tasks/pair/inline")
  void inline(Out o) throws Exception {
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair();
    AtomicReference<Thread> runner = new AtomicReference<>();
    TaskScheduler writers = pair.exclusiveScheduler();
    startOn(
            writers,
            () -> {
              Thread here = Thread.currentThread();
              startOn(writers, () -> runner.set(Thread.currentThread())).join();
              o.say("waited for in an exclusive task, same thread", runner.get() == here);
              runner.set(null);
              Task.ofAction(() -> runner.set(Thread.currentThread())).runSynchronously(writers);
              o.say("runSynchronously, same thread", runner.get() == here);
              Task<Void> reader = startOn(pair.concurrentScheduler(), () -> {});
              o.say("a concurrent one", reader.join(FIFTY));
            })
        .join();
    Task.ofAction(() -> runner.set(Thread.currentThread())).runSynchronously(writers);
    o.say("runSynchronously outside, same thread", runner.get() == Thread.currentThread());
  }

  @Probe("tasks/pair/inline-concurrent")
  void inlineConcurrent(Out o) throws Exception {
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair();
    TaskScheduler readers = pair.concurrentScheduler();
    startOn(
            readers,
            () -> {
              Thread here = Thread.currentThread();
              AtomicReference<Thread> runner = new AtomicReference<>();
              Task.ofAction(() -> runner.set(Thread.currentThread())).runSynchronously(readers);
              o.say("runSynchronously, same thread", runner.get() == here);
              Task<Void> writer = startOn(pair.exclusiveScheduler(), () -> {});
              o.say("an exclusive one", writer.join(FIFTY));
              runner.set(null);
              startOn(readers, () -> runner.set(Thread.currentThread())).join();
              o.say("waited for behind a waiting exclusive one, same thread", runner.get() == here);
            })
        .join();
  }

  /** The completion ends in the pool, not in the call or in the last task. */
  @Probe("tasks/pair/completion-is-queued")
  void completionIsQueued(Out o) throws Exception {
    ConcurrentExclusiveSchedulerPair pair = new ConcurrentExclusiveSchedulerPair();
    Thread here = Thread.currentThread();
    Task<Boolean> seen =
        pair.completion()
            .continueWith(
                t -> Thread.currentThread() == here, TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);
    pair.complete();
    o.say("in complete", seen.result());
  }
}
