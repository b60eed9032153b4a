// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The last leaves end before which an element comes that there is only if there are no others. */
public final class LateFeedStressTest {
  private LateFeedStressTest() {}

  private static Stage<Integer> numbers() {
    return new FeedStage<>(new SerialFeed<>(List.of(0, 1).iterator(), true));
  }

  /** Leaves without elements end at once, and so does their feed. */
  @JCStressTest
  @State
  @Outcome(id = "each once", expect = ACCEPTABLE, desc = "whoever came last has taken it")
  @Outcome(expect = FORBIDDEN, desc = "the element lost, or taken twice")
  public static class EndVersusEnd {
    private final TwoWorkers workers =
        new TwoWorkers(
            1,
            new LateStage<>(
                new FusedStage<>(numbers(), Operators.<Integer>where(x -> x < 0), false), 0));

    @Actor
    public void work() {
      workers.workFirst();
    }

    @Actor
    public void workToo() {
      workers.workSecond();
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = workers.outcome();
    }
  }

  /** One leaf ends without an element while another has one. */
  @JCStressTest
  @State
  @Outcome(id = "each once", expect = ACCEPTABLE, desc = "the other's, and not the late one")
  @Outcome(expect = FORBIDDEN, desc = "the late one as well, or none")
  public static class EndVersusRefuse {
    private final TwoWorkers workers =
        new TwoWorkers(
            1,
            new LateStage<>(
                new FusedStage<>(numbers(), Operators.<Integer>where(x -> x == 0), false), 9));

    @Actor
    public void work() {
      workers.workFirst();
    }

    @Actor
    public void workToo() {
      workers.workSecond();
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = workers.outcome();
    }
  }
}
