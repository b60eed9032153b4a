// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZZ_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZZZZ_Result;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** Waits for any and for all of several handles, while these are set. */
public final class WaitManyStressTest {
  private WaitManyStressTest() {}

  /** Two handles are set while a thread waits for any: it takes one and leaves the other. */
  @JCStressTest
  @State
  @Outcome(id = "0, false, true", expect = ACCEPTABLE, desc = "took the first alone")
  @Outcome(id = "1, true, false", expect = ACCEPTABLE, desc = "took the second alone")
  @Outcome(expect = FORBIDDEN, desc = "took both, or none")
  public static class SetOfTwoVersusWaitAny {
    private final AutoResetEvent first = new AutoResetEvent(false);
    private final AutoResetEvent second = new AutoResetEvent(false);

    @Actor
    public void set() {
      second.set();
      first.set();
    }

    @Actor
    public void waitAny(IZZ_Result r) {
      r.r1 = Uninterrupted.get(() -> WaitHandle.waitAny(first, second));
    }

    @Arbiter
    public void rest(IZZ_Result r) {
      r.r2 = Uninterrupted.get(() -> first.waitOne(Duration.ZERO));
      r.r3 = Uninterrupted.get(() -> second.waitOne(Duration.ZERO));
    }
  }

  /** Of handles that are set in the order of their indexes the lowest counts. */
  @JCStressTest
  @State
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "the lowest index")
  @Outcome(expect = FORBIDDEN, desc = "one that was set only after the lowest")
  public static class SetInOrderVersusWaitAny {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final WaitHandle ofToken = source.token().waitHandle();
    private final ManualResetEvent event = new ManualResetEvent(false);
    private final AutoResetEvent last = new AutoResetEvent(false);

    @Actor
    public void set() {
      source.cancel();
      event.set();
      last.set();
    }

    @Actor
    public void waitAny(I_Result r) {
      r.r1 = Uninterrupted.get(() -> WaitHandle.waitAny(ofToken, event, last));
    }
  }

  /** The same without a token: a poll finds the lowest index, or nothing yet. */
  @JCStressTest
  @State
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "nothing was set yet")
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "the lowest index")
  @Outcome(expect = FORBIDDEN, desc = "one that was set only after the lowest")
  public static class SetOfEventsInOrderVersusWaitAny {
    private final ManualResetEvent first = new ManualResetEvent(false);
    private final AutoResetEvent second = new AutoResetEvent(false);
    private final AutoResetEvent third = new AutoResetEvent(false);
    private final WaitHandle[] handles = {first, second, third};

    @Actor
    public void set() {
      first.set();
      second.set();
      third.set();
    }

    @Actor
    public void waitAny(I_Result r) {
      r.r1 = Uninterrupted.get(() -> WaitHandle.waitAny(handles, Duration.ZERO));
    }
  }

  /** A wait for two events and a wait for one of them: all or none. */
  @JCStressTest
  @State
  @Outcome(id = "true, false, false, false", expect = ACCEPTABLE, desc = "both for the first")
  @Outcome(id = "false, true, false, true", expect = ACCEPTABLE, desc = "one for the second")
  @Outcome(expect = FORBIDDEN, desc = "half taken, lost or taken twice")
  public static class WaitAllVersusWaitOne {
    private final AutoResetEvent contended = new AutoResetEvent(true);
    private final AutoResetEvent other = new AutoResetEvent(true);
    private final WaitHandle[] both = {other, contended};

    @Actor
    public void waitAll(ZZZZ_Result r) {
      r.r1 = Uninterrupted.get(() -> WaitHandle.waitAll(both, Duration.ZERO));
    }

    @Actor
    public void waitOne(ZZZZ_Result r) {
      r.r2 = Uninterrupted.get(() -> contended.waitOne(Duration.ZERO));
    }

    @Arbiter
    public void rest(ZZZZ_Result r) {
      r.r3 = Uninterrupted.get(() -> contended.waitOne(Duration.ZERO));
      r.r4 = Uninterrupted.get(() -> other.waitOne(Duration.ZERO));
    }
  }

  /** Whoever sets the last of two handles lets the wait for both through. */
  @JCStressTest
  @State
  @Outcome(id = "true, false, false", expect = ACCEPTABLE, desc = "took both")
  @Outcome(expect = FORBIDDEN, desc = "went on without having both")
  public static class SetOfTwoVersusWaitAll {
    private final AutoResetEvent first = new AutoResetEvent(false);
    private final AutoResetEvent second = new AutoResetEvent(false);

    @Actor
    public void set() {
      first.set();
      second.set();
    }

    @Actor
    public void waitAll(ZZZ_Result r) {
      r.r1 = Uninterrupted.get(() -> WaitHandle.waitAll(first, second));
    }

    @Arbiter
    public void rest(ZZZ_Result r) {
      r.r2 = Uninterrupted.get(() -> first.waitOne(Duration.ZERO));
      r.r3 = Uninterrupted.get(() -> second.waitOne(Duration.ZERO));
    }
  }

  /** Two waits for the same two handles, in opposite order, and one signal for each handle. */
  @JCStressTest
  @State
  @Outcome(id = "true, false, false, false", expect = ACCEPTABLE, desc = "the first took both")
  @Outcome(id = "false, true, false, false", expect = ACCEPTABLE, desc = "the second took both")
  @Outcome(expect = FORBIDDEN, desc = "each took half, or a signal was lost")
  public static class WaitAllCrosswise {
    private static final Duration SHORT = Duration.ofNanos(20_000);

    private final AutoResetEvent left = new AutoResetEvent(false);
    private final AutoResetEvent right = new AutoResetEvent(false);
    private final WaitHandle[] there = {left, right};
    private final WaitHandle[] back = {right, left};

    @Actor
    public void setAndWait(ZZZZ_Result r) {
      left.set();
      right.set();
      r.r1 = Uninterrupted.get(() -> WaitHandle.waitAll(there, Duration.ZERO));
    }

    @Actor
    public void waitAll(ZZZZ_Result r) {
      r.r2 = Uninterrupted.get(() -> WaitHandle.waitAll(back, SHORT));
    }

    @Arbiter
    public void rest(ZZZZ_Result r) {
      r.r3 = Uninterrupted.get(() -> left.waitOne(Duration.ZERO));
      r.r4 = Uninterrupted.get(() -> right.waitOne(Duration.ZERO));
    }
  }
}
