// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.race;
import static desist.Steps.isSet;
import static desist.Steps.throwing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;

/** Sources with a time provider of the user's, and the provider's clock: core/time. */
@Meaningless(
    id = "core/time/context-not-captured",
    about = Meaningless.About.AMBIENT_CONTEXT,
    because =
        "the source suppresses the flow of the execution context while it makes its timer; there"
            + " is none to flow (decision 0010)")
@Meaningless(
    id = "core/time/context-suppressed-already",
    about = Meaningless.About.AMBIENT_CONTEXT,
    because = "as before, where the caller had suppressed the flow")
@Meaningless(
    id = "core/time/elapsed-rounding",
    about = Meaningless.About.TIMESTAMP_FREQUENCY,
    because =
        "stamps of any frequency are converted to ticks in double precision; a stamp is a"
            + " nanosecond here, and nothing is rounded (decision 0015)")
final class TimeConformanceTest extends Conformance {
  private static final String DURATIONS = "0013-durations.md";
  private static final String CARRIED_OUT = "0006-what-was-requested-is-carried-out.md";
  private static final String NAMES = "0015-names-and-overloads.md";
  private static final Duration TEN = Duration.ofMillis(10);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Probe("core/time/fires-on-advance")
  void firesOnAdvance(Out o) throws Exception {
    ManualTime time = new ManualTime();
    CancellationTokenSource source = new CancellationTokenSource(TEN, time);
    Thread me = Thread.currentThread();
    source.token().register(() -> o.say("on the advancing thread", Thread.currentThread() == me));
    time.advance(Duration.ofNanos(9_999_900));
    o.say("just before", source.isCancellationRequested());
    time.advance(Duration.ofNanos(100));
    o.say("after", source.isCancellationRequested());
    o.say("timer disposed", time.timers.get(0).closed);
  }

  @Probe("core/time/zero-makes-no-timer")
  void zeroMakesNoTimer(Out o) throws Exception {
    ManualTime time = new ManualTime();
    o.say("requested", new CancellationTokenSource(Duration.ZERO, time).isCancellationRequested());
    o.say("timers", time.timers.size());
  }

  /** {@code cancelAfter} cuts nothing off, as the constructor. */
  @Probe("core/time/calls-on-the-timer")
  @Differs(
      record = DURATIONS,
      dotnet = "Change(70000 ticks, infinite)",
      ours = "Change(79000 ticks, infinite)")
  void callsOnTheTimer(Out o) throws Exception {
    ManualTime time = new ManualTime();
    time.log = o::say;
    CancellationTokenSource source = new CancellationTokenSource(Duration.ofNanos(1_500_000), time);
    source.cancelAfter(Duration.ofNanos(7_900_000));
    source.cancelAfter(Duration.ofMillis(5));
    source.cancelAfter(Timeout.INFINITE);
    source.cancelAfter(Timeout.INFINITE);
    o.say("timers", time.timers.size());
    source.cancel();
    source.close();
  }

  @Probe("core/time/try-reset-refuses")
  void tryResetRefuses(Out o) throws Exception {
    ManualTime time = new ManualTime();
    time.log = o::say;
    CancellationTokenSource source = new CancellationTokenSource(TEN, time);
    source.token().register(() -> o.say("ran"));
    o.say("TryReset", source.tryReset());
    time.advance(TEN);
    CancellationTokenSource idle = new CancellationTokenSource(Timeout.INFINITE, time);
    o.say("idle TryReset", idle.tryReset());
  }

  @Probe("core/time/provider-is-not-inherited")
  void providerIsNotInherited(Out o) throws Exception {
    ManualTime time = new ManualTime();
    CancellationTokenSource parent = new CancellationTokenSource(Duration.ofSeconds(1), time);
    CancellationTokenSource child = CancellationTokenSource.createLinkedTokenSource(parent.token());
    child.cancelAfter(TEN);
    o.say("child's timer is the system's", child.token().waitHandle().waitOne(LIMIT));
    o.say("timers of the provider", time.timers.size());
    o.say("parent", parent.isCancellationRequested());
  }

