// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.HandTime.clock;
import static desist.TaskSteps.status;

import desist.HandTime.HandTimer;
import desist.tasks.PeriodicTimer;
import desist.tasks.Task;
import java.time.Duration;

/** {@code PeriodicTimer}: tasks/periodic. */
final class PeriodicTimerConformanceTest extends Conformance {
  private static final String DURATIONS = "0013-durations.md";
  private static final String AMBIENT = "0010-no-ambient-context.md";
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Probe("tasks/periodic/arguments")
  @Differs(
      record = DURATIONS,
      dotnet = "0.5 ms: ArgumentOutOfRangeException",
      ours = "0.5 ms=00:00:00.0005000")
  @Differs(
      record = DURATIONS,
      dotnet = "4294967295 ms: ArgumentOutOfRangeException",
      ours = "4294967295 ms=49.17:02:47.2950000")
  void arguments(Out o) {
    o.attemptValue("0", () -> period(Duration.ZERO));
    o.attemptValue("0.5 ms", () -> period(Duration.ofNanos(500_000)));
    o.attemptValue("1 ms", () -> period(Duration.ofMillis(1)));
    o.attemptValue("1.5 ms", () -> period(Duration.ofNanos(1_500_000)));
    o.attemptValue("-1 ms", () -> period(Timeout.INFINITE));
    o.attemptValue("-2 ms", () -> period(Duration.ofMillis(-2)));
    o.attemptValue("4294967294 ms", () -> period(Duration.ofMillis(4294967294L)));
    o.attemptValue("4294967295 ms", () -> period(Duration.ofMillis(4294967295L)));
    o.attemptValue("null provider", () -> new PeriodicTimer(SECOND, null));
    o.attemptValue("0 and null provider", () -> new PeriodicTimer(Duration.ZERO, null));
  }

  @Probe("tasks/periodic/ticks")
  @Differs(
      record = AMBIENT,
      dotnet = "flow suppressed=true",
      ours = {})
  void ticks(Out o) throws Exception {
    HandTime time = new HandTime();
    PeriodicTimer timer = new PeriodicTimer(SECOND, time);
    HandTimer hand = time.timers.get(0);
    o.say("due " + clock(hand.due) + " period", clock(hand.period));
    Task<Boolean> wait = timer.waitForNextTickAsync();
    o.say("pending", status(wait));
    hand.fire();
    o.say("tick", wait.result());
    hand.fire();
    hand.fire();
    o.say("two missed ticks", timer.waitForNextTickAsync().isCompleted());
    o.say("are one", timer.waitForNextTickAsync().isCompleted());
  }

  @Probe("tasks/periodic/period")
  void setPeriod(Out o) {
    HandTime time = new HandTime();
    PeriodicTimer timer = new PeriodicTimer(SECOND, time);
    HandTimer hand = time.timers.get(0);
    timer.setPeriod(Duration.ofSeconds(3));
    o.say("period", clock(timer.period()));
    o.say("due " + clock(hand.due) + " period", clock(hand.period));
    o.attemptValue("0", () -> setPeriod(timer, Duration.ZERO));
    o.attemptValue("infinite", () -> setPeriod(timer, Timeout.INFINITE));
    o.say("due " + clock(hand.due) + " period", clock(hand.period));
  }

  private static String period(Duration period) {
    try (PeriodicTimer timer = new PeriodicTimer(period)) {
      return clock(timer.period());
    }
  }

  private static String setPeriod(PeriodicTimer timer, Duration period) {
    timer.setPeriod(period);
    return clock(period);
  }
}
