// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.LLI_Result;
import org.openjdk.jcstress.infra.results.LZI_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** Semaphores: what is released is taken once or left in the count, however a wait ends. */
public final class SemaphoreStressTest {
  private static final Duration SHORT = Duration.ofNanos(500);

  private SemaphoreStressTest() {}

  /** One release and two polls: exactly one takes it. */
  @JCStressTest
  @State
  @Outcome(id = "true, false, 0", expect = ACCEPTABLE, desc = "the one that released took it")
  @Outcome(id = "false, true, 0", expect = ACCEPTABLE, desc = "the other took it")
  @Outcome(expect = FORBIDDEN, desc = "lost, or taken twice")
  public static class ReleaseVersusPoll {
    private final Semaphore semaphore = new Semaphore(0, 2);

    @Actor
    public void releaseAndPoll(ZZI_Result r) {
      semaphore.release();
      r.r1 = Uninterrupted.get(() -> semaphore.waitOne(Duration.ZERO));
    }

    @Actor
    public void poll(ZZI_Result r) {
      r.r2 = Uninterrupted.get(() -> semaphore.waitOne(Duration.ZERO));
    }

    @Arbiter
    public void rest(ZZI_Result r) {
      r.r3 = left(semaphore);
    }
  }

  /** A release of three while a thread waits for two in turn: one is left. */
  @JCStressTest
  @State
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "two were taken")
  @Outcome(expect = FORBIDDEN, desc = "lost, or taken twice")
  public static class ReleaseOfThreeVersusWaits {
    private final Semaphore semaphore = new Semaphore(0, 3);

    @Actor
    public void release(II_Result r) {
      r.r1 = semaphore.releaseMany(3);
    }

    @Actor
    public void waitTwice() {
      Uninterrupted.get(() -> semaphore.waitOne());
      Uninterrupted.get(() -> semaphore.waitOne());
    }

    @Arbiter
    public void rest(II_Result r) {
      r.r2 = left(semaphore);
    }
  }

  /** Two releases where there is room for one, and nobody waits: one is refused. */
  @JCStressTest
  @State
  @Outcome(id = "0, full, 1", expect = ACCEPTABLE, desc = "the first was in time")
  @Outcome(id = "full, 0, 1", expect = ACCEPTABLE, desc = "the second was in time")
  @Outcome(expect = FORBIDDEN, desc = "beyond the maximum, or refused twice")
  public static class ReleaseVersusRelease {
    private final Semaphore semaphore = new Semaphore(0, 1);

    @Actor
    public void first(LLI_Result r) {
      r.r1 = tryRelease(semaphore);
    }

    @Actor
    public void second(LLI_Result r) {
      r.r2 = tryRelease(semaphore);
    }

    @Arbiter
    public void rest(LLI_Result r) {
      r.r3 = left(semaphore);
    }
  }

  /** A release at about the time when a wait is over. */
  @JCStressTest
  @State
  @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "in time, and taken")
  @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "too late, and still there")
  @Outcome(expect = FORBIDDEN, desc = "lost, or taken twice")
  public static class TimeoutVersusRelease {
    private final Semaphore semaphore = new Semaphore(0, 1);

    @Actor
    public void release() {
      semaphore.release();
    }

    @Actor
    public void waitOne(ZI_Result r) {
      r.r1 = Uninterrupted.get(() -> semaphore.waitOne(SHORT));
    }

    @Arbiter
    public void rest(ZI_Result r) {
      r.r2 = left(semaphore);
    }
  }

  /** A wait is interrupted and the semaphore released: one of the two ends it, neither is lost. */
  @JCStressTest
  @State
  @Outcome(
      id = "through, true, 0",
      expect = ACCEPTABLE,
      desc = "has it, and the interrupt is pending")
  @Outcome(id = "interrupted, false, 1", expect = ACCEPTABLE, desc = "has taken nothing")
  @Outcome(expect = FORBIDDEN, desc = "a release or an interrupt lost")
  public static class InterruptVersusRelease {
    private final Semaphore semaphore = new Semaphore(0, 1);
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
    public void waitOne(LZI_Result r) {
      waiter = Thread.currentThread();
      try {
        semaphore.waitOne();
        r.r1 = "through";
      } catch (InterruptedException e) {
        r.r1 = "interrupted";
      }
      while (!isDone) {
        Thread.onSpinWait();
      }
      r.r2 = Thread.interrupted();
    }

    @Arbiter
    public void rest(LZI_Result r) {
      r.r3 = left(semaphore);
    }
  }

  /** A token is canceled and then a semaphore behind it released: the token ends the wait. */
  @JCStressTest
  @State
  @Outcome(id = "canceled, 1", expect = ACCEPTABLE, desc = "the token came first")
  @Outcome(expect = FORBIDDEN, desc = "taken in spite of the token before it")
  public static class CancelThenRelease {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final WaitHandle ofToken = source.token().waitHandle();
    private final Semaphore semaphore = new Semaphore(0, 1);

    @Actor
    public void cancelAndRelease() {
      source.cancel();
      semaphore.release();
    }

    @Actor
    public void waitAny(L_Result r) {
      int index = Uninterrupted.get(() -> WaitHandle.waitAny(ofToken, semaphore));
      r.r1 = index == 0 ? "canceled" : "through";
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 += ", " + left(semaphore);
    }
  }

  /** A release, a cancellation and a time-out coincide: one of them ends the wait, whole. */
  @JCStressTest
  @State
  @Outcome(id = "through, 0", expect = ACCEPTABLE, desc = "has it")
  @Outcome(id = "canceled, 1", expect = ACCEPTABLE, desc = "has taken nothing")
  @Outcome(id = "late, 1", expect = ACCEPTABLE, desc = "has taken nothing")
  @Outcome(expect = FORBIDDEN, desc = "lost, or taken twice")
  public static class ReleaseVersusCancelVersusTimeout {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final Semaphore semaphore = new Semaphore(0, 1);
    private final WaitHandle[] handles = {semaphore, source.token().waitHandle(), semaphore};

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Actor
    public void release() {
      semaphore.release();
    }

    @Actor
    public void waitAny(L_Result r) {
      int index = Uninterrupted.get(() -> WaitHandle.waitAny(handles, SHORT));
      r.r1 = index == 1 ? "canceled" : index == WaitHandle.WAIT_TIMEOUT ? "late" : "through";
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 += ", " + left(semaphore);
    }
  }

  /** A release of two while two threads wait: both go on. */
  @JCStressTest
  @State
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "each took one")
  @Outcome(expect = FORBIDDEN, desc = "one was made up")
  public static class ReleaseOfTwoVersusTwoWaits {
    private final Semaphore semaphore = new Semaphore(0, 2);
    private final AutoResetEvent never = new AutoResetEvent(false);

    @Actor
    public void release() {
      semaphore.releaseMany(2);
    }

    @Actor
    public void waitOne() {
      Uninterrupted.get(() -> semaphore.waitOne());
    }

    @Actor
    public void waitAny() {
      Uninterrupted.get(() -> WaitHandle.waitAny(never, semaphore));
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 = String.valueOf(left(semaphore));
    }
  }

  /** A wait that names a semaphore twice takes one. */
  @JCStressTest
  @State
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "took one, by the lower index")
  @Outcome(expect = FORBIDDEN, desc = "took two, or by the higher index")
  public static class ReleaseOfTwoVersusWaitForItTwice {
    private final Semaphore semaphore = new Semaphore(0, 2);

    @Actor
    public void release() {
      semaphore.releaseMany(2);
    }

    @Actor
    public void waitAny(II_Result r) {
      r.r1 = Uninterrupted.get(() -> WaitHandle.waitAny(semaphore, semaphore));
    }

    @Arbiter
    public void rest(II_Result r) {
      r.r2 = left(semaphore);
    }
  }

  /** A wait for two semaphores, and a wait for one of them that gives it back: all or none. */
  @JCStressTest
  @State
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "one of each was taken")
  @Outcome(expect = FORBIDDEN, desc = "half taken, lost or taken twice")
  public static class ReleaseVersusWaitAll {
    private final Semaphore scarce = new Semaphore(1, 1);
    private final Semaphore plenty = new Semaphore(0, 3);

    @Actor
    public void release() {
      plenty.releaseMany(2);
      Uninterrupted.get(() -> plenty.waitOne());
      plenty.release();
    }

    @Actor
    public void waitAll() {
      Uninterrupted.get(() -> WaitHandle.waitAll(scarce, plenty));
    }

    @Arbiter
    public void rest(II_Result r) {
      r.r1 = left(scarce);
      r.r2 = left(plenty);
    }
  }

  /** A semaphore is released and closed while a thread begins to wait: the wait ends. */
  @JCStressTest
  @State
  @Outcome(id = "through, closed", expect = ACCEPTABLE, desc = "let through before the close")
  @Outcome(id = "closed, closed", expect = ACCEPTABLE, desc = "it came after the close")
  @Outcome(expect = FORBIDDEN, desc = "anything else")
  public static class CloseVersusWait {
    private final Semaphore semaphore = new Semaphore(0, 1);

    @Actor
    public void releaseAndClose() {
      semaphore.release();
      semaphore.close();
    }

    @Actor
    public void waitOne(L_Result r) {
      try {
        r.r1 = Uninterrupted.get(() -> semaphore.waitOne()) ? "through" : "late";
      } catch (ObjectDisposedException e) {
        r.r1 = "closed";
      }
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 += ", " + tryRelease(semaphore);
    }
  }

  /** Takes what is left, and tells how much that was. */
  private static int left(Semaphore semaphore) {
    int left = 0;
    while (Uninterrupted.get(() -> semaphore.waitOne(Duration.ZERO))) {
      left++;
    }
    return left;
  }

  /** Releases once; tells the count before, or why it was refused. */
  private static String tryRelease(Semaphore semaphore) {
    try {
      return String.valueOf(semaphore.release());
    } catch (SemaphoreFullException e) {
      return "full";
    } catch (ObjectDisposedException e) {
      return "closed";
    }
  }
}
