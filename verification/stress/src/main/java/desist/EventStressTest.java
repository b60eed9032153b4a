// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZZ_Result;
import org.openjdk.jcstress.infra.results.ZZZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Events: one waits, or polls, while the other sets, resets or interrupts. */
public final class EventStressTest {
  private EventStressTest() {}

  /** One signal and two polls: exactly one takes it. */
  @JCStressTest
  @State
  @Outcome(id = "true, false, false", expect = ACCEPTABLE, desc = "the one that has set it took it")
  @Outcome(id = "false, true, false", expect = ACCEPTABLE, desc = "the other took it")
  @Outcome(expect = FORBIDDEN, desc = "lost, or taken twice")
  public static class SetVersusWait {
    private final AutoResetEvent event = new AutoResetEvent(false);

    @Actor
    public void setAndPoll(ZZZ_Result r) {
      event.set();
      r.r1 = Uninterrupted.get(() -> event.waitOne(Duration.ZERO));
    }

    @Actor
    public void poll(ZZZ_Result r) {
      r.r2 = Uninterrupted.get(() -> event.waitOne(Duration.ZERO));
    }

    @Arbiter
    public void rest(ZZZ_Result r) {
      r.r3 = Uninterrupted.get(() -> event.waitOne(Duration.ZERO));
    }
  }

  /** Two threads hand each other a signal, there and back: both waits end. */
  @JCStressTest
  @State
  @Outcome(id = "true, true, false", expect = ACCEPTABLE, desc = "there and back")
  @Outcome(expect = FORBIDDEN, desc = "a signal made up")
  public static class SetVersusBlockedWait {
    private final AutoResetEvent there = new AutoResetEvent(false);
    private final AutoResetEvent back = new AutoResetEvent(false);

    @Actor
    public void first(ZZZ_Result r) {
      there.set();
      r.r1 = Uninterrupted.get(() -> back.waitOne());
    }

    @Actor
    public void second(ZZZ_Result r) {
      r.r2 = Uninterrupted.get(() -> there.waitOne());
      back.set();
    }

    @Arbiter
    public void rest(ZZZ_Result r) {
      r.r3 =
          Uninterrupted.get(() -> there.waitOne(Duration.ZERO))
              || Uninterrupted.get(() -> back.waitOne(Duration.ZERO));
    }
  }

  /** A pulse of a manual-reset event, and a wait that begins before, within or after it. */
  @JCStressTest
  @State
  @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "the pulse let it through")
  @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "it came after the pulse")
  @Outcome(expect = FORBIDDEN, desc = "still set after the reset")
  public static class SetVersusReset {
    private static final Duration SHORT = Duration.ofNanos(20_000);

    private final ManualResetEvent event = new ManualResetEvent(false);

    @Actor
    public void pulse() {
      event.set();
      event.reset();
    }

    @Actor
    public void waitOne(ZZ_Result r) {
      r.r1 = Uninterrupted.get(() -> event.waitOne(SHORT));
    }

    @Arbiter
    public void rest(ZZ_Result r) {
      r.r2 = Uninterrupted.get(() -> event.waitOne(Duration.ZERO));
    }
  }

  /** The event is set at about the time when the wait is over. */
  @JCStressTest
  @State
  @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "in time, and taken")
  @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "too late, and still there")
  @Outcome(expect = FORBIDDEN, desc = "lost, or taken twice")
  public static class TimeoutVersusSet {
    private static final Duration SHORT = Duration.ofNanos(500);

    private final AutoResetEvent event = new AutoResetEvent(false);

    @Actor
    public void set() {
      event.set();
    }

    @Actor
    public void waitOne(ZZ_Result r) {
      r.r1 = Uninterrupted.get(() -> event.waitOne(SHORT));
    }

    @Arbiter
    public void rest(ZZ_Result r) {
      r.r2 = Uninterrupted.get(() -> event.waitOne(Duration.ZERO));
    }
  }

  /** A wait is interrupted and the event set: one of the two ends it, and neither is lost. */
  @JCStressTest
  @State
  @Outcome(
      id = "through, true, false",
      expect = ACCEPTABLE,
      desc = "has it, and the interrupt is pending")
  @Outcome(id = "interrupted, false, true", expect = ACCEPTABLE, desc = "has taken nothing")
  @Outcome(expect = FORBIDDEN, desc = "a signal or an interrupt lost")
  public static class InterruptVersusSet {
    private final AutoResetEvent event = new AutoResetEvent(false);
    private volatile @Nullable Thread waiter;
    private volatile boolean isDone;

    @Actor
    public void interruptAndSet() {
      Thread thread;
      while ((thread = waiter) == null) {
        Thread.onSpinWait();
      }
      thread.interrupt();
      event.set();
      isDone = true;
    }

    @Actor
    public void waitOne(LZZ_Result r) {
      waiter = Thread.currentThread();
      try {
        event.waitOne();
        r.r1 = "through";
      } catch (InterruptedException e) {
        r.r1 = "interrupted";
      }
      while (!isDone) {
        Thread.onSpinWait();
      }
      r.r2 = Thread.interrupted();
    }

    @Arbiter
    public void rest(LZZ_Result r) {
      r.r3 = Uninterrupted.get(() -> event.waitOne(Duration.ZERO));
    }
  }
}
