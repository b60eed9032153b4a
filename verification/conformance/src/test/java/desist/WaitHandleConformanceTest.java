// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.onOtherThread;
import static desist.Steps.isSet;

import desist.tasks.Task;
import desist.threading.Barrier;
import desist.threading.BlockingCollection;
import desist.threading.CountdownEvent;
import desist.threading.ManualResetEventSlim;
import desist.threading.SemaphoreSlim;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.locks.ReentrantLock;

/** Waiting on handles: sync/waithandle. */
final class WaitHandleConformanceTest extends Conformance {
  private static final String DURATIONS = "0013-durations.md";
  private static final Duration POLL = Duration.ZERO;
  private static final Duration TWENTY = Duration.ofMillis(20);
  private static final Duration HUNDRED = Duration.ofMillis(100);
  private static final Duration MINUS_TWO = Duration.ofMillis(-2);

  private static WaitHandle[] of(WaitHandle... handles) {
    return handles;
  }

  /** Negative means zero, none is too long, and for ever is the overload without a time-out. */
  @Probe("sync/waithandle/waitone-args")
  @Differs(record = DURATIONS, dotnet = "int -2: ArgumentOutOfRangeException", ours = "int -2=true")
  @Differs(
      record = DURATIONS,
      dotnet = {
        "span -2ms: ArgumentOutOfRangeException",
        "span too long: ArgumentOutOfRangeException"
      },
      ours = "span too long=true")
  @Differs(
      record = DURATIONS,
      dotnet = "span -0.5ms=true",
      ours = {"span -0.5ms=true", "unset int -2=false"})
  @Differs(
      record = DURATIONS,
      dotnet = "unset 20ms=false",
      ours = {"unset 20ms=false", "null: ArgumentNullException"})
  void waitoneArgs(Out o) throws Exception {
    ManualResetEvent event = new ManualResetEvent(true);
    o.attemptValue("int -2", () -> event.waitOne(MINUS_TWO));
    o.attemptValue("int -1", () -> event.waitOne());
    o.attemptValue("span too long", () -> event.waitOne(Duration.ofSeconds(Long.MAX_VALUE)));
    o.attemptValue("span infinite", () -> event.waitOne(Timeout.INFINITE));
    o.attemptValue("span -0.5ms", () -> event.waitOne(Duration.ofNanos(-500_000)));
    event.reset();
    o.attemptValue("unset int -2", () -> event.waitOne(MINUS_TWO));
    o.attemptValue("unset span -0.5ms", () -> event.waitOne(Duration.ofNanos(-500_000)));
    o.attemptValue("unset poll", () -> event.waitOne(POLL));
    o.attemptValue("unset 20ms", () -> event.waitOne(TWENTY));
    o.attemptValue("null", () -> event.waitOne(null));
  }

  @Probe("sync/waithandle/waitany-lowest-index")
  void waitanyLowestIndex(Out o) throws Exception {
    ManualResetEvent first = new ManualResetEvent(false);
    WaitHandle[] handles = of(first, new ManualResetEvent(true), new ManualResetEvent(true));
    o.say("1 and 2 set", WaitHandle.waitAny(handles));
    first.set();
    o.say("all set", WaitHandle.waitAny(handles));
  }

  /** The index that means "none" is -1, since there may be more than 258 handles. */
  @Probe("sync/waithandle/waitany-timeout")
  @Differs(
      record = "0015-names-and-overloads.md",
      dotnet = {"poll=258", "20ms=258", "span=258"},
      ours = {"poll=-1", "20ms=-1", "constant=-1"})
  void waitanyTimeout(Out o) throws Exception {
    WaitHandle[] handles = of(new ManualResetEvent(false));
    o.say("poll", WaitHandle.waitAny(handles, POLL));
    o.say("20ms", WaitHandle.waitAny(handles, TWENTY));
    o.say("constant", WaitHandle.WAIT_TIMEOUT);
    o.say("all poll", WaitHandle.waitAll(handles, POLL));
  }