  /** A timer's stamps are nanoseconds here: a quarter of a second is 250,000,000 of them. */
  @Probe("core/time/elapsed")
  @Differs(
      record = NAMES,
      dotnet = {
        "frequency 0: InvalidOperationException",
        "no local zone: InvalidOperationException"
      },
      ours = {})
  void elapsed(Out o) throws Exception {
    long quarter = 250_000_000;
    TimeProvider time =
        new TimeProvider() {
          @Override
          public long timestamp() {
            return 100 * quarter;
          }
        };
    o.say("two stamps", time.elapsed(10 * quarter, 16 * quarter).toMillis());
    o.say("backwards", time.elapsed(16 * quarter, 10 * quarter).toMillis());
    o.say("till now", time.elapsed(98 * quarter).toMillis());
  }

  @Probe("core/time/two-in-order")
  void twoInOrder(Out o) throws Exception {
    ManualTime time = new ManualTime();
    CancellationTokenSource late = new CancellationTokenSource(Duration.ofMillis(20), time);
    CancellationTokenSource early = new CancellationTokenSource(TEN, time);
    late.token().register(() -> o.say("late"));
    early.token().register(() -> o.say("early"));
    time.advance(Duration.ofMillis(30));
  }

  @Probe("core/time/null-timer")
  void nullTimer(Out o) throws Exception {
    OddTime time = new OddTime(() -> null);
    CancellationTokenSource source = new CancellationTokenSource(TEN, time);
    o.say("requested", source.isCancellationRequested());
    o.say("TryReset", source.tryReset());
    source.cancelAfter(TEN);
    o.say("CancelAfter fires", source.token().waitHandle().waitOne(LIMIT));
    o.attempt("Dispose", source::close);
  }

  /** The timer's exception is the first of the cancellation, and keeps nothing from running. */
  @Probe("core/time/timers-dispose-throws")
  @Differs(
      record = CARRIED_OUT,
      dotnet = "Cancel: FormatException",
      ours = {"callback ran", "Cancel: AggregateException[FormatException]"})
  @Differs(record = CARRIED_OUT, dotnet = "handle=false", ours = "handle=true")
  void timersDisposeThrows(Out o) throws Exception {
    OddTime time = new OddTime(() -> OddTime.timer(throwing(new FormatException())));
    CancellationTokenSource source = new CancellationTokenSource(TEN, time);
    WaitHandle handle = source.token().waitHandle();
    source.token().register(() -> o.say("callback ran"));
    o.attempt("Cancel", source::cancel);
    o.say("requested", source.isCancellationRequested());
    o.say("handle", isSet(handle));
    o.attempt("again", source::cancel);
    o.attempt("Dispose", source::close);
    o.attempt("Token", () -> source.token().canBeCanceled());
    CancellationTokenSource other = new CancellationTokenSource(TEN, time);
    o.attempt("Dispose of a live one", other::close);
    o.attempt("again", other::close);
    o.attempt("Token", () -> other.token().canBeCanceled());
  }

  @Probe("core/time/fires-inside-create-timer")
  void firesInsideCreateTimer(Out o) throws Exception {
    OddTime time = new OddTime(true, () -> OddTime.timer(() -> o.say("timer disposed")));
    CancellationTokenSource source = new CancellationTokenSource(TEN, time);
    o.say("requested", source.isCancellationRequested());
    source.token().register(() -> o.say("inline"));
    source.cancel();
    o.say("disposing");
    source.close();
  }

  @Probe("core/time/late-fire")
  void lateFire(Out o) throws Exception {
    OddTime time = new OddTime(() -> OddTime.timer(() -> {}));
    CancellationTokenSource source = new CancellationTokenSource(TEN, time);
    CancellationToken token = source.token();
    token.register(() -> o.say("never"));
    source.close();
    o.attempt("fire after Dispose", time::fire);
    o.say("requested", token.isCancellationRequested());
    token.register(() -> o.say("inline"));

    source = new CancellationTokenSource(TEN, time);
    source.token().register(() -> o.say("once"));
    source.cancel();
    o.attempt("fire after Cancel", time::fire);
    source = new CancellationTokenSource(TEN, time);
    source.cancelAfter(Timeout.INFINITE);
    o.attempt("fire though switched off", time::fire);
    o.say("requested", source.isCancellationRequested());
  }

