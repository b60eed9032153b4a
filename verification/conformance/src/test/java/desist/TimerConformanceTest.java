// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.Background.onOtherThread;
import static desist.Background.race;
import static desist.Contexts.within;
import static desist.Steps.awaitDelay;
import static desist.Steps.onThreadOfOurs;
import static desist.Steps.opens;
import static desist.Steps.status;
import static desist.Steps.throwing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Delays and {@code cancelAfter} on the system's clock: core/timer. */
final class TimerConformanceTest extends Conformance {
  private static final String DURATIONS = "0013-durations.md";
  private static final String THREADS = "0009-threads-and-timer-failures.md";
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Probe("core/timer/cancel-after-zero-is-asynchronous")
  void cancelAfterZeroIsAsynchronous(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CountDownLatch done = new CountDownLatch(1);
    Thread me = Thread.currentThread();
    source
        .token()
        .register(
            () -> {
              o.say("on the caller's thread", Thread.currentThread() == me);
              done.countDown();
            });
    source.cancelAfter(Duration.ZERO);
    await(done);
  }

  @Probe("core/timer/cancel-after-span")
  void cancelAfterSpan(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    source.cancelAfter(Duration.ofMillis(20));
    o.say("fires", source.token().waitHandle().waitOne(LIMIT));
  }

  @Probe("core/timer/later-call-replaces-earlier")
  void laterCallReplacesEarlier(Out o) throws Exception {
    CancellationTokenSource shorter = new CancellationTokenSource(MINUTE);
    shorter.cancelAfter(Duration.ofMillis(10));
    CancellationTokenSource longer = replacedInTime(MINUTE);
    CancellationTokenSource off = replacedInTime(Timeout.INFINITE);
    CancellationTokenSource offSpan = replacedInTime(Timeout.INFINITE);
    o.say("shortened fires", shorter.token().waitHandle().waitOne(LIMIT));
    awaitDelay(Duration.ofMillis(900));
    o.say("lengthened", longer.isCancellationRequested());
    o.say("switched off", off.isCancellationRequested());
    o.say("switched off by span", offSpan.isCancellationRequested());
    off.cancelAfter(Duration.ofMillis(10));
    o.say("switched on again", off.token().waitHandle().waitOne(LIMIT));
  }

  /** A source with a delay that was replaced before it was over, however busy the machine. */
  private static CancellationTokenSource replacedInTime(Duration delay) {
    while (true) {
      CancellationTokenSource source = new CancellationTokenSource(Duration.ofMillis(500));
      source.cancelAfter(delay);
      if (!source.isCancellationRequested()) {
        return source;
      }
    }
  }

  /** A negative delay means zero, and none is too long. A source of its own shows each. */
  @Probe("core/timer/arguments")
  @Differs(
      record = DURATIONS,
      dotnet = "int -2: ArgumentOutOfRangeException",
      ours = "int -2: fires")
  @Differs(
      record = DURATIONS,
      dotnet = {"span -2ms: ArgumentOutOfRangeException", "span -1.5ms is cut to -1: ok"},
      ours = {"span -2ms: fires", "span -1.5ms: fires", "span min: fires"})
  @Differs(
      record = DURATIONS,
      dotnet = "span max: ArgumentOutOfRangeException",
      ours = {"span max: ok", "null: ArgumentNullException"})
  void arguments(Out o) throws Exception {
    CancellationTokenSource cts = new CancellationTokenSource();
    sayWhetherItFires(o, "int -2", Duration.ofMillis(-2));
    o.attempt("int -1", () -> cts.cancelAfter(Timeout.INFINITE));
    o.attempt("int max", () -> cts.cancelAfter(Duration.ofMillis(Integer.MAX_VALUE)));
    sayWhetherItFires(o, "span -2ms", Duration.ofMillis(-2));
    sayWhetherItFires(o, "span -1.5ms", Duration.ofNanos(-1_500_000));
    sayWhetherItFires(o, "span min", Duration.ofSeconds(Long.MIN_VALUE));
    o.attempt("span infinite", () -> cts.cancelAfter(Timeout.INFINITE));
    o.attempt("span max", () -> cts.cancelAfter(Timeout.INFINITE.minusNanos(1)));
    o.attempt("null", () -> cts.cancelAfter(null));
    o.say("requested", cts.isCancellationRequested());
  }

  private static void sayWhetherItFires(Out o, String name, Duration delay)
      throws InterruptedException {
    CancellationTokenSource cts = new CancellationTokenSource();
    cts.cancelAfter(delay);
    o.say(name + ": " + (cts.token().awaitCancellation(LIMIT) ? "fires" : "does not fire"));
  }