  /**
   * No time-out is bad but null, and no number of handles is too great. All arguments are looked at
   * before it is asked whether a handle is closed.
   */
  @Probe("sync/waithandle/multi-args")
  @Differs(
      record = DURATIONS,
      dotnet = {"any -2: ArgumentOutOfRangeException", "any span -2: ArgumentOutOfRangeException"},
      ours = {"any -2=0", "any null time-out: ArgumentNullException"})
  @Differs(
      record = DURATIONS,
      dotnet = "all -2: ArgumentOutOfRangeException",
      ours = {"all -2=true", "all null time-out: ArgumentNullException"})
  @Differs(
      record = DURATIONS,
      dotnet = {
        "null array and span -2: ArgumentOutOfRangeException",
        "65 and -2: NotSupportedException",
        "null element and -2: ArgumentOutOfRangeException",
        "disposed element and -2: ArgumentOutOfRangeException"
      },
      ours = {
        "null array and -2: ArgumentNullException",
        "65 and -2=0",
        "null element and -2: ArgumentNullException",
        "disposed element and -2: ObjectDisposedException"
      })
  @Differs(
      record = "0016-interruption.md",
      dotnet = "disposed, then null element: ObjectDisposedException",
      ours = "disposed, then null element: ArgumentNullException")
  void multiArgs(Out o) {
    ManualResetEvent ok = new ManualResetEvent(true);
    o.attemptValue("any null array", () -> WaitHandle.waitAny((WaitHandle[]) null));
    o.attemptValue("any empty", () -> WaitHandle.waitAny());
    o.attemptValue("any null element", () -> WaitHandle.waitAny(ok, null));
    o.attemptValue("any -2", () -> WaitHandle.waitAny(of(ok), MINUS_TWO));
    o.attemptValue("any null time-out", () -> WaitHandle.waitAny(of(ok), null));
    o.attemptValue("all null array", () -> WaitHandle.waitAll((WaitHandle[]) null));
    o.attemptValue("all empty", () -> WaitHandle.waitAll());
    o.attemptValue("all null element", () -> WaitHandle.waitAll(null, ok));
    o.attemptValue("all -2", () -> WaitHandle.waitAll(of(ok), MINUS_TWO));
    o.attemptValue("all null time-out", () -> WaitHandle.waitAll(of(ok), null));
    o.attemptValue("empty and -2", () -> WaitHandle.waitAny(of(), MINUS_TWO));
    o.attemptValue("null array and -2", () -> WaitHandle.waitAny(null, MINUS_TWO));
    ManualResetEvent gone = new ManualResetEvent(true);
    gone.close();
    WaitHandle[] many = Collections.nCopies(65, ok).toArray(new WaitHandle[0]);
    o.attemptValue("65 and -2", () -> WaitHandle.waitAny(many, MINUS_TWO));
    o.attemptValue(
        "null element and -2", () -> WaitHandle.waitAny(of((WaitHandle) null), MINUS_TWO));
    o.attemptValue("disposed element and -2", () -> WaitHandle.waitAny(of(gone), MINUS_TWO));
    o.attemptValue("disposed, then null element", () -> WaitHandle.waitAny(gone, null));
    o.attemptValue("set, then null element, any", () -> WaitHandle.waitAny(of(ok, null), POLL));
  }

  @Probe("sync/waithandle/duplicates")
  void duplicates(Out o) throws Exception {
    ManualResetEvent event = new ManualResetEvent(true);
    o.attemptValue("any", () -> WaitHandle.waitAny(event, event));
    o.attemptValue("all", () -> WaitHandle.waitAll(of(event, event), HUNDRED));
  }

  @Probe("sync/waithandle/disposed")
  @Differs(
      record = DURATIONS,
      dotnet = "WaitOne -2: ArgumentOutOfRangeException",
      ours = {"WaitOne -2: ObjectDisposedException", "WaitOne null: ArgumentNullException"})
  void disposed(Out o) throws Exception {
    ManualResetEvent event = new ManualResetEvent(true);
    ManualResetEvent live = new ManualResetEvent(true);
    event.close();
    o.attempt("again", event::close);
    o.attempt("close", event::close);
    o.attemptValue("WaitOne", () -> event.waitOne(POLL));
    o.attemptValue("WaitOne -2", () -> event.waitOne(MINUS_TWO));
    o.attemptValue("WaitOne null", () -> event.waitOne(null));
    o.attemptValue("Set", () -> event.set());
    o.attemptValue("Reset", () -> event.reset());
    o.attemptValue("WaitAny", () -> WaitHandle.waitAny(of(live, event), POLL));
    o.attemptValue("WaitAll", () -> WaitHandle.waitAll(of(live, event), POLL));
    o.attemptValue("SignalAndWait", () -> WaitHandle.signalAndWait(live, event));
  }

