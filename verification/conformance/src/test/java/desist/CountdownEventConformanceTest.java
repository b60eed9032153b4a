// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Waiting.how;

import desist.threading.CountdownEvent;
import java.time.Duration;
import java.util.List;

/** Countdowns: sync/countdown. */
final class CountdownEventConformanceTest extends Conformance {
  private static final String DURATIONS = "0013-durations.md";
  private static final Duration POLL = Duration.ZERO;
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration TWENTY = Duration.ofMillis(20);
  private static final Duration MINUS_TWO = Duration.ofMillis(-2);

  @Probe("sync/countdown/signal")
  void signal(Out o) {
    CountdownEvent event = new CountdownEvent(3);
    o.say("IsSet", event.isSet());
    o.attemptValue("Signal", () -> event.signal());
    o.attemptValue("Signal(3)", () -> event.signalMany(3));
    o.say("unchanged", event.currentCount());
    o.attemptValue("Signal(0)", () -> event.signalMany(0));
    o.attemptValue("Signal(2)", () -> event.signalMany(2));
    o.say("IsSet", event.isSet());
    o.attemptValue("Signal at 0", () -> event.signal());
    o.say("counts", List.of(event.currentCount(), event.initialCount()));
  }

  @Probe("sync/countdown/ctor")
  void ctor(Out o) throws Exception {
    o.attempt("-1", () -> new CountdownEvent(-1));
    CountdownEvent event = new CountdownEvent(0);
    o.say("0 is set", event.isSet());
    o.say("wait", event.await(POLL));
    o.attemptValue("signal", () -> event.signal());
  }

  @Probe("sync/countdown/addcount")
  void addCount(Out o) {
    CountdownEvent event = new CountdownEvent(1);
    o.attempt("AddCount", () -> event.addCount());
    o.attemptValue("TryAddCount(2)", () -> event.tryAddCount(2));
    o.say("count", event.currentCount());
    o.attempt("AddCount(0)", () -> event.addCount(0));
    o.attemptValue("TryAddCount(-1)", () -> event.tryAddCount(-1));
    o.attemptValue("TryAddCount(int.MaxValue)", () -> event.tryAddCount(Integer.MAX_VALUE));
    event.signalMany(4);
    o.attemptValue("TryAddCount when set", () -> event.tryAddCount());
    o.attempt("AddCount when set", () -> event.addCount());
    o.attempt("AddCount(0) when set", () -> event.addCount(0));
  }

  @Probe("sync/countdown/reset")
  void reset(Out o) throws Exception {
    CountdownEvent event = new CountdownEvent(2);
    event.signalMany(2);
    event.reset();
    o.say(
        "reset",
        event.currentCount() + " " + event.initialCount() + " " + inDotnetsWords(event.isSet()));
    event.reset(5);
    o.say("reset 5", event.currentCount() + " " + event.initialCount());
    event.reset(0);
    o.say(
        "reset 0",
        inDotnetsWords(event.isSet())
            + " "
            + inDotnetsWords(event.await(POLL))
            + " "
            + event.initialCount());
    o.attempt("-1", () -> event.reset(-1));
    event.reset(1);
    o.say("wait after reset", event.await(POLL));
  }

  @Probe("sync/countdown/wait-order-of-checks")
  @Differs(
      record = DURATIONS,
      dotnet = {
        "cancelled, bad int: ArgumentOutOfRangeException",
        "cancelled, bad span: ArgumentOutOfRangeException"
      },
      ours = {
        "cancelled, bad int: OperationCanceledException token=same",
        "cancelled, bad span: OperationCanceledException token=same"
      })
  @Differs(
      record = DURATIONS,
      dotnet = "disposed, bad int: ArgumentOutOfRangeException",
      ours = "disposed, bad int: ObjectDisposedException")
  void waitOrderOfChecks(Out o) {
    CancellationToken token = CancellationToken.canceled();
    CountdownEvent event = new CountdownEvent(0);
    o.say("set, cancelled: " + how(token, () -> event.await(token)));
    o.say("cancelled, bad int: " + how(token, () -> event.await(MINUS_TWO, token)));
    o.say("cancelled, bad span: " + how(token, () -> event.await(MINUS_TWO, token)));
    event.close();
    o.say("disposed, cancelled: " + how(token, () -> event.await(token)));
    o.say("disposed, bad int: " + how(token, () -> event.await(MINUS_TWO, token)));
  }