  @Probe("core/timer/on-cancelled-source")
  @Differs(
      record = DURATIONS,
      dotnet = "-2 still checked: ArgumentOutOfRangeException",
      ours = {"-2 is zero: ok", "null still checked: ArgumentNullException"})
  void onCancelledSource(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    source.cancel();
    o.attempt("10", () -> source.cancelAfter(Duration.ofMillis(10)));
    o.attempt("0", () -> source.cancelAfter(Duration.ZERO));
    o.attempt("-2 is zero", () -> source.cancelAfter(Duration.ofMillis(-2)));
    o.attempt("null still checked", () -> source.cancelAfter(null));
  }

  @Probe("core/timer/roots-the-source")
  void rootsTheSource(Out o) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    onOtherThread(
        () ->
            new CancellationTokenSource(Duration.ofMillis(200)).token().register(done::countDown));
    Fate.collect();
    o.say("fired", opens(done));
  }

  @Probe("core/timer/manual-cancel-wins")
  void manualCancelWins(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource(Duration.ofMillis(50));
    AtomicInteger runs = new AtomicInteger();
    source.token().register(runs::incrementAndGet);
    source.cancel();
    awaitDelay(Duration.ofMillis(200));
    o.say("runs", runs.get());
  }

  /** The one bad argument that is left is null. */
  @Probe("core/timer/argument-checked-before-dispose")
  @Differs(
      record = DURATIONS,
      dotnet = {"int: ArgumentOutOfRangeException", "span: ArgumentOutOfRangeException"},
      ours = {"-2 ms: ObjectDisposedException", "null: ArgumentNullException"})
  void argumentCheckedBeforeDispose(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    source.close();
    o.attempt("-2 ms", () -> source.cancelAfter(Duration.ofMillis(-2)));
    o.attempt("null", () -> source.cancelAfter(null));
  }

  @Probe("core/timer/plain-timer-change-after-dispose")
  void plainTimerChangeAfterDispose(Out o) throws Exception {
    TimeProvider.Timer timer =
        TimeProvider.system().createTimer(() -> {}, Timeout.INFINITE, Timeout.INFINITE);
    Duration second = Duration.ofSeconds(1);
    o.attemptValue("before", () -> timer.change(second, second));
    timer.close();
    o.attemptValue("after", () -> timer.change(second, second));
    o.attempt("again", timer::close);
  }

  @Probe("core/timer/race-with-dispose-is-quiet")
  void raceWithDisposeIsQuiet(Out o) throws Exception {
    AtomicInteger other = new AtomicInteger();
    Duration soon = Duration.ofMillis(1);
    for (int i = 0; i < 50; i++) {
      CancellationTokenSource source = new CancellationTokenSource(soon);
      race(
          () -> {
            try {
              source.cancelAfter(soon);
            } catch (ObjectDisposedException closedFirst) {
              // allowed
            } catch (RuntimeException e) {
              other.incrementAndGet();
            }
          },
          source::close);
    }
    o.say("other exceptions", other.get());
  }

  /**
   * Delays reach the timer as they are, and a negative one is due: -1.5 ms has a source of its own.
   */
  @Probe("core/timer/truncation")
  @Differs(
      record = DURATIONS,
      dotnet = {
        "Change(10000000 ticks, infinite)",
        "Change(infinite, infinite)",
        "Change(42949672940000 ticks, infinite)"
      },
      ours = {
        "Change(10009999 ticks, infinite)",
        "Change(-15000 ticks, infinite)",
        "Dispose",
        "requested after -1.5 ms=true",
        "Change(42949672949999 ticks, infinite)"
      })
  @Differs(
      record = DURATIONS,
      dotnet = "Change(0 ticks, infinite)",
      ours = "Change(-9999 ticks, infinite)")
  void truncation(Out o) {
    ManualTime time = new ManualTime();
    CancellationTokenSource cts = new CancellationTokenSource(Timeout.INFINITE, time);
    CancellationTokenSource negative = new CancellationTokenSource(Timeout.INFINITE, time);
    time.log = o::say;
    cts.cancelAfter(Duration.ofNanos(1_000_999_900));
    negative.cancelAfter(Duration.ofNanos(-1_500_000));
    o.say("requested after -1.5 ms", negative.isCancellationRequested());
    cts.cancelAfter(Duration.ofNanos(4_294_967_294_999_900L));
    cts.cancelAfter(Duration.ofMillis(Integer.MAX_VALUE));
    cts.cancelAfter(Timeout.INFINITE);
    o.say("requested", cts.isCancellationRequested());
    cts.cancelAfter(Duration.ofNanos(-999_900));
    o.say("requested after -0.9999 ms", cts.isCancellationRequested());
  }

  /** The exception goes to the thread's handler, and neither process nor timer ends. */
  @Probe("core/timer/exception-is-unhandled")
  @Differs(
      record = THREADS,
      dotnet =
          "unhandled=AggregateException[ArgumentException, FormatException] terminating=True"
              + " pool=True",
      ours = "unhandled=AggregateException[ArgumentException, FormatException] pool=true")
  @Differs(
      record = THREADS,
      dotnet = "requested=true",
      ours = {"requested=true", "the next delay fires=true"})
  void exceptionIsUnhandled(Out o) throws Exception {
    AtomicReference<String> what = new AtomicReference<>();
    CountDownLatch seen = new CountDownLatch(1);
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> {
          what.set(Out.describe(e) + " pool=" + onThreadOfOurs());
          seen.countDown();
        });
    try {
      CancellationTokenSource source = new CancellationTokenSource();
      source.token().register(throwing(new FormatException()));
      source.token().register(throwing(new IllegalArgumentException()));
      source.cancelAfter(Duration.ofMillis(20));
      await(seen);
      o.say("unhandled", what.get());
      o.say("requested", source.isCancellationRequested());
      CountDownLatch next = new CountDownLatch(1);
      new CancellationTokenSource(Duration.ofMillis(1)).token().register(next::countDown);
      o.say("the next delay fires", opens(next));
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Probe("core/timer/runs-every-callback")
  void runsEveryCallback(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CountDownLatch done = new CountDownLatch(1);
    AtomicReference<Thread> a = new AtomicReference<>();
    AtomicReference<Thread> b = new AtomicReference<>();
    AtomicReference<Boolean> pool = new AtomicReference<>();
    source
        .token()
        .register(
            () -> {
              a.set(Thread.currentThread());
              pool.set(onThreadOfOurs());
              o.say("older");
              done.countDown();
            });
    source
        .token()
        .register(
            () -> {
              b.set(Thread.currentThread());
              o.say("younger");
            });
    within(new Contexts.Counting(), () -> source.cancelAfter(Duration.ofMillis(20)));
    await(done);
    o.say("one thread", a.get() == b.get());
    o.say("a pool thread", pool.get());
  }

  @Probe("core/timer/switched-off-then-disposed")
  void switchedOffThenDisposed(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource(MINUTE);
    source.cancelAfter(Timeout.INFINITE);
    o.say("TryReset", source.tryReset());
    source.close();
    o.attempt("CancelAfter", () -> source.cancelAfter(Timeout.INFINITE));
  }

  @Probe("core/timer/after-it-fired")
  void afterItFired(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource(Duration.ofMillis(10));
    o.say("fired", source.token().waitHandle().waitOne(LIMIT));
    o.attempt("CancelAfter", () -> source.cancelAfter(Duration.ofMillis(10)));
    o.attempt("Cancel", source::cancel);
    o.say("CancelAsync", status(source.cancelAsync()));
    o.attempt("Dispose", source::close);
    o.say("requested", source.isCancellationRequested());
  }

  @Probe("core/timer/racing-first-calls")
  void racingFirstCalls(Out o) throws Exception {
    int wrong = 0;
    for (int i = 0; i < 20; i++) {
      CancellationTokenSource source = new CancellationTokenSource();
      AtomicInteger runs = new AtomicInteger();
      CountDownLatch done = new CountDownLatch(1);
      source
          .token()
          .register(
              () -> {
                runs.incrementAndGet();
                done.countDown();
              });
      race(
          () -> source.cancelAfter(Duration.ofMillis(1)),
          () -> source.cancelAfter(Duration.ofMillis(1)));
      await(done);
      if (runs.get() != 1) {
        wrong++;
      }
    }
    o.say("wrong", wrong);
  }

  /** There is one kind of timer, TimeProvider's; it is kept alive while it is scheduled. */
  @Probe("core/timer/plain-timer-not-rooted")
  @Differs(
      record = "0015-names-and-overloads.md",
      dotnet = {"new Timer(callback, state, due, period)=collected", "new Timer(callback)=fires"},
      ours = {})
  void plainTimerNotRooted(Out o) throws Exception {
    CountDownLatch fired = new CountDownLatch(10);
    onOtherThread(
        () -> {
          for (int i = 0; i < 10; i++) {
            TimeProvider.system()
                .createTimer(fired::countDown, Duration.ofMillis(500), Timeout.INFINITE);
          }
        });
    Fate.collect();
    o.say("TimeProvider.System.CreateTimer", opens(fired) ? "fires" : "collected");
  }
}
