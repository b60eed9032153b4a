// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A tick comes while the wait for it begins, is canceled, or the timer is closed. */
public final class PeriodicTimerStressTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private PeriodicTimerStressTest() {}

  /** A tick and a cancellation come to a wait: a canceled one has taken no tick. */
  @JCStressTest
  @State
  @Outcome(id = "true, waits, 0", expect = ACCEPTABLE, desc = "the tick was quicker")
  @Outcome(id = "canceled, true, 0", expect = ACCEPTABLE, desc = "the tick is the next one's")
  @Outcome(expect = FORBIDDEN, desc = "a tick lost or doubled, or something left")
  public static class TickVersusCancel {
    private final OneTimer clock = new OneTimer();
    private final PeriodicTimer timer = new PeriodicTimer(SECOND, clock);
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final Task<Boolean> wait = timer.waitForNextTickAsync(source.token());

    @Actor
    public void tick() {
      clock.fire();
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 =
          fate(wait)
              + ", "
              + fate(timer.waitForNextTickAsync())
              + ", "
              + source.registrationCount();
    }
  }

  /** A tick comes as the wait begins: it is the wait's, and nothing is left on its token. */
  @JCStressTest
  @State
  @Outcome(id = "true, waits, 0", expect = ACCEPTABLE, desc = "kept for it, or ended it")
  @Outcome(expect = FORBIDDEN, desc = "a tick lost or doubled, or something left")
  public static class TickVersusWait {
    private final OneTimer clock = new OneTimer();
    private final PeriodicTimer timer = new PeriodicTimer(SECOND, clock);
    private final CancellationTokenSource source = new CancellationTokenSource();
    private Task<Boolean> wait = Task.fromResult(false);

    @Actor
    public void tick() {
      clock.fire();
    }

    @Actor
    public void await() {
      wait = timer.waitForNextTickAsync(source.token());
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 =
          fate(wait)
              + ", "
              + fate(timer.waitForNextTickAsync())
              + ", "
              + source.registrationCount();
    }
  }

  /** The timer is closed as the wait begins. */
  @JCStressTest
  @State
  @Outcome(id = "false, false, 0", expect = ACCEPTABLE, desc = "it and all that come")
  @Outcome(expect = FORBIDDEN, desc = "a wait without end, or something left")
  public static class CloseVersusWait {
    private final OneTimer clock = new OneTimer();
    private final PeriodicTimer timer = new PeriodicTimer(SECOND, clock);
    private final CancellationTokenSource source = new CancellationTokenSource();
    private Task<Boolean> wait = Task.fromResult(true);

    @Actor
    public void close() {
      timer.close();
    }

    @Actor
    public void await() {
      wait = timer.waitForNextTickAsync(source.token());
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 =
          fate(wait)
              + ", "
              + fate(timer.waitForNextTickAsync())
              + ", "
              + source.registrationCount();
    }
  }

  private static String fate(Task<Boolean> wait) {
    return wait.isCanceled()
        ? "canceled"
        : wait.isCompleted() ? wait.resultNow().toString() : "waits";
  }
}
