// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.go;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Manual-reset and auto-reset events: sync/event. */
final class EventConformanceTest extends Conformance {
  private static final Duration POLL = Duration.ZERO;

  private static List<Boolean> twoPolls(WaitHandle handle) throws InterruptedException {
    return List.of(handle.waitOne(POLL), handle.waitOne(POLL));
  }

  @Probe("sync/event/modes")
  void modes(Out o) throws Exception {
    ManualResetEvent manual = new ManualResetEvent(true);
    o.say("manual", twoPolls(manual));
    AutoResetEvent auto = new AutoResetEvent(true);
    o.say("auto", twoPolls(auto));
    EventWaitHandle event = new EventWaitHandle(true, EventResetMode.AUTO_RESET);
    o.say("ewh auto", twoPolls(event));
    o.say(
        "modes",
        List.of(EventResetMode.AUTO_RESET.ordinal(), EventResetMode.MANUAL_RESET.ordinal()));
    Object m = manual;
    Object a = auto;
    o.say(
        "is",
        List.of(
            m instanceof EventWaitHandle, a instanceof EventWaitHandle, a instanceof WaitHandle));
  }

  @Probe("sync/event/set-reset-return")
  void setResetReturn(Out o) throws Exception {
    ManualResetEvent event = new ManualResetEvent(false);
    o.say("set", event.set());
    o.say("set again", event.set());
    o.say("reset", event.reset());
    o.say("reset again", event.reset());
  }

  @Probe("sync/event/auto-set-does-not-count")
  void autoSetDoesNotCount(Out o) throws Exception {
    AutoResetEvent event = new AutoResetEvent(false);
    event.set();
    event.set();
    event.set();
    o.say("waits", twoPolls(event));
  }

  @Probe("sync/event/auto-releases-one")
  void autoReleasesOne(Out o) throws Exception {
    AutoResetEvent event = new AutoResetEvent(false);
    AtomicInteger released = new AtomicInteger();
    java.util.concurrent.Semaphore each = new Semaphore(0);
    List<Background> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      threads.add(
          go(
              () -> {
                event.waitOne();
                released.incrementAndGet();
                each.release();
              }));
    }
    for (int n = 1; n <= 3; n++) {
      threads.forEach(Background::blocks);
      o.say("before set " + n, released.get());
      event.set();
      if (!each.tryAcquire(10, TimeUnit.SECONDS)) {
        throw new AssertionError("set released no thread");
      }
    }
    threads.forEach(Background::join);
    o.say("all", released.get());
  }

  @Probe("sync/event/manual-releases-all")
  void manualReleasesAll(Out o) throws Exception {
    ManualResetEvent event = new ManualResetEvent(false);
    String[] how = {"", "", ""};
    List<Background> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int mine = i;
      threads.add(
          go(
              () -> {
                event.waitOne();
                how[mine] = "ok";
              }));
    }
    threads.forEach(Background::blocks);
    event.set();
    threads.forEach(Background::join);
    o.say(String.join(",", how));
    o.say("still set", event.waitOne(POLL));
  }

  /** An enum has no other values, and events have no names: null is what is left to refuse. */
  @Probe("sync/event/ctor")
  @Differs(
      record = "0015-names-and-overloads.md",
      dotnet = {"bad mode: ArgumentException", "created=true"},
      ours = "bad mode: ArgumentNullException")
  void ctor(Out o) throws Exception {
    o.attempt("bad mode", () -> new EventWaitHandle(false, null).close());
  }
}
