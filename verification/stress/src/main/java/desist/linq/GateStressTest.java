// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A gate is closed while a worker comes and goes. */
public final class GateStressTest {
  private GateStressTest() {}

  /** A worker comes when the gate is closed: it is waited for, or is kept out. */
  @JCStressTest
  @State
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "kept out")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "waited for")
  @Outcome(expect = FORBIDDEN, desc = "went on after the gate was closed")
  public static class EnterVersusClose {
    private volatile @Nullable Gate gate;
    private int worked; // the gate orders who writes and who reads

    @Actor
    public void work() {
      Gate entered;
      while ((entered = gate) == null) {
        Thread.onSpinWait();
      }
      if (entered.tryEnter()) {
        worked = 1;
        entered.leave();
      }
    }

    @Actor
    public void close(L_Result r) {
      Gate made = new Gate();
      gate = made;
      made.close();
      r.r1 = worked;
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 += ", " + worked;
    }
  }

  /** A worker leaves while the gate is closed behind it: it is waited for. */
  @JCStressTest
  @State
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "waited for")
  @Outcome(expect = FORBIDDEN, desc = "not waited for")
  public static class LeaveVersusClose {
    private volatile @Nullable Gate gate;
    private int worked; // the gate orders who writes and who reads

    @Actor
    public void leave() {
      Gate entered;
      while ((entered = gate) == null) {
        Thread.onSpinWait();
      }
      worked = 1;
      entered.leave();
    }

    @Actor
    public void close(L_Result r) {
      Gate made = new Gate();
      made.tryEnter();
      gate = made;
      made.close();
      r.r1 = worked;
    }
  }
}
