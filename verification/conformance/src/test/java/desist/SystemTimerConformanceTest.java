// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.Steps.awaitDelay;
import static desist.Steps.comes;
import static desist.Steps.ends;
import static desist.Steps.isCompleted;
import static desist.Steps.opens;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The timers of {@code TimeProvider.system()}: core/time. */
final class SystemTimerConformanceTest extends Conformance {
  private static final String DURATIONS = "0013-durations.md";
  private static final Duration FIVE = Duration.ofMillis(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration MINUS_TWO = Duration.ofMillis(-2);

  private final TimeProvider system = TimeProvider.system();

  @Probe("core/time/system-timer")
  @Differs(
      record = DURATIONS,
      dotnet = "due -2ms: ArgumentOutOfRangeException",
      ours = "due -2ms: ok")
  void systemTimer(Out o) throws Exception {
    Duration one = Duration.ofMillis(1);
    o.attempt("null callback", () -> system.createTimer(null, one, one).close());
    o.attempt("due -2ms", () -> system.createTimer(() -> {}, MINUS_TWO, one).close());
    o.attempt("period -2ms", () -> system.createTimer(() -> {}, one, MINUS_TWO).close());
    CountDownLatch done = new CountDownLatch(1);
    AtomicReference<String> seen = new AtomicReference<>();
    String state = "state";
    TimeProvider.Timer timer =
        system.createTimer(
            () -> {
              seen.set(state);
              done.countDown();
            },
            FIVE,
            Timeout.INFINITE);
    await(done);
    o.say("state", seen.get());
    o.say("Change", timer.change(MINUTE, MINUTE));
    timer.close();
    o.say("Change after Dispose", timer.change(one, one));
    o.attempt("Dispose again", timer::close);
  }

  /** What a thread could inherit is an InheritableThreadLocal; our threads inherit none. */
  @Probe("core/time/system-timer-flows-context")
  @Differs(
      record = "0010-no-ambient-context.md",
      dotnet = {"flowed=creator", "suppressed=null"},
      ours = "flowed=null")
  void systemTimerFlowsContext(Out o) throws Exception {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    CountDownLatch done = new CountDownLatch(1);
    AtomicReference<String> flowed = new AtomicReference<>("not run");
    local.set("creator");
    system.createTimer(
        () -> {
          flowed.set(local.get());
          done.countDown();
        },
        FIVE,
        Timeout.INFINITE);
    await(done);
    o.say("flowed", flowed.get());
  }

  /** A negative due time is zero, a period must be positive, and none is too long or too short. */
  @Probe("core/time/itimer-change")
  @Differs(
      record = DURATIONS,
      dotnet = "due -2 ms: ArgumentOutOfRangeException",
      ours = "due -2 ms=true")
  @Differs(record = DURATIONS, dotnet = "due -1.5 ms=true", ours = "period 0: ArgumentException")
  @Differs(
      record = DURATIONS,
      dotnet = "due 2^32-1 ms: ArgumentOutOfRangeException",
      ours = "due 2^32-1 ms=true")
  @Differs(
      record = DURATIONS,
      dotnet = "period 2^32-1 ms: ArgumentOutOfRangeException",
      ours = "period 2^32-1 ms=true")
  @Differs(
      record = DURATIONS,
      dotnet = "due 0, period 0=1",
      ours = {})
  @Differs(
      record = DURATIONS,
      dotnet = {"due 0, period 0.5=1", "periodic=true"},
      ours = {"periodic, 500 us=true", "periodic, 5000 us=true"})
  void itimerChange(Out o) throws Exception {
    Duration one = Duration.ofMillis(1);
    Duration long1 = Duration.ofMillis(4294967294L);
    Duration long2 = Duration.ofMillis(4294967295L);
    try (TimeProvider.Timer timer =
        system.createTimer(() -> {}, Timeout.INFINITE, Timeout.INFINITE)) {
      o.attemptValue("due -2 ms", () -> timer.change(MINUS_TWO, one));
      o.attemptValue("period -2 ms", () -> timer.change(MINUTE, MINUS_TWO));
      o.attemptValue("period 0", () -> timer.change(MINUTE, Duration.ZERO));
      o.attemptValue("due 2^32-2 ms", () -> timer.change(long1, one));
      o.attemptValue("due 2^32-1 ms", () -> timer.change(long2, one));
      o.attemptValue("period 2^32-2 ms", () -> timer.change(MINUTE, long1));
      o.attemptValue("period 2^32-1 ms", () -> timer.change(MINUTE, long2));
      o.attemptValue("infinite", () -> timer.change(Timeout.INFINITE, Timeout.INFINITE));
    }
    AtomicInteger once = new AtomicInteger();
    TimeProvider.Timer single =
        system.createTimer(once::incrementAndGet, Duration.ZERO, Timeout.INFINITE);
    comes(() -> once.get() > 0); // on another thread, which may be late
    awaitDelay(Duration.ofMillis(200));
    o.say("due 0, period -1", once.get());
    single.close();
    for (Duration period : new Duration[] {Duration.ofNanos(500_000), FIVE}) {
      CountDownLatch three = new CountDownLatch(3);
      TimeProvider.Timer timer = system.createTimer(three::countDown, FIVE, period);
      o.say("periodic, " + period.toNanos() / 1000 + " us", opens(three));
      timer.close();
    }
  }

  @Probe("core/time/itimer-dispose-does-not-wait")
  void itimerDisposeDoesNotWait(Out o) throws Exception {
    for (boolean both : new boolean[] {false, true}) {
      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      AtomicBoolean done = new AtomicBoolean();
      TimeProvider.Timer timer =
          system.createTimer(
              () -> {
                running.countDown();
                await(release);
                done.set(true);
              },
              Duration.ZERO,
              Timeout.INFINITE);
      await(running);
      if (both) {
        timer.close();
        o.say("Dispose returned");
      }
      CompletionStage<Void> stage = timer.closeAsync();
      o.say("DisposeAsync completed", isCompleted(stage));
      release.countDown();
      o.say("completes", ends(stage));
      o.say("callback done", done.get());
    }
  }
}