  @Probe("sync/countdown/cancel-while-waiting")
  void cancelWhileWaiting(Out o) {
    CountdownEvent event = new CountdownEvent(2);
    CancellationTokenSource source = new CancellationTokenSource();
    event.signal();
    Waiting waiting = Waiting.start(source.token(), () -> event.await(source.token()));
    source.cancel();
    o.say(waiting.how());
    o.say("count", event.currentCount());
    o.say("last", event.signal());
  }

  @Probe("sync/countdown/waiters-released")
  void waitersReleased(Out o) throws Exception {
    CountdownEvent event = new CountdownEvent(2);
    Waiting first = Waiting.go(event::await);
    Waiting second = Waiting.go(event::await);
    event.signal();
    event.signal();
    o.say(first.how() + "," + second.how());
    o.say("handle", event.waitHandle().waitOne(POLL));
  }

  @Probe("sync/countdown/disposed")
  void disposed(Out o) {
    CountdownEvent event = new CountdownEvent(1);
    event.close();
    o.attempt("again", event::close);
    o.attemptValue("CurrentCount", event::currentCount);
    o.attemptValue("InitialCount", event::initialCount);
    o.attemptValue("IsSet", event::isSet);
    o.attemptValue("Signal", () -> event.signal());
    o.attemptValue("Signal(0)", () -> event.signalMany(0));
    o.attempt("AddCount", () -> event.addCount());
    o.attempt("AddCount(0)", () -> event.addCount(0));
    o.attempt("Reset", () -> event.reset());
    o.attempt("Reset(-1)", () -> event.reset(-1));
    o.attemptValue("WaitHandle", event::waitHandle);
    o.attemptValue("TryAddCount", () -> event.tryAddCount());
    o.attemptValue("TryAddCount(0)", () -> event.tryAddCount(0));
    o.attempt("Wait", () -> event.await());
    o.attemptValue("Wait(0)", () -> event.await(POLL));
  }

  @Probe("sync/countdown/wait-results")
  @Differs(
      record = DURATIONS,
      dotnet = {
        "bad int, set: ArgumentOutOfRangeException",
        "span too long, set: ArgumentOutOfRangeException"
      },
      ours = {"bad int, set=true", "span too long, set=true"})
  @Differs(
      record = DURATIONS,
      dotnet = "disposed, bad span: ArgumentOutOfRangeException",
      ours = "disposed, bad span: ObjectDisposedException")
  void waitResults(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CountdownEvent event = new CountdownEvent(1);
    o.say("poll", event.await(POLL, source.token()));
    o.say("20ms", event.await(TWENTY, source.token()));
    o.say("span", event.await(TWENTY));
    event.signal();
    o.say("set", event.await(Timeout.INFINITE, source.token()));
    o.say("span, set", event.await(Timeout.INFINITE, source.token()));
    o.attemptValue("bad int, set", () -> event.await(MINUS_TWO));
    o.attemptValue("span too long, set", () -> event.await(Duration.ofMillis(1L << 31)));
    event.close();
    o.attemptValue("disposed", () -> event.await(POLL));
    o.attemptValue("disposed, bad span", () -> event.await(MINUS_TWO));
  }

  @Probe("sync/countdown/dispose-while-waiting")
  @Differs(
      record = "0012-closing-wakes.md",
      dotnet = {"still waits=true", "cancelled: OperationCanceledException token=same"},
      ours = {"still waits=false", "cancelled: ObjectDisposedException"})
  void disposeWhileWaiting(Out o) {
    CountdownEvent event = new CountdownEvent(1);
    CancellationTokenSource source = new CancellationTokenSource();
    Waiting waiting = Waiting.start(source.token(), () -> event.await(source.token()));
    event.close();
    o.say("still waits", !waiting.endsWithin(LOOK));
    source.cancel();
    o.say("cancelled: " + waiting.how());
  }

  @Probe("sync/countdown/interrupt")
  void interrupt(Out o) {
    CountdownEvent event = new CountdownEvent(1);
    Waiting waiting = Waiting.start(event::await);
    waiting.interrupt();
    o.say(waiting.how());
    o.say("count", event.currentCount());
  }

  private static String inDotnetsWords(boolean value) {
    return value ? "True" : "False";
  }
}
