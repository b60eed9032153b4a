// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Timer, token and task race for the end of a delay, or of a wait. */
public final class TimedStressTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private TimedStressTest() {}

  /** What races, and what may be left of it. */
  public abstract static class Race {
    final TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();
    final CancellationTokenSource source = new CancellationTokenSource();
    final OneTimer timer = new OneTimer();

    String describe(@Nullable Task<?> task) {
      int left = promise.task().hookCount() + source.registrationCount();
      String status = task == null ? "lost" : task.status().toString();
      return status + ", closed " + timer.timesClosed() + ", left " + left;
    }
  }

  /** A delay is canceled while its time is over. */
  @JCStressTest
  @State
  @Outcome(
      id = "RAN_TO_COMPLETION, closed 1, left 0, \\[\\]",
      expect = ACCEPTABLE,
      desc = "time is over")
  @Outcome(
      id = "CANCELED, closed 1, left 0, \\[RUN_CONTINUATIONS_ASYNCHRONOUSLY\\]",
      expect = ACCEPTABLE,
      desc = "canceled, which keeps continuations out of the call")
  @Outcome(expect = FORBIDDEN, desc = "both, neither, or something left")
  public static class DelayCancelVersusTimer extends Race {
    private final Task<?> delay = Task.delay(HOUR, timer, source.token());

    @Actor
    public void fire() {
      timer.fire();
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = describe(delay) + ", " + delay.creationOptions();
    }
  }

  /** A delay begins while its token is canceled. */
  @JCStressTest
  @State
  @Outcome(
      id = "CANCELED, closed 0, left 0",
      expect = ACCEPTABLE,
      desc = "before there was a timer")
  @Outcome(id = "CANCELED, closed 1, left 0", expect = ACCEPTABLE, desc = "and the timer is closed")
  @Outcome(expect = FORBIDDEN, desc = "not told, or a timer closed twice")
  public static class DelayCancelVersusBegin extends Race {
    private @Nullable Task<?> delay;

    @Actor
    public void begin() {
      delay = Task.delay(HOUR, timer, source.token());
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = describe(delay);
    }
  }

  /** A wait is canceled while its task ends. */
  @JCStressTest
  @State
  @Outcome(id = "RAN_TO_COMPLETION, closed 1, left 0", expect = ACCEPTABLE, desc = "as the task")
  @Outcome(id = "CANCELED, closed 1, left 0", expect = ACCEPTABLE, desc = "the token is quicker")
  @Outcome(expect = FORBIDDEN, desc = "none of these, or something left")
  public static class WaitEndVersusToken extends Race {
    private final Task<Integer> wait = promise.task().waitAsync(HOUR, timer, source.token());

    @Actor
    public void end() {
      promise.setResult(1);
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = describe(wait);
    }
  }

  /** A wait is canceled while its task faults. */
  @JCStressTest
  @State
  @Outcome(id = "FAULTED, observed", expect = ACCEPTABLE, desc = "the fault is passed on")
  @Outcome(id = "CANCELED, unobserved", expect = ACCEPTABLE, desc = "nobody knows of the fault")
  @Outcome(expect = FORBIDDEN, desc = "a fault that is swallowed, or passed on unobserved")
  public static class WaitFaultVersusToken extends Race {
    private final Task<Integer> wait = promise.task().waitAsync(source.token());

    @Actor
    public void fault() {
      promise.setException(new IllegalStateException());
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      boolean isObserved = promise.task().fault().isObserved();
      r.r1 = wait.status() + (isObserved ? ", observed" : ", unobserved");
      wait.exception(); // now, so that none is reported
      promise.task().exception();
    }
  }

  /** A wait's time is over while its task ends. */
  @JCStressTest
  @State
  @Outcome(id = "RAN_TO_COMPLETION, closed 1, left 0", expect = ACCEPTABLE, desc = "as the task")
  @Outcome(id = "FAULTED, closed 1, left 0", expect = ACCEPTABLE, desc = "the timer is quicker")
  @Outcome(expect = FORBIDDEN, desc = "none of these, or something left")
  public static class WaitEndVersusTimer extends Race {
    private final Task<Integer> wait = promise.task().waitAsync(HOUR, timer, source.token());

    @Actor
    public void end() {
      promise.setResult(1);
    }

    @Actor
    public void fire() {
      timer.fire();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = describe(wait);
    }
  }

  /** A wait is canceled while its time is over. */
  @JCStressTest
  @State
  @Outcome(id = "CANCELED, closed 1, left 0", expect = ACCEPTABLE, desc = "the token is quicker")
  @Outcome(id = "FAULTED, closed 1, left 0", expect = ACCEPTABLE, desc = "the timer is quicker")
  @Outcome(expect = FORBIDDEN, desc = "none of these, or something left")
  public static class WaitTokenVersusTimer extends Race {
    private final Task<Integer> wait = promise.task().waitAsync(HOUR, timer, source.token());

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Actor
    public void fire() {
      timer.fire();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = describe(wait);
    }
  }

  /** A wait begins while its token is canceled. */
  @JCStressTest
  @State
  @Outcome(
      id = "CANCELED, closed 0, left 0",
      expect = ACCEPTABLE,
      desc = "before there was a timer")
  @Outcome(id = "CANCELED, closed 1, left 0", expect = ACCEPTABLE, desc = "and the timer is closed")
  @Outcome(expect = FORBIDDEN, desc = "not told, or a hook or a timer left")
  public static class WaitCancelVersusBegin extends Race {
    private @Nullable Task<Integer> wait;

    @Actor
    public void begin() {
      wait = promise.task().waitAsync(HOUR, timer, source.token());
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = describe(wait);
    }
  }

  /** A wait begins while its timer, which may be made just now, fires. */
  @JCStressTest
  @State
  @Outcome(id = "FAULTED, closed 1, left 0", expect = ACCEPTABLE, desc = "in whichever moment")
  @Outcome(
      id = "WAITING_FOR_ACTIVATION, closed 0, left 2",
      expect = ACCEPTABLE,
      desc = "no timer yet")
  @Outcome(expect = FORBIDDEN, desc = "not told, or a hook or a timer left")
  public static class WaitTimerVersusBegin extends Race {
    private @Nullable Task<Integer> wait;

    @Actor
    public void begin() {
      wait = promise.task().waitAsync(HOUR, timer, source.token());
    }

    @Actor
    public void fire() {
      timer.fire();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = describe(wait);
    }
  }
}
