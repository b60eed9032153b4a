// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import desist.ObjectDisposedException;
import desist.WaitHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.LIZ_Result;
import org.openjdk.jcstress.infra.results.LI_Result;
import org.openjdk.jcstress.infra.results.LLI_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** A permit is released while the wait of a thread for it is ended otherwise. */
public final class SemaphoreSlimStressTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private SemaphoreSlimStressTest() {}

  /** The permit is released, and then the token canceled. */
  @JCStressTest
  @State
  @Outcome(id = "through, 0", expect = ACCEPTABLE, desc = "has the permit")
  @Outcome(id = "canceled, 1", expect = ACCEPTABLE, desc = "has taken nothing")
  @Outcome(expect = FORBIDDEN, desc = "a permit lost, or doubled")
  public static class ReleaseThenCancelVersusWait {
    private final SemaphoreSlim semaphore = new SemaphoreSlim(0);
    private final CancellationTokenSource source = new CancellationTokenSource();

    @Actor
    public void releaseAndCancel() {
      semaphore.release();
      source.cancel();
    }

    @Actor
    public void await(LI_Result r) {
      r.r1 = Answer.to(() -> semaphore.await(LONG, source.token()));
    }

    @Arbiter
    public void rest(LI_Result r) {
      r.r2 = semaphore.currentCount() + source.registrationCount();
    }
  }

  /** The token is canceled, and then the permit released. */
  @JCStressTest
  @State
  @Outcome(id = "through, 0", expect = ACCEPTABLE, desc = "looked at the token before")
  @Outcome(id = "canceled, 1", expect = ACCEPTABLE, desc = "has taken nothing")
  @Outcome(expect = FORBIDDEN, desc = "a permit lost, or doubled")
  public static class CancelThenReleaseVersusWait {
    private final SemaphoreSlim semaphore = new SemaphoreSlim(0);
    private final CancellationTokenSource source = new CancellationTokenSource();

    @Actor
    public void cancelAndRelease() {
      source.cancel();
      semaphore.release();
    }

    @Actor
    public void await(LI_Result r) {
      r.r1 = Answer.to(() -> semaphore.await(LONG, source.token()));
    }

    @Arbiter
    public void rest(LI_Result r) {
      r.r2 = semaphore.currentCount() + source.registrationCount();
    }
  }

  /** The permit is released at about the time when the wait is over. */
  @JCStressTest
  @State
  @Outcome(id = "through, 0", expect = ACCEPTABLE, desc = "in time, and taken")
  @Outcome(id = "not through, 1", expect = ACCEPTABLE, desc = "too not through, and still there")
  @Outcome(expect = FORBIDDEN, desc = "a permit lost, or doubled")
  public static class TimeoutVersusRelease {
    private static final Duration SHORT = Duration.ofNanos(500);

    private final SemaphoreSlim semaphore = new SemaphoreSlim(0);

    @Actor
    public void release() {
      semaphore.release();
    }

    @Actor
    public void await(LI_Result r) {
      r.r1 = Answer.to(() -> semaphore.await(SHORT));
    }

    @Arbiter
    public void rest(LI_Result r) {
      r.r2 = semaphore.currentCount();
    }
  }

  /** A wait is interrupted and the permit released: one of the two ends it, and neither is lost. */
  @JCStressTest
  @State
  @Outcome(id = "through, 0, true", expect = ACCEPTABLE, desc = "the interrupt is pending")
  @Outcome(id = "interrupted, 1, false", expect = ACCEPTABLE, desc = "has taken nothing")
  @Outcome(expect = FORBIDDEN, desc = "a permit or an interrupt lost")
  public static class InterruptVersusRelease {
    private final SemaphoreSlim semaphore = new SemaphoreSlim(0);
    private volatile @Nullable Thread waiter;
    private volatile boolean isDone;

    @Actor
    public void interruptAndRelease() {
      Thread thread;
      while ((thread = waiter) == null) {
        Thread.onSpinWait();
      }
      thread.interrupt();
      semaphore.release();
      isDone = true;
    }

    @Actor
    public void await(LIZ_Result r) {
      waiter = Thread.currentThread();
      r.r1 = Answer.to(() -> semaphore.await(LONG));
      while (!isDone) {
        Thread.onSpinWait();
      }
      r.r3 = Thread.interrupted();
    }

    @Arbiter
    public void rest(LIZ_Result r) {
      r.r2 = semaphore.currentCount();
    }
  }

  /** The semaphore is closed under a wait that another permit might have ended. */
  @JCStressTest
  @State
  @Outcome(id = "through, 0", expect = ACCEPTABLE, desc = "let through before the close")
  @Outcome(id = "closed, 1", expect = ACCEPTABLE, desc = "it came after the close")
  @Outcome(expect = FORBIDDEN, desc = "a permit lost, or doubled")
  public static class CloseVersusWait {
    private final SemaphoreSlim semaphore = new SemaphoreSlim(0);

    @Actor
    public void releaseAndClose() {
      semaphore.release();
      semaphore.close();
    }

    @Actor
    public void await(LI_Result r) {
      r.r1 = Answer.to(() -> semaphore.await(LONG));
    }

    @Arbiter
    public void rest(LI_Result r) {
      r.r2 = semaphore.currentCount();
    }
  }

  /** Two threads hand each other a permit, there and back: both waits end. */
  @JCStressTest
  @State
  @Outcome(id = "through, through, 0", expect = ACCEPTABLE, desc = "there and back")
  @Outcome(expect = FORBIDDEN, desc = "a permit made up, or lost")
  public static class ReleaseVersusBlockedWait {
    private final SemaphoreSlim there = new SemaphoreSlim(0);
    private final SemaphoreSlim back = new SemaphoreSlim(0);

    @Actor
    public void first(LLI_Result r) {
      there.release();
      r.r1 = Answer.to(() -> back.await(LONG));
    }

    @Actor
    public void second(LLI_Result r) {
      r.r2 = Answer.to(() -> there.await(LONG));
      back.release();
    }

    @Arbiter
    public void rest(LLI_Result r) {
      r.r3 = there.currentCount() + back.currentCount();
    }
  }

  /** A permit comes and goes while the handle is made: it tells whether one is free. */
  @JCStressTest
  @State
  @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "set, and one is free")
  @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "unset, and none is free")
  @Outcome(expect = FORBIDDEN, desc = "the handle does not follow")
  public static class HandleMadeVersusRelease {
    private final SemaphoreSlim semaphore = new SemaphoreSlim(0);

    @Actor
    public void ask() {
      Answer.to(() -> semaphore.availableWaitHandle().waitOne(Duration.ZERO));
      Answer.to(() -> semaphore.await(Duration.ZERO));
    }

    @Actor
    public void release() {
      semaphore.release();
    }

    @Arbiter
    public void rest(ZI_Result r) {
      r.r1 = isSet(semaphore.availableWaitHandle());
      r.r2 = semaphore.currentCount();
    }
  }

  /** Permits come and go on two threads: the handle tells whether one is free. */
  @JCStressTest
  @State
  @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "the one was taken, and it is unset")
  @Outcome(id = "1, true", expect = ACCEPTABLE, desc = "the one was given back, and it is set")
  @Outcome(expect = FORBIDDEN, desc = "the handle does not follow")
  public static class HandleVersusCount {
    private final SemaphoreSlim semaphore = new SemaphoreSlim(1);
    private final WaitHandle handle = semaphore.availableWaitHandle();

    @Actor
    public void takeAndRelease() {
      if (Answer.to(() -> semaphore.await(Duration.ZERO)).equals("through")) {
        semaphore.release();
      }
    }

    @Actor
    public void take() {
      Answer.to(() -> semaphore.await(Duration.ZERO));
    }

    @Arbiter
    public void rest(IZ_Result r) {
      r.r1 = semaphore.currentCount();
      r.r2 = isSet(handle);
    }
  }

  /** All at once: a release, a request and a wait. */
  @JCStressTest
  @State
  @Outcome(id = "through, 0", expect = ACCEPTABLE, desc = "has the permit")
  @Outcome(id = "canceled, 1", expect = ACCEPTABLE, desc = "has taken nothing")
  @Outcome(expect = FORBIDDEN, desc = "a permit lost, or doubled")
  public static class ReleaseAndCancelAndWait {
    private final SemaphoreSlim semaphore = new SemaphoreSlim(0);
    private final CancellationTokenSource source = new CancellationTokenSource();

    @Actor
    public void release() {
      semaphore.release();
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Actor
    public void await(L_Result r) {
      r.r1 = Answer.to(() -> semaphore.await(LONG, source.token()));
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 += ", " + (semaphore.currentCount() + source.registrationCount());
    }
  }

  /** All at once: a release, a close and a wait. */
  @JCStressTest
  @State
  @Outcome(id = "through, 0", expect = ACCEPTABLE, desc = "has the permit")
  @Outcome(id = "closed, 1", expect = ACCEPTABLE, desc = "has taken nothing")
  @Outcome(id = "closed, 0 refused", expect = ACCEPTABLE, desc = "the release came too late")
  @Outcome(expect = FORBIDDEN, desc = "a permit lost, or doubled")
  public static class ReleaseAndCloseAndWait {
    private final SemaphoreSlim semaphore = new SemaphoreSlim(0);
    private String release = "";

    @Actor
    public void release() {
      try {
        semaphore.release();
      } catch (ObjectDisposedException e) {
        release = " refused";
      }
    }

    @Actor
    public void close() {
      semaphore.close();
    }

    @Actor
    public void await(L_Result r) {
      r.r1 = Answer.to(() -> semaphore.await(LONG));
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 += ", " + semaphore.currentCount() + release;
    }
  }

  private static boolean isSet(WaitHandle handle) {
    return Answer.to(() -> handle.waitOne(Duration.ZERO)).equals("through");
  }

  /** Of two permits that are released together, who was handed the one finds the other. */
  @JCStressTest
  @State
  @Outcome(id = "through, through, 0", expect = ACCEPTABLE, desc = "has both")
  @Outcome(expect = FORBIDDEN, desc = "let through before the release was done")
  public static class ReleaseOfTwoVersusWaitAndPoll {
    private final SemaphoreSlim semaphore = new SemaphoreSlim(0);

    @Actor
    public void release() {
      semaphore.releaseMany(2);
    }

    @Actor
    public void awaitAndPoll(LLI_Result r) {
      r.r1 = Answer.to(() -> semaphore.await(LONG));
      r.r2 = Answer.to(() -> semaphore.await(Duration.ZERO));
    }

    @Arbiter
    public void rest(LLI_Result r) {
      r.r3 = semaphore.currentCount();
    }
  }
}
