// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.go;
import static desist.Background.race;
import static desist.CancellationTokenSource.createLinkedTokenSource;
import static desist.Steps.LONG;
import static desist.Steps.isSet;
import static desist.Steps.status;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A token's handle: {@code core/waithandle}. */
final class TokenWaitHandleConformanceTest extends Conformance {
  private static final String BELONGS = "0011-handles-belong-to-the-token.md";

  @Probe("core/waithandle/same-instance")
  void sameInstance(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationToken t = cts.token();
    o.say("same", t.waitHandle() == cts.token().waitHandle());
    o.say("set", isSet(t.waitHandle()));
    cts.cancel();
    o.say("set after", isSet(t.waitHandle()));
    o.say("stays set", isSet(t.waitHandle()));
  }

  @Probe("core/waithandle/asked-after-cancel")
  void askedAfterCancel(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    cts.cancel();
    o.say("set", isSet(cts.token().waitHandle()));
  }

  @Probe("core/waithandle/none")
  void none(Out o) {
    WaitHandle h = CancellationToken.none().waitHandle();
    o.say("set", isSet(h));
    o.say("shared", h == CancellationTokenRegistration.none().token().waitHandle());
  }

  @Probe("core/waithandle/wakes-waiter")
  void wakesWaiter(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    ManualResetEvent other = new ManualResetEvent(false);
    AtomicInteger index = new AtomicInteger(-1);
    WaitHandle[] handles = {other, cts.token().waitHandle()};
    Background t = go(() -> index.set(WaitHandle.waitAny(handles, LONG)));
    t.blocks();
    cts.cancel();
    t.join();
    o.say("index", index.get());
  }

  @Probe("core/waithandle/asked-inside-callback")
  void askedInsideCallback(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    cts.token().register(() -> o.say("set", isSet(cts.token().waitHandle())));
    cts.cancel();
  }

  @Probe("core/waithandle/dispose-closes-it")
  void closeClosesIt(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationToken t = cts.token();
    WaitHandle h = t.waitHandle();
    cts.close();
    o.attemptValue("held handle", () -> h.waitOne(Duration.ZERO));
    o.attemptValue("asked again", () -> t.waitHandle() != null);
  }

  @Probe("core/waithandle/dispose-after-cancel-closes-it")
  @Differs(
      record = BELONGS,
      dotnet = "held handle: ObjectDisposedException",
      ours = "held handle=true")
  void closeAfterCancelLeavesItSet(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    WaitHandle h = cts.token().waitHandle();
    cts.cancel();
    cts.close();
    o.attemptValue("held handle", () -> h.waitOne(Duration.ZERO));
  }

  @Probe("core/waithandle/closed-by-user-breaks-cancel")
  @Differs(
      record = BELONGS,
      dotnet = "Cancel: ObjectDisposedException",
      ours = {"close of the handle: NotSupportedException", "callback ran", "Cancel: ok"})
  void userCannotBreakCancel(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    cts.token().register(() -> o.say("callback ran"));
    o.attempt("close of the handle", () -> cts.token().waitHandle().close());
    o.attempt("Cancel", () -> cts.cancel());
    o.say("requested", cts.isCancellationRequested());
    o.attempt("again", () -> cts.cancel());
  }

  @Probe("core/waithandle/linked-child-has-its-own")
  void linkedChildHasItsOwn(Out o) {
    CancellationTokenSource p = new CancellationTokenSource();
    CancellationTokenSource c = createLinkedTokenSource(p.token());
    o.say("same", p.token().waitHandle() == c.token().waitHandle());
    p.cancel();
    o.say("child's set", isSet(c.token().waitHandle()));
  }

  /** .NET's waiter waits its time out. Ours is woken at once. */
  @Probe("core/waithandle/dispose-does-not-wake-waiters")
  @Differs(
      record = "0012-closing-wakes.md",
      dotnet = {"still waiting=true", "waiter=false"},
      ours = {"waiter: ObjectDisposedException", "still waiting=false"})
  void closeWakesWaiters(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    WaitHandle h = cts.token().waitHandle();
    Background t = go(() -> o.attemptValue("waiter", () -> h.waitOne(Duration.ofMinutes(1))));
    t.blocks();
    cts.close();
    o.say("still waiting", !t.ends());
  }

  @Probe("core/waithandle/closed-by-user-asked-again")
  @Differs(
      record = BELONGS,
      dotnet = {"same object=true", "WaitOne: ObjectDisposedException"},
      ours = {"close of the handle: NotSupportedException", "same object=true", "WaitOne=false"})
  void userCannotCloseIt(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    WaitHandle h = cts.token().waitHandle();
    o.attempt("close of the handle", () -> h.close());
    o.say("same object", h == cts.token().waitHandle());
    o.attemptValue("WaitOne", () -> cts.token().waitHandle().waitOne(Duration.ZERO));
    o.attempt("Dispose of the source", () -> cts.close());
  }

  @Probe("core/waithandle/closed-by-user-after-cancel-state")
  @Differs(
      record = BELONGS,
      dotnet = {
        "Cancel: ObjectDisposedException",
        "late one runs inline",
        "pending one unregisters=true"
      },
      ours = {
        "close of the handle: NotSupportedException",
        "callback ran",
        "Cancel: ok",
        "late one runs inline",
        "pending one unregisters=false"
      })
  void userCannotLeaveCancelHalfDone(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationTokenRegistration r = cts.token().register(() -> o.say("callback ran"));
    o.attempt("close of the handle", () -> cts.token().waitHandle().close());
    o.attempt("Cancel", () -> cts.cancel());
    cts.token().register(() -> o.say("late one runs inline"));
    o.say("pending one unregisters", r.unregister());
    o.say("TryReset", cts.tryReset());
    o.say("CancelAsync", status(cts.cancelAsync()));
  }

  @Probe("core/waithandle/asked-from-many-threads")
  void askedFromManyThreads(Out o) {
    int wrong = 0;
    for (int i = 0; i < 100; i++) {
      CancellationTokenSource cts = new CancellationTokenSource();
      AtomicReference<WaitHandle> a = new AtomicReference<>();
      AtomicReference<WaitHandle> b = new AtomicReference<>();
      race(() -> a.set(cts.token().waitHandle()), () -> b.set(cts.token().waitHandle()));
      if (a.get() != b.get()) {
        wrong++;
      }
    }
    o.say("not the same object", wrong);
  }
}
