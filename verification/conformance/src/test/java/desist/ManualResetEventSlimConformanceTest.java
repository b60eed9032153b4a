// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Steps.isSet;
import static desist.Waiting.how;

import desist.threading.ManualResetEventSlim;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Slim events: sync/mres. */
@Meaningless(
    id = "sync/mres/spincount",
    about = Meaningless.About.SPIN_COUNTS,
    because = "it shows how often a wait spins before it blocks; here that is nobody's choice")
final class ManualResetEventSlimConformanceTest extends Conformance {
  private static final String DURATIONS = "0013-durations.md";
  private static final Duration POLL = Duration.ZERO;
  private static final Duration TWENTY = Duration.ofMillis(20);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration MINUS_TWO = Duration.ofMillis(-2);

  @Probe("sync/mres/ctor")
  @Differs(
      record = "0021-what-is-left-out.md",
      dotnet = {
        "spin -1: ArgumentOutOfRangeException",
        "spin 0: ok",
        "spin 2047: ok",
        "spin 2048: ArgumentOutOfRangeException"
      },
      ours = {})
  void ctor(Out o) {
    o.say("default", new ManualResetEventSlim().isSet());
    o.say("true", new ManualResetEventSlim(true).isSet());
  }

  @Probe("sync/mres/wait-results")
  void waitResults(Out o) throws Exception {
    ManualResetEventSlim e = new ManualResetEventSlim();
    o.say("poll unset", e.await(POLL));
    o.say("20ms unset", e.await(TWENTY));
    o.say("span unset", e.await(TWENTY));
    e.set();
    o.say("poll set", e.await(POLL));
    o.say("stays set", e.await(Timeout.INFINITE));
    o.say("span infinite", e.await(Timeout.INFINITE, CancellationToken.none()));
    e.reset();
    o.say("after reset", e.await(POLL));
  }

  /** No time-out is bad: negative means zero, and none is too long. */
  @Probe("sync/mres/order-of-checks")
  @Differs(
      record = DURATIONS,
      dotnet = {
        "cancelled, bad span: ArgumentOutOfRangeException",
        "set, bad int: ArgumentOutOfRangeException",
        "set, span too long: ArgumentOutOfRangeException"
      },
      ours = {
        "cancelled, bad span: OperationCanceledException token=same",
        "set, bad int: ok",
        "set, span too long: ok"
      })
  @Differs(
      record = DURATIONS,
      dotnet = "disposed, bad span: ArgumentOutOfRangeException",
      ours = {
        "disposed, bad span: ObjectDisposedException",
        "disposed, null: ArgumentNullException"
      })
  void orderOfChecks(Out o) {
    CancellationToken c = CancellationToken.canceled();
    ManualResetEventSlim set = new ManualResetEventSlim(true);
    o.say("set, cancelled: " + how(c, () -> set.await(c)));
    o.say("set, cancelled, poll: " + how(c, () -> set.await(POLL, c)));
    o.say("cancelled, bad int: " + how(c, () -> set.await(MINUS_TWO, c)));
    o.say("cancelled, bad span: " + how(c, () -> set.await(MINUS_TWO, c)));
    o.say("set, bad int: " + how(c, () -> set.await(MINUS_TWO)));
    o.say("set, span too long: " + how(c, () -> set.await(Duration.ofSeconds(Long.MAX_VALUE))));
    set.close();
    o.say("disposed, cancelled: " + how(c, () -> set.await(c)));
    o.say("disposed, bad int: " + how(c, () -> set.await(MINUS_TWO)));
    o.say("disposed, bad span: " + how(c, () -> set.await(MINUS_TWO)));
    o.say("disposed, null: " + how(c, () -> set.await((Duration) null)));
  }

  @Probe("sync/mres/cancel-with-timeout")
  void cancelWithTimeout(Out o) {
    ManualResetEventSlim e = new ManualResetEventSlim();
    CancellationTokenSource s = new CancellationTokenSource();
    Waiting one = Waiting.start(s.token(), () -> e.await(MINUTE, s.token()));
    Waiting other = Waiting.start(s.token(), () -> e.await(Timeout.INFINITE, s.token()));
    s.cancel();
    o.say(one.how());
    o.say(other.how());
  }

  @Probe("sync/mres/set-then-cancel")
  void setThenCancel(Out o) {
    ManualResetEventSlim e = new ManualResetEventSlim();
    CancellationTokenSource s = new CancellationTokenSource();
    Waiting waiting = Waiting.start(s.token(), () -> e.await(s.token()));
    e.set();
    o.say(waiting.how());
    s.cancel();
    o.say("next " + how(s.token(), () -> e.await(s.token())));
  }

