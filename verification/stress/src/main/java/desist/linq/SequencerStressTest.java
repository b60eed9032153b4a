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

/** Leaves come to a sequencer, and feeds before them to their end. */
public final class SequencerStressTest {
  private SequencerStressTest() {}

  /** Leaves are left here, of which some wait for others. */
  @JCStressTest
  @State
  @Outcome(id = "each once", expect = ACCEPTABLE, desc = "whoever came last has released all")
  @Outcome(expect = FORBIDDEN, desc = "a leaf lost, or released twice")
  public static class LeaveVersusLeave {
    private final TwoWorkers workers =
        new TwoWorkers(
            6,
            new SequencedStage<>(
                new FeedStage<>(new SerialFeed<>(List.of(0, 1, 2, 3, 4, 5).iterator(), true)),
                Places.index()));

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

  /** A leaf is left here while the end of the feed before it is found. */
  @JCStressTest
  @State
  @Outcome(id = "each once", expect = ACCEPTABLE, desc = "released by the one or the other")
  @Outcome(expect = FORBIDDEN, desc = "a leaf lost, or released twice")
  public static class LeaveVersusAdvance {
    private final TwoWorkers workers =
        new TwoWorkers(
            2,
            new SequencedStage<>(
                new ConcatStage<>(
                    new FeedStage<>(new KeyedFeed<>(List.of(FeedStressTest.keyed(0, 1)))),
                    new FeedStage<>(new ListFeed<>(List.of(1)))),
                Places.index()));

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

  /** What one sequencer releases comes to another, which orders it again. */
  @JCStressTest
  @State
  @Outcome(id = "each once", expect = ACCEPTABLE, desc = "in the end")
  @Outcome(expect = FORBIDDEN, desc = "a leaf lost, or released twice")
  public static class LeaveVersusLeaveTwice {
    private final TwoWorkers workers =
        new TwoWorkers(
            3,
            new SequencedStage<>(
                new SequencedStage<>(
                    new FeedStage<>(new SerialFeed<>(List.of(0, 1, 2).iterator(), true)),
                    Places.index()),
                Places.index()));

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

  /** Enough has been seen while another leaf is left here. */
  @JCStressTest
  @State
  @Outcome(id = "each once", expect = ACCEPTABLE, desc = "the first, and no more")
  @Outcome(expect = FORBIDDEN, desc = "another one, or none")
  public static class CutVersusLeave {
    private final TwoWorkers workers =
        new TwoWorkers(
            1,
            new SequencedStage<>(
                new FeedStage<>(new SerialFeed<>(List.of(0, 1, 2).iterator(), true)),
                Places.take(1)));

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