  /** No delay is a bad one but null; the negative one reaches the timer as it is. */
  @Probe("core/time/no-calls-after-cancel")
  @Differs(
      record = DURATIONS,
      dotnet = "bad delay: ArgumentOutOfRangeException",
      ours = {
        "null delay: ArgumentNullException",
        "Change(-20000 ticks, infinite)",
        "Dispose",
        "negative delay: ok"
      })
  void noCallsAfterCancel(Out o) throws Exception {
    ManualTime time = new ManualTime();
    time.log = o::say;
    CancellationTokenSource source = new CancellationTokenSource(TEN, time);
    source.cancel();
    o.attempt("requested", () -> source.cancelAfter(Duration.ofMillis(5)));
    source.close();
    CancellationTokenSource other = new CancellationTokenSource(TEN, time);
    other.close();
    o.attempt("disposed", () -> other.cancelAfter(Duration.ofMillis(5)));
    CancellationTokenSource third = new CancellationTokenSource(TEN, time);
    o.attempt("null delay", () -> third.cancelAfter(null));
    o.attempt("negative delay", () -> third.cancelAfter(Duration.ofMillis(-2)));
    o.say("timers", time.timers.size());
  }

  /** A callback of ours has no state: it is a Runnable that cancels the source. */
  @Probe("core/time/state-given-to-the-timer")
  @Differs(record = NAMES, dotnet = "the source=true", ours = "cancels the source=true")
  void stateGivenToTheTimer(Out o) throws Exception {
    OddTime time = new OddTime(() -> OddTime.timer(() -> {}));
    CancellationTokenSource source = new CancellationTokenSource(TEN, time);
    time.fire();
    o.say("cancels the source", source.isCancellationRequested());
  }

  /** Without "frequency": a stamp is a nanosecond. */
  @Probe("core/time/defaults")
  @Differs(
      record = NAMES,
      dotnet = "frequency=true",
      ours = {})
  @Differs(
      record = NAMES,
      dotnet = "frequency=true",
      ours = {})
  void defaults(Out o) throws Exception {
    Duration limit = Duration.ofSeconds(30);
    for (TimeProvider time : new TimeProvider[] {TimeProvider.system(), new TimeProvider() {}}) {
      Duration off = Duration.between(Instant.now(), time.instant());
      o.say("utc", off.abs().compareTo(limit) < 0);
      o.say("zone", time.localTimeZone().equals(ZoneId.systemDefault()));
      o.say("stamp", Math.abs(time.timestamp() - System.nanoTime()) < limit.toNanos());
    }
  }

  /** The local time is the instant in the local zone; java.time puts the two together. */
  @Probe("core/time/local-now")
  void localNow(Out o) throws Exception {
    TimeProvider time =
        new TimeProvider() {
          @Override
          public Instant instant() {
            return Instant.parse("2020-01-31T23:00:00Z");
          }

          @Override
          public ZoneId localTimeZone() {
            return ZoneOffset.ofHoursMinutes(2, 30);
          }
        };
    o.say(
        "clock and zone",
        time.instant()
            .atZone(time.localTimeZone())
            .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx")));
  }

  @Probe("core/time/cancel-races-provider")
  void cancelRacesProvider(Out o) throws Exception {
    int wrong = 0;
    for (int i = 0; i < 100; i++) {
      OddTime time = new OddTime(() -> OddTime.timer(() -> {}));
      CancellationTokenSource source = new CancellationTokenSource(TEN, time);
      AtomicInteger runs = new AtomicInteger();
      source.token().register(runs::incrementAndGet);
      race(source::cancel, time::fire);
      if (runs.get() != 1) {
        wrong++;
      }
    }
    o.say("wrong", wrong);
  }
}