  @Probe("sync/mres/set-in-own-callback")
  void setInOwnCallback(Out o) {
    ManualResetEventSlim e = new ManualResetEventSlim();
    CancellationTokenSource s = new CancellationTokenSource();
    Waiting waiting = Waiting.start(s.token(), () -> e.await(s.token()));
    s.token()
        .register(
            () -> {
              e.set();
              waiting.how();
            });
    s.cancel();
    o.say(waiting.how());
  }

  @Probe("sync/mres/waithandle")
  void waithandle(Out o) {
    ManualResetEventSlim e = new ManualResetEventSlim();
    WaitHandle handle = e.waitHandle();
    o.say("same", handle == e.waitHandle());
    o.say("unset", isSet(handle));
    e.set();
    o.say("set", isSet(handle));
    e.reset();
    o.say("reset", isSet(handle));
    o.say("made when set", isSet(new ManualResetEventSlim(true).waitHandle()));
    e.close();
    o.attemptValue("handle after dispose", () -> handle.waitOne(POLL));
  }

  @Probe("sync/mres/waithandle-is-the-event")
  void waithandleIsTheEvent(Out o) {
    ManualResetEventSlim e = new ManualResetEventSlim();
    ((EventWaitHandle) e.waitHandle()).set();
    o.say("IsSet", e.isSet());
    o.say("handle type", e.waitHandle().getClass().getSimpleName());
  }

  @Probe("sync/mres/linked-token")
  void linkedToken(Out o) {
    ManualResetEventSlim e = new ManualResetEventSlim();
    CancellationTokenSource parent = new CancellationTokenSource();
    CancellationToken linked =
        CancellationTokenSource.createLinkedTokenSource(parent.token()).token();
    Waiting waiting = Waiting.start(linked, () -> e.await(linked));
    parent.cancel();
    o.say(waiting.how());
    o.say("seen from the parent", how(parent.token(), () -> e.await(linked)));
  }

  /** The reason of a delay is a TimeoutException, which is the cause. */
  @Probe("sync/mres/cancelafter")
  void cancelafter(Out o) {
    CancellationTokenSource s = new CancellationTokenSource(Duration.ofMillis(50));
    o.say(how(s.token(), () -> new ManualResetEventSlim().await(s.token())));
  }

  @Probe("sync/mres/wait-in-callback")
  void waitInCallback(Out o) {
    ManualResetEventSlim e = new ManualResetEventSlim();
    CancellationTokenSource s = new CancellationTokenSource();
    s.token().register(() -> o.say(how(s.token(), () -> e.await(s.token()))));
    s.cancel();
  }

  @Probe("sync/mres/interrupt")
  void interrupt(Out o) {
    ManualResetEventSlim e = new ManualResetEventSlim();
    Waiting waiting = Waiting.start(() -> e.await(CancellationToken.none()));
    waiting.interrupt();
    o.say(waiting.how());
    o.say(
        "waits go on",
        how(
            CancellationToken.none(),
            () -> {
              e.set();
              e.await(CancellationToken.none());
            }));
  }

  @Probe("sync/mres/cancel-does-not-wait-for-waiter")
  void cancelDoesNotWaitForWaiter(Out o) throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    ManualResetEventSlim e = new ManualResetEventSlim();
    CancellationTokenSource s = new CancellationTokenSource();
    Waiting waiting =
        Waiting.start(
            s.token(),
            () -> {
              try {
                e.await(s.token());
              } finally {
                Background.await(gate);
              }
            });
    s.cancel();
    o.say("cancel returned");
    gate.countDown();
    o.say(waiting.how());
  }

  @Probe("sync/mres/dispose-while-waiting")
  @Differs(
      record = "0012-closing-wakes.md",
      dotnet = {"still wait=-1", "cancelled: OperationCanceledException token=same", "set: ok"},
      ours = {"closed: ObjectDisposedException", "closed: ObjectDisposedException"})
  void disposeWhileWaiting(Out o) {
    ManualResetEventSlim e = new ManualResetEventSlim();
    CancellationTokenSource live = new CancellationTokenSource();
    CancellationTokenSource s = new CancellationTokenSource();
    Waiting one = Waiting.start(live.token(), () -> e.await(live.token()));
    Waiting other = Waiting.start(s.token(), () -> e.await(s.token()));
    e.close();
    s.cancel();
    e.set();
    o.say("closed: " + one.how());
    o.say("closed: " + other.how());
  }
}
