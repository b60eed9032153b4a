// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.HandTime.clock;
import static desist.TaskSteps.options;

import desist.tasks.Task;
import desist.tasks.TaskContinuationOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Delays: tasks/delay. */
@Meaningless(
    id = "tasks/delay/no-context-flow",
    about = Meaningless.About.AMBIENT_CONTEXT,
    because =
        "a delay suppresses the flow of the execution context while it makes its timer; there is"
            + " none to flow (decision 0010)")
final class TaskDelayConformanceTest extends Conformance {
  private static final String DURATIONS = "0013-durations.md";
  private static final String AMBIENT = "0010-no-ambient-context.md";
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Delays are kept to the nanosecond. A clock turned by hand keeps the short one from ending. */
  @Probe("tasks/delay/zero")
  @Differs(
      record = DURATIONS,
      dotnet = "part of a millisecond=RanToCompletion",
      ours = "part of a millisecond=WaitingForActivation")
  void zero(Out o) {
    o.say("status", Task.delay(Duration.ZERO).status());
    o.say("with token", Task.delay(Duration.ZERO, new CancellationTokenSource().token()).status());
    o.say("canceled token", Task.delay(Duration.ZERO, CancellationToken.canceled()).status());
    o.say("part of a millisecond", Task.delay(Duration.ofNanos(999_900), new HandTime()).status());
  }

  @Probe("tasks/delay/longest")
  @Differs(
      record = DURATIONS,
      dotnet = "4294967295 ms: ArgumentOutOfRangeException",
      ours = {"4294967295 ms=WaitingForActivation", "the longest=WaitingForActivation"})
  void longest(Out o) {
    o.attemptValue("4294967294 ms", () -> Task.delay(Duration.ofMillis(4294967294L)).status());
    o.attemptValue("4294967295 ms", () -> Task.delay(Duration.ofMillis(4294967295L)).status());
    o.attemptValue("the longest", () -> Task.delay(Duration.ofSeconds(Long.MAX_VALUE)).status());
  }

  @Probe("tasks/delay/cancel-does-not-run-continuations")
  void cancelDoesNotRunContinuations(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    ManualResetEvent hold = new ManualResetEvent(false);
    Thread here = Thread.currentThread();
    Task<Boolean> next =
        Task.delay(Timeout.INFINITE, source.token())
            .continueWith(
                t -> {
                  hold.waitOne();
                  return Thread.currentThread() == here;
                },
                TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);
    source.cancel(); // would hang if the continuation ran here
    o.say("continuation done", next.isCompleted());
    hold.set();
    o.say("same thread", next.result());
  }

  @Probe("tasks/delay/time-provider")
  void timeProvider(Out o) {
    HandTime time = new HandTime();
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Void> one = Task.delay(SECOND, time);
    Task<Void> two = Task.delay(SECOND, time, source.token());
    o.say("timers", time.timers.size());
    o.say("due", clock(time.timers.get(0).due));
    time.timers.get(0).fire();
    o.say("fired", one.status());
    o.say("disposed", time.timers.get(0).closed);
    source.cancel();
    o.say("canceled", two.status());
    o.say("disposed", time.timers.get(1).closed);
    o.say("zero", Task.delay(Duration.ZERO, time).status());
    o.say("infinite", Task.delay(Timeout.INFINITE, time, source.token()).status());
    o.say("timers", time.timers.size());
    o.attemptValue("null", () -> Task.delay(Duration.ZERO, (TimeProvider) null));
    o.attemptValue("null and canceled", () -> Task.delay(Duration.ZERO, null, source.token()));
  }

  /** What hangs on a task without being one of its continuations is a copy of it. */
  @Probe("tasks/delay/awaits-after-cancel")
  void awaitsAfterCancel(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    Thread here = Thread.currentThread();
    CountDownLatch done = new CountDownLatch(1);
    AtomicReference<Thread> there = new AtomicReference<>();
    Task.delay(Timeout.INFINITE, source.token())
        .toCompletableFuture()
        .whenComplete(
            (nothing, e) -> {
              there.set(Thread.currentThread());
              done.countDown();
            });
    source.cancel();
    Background.await(done);
    o.say("in cancel", there.get() == here);
  }

  @Probe("tasks/delay/options")
  void creationOptions(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    Task<Void> task = Task.delay(Timeout.INFINITE, source.token());
    o.say("before", options(task.creationOptions()));
    source.cancel();
    o.say("canceled", options(task.creationOptions()));
    o.say("state", task.asyncState());
  }

  @Probe("tasks/delay/no-timer")
  void noTimer(Out o) {
    HandTime time = new HandTime();
    Task.delay(Timeout.INFINITE, time);
    Task.delay(Timeout.INFINITE, time, new CancellationTokenSource().token());
    Task.delay(Duration.ZERO, time);
    Task.delay(SECOND, time, CancellationToken.canceled());
    o.say("timers", time.timers.size());
  }

  @Probe("tasks/delay/provider-throws")
  @Differs(
      record = AMBIENT,
      dotnet = "flow suppressed=false",
      ours = {})
  void providerThrows(Out o) {
    o.attemptValue("delay", () -> Task.delay(SECOND, new HandTime().refusing()));
  }

  @Probe("tasks/delay/zero-is-the-completed-task")
  void zeroIsTheCompletedTask(Out o) {
    o.say("same", Task.delay(Duration.ZERO) == Task.completedTask());
    o.say(
        "with token",
        Task.delay(Duration.ZERO, new CancellationTokenSource().token()) == Task.completedTask());
    o.say("infinite ones differ", Task.delay(Timeout.INFINITE) != Task.delay(Timeout.INFINITE));
  }
}
