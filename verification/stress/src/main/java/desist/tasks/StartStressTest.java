// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** A task is started, or run, while its token is canceled or somebody else runs it. */
public final class StartStressTest {
  private StartStressTest() {}

  /** Cancellation against the start of a task that runs within the call. */
  @JCStressTest
  @State
  @Outcome(id = "started, ran, runs", expect = ACCEPTABLE, desc = "canceled too late")
  @Outcome(id = "started, was canceled, does not run", expect = ACCEPTABLE, desc = "in between")
  @Outcome(
      id = "refused, was canceled, does not run",
      expect = ACCEPTABLE,
      desc = "before the start")
  @Outcome(expect = FORBIDDEN, desc = "a body run and canceled, or neither")
  public static class CancelVersusStart {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final Counted body = new Counted();
    private final Task<Integer> task = new Task<>(body::run, source.token());

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Actor
    public void start(L_Result r) {
      r.r1 = startOf(task);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 += ", " + Answer.stateOf(task) + ", " + body.fate();
    }
  }

  /** Two threads start it: one does, and nothing is left on the token. */
  @JCStressTest
  @State
  @Outcome(id = "started, ran, 0", expect = ACCEPTABLE, desc = "ended by its body")
  @Outcome(id = "refused, ran, 0", expect = ACCEPTABLE, desc = "the other was quicker")
  @Outcome(expect = FORBIDDEN, desc = "started twice, or something left")
  public static class StartVersusStart {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final Counted body = new Counted();
    private final Task<Integer> task = new Task<>(body::run, source.token());
    private String other = "";

    @Actor
    public void start(L_Result r) {
      r.r1 = startOf(task);
    }

    @Actor
    public void startToo() {
      other = startOf(task);
    }

    @Arbiter
    public void end(L_Result r) {
      boolean isOnce = !other.equals(r.r1) && body.fate().equals("runs");
      r.r1 +=
          ", "
              + (isOnce ? Answer.stateOf(task) : "was started twice")
              + ", "
              + source.registrationCount();
    }
  }

  /** A scheduler gives a task back while it runs it: the one or the other. */
  @JCStressTest
  @State
  @Outcome(id = "ran, runs, 0", expect = ACCEPTABLE, desc = "run before")
  @Outcome(id = "was canceled, does not run, 0", expect = ACCEPTABLE, desc = "given back before")
  @Outcome(expect = FORBIDDEN, desc = "a body run and canceled, or neither")
  public static class DequeueVersusRun {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final Counted body = new Counted();
    private final Held scheduler = new Held();
    private final Task<Integer> task = new Task<>(body::run, source.token());

    public DequeueVersusRun() {
      task.start(scheduler);
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Actor
    public void run() {
      scheduler.run(task);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = Answer.stateOf(task) + ", " + body.fate() + ", " + source.registrationCount();
    }
  }

  /** Two threads run a task that both have: one does. */
  @JCStressTest
  @State
  @Outcome(id = "true, false, runs", expect = ACCEPTABLE, desc = "the first")
  @Outcome(id = "false, true, runs", expect = ACCEPTABLE, desc = "the second")
  @Outcome(expect = FORBIDDEN, desc = "run twice, or not at all")
  public static class RunVersusRun {
    private final Counted body = new Counted();
    private final Held scheduler = new Held();
    private final Task<Integer> task = new Task<>(body::run);

    public RunVersusRun() {
      task.start(scheduler);
    }

    @Actor
    public void run(LLL_Result r) {
      r.r1 = scheduler.run(task);
    }

    @Actor
    public void runToo(LLL_Result r) {
      r.r2 = scheduler.run(task);
    }

    @Arbiter
    public void end(LLL_Result r) {
      r.r3 = body.fate();
    }
  }

  private static String startOf(Task<?> task) {
    try {
      task.start(Runnable::run);
      return "started";
    } catch (IllegalStateException e) {
      return "refused";
    }
  }

  /** Keeps its task until it is told to run it, and lets it go when asked. */
  private static final class Held extends TaskScheduler {
    @Override
    protected void queueTask(Task<?> task) {}

    @Override
    protected boolean tryExecuteTaskInline(Task<?> task, boolean taskWasPreviouslyQueued) {
      return false;
    }

    @Override
    protected boolean tryDequeue(Task<?> task) {
      return true;
    }

    @Override
    protected Iterable<Task<?>> getScheduledTasks() {
      return List.of();
    }

    boolean run(Task<?> task) {
      return tryExecuteTask(task);
    }
  }
}