  @Probe("sync/waithandle/signalandwait")
  void signalandwait(Out o) throws Exception {
    ManualResetEvent a = new ManualResetEvent(false);
    AutoResetEvent b = new AutoResetEvent(true);
    o.attemptValue("b set", () -> WaitHandle.signalAndWait(a, b));
    o.say("a was set", a.waitOne(POLL));
    a.reset();
    o.attemptValue("b unset 20ms", () -> WaitHandle.signalAndWait(a, b, TWENTY));
    o.say("a set all the same", a.waitOne(POLL));
    AutoResetEvent self = new AutoResetEvent(false);
    o.attemptValue("same handle", () -> WaitHandle.signalAndWait(self, self, HUNDRED));
    b.set();
    o.attemptValue("full semaphore", () -> WaitHandle.signalAndWait(new Semaphore(1, 1), b));
    o.attemptValue("mutex not owned", () -> WaitHandle.signalAndWait(new Mutex(), b));
    o.say("b was not taken", b.waitOne(POLL));
  }

  @Probe("sync/waithandle/token-set-before-callbacks")
  void tokenSetBeforeCallbacks(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    WaitHandle handle = source.token().waitHandle();
    source.token().register(() -> o.say("in callback", isSet(handle)));
    source.cancel();
  }

  @Probe("sync/waithandle/interrupt-pending")
  @Differs(
      record = "0016-interruption.md",
      dotnet = {
        "slim event, set: ok, then ThreadInterruptedException",
        "slim event, unset, poll: ok, then ThreadInterruptedException",
        "slim semaphore, free: ok, then ThreadInterruptedException",
        "slim semaphore, none, poll: ok, then ThreadInterruptedException",
        "countdown, set: ok, then ThreadInterruptedException",
        "barrier of one: ok, then ThreadInterruptedException",
        "Take, item there: ok, then ThreadInterruptedException"
      },
      ours = {
        "slim event, set: ThreadInterruptedException, then ok",
        "slim event, unset, poll: ThreadInterruptedException, then ok",
        "slim semaphore, free: ThreadInterruptedException, then ok",
        "slim semaphore, none, poll: ThreadInterruptedException, then ok",
        "countdown, set: ThreadInterruptedException, then ok",
        "barrier of one: ThreadInterruptedException, then ok",
        "Take, item there: ThreadInterruptedException, then ok"
      })
  void interruptPending(Out o) {
    ManualResetEvent set = new ManualResetEvent(true);
    interrupted(o, "WaitOne, set", () -> set.waitOne());
    interrupted(o, "WaitOne, set, poll", () -> set.waitOne(POLL));
    interrupted(o, "WaitOne, unset, poll", () -> new ManualResetEvent(false).waitOne(POLL));
    interrupted(o, "WaitAny, set", () -> WaitHandle.waitAny(set));
    interrupted(o, "WaitAll, set", () -> WaitHandle.waitAll(set));
    interrupted(o, "Sleep(0)", () -> Thread.sleep(0));
    interrupted(o, "Sleep(1)", () -> Thread.sleep(1));
    interrupted(o, "lock, free", new ReentrantLock()::lock);
    interrupted(o, "slim event, set", () -> new ManualResetEventSlim(true).await());
    interrupted(o, "slim event, unset, poll", () -> new ManualResetEventSlim().await(POLL));
    interrupted(o, "slim semaphore, free", () -> new SemaphoreSlim(1).await());
    interrupted(o, "slim semaphore, none, poll", () -> new SemaphoreSlim(0).await(POLL));
    interrupted(o, "countdown, set", () -> new CountdownEvent(0).await());
    interrupted(o, "barrier of one", () -> new Barrier(1).signalAndWait());
    BlockingCollection<Integer> items = new BlockingCollection<>();
    items.tryAdd(1);
    interrupted(o, "Take, item there", items::take);
    interrupted(o, "task done", () -> Task.completedTask().join());
  }

  @Probe("sync/waithandle/token-of-disposed-source")
  void tokenOfDisposedSource(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    WaitHandle handle = token.waitHandle();
    source.close();
    o.attemptValue("handle after Dispose", () -> token.waitHandle());
    o.attemptValue("handle got before", () -> WaitHandle.waitAny(of(handle), POLL));
  }

  /** Says what a call does on a thread with a pending interrupt, and what the next wait does. */
  private static void interrupted(Out o, String name, Body call) {
    onOtherThread(
        () -> {
          Thread.currentThread().interrupt();
          String how = how(call);
          String next = how(() -> new ManualResetEvent(false).waitOne(Duration.ofMillis(1)));
          o.say(name + ": " + how + ", then " + next);
        });
  }

  private static String how(Body call) {
    try {
      call.run();
      return "ok";
    } catch (Exception e) {
      return Out.describe(e);
    }
  }
}
