// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import desist.TimeProvider;
import desist.testing.FakeTimeProvider;
import java.time.Duration;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The steps that stop an operation meet its end. */
public class LadderStressTest {
  private LadderStressTest() {}

  /** An operation with one step, and what there was of the step when the operation had ended. */
  public abstract static class Ending {
    final CancellationTokenSource source = new CancellationTokenSource();
    final FakeTimeProvider clock = new FakeTimeProvider();
    private volatile boolean isBegun;
    private volatile boolean hasEnded;
    private String afterEnd = "";
    private final Operation operation =
        new LadderOperation() {
          @Override
          List<Step> steps() {
            return List.of(step(Ending.this::work));
          }

          @Override
          TimeProvider timeProvider() {
            return clock;
          }
        };

    Ending() {
      operation.begin(source.token());
    }

    abstract Step step(Step.Action action);

    private void work() {
      isBegun = true;
      Thread.onSpinWait();
      hasEnded = true;
    }

    void end() {
      operation.end();
      afterEnd = (operation.isStopped() ? "stopped, " : "not stopped, ") + tell();
    }

    void judge(L_Result r) {
      clock.advance(Duration.ofDays(1));
      String later = tell();
      r.r1 = afterEnd.endsWith(later) ? afterEnd : afterEnd + ", then " + later;
    }

    private String tell() {
      return hasEnded ? "has ended" : isBegun ? "runs" : "never runs";
    }
  }

  /** A step that the thread takes which cancels. */
  @JCStressTest
  @Outcome(id = "not stopped, never runs", expect = ACCEPTABLE, desc = "ended in time")
  @Outcome(id = "stopped, has ended", expect = ACCEPTABLE, desc = "taken before, or waited for")
  @Outcome(expect = FORBIDDEN, desc = "runs during or after the end")
  @State
  public static class QuickStepVersusEnd extends Ending {
    @Override
    Step step(Step.Action action) {
      return Step.quick(action);
    }

    @Override
    @Actor
    public void end() {
      super.end();
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Override
    @Arbiter
    public void judge(L_Result r) {
      super.judge(r);
    }
  }

  /** A step that a thread of ours takes. */
  @JCStressTest
  @Outcome(id = "not stopped, never runs", expect = ACCEPTABLE, desc = "ended in time")
  @Outcome(id = "stopped, has ended", expect = ACCEPTABLE, desc = "taken before, or waited for")
  @Outcome(expect = FORBIDDEN, desc = "runs during or after the end")
  @State
  public static class StepVersusEnd extends Ending {
    @Override
    Step step(Step.Action action) {
      return Step.of(action);
    }

    @Override
    @Actor
    public void end() {
      super.end();
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Override
    @Arbiter
    public void judge(L_Result r) {
      super.judge(r);
    }
  }

  /** A step that is taken by a timer. */
  @JCStressTest
  @Outcome(id = "not stopped, never runs", expect = ACCEPTABLE, desc = "ended in time")
  @Outcome(id = "stopped, has ended", expect = ACCEPTABLE, desc = "taken before, or waited for")
  @Outcome(expect = FORBIDDEN, desc = "runs during or after the end")
  @State
  public static class LaterStepVersusEnd extends Ending {
    public LaterStepVersusEnd() {
      source.cancel();
    }

    @Override
    Step step(Step.Action action) {
      return Step.quick(action).after(Duration.ofSeconds(1));
    }

    @Override
    @Actor
    public void end() {
      super.end();
    }

    @Actor
    public void advance() {
      clock.advance(Duration.ofSeconds(1));
    }

    @Override
    @Arbiter
    public void judge(L_Result r) {
      super.judge(r);
    }
  }
}
