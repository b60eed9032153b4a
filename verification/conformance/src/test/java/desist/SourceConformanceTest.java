// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Steps.LONG;
import static desist.Steps.isSet;
import static desist.Steps.isSetWithin;
import static desist.Steps.named;

import java.time.Duration;
import java.util.List;

/** Sources and their constructors: {@code core/source}. Milliseconds and spans are Durations. */
@Meaningless(
    id = "core/source/derived-works",
    about = Meaningless.About.DERIVED_SOURCES,
    because = "A class derived from the source behaves the same; our source is final.")
final class SourceConformanceTest extends Conformance {
  private static final String DURATIONS = "0013-durations.md";

  @Probe("core/source/initial")
  void initial(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    o.say("IsCancellationRequested", cts.isCancellationRequested());
    o.say("CanBeCanceled", cts.token().canBeCanceled());
    o.say("Token==Token", cts.token() == cts.token());
  }

  @Probe("core/source/ctor-arguments")
  @Differs(
      record = DURATIONS,
      dotnet = {"int -2: ArgumentOutOfRangeException", "int -1=false"},
      ours = {"int -2=true", "int -1=true"})
  @Differs(
      record = DURATIONS,
      dotnet = {
        "span -2ms: ArgumentOutOfRangeException",
        "span -1ms=false",
        "span -1.5ms is cut to -1=false",
        "span min: ArgumentOutOfRangeException",
        "span max: ArgumentOutOfRangeException"
      },
      ours = {
        "span -2ms=true",
        "span -1ms=true",
        "span -1.5ms is cut to -1=true",
        "span min=true",
        "span max=false"
      })
  void constructorArguments(Out o) {
    o.attemptValue("int -2", () -> isBornRequested(Duration.ofMillis(-2)));
    o.attemptValue("int -1", () -> isBornRequested(Duration.ofMillis(-1)));
    o.attemptValue("int max", () -> isBornRequested(Duration.ofMillis(Integer.MAX_VALUE)));
    o.attemptValue("span -2ms", () -> isBornRequested(Duration.ofMillis(-2)));
    o.attemptValue("span -1ms", () -> isBornRequested(Duration.ofMillis(-1)));
    o.attemptValue("span -1.5ms is cut to -1", () -> isBornRequested(Duration.ofNanos(-1_500_000)));
    o.attemptValue("span min", () -> isBornRequested(Duration.ofSeconds(Long.MIN_VALUE)));
    o.attemptValue("span max", () -> isBornRequested(Duration.ofSeconds(Long.MAX_VALUE)));
  }

  @Probe("core/source/ctor-max")
  @Differs(
      record = DURATIONS,
      dotnet = "2^32-1 ms: ArgumentOutOfRangeException",
      ours = "2^32-1 ms=false")
  @Differs(
      record = DURATIONS,
      dotnet = "CancelAfter 2^32-1 ms: ArgumentOutOfRangeException",
      ours = "CancelAfter 2^32-1 ms: ok")
  void constructorMaximum(Out o) {
    Duration greatest = Duration.ofMillis(4294967294L);
    o.attemptValue("2^32-2 ms", () -> isBornRequested(greatest));
    o.attemptValue("2^32-2 ms and a bit", () -> isBornRequested(greatest.plusNanos(999_900)));
    o.attemptValue("2^32-1 ms", () -> isBornRequested(greatest.plusMillis(1)));
    o.attempt("CancelAfter 2^32-2 ms", () -> cancelAfter(greatest));
    o.attempt("CancelAfter 2^32-1 ms", () -> cancelAfter(greatest.plusMillis(1)));
  }

  @Probe("core/source/ctor-zero")
  void constructorZero(Out o) {
    for (Duration zero : List.of(Duration.ofMillis(0), Duration.ZERO)) {
      CancellationTokenSource cts = new CancellationTokenSource(zero);
      o.say("IsCancellationRequested", cts.isCancellationRequested());
      o.say("token is new(true)", cts.token() == CancellationToken.canceled());
      o.say("handle set", isSet(cts.token().waitHandle()));
      o.say(
          "default registration",
          cts.token().register(() -> o.say("ran inline")) == CancellationTokenRegistration.none());
      o.attempt("Cancel", () -> cts.cancel());
      o.attempt("CancelAfter", () -> cts.cancelAfter(Duration.ofMillis(1)));
    }
  }

