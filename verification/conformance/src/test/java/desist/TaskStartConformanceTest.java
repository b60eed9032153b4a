// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.TaskSteps.canceled;
import static desist.TaskSteps.startOn;

import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;

/** {@code start}: tasks/start. */
final class TaskStartConformanceTest extends Conformance {
  @Probe("tasks/start/not-for-these")
  void notForThese(Out o) {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    o.attempt("promise", () -> source.task().start());
    o.attempt("continuation", () -> source.task().continueWithAction(t -> {}).start());
    o.attempt("startNew", () -> startOn(new ManualScheduler(), () -> {}).start());
    o.attempt("delay", () -> Task.delay(Timeout.INFINITE).start());
    o.attempt("canceled", () -> canceled().start());
  }

  @Probe("tasks/start/default-scheduler")
  void defaultScheduler(Out o) {
    ManualScheduler scheduler = new ManualScheduler().inlining();
    startOn(
        scheduler,
        () -> {
          Task.ofAction(() -> {}).start();
          o.say("start", scheduler.calls);
          Task.ofAction(() -> {}).runSynchronously();
          o.say("runSynchronously", scheduler.calls);
        });
    scheduler.run(scheduler.queue.get(0));
  }
}
