// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.ParallelSteps.lazy;
import static desist.ParallelSteps.one;
import static desist.ParallelSteps.two;
import static desist.ParallelSteps.upTo;
import static desist.TaskSteps.currentId;

import desist.tasks.EnumerablePartitionerOptions;
import desist.tasks.Parallel;
import desist.tasks.ParallelOptions;
import desist.tasks.Partitioner;
import desist.tasks.Task;
import desist.tasks.TaskScheduler;
import desist.threading.Barrier;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Where bodies run: parallel/env. */
@Meaningless(
    id = "parallel/env/asynclocal-flows-in",
    about = Meaningless.About.AMBIENT_CONTEXT,
    because = "it shows which AsyncLocal values a body sees; Java has no such context")
final class ParallelEnvironmentConformanceTest extends Conformance {
  @Probe("parallel/env/caller-takes-part")
  void callerTakesPart(Out o) {
    Thread me = Thread.currentThread();
    Barrier both = new Barrier(2);
    AtomicInteger here = new AtomicInteger();
    Parallel.forRange(
        0,
        2,
        two(),
        i -> {
          if (Thread.currentThread() == me) {
            here.incrementAndGet();
          }
          both.signalAndWait();
        });
    o.say("here", here);
  }

  @Probe("parallel/env/max-dop")
  void maxDegree(Out o) {
    for (int degree = 1; degree <= 3; degree++) {
      Peak peak = new Peak();
      Parallel.forRange(0, 60, upTo(degree), i -> peak.hold());
      o.say("within " + degree, peak.most() <= degree);
    }
  }

  @Probe("parallel/env/inside-a-task")
  void insideATask(Out o) {
    AtomicBoolean isInTask = new AtomicBoolean();
    Parallel.forRange(0, 1, one(), i -> isInTask.set(currentId() != null));
    o.say("in the body", isInTask);
    o.say("outside", currentId() != null);
  }

  @Probe("parallel/env/scheduler")
  void scheduler(Out o) {
    EachOnAThread scheduler = new EachOnAThread(4);
    AtomicInteger wrong = new AtomicInteger();
    ParallelOptions options = new ParallelOptions().withTaskScheduler(scheduler);
    Parallel.forRange(0, 20, options, i -> countIf(TaskScheduler.current() != scheduler, wrong));
    Parallel.invoke(options, () -> countIf(TaskScheduler.current() != scheduler, wrong));
    o.say("wrong", wrong);
    o.say("queued", scheduler.queued.get() > 0);
  }

  private static void countIf(boolean condition, AtomicInteger count) {
    if (condition) {
      count.incrementAndGet();
    }
  }

  @Probe("parallel/env/scheduler-limits-dop")
  void schedulerLimitsDegree(Out o) {
    Peak peak = new Peak();
    Parallel.forRange(0, 40, upTo(8).withTaskScheduler(new EachOnAThread(1)), i -> peak.hold());
    o.say("peak", peak.most());
  }

  @Probe("parallel/env/null-scheduler-is-current")
  void nullSchedulerIsCurrent(Out o) throws Exception {
    EachOnAThread scheduler = new EachOnAThread(4);
    AtomicReference<TaskScheduler> inDefault = new AtomicReference<>();
    AtomicReference<TaskScheduler> inNull = new AtomicReference<>();
    TaskSteps.startOn(
            scheduler,
            () -> {
              Parallel.forRange(0, 1, i -> inDefault.set(TaskScheduler.current()));
              Parallel.forRange(
                  0,
                  1,
                  new ParallelOptions().withTaskScheduler(null),
                  i -> inNull.set(TaskScheduler.current()));
            })
        .join();
    o.say("default", inDefault.get() == TaskScheduler.defaultScheduler());
    o.say("null", inNull.get() == scheduler);
  }

  @Probe("parallel/env/max-dop-is-reached")
  void maxDegreeIsReached(Out o) {
    for (int degree : new int[] {2, 4}) {
      Barrier inFor = new Barrier(degree);
      AtomicInteger met = new AtomicInteger();
      Parallel.forRange(
          0, degree, upTo(degree), i -> countIf(inFor.signalAndWait(Steps.LONG), met));
      Barrier inForEach = new Barrier(degree);
      AtomicInteger metAgain = new AtomicInteger();
      Parallel.forEach(
          Partitioner.create(lazy(degree), EnumerablePartitionerOptions.NO_BUFFERING),
          upTo(degree),
          x -> countIf(inForEach.signalAndWait(Steps.LONG), metAgain));
      o.say("limit " + degree, met + " " + metAgain);
    }
  }

  /** How many bodies have run at once. */
  static final class Peak {
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /** Runs for a moment. */
    void hold() {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      long end = System.nanoTime() + 1_000_000;
      while (System.nanoTime() < end) {
        Thread.yield();
      }
      now.decrementAndGet();
    }

    int most() {
      return most.get();
    }
  }

  /** Runs each task on a thread of its own. */
  static final class EachOnAThread extends TaskScheduler {
    final AtomicInteger queued = new AtomicInteger();
    private final int level;

    EachOnAThread(int level) {
      this.level = level;
    }

    @Override
    public int maximumConcurrencyLevel() {
      return level;
    }

    @Override
    protected void queueTask(Task<?> task) {
      queued.incrementAndGet();
      Background.go(() -> tryExecuteTask(task));
    }

    @Override
    protected boolean tryExecuteTaskInline(Task<?> task, boolean wasQueued) {
      return false;
    }

    @Override
    protected Iterable<Task<?>> getScheduledTasks() {
      return List.of();
    }
  }
}
