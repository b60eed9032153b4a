// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.tasks.KeyedElement;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two workers read a feed. */
public final class FeedStressTest {
  private FeedStressTest() {}

  /** Each claims from its own piece, and then steals from the other. */
  @JCStressTest
  @State
  @Outcome(id = "each once", expect = ACCEPTABLE, desc = "whoever got it")
  @Outcome(expect = FORBIDDEN, desc = "an index lost, or given to both")
  public static class ClaimVersusSteal {
    private final TwoWorkers workers =
        new TwoWorkers(5, new FeedStage<>(new ListFeed<>(List.of(0, 1, 2, 3, 4))));

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

  /** Both claim from one piece, as they do where order counts. */
  @JCStressTest
  @State
  @Outcome(id = "each once", expect = ACCEPTABLE, desc = "whoever got it")
  @Outcome(expect = FORBIDDEN, desc = "an index lost, or given to both")
  public static class ClaimVersusClaim {
    private static final int COUNT = 64; // so that they meet in one of many claims
    private static final List<Integer> NUMBERS = IntStream.range(0, COUNT).boxed().toList();

    private final TwoWorkers workers =
        new TwoWorkers(
            COUNT, new SequencedStage<>(new FeedStage<>(new ListFeed<>(NUMBERS)), Places.index()));

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

  /** Both read an iterator, and both find its end. */
  @JCStressTest
  @State
  @Outcome(id = "each once, 3", expect = ACCEPTABLE, desc = "in turns, and the size is known")
  @Outcome(expect = FORBIDDEN, desc = "an element lost, or read twice")
  public static class ReadVersusRead {
    private final TwoWorkers workers =
        new TwoWorkers(3, new FeedStage<>(new SerialFeed<>(List.of(0, 1, 2).iterator(), true)));

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
      r.r1 = workers.outcome() + ", " + workers.feeds().get(0).size();
    }
  }

  /** Each reads partitions with keys, of which the last to end tells the size. */
  @JCStressTest
  @State
  @Outcome(id = "each once, 3", expect = ACCEPTABLE, desc = "whoever took which")
  @Outcome(expect = FORBIDDEN, desc = "an element lost, or the size not told")
  public static class PartitionVersusPartition {
    private final TwoWorkers workers =
        new TwoWorkers(3, new FeedStage<>(new KeyedFeed<>(List.of(keyed(0, 2), keyed(2, 3)))));

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
      r.r1 = workers.outcome() + ", " + workers.feeds().get(0).size();
    }
  }

  /** Returns a partition of numbers that are their own keys: [from, to). */
  static Iterator<KeyedElement<Integer>> keyed(int from, int to) {
    return LongStream.range(from, to)
        .mapToObj(key -> new KeyedElement<>(key, (int) key))
        .iterator();
  }
}
