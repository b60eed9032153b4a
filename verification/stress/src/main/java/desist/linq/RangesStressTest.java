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

/** Workers without a piece look for one. */
public final class RangesStressTest {
  private RangesStressTest() {}

  /** There is one index, which nobody claims: each can steal it, from whoever has it. */
  @JCStressTest
  @State
  @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "one after the other")
  @Outcome(expect = FORBIDDEN, desc = "one ended while the other was stealing")
  public static class StealVersusSteal {
    private final Ranges ranges = new Ranges(1, 3);

    private boolean isStolen;
    private boolean isStolenToo;

    @Actor
    public void steal() {
      isStolen = ranges.steal(1);
    }

    @Actor
    public void stealToo() {
      isStolenToo = ranges.steal(2);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = isStolen + ", " + isStolenToo;
    }
  }
}