  @Probe("core/source/ctor-sub-millisecond")
  void constructorBelowAMillisecond(Out o) {
    Duration tick = Duration.ofNanos(100);
    ManualTime time = new ManualTime();
    time.log = o::say;
    o.say("one tick", new CancellationTokenSource(tick, time).isCancellationRequested());
    CancellationToken token = new CancellationTokenSource(tick).token();
    o.say("one tick, system's clock fires", isSetWithin(token.waitHandle(), LONG));
  }

  @Probe("core/source/ctor-negative-fraction")
  @Differs(
      record = DURATIONS,
      dotnet = {
        "CreateTimer(-5000 ticks, infinite)",
        "-0.5 ms=false",
        "CreateTimer(-15000 ticks, infinite)",
        "-1.5 ms=false"
      },
      ours = {"-0.5 ms=true", "-1.5 ms=true"})
  @Differs(
      record = DURATIONS,
      dotnet = "-1.5 ms, system's clock fires=false",
      ours = "-1.5 ms, system's clock fires=true")
  void constructorNegativeFraction(Out o) {
    Duration half = Duration.ofNanos(-500_000);
    Duration oneAndAHalf = Duration.ofNanos(-1_500_000);
    ManualTime time = new ManualTime();
    time.log = o::say;
    o.say("-0.5 ms", new CancellationTokenSource(half, time).isCancellationRequested());
    o.say("-1.5 ms", new CancellationTokenSource(oneAndAHalf, time).isCancellationRequested());
    CancellationToken first = new CancellationTokenSource(half).token();
    o.say("-0.5 ms, system's clock fires", isSetWithin(first.waitHandle(), LONG));
    CancellationToken second = new CancellationTokenSource(oneAndAHalf).token();
    o.say("-1.5 ms, system's clock fires", isSetWithin(second.waitHandle(), LONG));
  }

  @Probe("core/source/argument-names")
  @Differs(
      record = DURATIONS,
      dotnet = {
        "ArgumentOutOfRangeException millisecondsDelay",
        "ArgumentOutOfRangeException delay"
      },
      ours = {"nothing", "nothing"})
  @Differs(
      record = DURATIONS,
      dotnet = {
        "ArgumentOutOfRangeException delay",
        "ArgumentOutOfRangeException millisecondsDelay",
        "ArgumentOutOfRangeException delay"
      },
      ours = {"nothing", "nothing", "nothing"})
  @Differs(
      record = "0015-names-and-overloads.md",
      dotnet = "ArgumentException ",
      ours = "ArgumentException tokens")
  void argumentNames(Out o) {
    Duration tooLong = Duration.ofSeconds(Long.MAX_VALUE);
    o.say(named("delay", () -> new CancellationTokenSource(Duration.ofMillis(-2))));
    o.say(named("delay", () -> new CancellationTokenSource(Duration.ofMillis(-2))));
    o.say(named("timeProvider", () -> new CancellationTokenSource(Duration.ZERO, null)));
    o.say(named("delay", () -> new CancellationTokenSource(tooLong, TimeProvider.system())));
    o.say(named("delay", () -> cancelAfter(Duration.ofMillis(-2))));
    o.say(named("delay", () -> cancelAfter(tooLong)));
    o.say(
        named(
            "tokens",
            () -> CancellationTokenSource.createLinkedTokenSource((CancellationToken[]) null)));
    o.say(
        named(
            "tokens",
            () -> CancellationTokenSource.createLinkedTokenSource(new CancellationToken[0])));
  }

  private static boolean isBornRequested(Duration delay) {
    return new CancellationTokenSource(delay).isCancellationRequested();
  }

  private static void cancelAfter(Duration delay) {
    new CancellationTokenSource().cancelAfter(delay);
  }
}
