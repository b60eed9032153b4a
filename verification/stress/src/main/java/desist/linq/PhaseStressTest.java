// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.AggregateException;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A phase is stopped, and feeds of it are closed, while it begins and goes on. */
public final class PhaseStressTest {
  private PhaseStressTest() {}

  /** A run is stopped while a phase of it begins: the phase does not go on. */
  @JCStressTest
  @State
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "whoever came second has stopped it")
  @Outcome(expect = FORBIDDEN, desc = "a phase that nobody stops")
  public static class StopVersusBegin {
    private final QueryRun run = new QueryRun(QuerySettings.NONE);
    private final Phase<Integer> phase = phaseOf(run, List.of(1));

    @Actor
    public void stop() {
      run.stop();
    }

    @Actor
    public void begin() {
      run.begin(phase);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = phase.isStopped();
    }
  }

  /** A phase is stopped while its feed is closed: it stays so. */
  @JCStressTest
  @State
  @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "stopped, and read no further")
  @Outcome(expect = FORBIDDEN, desc = "the one undid the other")
  public static class StopVersusCloseFeeds {
    private final Phase<Integer> phase = phaseOf(new QueryRun(QuerySettings.NONE), List.of(1));

    public StopVersusCloseFeeds() {
      phase.assemble(0, Outlet.NONE, 1);
    }

    @Actor
    public void stop() {
      phase.stop();
    }

    @Actor
    public void closeFeeds() {
      phase.closeFeeds(0, 1);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = phase.isStopped() + ", " + phase.isClosed(0);
    }
  }

  /** Two sequencers have seen enough, each of feeds of its own. */
  @JCStressTest
  @State
  @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "both are closed")
  @Outcome(expect = FORBIDDEN, desc = "one is read on")
  public static class CloseFeedsVersusCloseFeeds {
    private final Phase<Integer> phase =
        phaseOf(new QueryRun(QuerySettings.NONE), List.of(1), List.of(2));

    public CloseFeedsVersusCloseFeeds() {
      phase.assemble(0, Outlet.NONE, 1);
    }

    @Actor
    public void closeFirst() {
      phase.closeFeeds(0, 1);
    }

    @Actor
    public void closeSecond() {
      phase.closeFeeds(1, 2);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = phase.isClosed(0) + ", " + phase.isClosed(1);
    }
  }

  /** Two workers fail at once: both are told. */
  @JCStressTest
  @State
  @Outcome(id = "2, true", expect = ACCEPTABLE, desc = "both, and the run is stopped")
  @Outcome(expect = FORBIDDEN, desc = "one is lost")
  public static class FailureVersusFailure {
    private final QueryRun run = new QueryRun(QuerySettings.NONE.withDegree(2));

    @Actor
    public void fail() {
      run.fail(new IllegalStateException());
    }

    @Actor
    public void failToo() {
      run.fail(new IllegalArgumentException());
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 =
          run.takeFailure() instanceof AggregateException failure
              ? failure.innerExceptions().size() + ", " + run.isStopped()
              : "none";
    }
  }

  /** Returns a phase of one worker that reads lists, one after another. */
  @SafeVarargs
  private static Phase<Integer> phaseOf(QueryRun run, List<Integer>... lists) {
    Stage<Integer> stage = new FeedStage<>(new ListFeed<>(lists[0]));
    for (int i = 1; i < lists.length; i++) {
      stage = new ConcatStage<>(stage, new FeedStage<>(new ListFeed<>(lists[i])));
    }
    Terminal<Integer> terminal =
        worker ->
            new Sink<>() {
              @Override
              void accept(Integer value) {}
            };
    return new Phase<>(run, stage, terminal, 1, false);
  }
}
