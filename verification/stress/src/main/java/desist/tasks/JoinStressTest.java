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
import org.openjdk.jcstress.infra.results.LIZ_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** A thread waits for a task that ends while the wait is ended otherwise. */
public final class JoinStressTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private JoinStressTest() {}

  /** The task ends, and then the token is canceled. */
  @JCStressTest
  @State
  @Outcome(id = "through, 0", expect = ACCEPTABLE, desc = "the end was quicker")
  @Outcome(id = "canceled, 0", expect = ACCEPTABLE, desc = "the cancellation was")
  @Outcome(expect = FORBIDDEN, desc = "a wait without end, or something left")
  public static class EndThenCancelVersusJoin {
    private final TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();
    private final CancellationTokenSource source = new CancellationTokenSource();

    @Actor
    public void endAndCancel() {
      promise.setResult(1);
      source.cancel();
    }

    @Actor
    public void join(L_Result r) {
      r.r1 = Answer.to(() -> promise.task().join(LONG, source.token()));
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 += ", " + Answer.left(promise.task(), source);
    }
  }

  /** The token is canceled, and then the task ends. */
  @JCStressTest
  @State
  @Outcome(id = "through, 0", expect = ACCEPTABLE, desc = "looked at the token before")
  @Outcome(id = "canceled, 0", expect = ACCEPTABLE, desc = "the cancellation was quicker")
  @Outcome(expect = FORBIDDEN, desc = "a wait without end, or something left")
  public static class CancelThenEndVersusJoin {
    private final TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();
    private final CancellationTokenSource source = new CancellationTokenSource();

    @Actor
    public void cancelAndEnd() {
      source.cancel();
      promise.setResult(1);
    }

    @Actor
    public void join(L_Result r) {
      r.r1 =
          Answer.to(
              () -> {
                promise.task().join(source.token());
                return true;
              });
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 += ", " + Answer.left(promise.task(), source);
    }
  }

  /** The task has the token of the wait: it is canceled for both, and there is one outcome. */
  @JCStressTest
  @State
  @Outcome(id = "canceled, 0", expect = ACCEPTABLE, desc = "whoever sees it first")
  @Outcome(expect = FORBIDDEN, desc = "another outcome, or something left")
  public static class CancelOfBothVersusJoin {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final Task<Integer> task = new Task<>(() -> 1, source.token());

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Actor
    public void join(L_Result r) {
      r.r1 = Answer.to(() -> task.join(LONG, source.token()));
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 += ", " + Answer.left(task, source);
    }
  }

  /** The time is over at about the time when the task ends. */
  @JCStressTest
  @State
  @Outcome(id = "through, 0", expect = ACCEPTABLE, desc = "in time")
  @Outcome(id = "not through, 0", expect = ACCEPTABLE, desc = "too late")
  @Outcome(expect = FORBIDDEN, desc = "another outcome, or something left")
  public static class TimeoutVersusEnd {
    private static final Duration SHORT = Duration.ofNanos(500);

    private final TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();

    @Actor
    public void end() {
      promise.setResult(1);
    }

    @Actor
    public void join(L_Result r) {
      r.r1 = Answer.to(() -> promise.task().join(SHORT));
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 += ", " + promise.task().hookCount();
    }
  }

  /** A wait is interrupted and the task ends: one of the two ends it, and neither is lost. */
  @JCStressTest
  @State
  @Outcome(id = "through, 0, true", expect = ACCEPTABLE, desc = "the interrupt is pending")
  @Outcome(id = "interrupted, 0, false", expect = ACCEPTABLE, desc = "the task has ended since")
  @Outcome(expect = FORBIDDEN, desc = "an interrupt lost, or something left")
  public static class InterruptVersusEnd {
    private final TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();
    private volatile @Nullable Thread waiter;
    private volatile boolean isDone;

    @Actor
    public void interruptAndEnd() {
      Thread thread;
      while ((thread = waiter) == null) {
        Thread.onSpinWait();
      }
      thread.interrupt();
      promise.setResult(1);
      isDone = true;
    }

    @Actor
    public void join(LIZ_Result r) {
      waiter = Thread.currentThread();
      r.r1 = Answer.to(() -> promise.task().join(LONG));
      while (!isDone) {
        Thread.onSpinWait();
      }
      r.r3 = Thread.interrupted();
    }

    @Arbiter
    public void rest(LIZ_Result r) {
      r.r2 = promise.task().hookCount();
    }
  }

  /** Of two tasks one ends while a thread waits for any; the other keeps nothing of it. */
  @JCStressTest
  @State
  @Outcome(id = "through, 0", expect = ACCEPTABLE, desc = "woken, and off both")
  @Outcome(expect = FORBIDDEN, desc = "a wait without end, or something left")
  public static class EndVersusWaitAny {
    private final TaskCompletionSource<Integer> ending = new TaskCompletionSource<>();
    private final TaskCompletionSource<Integer> other = new TaskCompletionSource<>();

    @Actor
    public void end() {
      ending.setResult(1);
    }

    @Actor
    public void await(L_Result r) {
      r.r1 = Answer.to(() -> Task.waitAny(other.task(), ending.task()) == 1);
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 += ", " + (other.task().hookCount() + ending.task().hookCount());
    }
  }

  /** Both tasks end while a thread waits for all. */
  @JCStressTest
  @State
  @Outcome(id = "through", expect = ACCEPTABLE, desc = "when both have ended")
  @Outcome(expect = FORBIDDEN, desc = "a wait without end")
  public static class EndsVersusWaitAll {
    private final TaskCompletionSource<Integer> one = new TaskCompletionSource<>();
    private final TaskCompletionSource<Integer> two = new TaskCompletionSource<>();

    @Actor
    public void end() {
      one.setResult(1);
      two.setResult(2);
    }

    @Actor
    public void await(L_Result r) {
      r.r1 =
          Answer.to(
              () -> {
                Task.waitAll(one.task(), two.task());
                return one.task().isCompleted() && two.task().isCompleted();
              });
    }
  }
}
