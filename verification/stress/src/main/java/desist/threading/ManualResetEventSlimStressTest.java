// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import desist.WaitHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;
import org.openjdk.jcstress.infra.results.LZ_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** An event is set, reset and closed while a wait for it begins, or is ended otherwise. */
public final class ManualResetEventSlimStressTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private ManualResetEventSlimStressTest() {}

  /** The event is set, and then the token canceled. */
  @JCStressTest
  @State
  @Outcome(id = "through, 0", expect = ACCEPTABLE, desc = "let through")
  @Outcome(id = "canceled, 0", expect = ACCEPTABLE, desc = "it came after the request")
  @Outcome(expect = FORBIDDEN, desc = "a signal lost, or a registration left")
  public static class SetThenCancelVersusWait {
    private final ManualResetEventSlim event = new ManualResetEventSlim();
    private final CancellationTokenSource source = new CancellationTokenSource();

    @Actor
    public void setAndCancel() {
      event.set();
      source.cancel();
    }

    @Actor
    public void await(LI_Result r) {
      r.r1 = Answer.to(() -> event.await(LONG, source.token()));
    }

    @Arbiter
    public void rest(LI_Result r) {
      r.r2 = source.registrationCount();
    }
  }

  /** A pulse, and a wait that begins before, within or after it. */
  @JCStressTest
  @State
  @Outcome(id = "through, false", expect = ACCEPTABLE, desc = "the pulse let it through")
  @Outcome(id = "not through, false", expect = ACCEPTABLE, desc = "it came after the pulse")
  @Outcome(expect = FORBIDDEN, desc = "still set after the reset")
  public static class PulseVersusWait {
    private static final Duration SHORT = Duration.ofNanos(20_000);

    private final ManualResetEventSlim event = new ManualResetEventSlim();

    @Actor
    public void pulse() {
      event.set();
      event.reset();
    }

    @Actor
    public void await(LZ_Result r) {
      r.r1 = Answer.to(() -> event.await(SHORT));
    }

    @Arbiter
    public void rest(LZ_Result r) {
      r.r2 = event.isSet();
    }
  }

  /** A thread that is blocked is let through by a pulse, however short it is. */
  @JCStressTest
  @State
  @Outcome(id = "through, false", expect = ACCEPTABLE, desc = "the pulse let it through")
  @Outcome(expect = FORBIDDEN, desc = "the pulse passed it over")
  public static class PulseVersusBlockedWait {
    private final ManualResetEventSlim event = new ManualResetEventSlim();
    private volatile @Nullable Thread waiter;

    @Actor
    public void pulse() {
      while (waiter == null || waiter.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      event.set();
      event.reset();
    }

    @Actor
    public void await(LZ_Result r) {
      waiter = Thread.currentThread();
      r.r1 = Answer.to(() -> event.await(LONG));
    }

    @Arbiter
    public void rest(LZ_Result r) {
      r.r2 = event.isSet();
    }
  }

  /** A wait is interrupted and the event set: one of the two ends it, and neither is lost. */
  @JCStressTest
  @State
  @Outcome(id = "through, true", expect = ACCEPTABLE, desc = "the interrupt is pending")
  @Outcome(id = "interrupted, false", expect = ACCEPTABLE, desc = "the interrupt left as exception")
  @Outcome(expect = FORBIDDEN, desc = "a signal or an interrupt lost")
  public static class InterruptVersusSet {
    private final ManualResetEventSlim event = new ManualResetEventSlim();
    private volatile @Nullable Thread waiter;
    private volatile boolean isDone;

    @Actor
    public void interruptAndSet() {
      Thread thread;
      while ((thread = waiter) == null) {
        Thread.onSpinWait();
      }
      thread.interrupt();
      event.set();
      isDone = true;
    }

    @Actor
    public void await(LZ_Result r) {
      waiter = Thread.currentThread();
      r.r1 = Answer.to(() -> event.await(LONG));
      while (!isDone) {
        Thread.onSpinWait();
      }
      r.r2 = Thread.interrupted();
    }
  }

  /** The event is set and closed while a thread begins to wait: the wait ends. */
  @JCStressTest
  @State
  @Outcome(id = "through", expect = ACCEPTABLE, desc = "let through before the close")
  @Outcome(id = "closed", expect = ACCEPTABLE, desc = "it came after the close")
  @Outcome(expect = FORBIDDEN, desc = "anything else")
  public static class CloseVersusWait {
    private final ManualResetEventSlim event = new ManualResetEventSlim();

    @Actor
    public void setAndClose() {
      event.set();
      event.close();
    }

    @Actor
    public void await(L_Result r) {
      r.r1 = Answer.to(() -> event.await(LONG));
    }
  }

  /** A thread that is let through closes the event at once; the set that did it is fine. */
  @JCStressTest
  @State
  @Outcome(id = "through, true", expect = ACCEPTABLE, desc = "set returned normally")
  @Outcome(expect = FORBIDDEN, desc = "set came across the close")
  public static class CloseAfterWait {
    private final ManualResetEventSlim event = new ManualResetEventSlim();

    @Actor
    public void set(LZ_Result r) {
      event.set();
      r.r2 = true;
    }

    @Actor
    public void awaitAndClose(LZ_Result r) {
      r.r1 = Answer.to(() -> event.await(LONG));
      event.close();
    }
  }

  /** The event is set by one thread and reset by another: its handle says the same. */
  @JCStressTest
  @State
  @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "set, both")
  @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "unset, both")
  @Outcome(expect = FORBIDDEN, desc = "the handle does not follow")
  public static class HandleVersusEvent {
    private final ManualResetEventSlim event = new ManualResetEventSlim();

    @Actor
    public void set() {
      event.set();
    }

    @Actor
    public void askAndReset() {
      event.waitHandle();
      event.reset();
    }

    @Arbiter
    public void rest(ZZ_Result r) {
      WaitHandle handle = event.waitHandle();
      r.r1 = event.isSet();
      r.r2 = Answer.to(() -> handle.waitOne(Duration.ZERO)).equals("through");
    }
  }

  /** Who is let through finds the handle set. */
  @JCStressTest
  @State
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "set, both")
  @Outcome(expect = FORBIDDEN, desc = "the handle comes after the event")
  public static class SetVersusPollAndHandle {
    private final ManualResetEventSlim event = new ManualResetEventSlim();
    private final WaitHandle handle = event.waitHandle();

    @Actor
    public void set() {
      event.set();
    }

    @Actor
    public void poll(Z_Result r) {
      while (!Answer.to(() -> event.await(Duration.ZERO)).equals("through")) {
        Thread.onSpinWait();
      }
      r.r1 = Answer.to(() -> handle.waitOne(Duration.ZERO)).equals("through");
    }
  }
}
