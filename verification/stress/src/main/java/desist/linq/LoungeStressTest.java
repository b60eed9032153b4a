// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Workers rest while others release leaves, and end. */
public final class LoungeStressTest {
  private LoungeStressTest() {}

  /** Both have nothing to read: that ends both. */
  @JCStressTest
  @State
  @Outcome(
      id = "false, false",
      expect = ACCEPTABLE,
      desc = "nobody is left who could release anything")
  @Outcome(expect = FORBIDDEN, desc = "one goes back for nothing")
  public static class RestVersusRest {
    private final Lounge lounge = new Lounge();
    private boolean second;

    public RestVersusRest() {
      lounge.enter();
      lounge.enter();
    }

    @Actor
    public void rest(L_Result r) {
      r.r1 = lounge.await(0);
    }

    @Actor
    public void restToo() {
      second = lounge.await(0);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 += ", " + second;
    }
  }

  /** One releases a leaf and ends, while the other comes to rest. */
  @JCStressTest
  @State
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "it goes back")
  @Outcome(expect = FORBIDDEN, desc = "a release missed")
  public static class RestVersusRelease {
    private final Lounge lounge = new Lounge();

    public RestVersusRelease() {
      lounge.enter();
      lounge.enter();
    }

    @Actor
    public void rest(L_Result r) {
      r.r1 = lounge.await(0);
    }

    @Actor
    public void release() {
      lounge.released();
      lounge.leave();
    }
  }

  /** The last other worker ends: nobody rests any longer. */
  @JCStressTest
  @State
  @Outcome(id = "false", expect = ACCEPTABLE, desc = "nothing will be released")
  @Outcome(expect = FORBIDDEN, desc = "a rest without end")
  public static class RestVersusLastToLeave {
    private final Lounge lounge = new Lounge();

    public RestVersusLastToLeave() {
      lounge.enter();
      lounge.enter();
    }

    @Actor
    public void rest(L_Result r) {
      r.r1 = lounge.await(0);
    }

    @Actor
    public void leave() {
      lounge.leave();
    }
  }

  /** One releases as it comes to rest, and again later: that is no end for the other. */
  @JCStressTest
  @State
  @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "it goes back both times")
  @Outcome(expect = FORBIDDEN, desc = "sent away while the other still works")
  public static class RestVersusMissedRelease {
    private final Lounge lounge = new Lounge();

    public RestVersusMissedRelease() {
      lounge.enter();
      lounge.enter();
    }

    @Actor
    public void rest(L_Result r) {
      r.r1 = lounge.await(0) + ", " + lounge.await(1);
    }

    @Actor
    public void release() {
      lounge.released();
      lounge.await(0);
      lounge.released();
      lounge.leave();
    }
  }
}
